"""Accounts that exclude one another without a word of denying; and those that merely differ."""

import pytest

from claims.detection.amounts import amounts


@pytest.mark.parametrize(
    ("language", "text", "contested"),
    [
        (
            "en",
            (
                "The police said six people died in the fire. Nurses at the hospital said they had"
                " counted nine bodies."
            ),
            "six people died in the fire",
        ),
        (
            "tr",
            (
                "Valilik, heyelanda altı kişinin öldüğünü duyurdu. Muhtar Sefer Aktulga ise dokuz cenaze"
                " çıkardıklarını anlattı."
            ),
            "heyelanda altı kişinin öldüğünü",
        ),
        (
            "en",
            (
                "The miner told the court he had been at home all night. But phone records placed him"
                " at the quarry."
            ),
            "he had been at home all night",
        ),
        (
            "ar",
            "قالت البلدية إن الجسر أعيد فتحه. وقال سائقون إن الجسر ما زال مغلقاً.",
            "الجسر أعيد فتحه",
        ),
        (
            "ar",
            "انتشرت شائعات عن وفاة الحارس عصام الفياض. وكتبت ابنته أن والدها بخير.",
            "وفاة الحارس عصام الفياض",
        ),
        (
            "en",
            (
                "The ministry said there was no plan to raise fares. The Halden Courier had reported"
                " that tickets would cost a fifth more from June."
            ),
            "tickets would cost a fifth more from June",
        ),
    ],
)
def test_an_account_that_excludes_another_contests_it(split, language, text, contested):
    assert [claim.text for claim in split(text, language) if claim.contested] == [contested]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            (
                "The singer said the tour was cancelled. The drummer said she was not happy about the"
                " tour."
            ),
        ),
        ("en", "The critic said the play was long. The director said the play was not funny."),
        (
            "en",
            (
                "The coach said the captain was fit. The captain said he was not thinking about"
                " retirement."
            ),
        ),
        ("en", "The police said six people died. The mayor said twelve people were arrested."),
        (
            "tr",
            "Antrenör, kaptanın hazır olduğunu söyledi. Kaptan, maçı düşünmediğini belirtti.",
        ),
        (
            "ar",
            "قال المصدر إن عناصر القوة دخلت المدينة. وأكدت المصادر أنها لا تعتمد على عناصر الجيش.",
        ),
    ],
)
def test_accounts_of_different_things_contest_nothing(split, language, text):
    assert not [claim.text for claim in split(text, language) if claim.contested]


def test_a_denied_remark_is_the_one_that_states_something(split):
    claims = split(
        'Vane said: "Orla Finch and her campaign started the rumour. I ended it."'
        " That comment is a lie.",
        "en",
    )
    assert [claim.text for claim in claims if claim.contested] == [
        "Orla Finch and her campaign started the rumour"
    ]


@pytest.mark.parametrize(
    ("language", "said", "found"),
    [
        ("en", " some 45 000 people ", {45000}),
        ("en", " forty five thousand people in 2023 ", {45000}),
        ("ar", " باربعه وثلاثين شخصا ", {34}),
        ("tr", " yirmi iki kişi ", {22}),
        ("en", " one of them ", set()),
    ],
)
def test_numbers_are_the_same_in_digits_and_in_words(language, said, found):
    assert amounts(said, language) == found


@pytest.mark.parametrize(
    ("language", "text", "contested"),
    [
        (
            "tr",
            (
                "Müfettişler, vincin bakım görmediğini bildirdi. Yüklenici ise vincin her ilkbaharda"
                " kontrol edildiğini savunuyor."
            ),
            "vincin bakım görmediğini",
        ),
        (
            "ar",
            "قال متحدث إن جميع المصابين غادروا. لكن ممرضة قالت إن ستة مصابين ما زالوا في العناية.",
            "جميع المصابين غادروا",
        ),
        (
            "en",
            (
                "An adviser said the state would sell its stake in the airline. The minister said that"
                " no sale of the airline was being prepared."
            ),
            "the state would sell its stake in the airline",
        ),
    ],
)
def test_who_holds_to_the_contrary_contests_it(split, language, text, contested):
    assert [claim.text for claim in split(text, language) if claim.contested] == [contested]


def test_a_sunday_is_not_anybody(split):
    claims = split("قالت الوزارة إن المدارس ستفتح الأحد. وقالت النقابة إن الحافلات لن تعمل الأحد.")
    assert not any(claim.contested for claim in claims)


def test_what_is_described_as_a_lie_is_denied(split):
    report, denial = split(
        "روى حارس أن السجناء تركوا بلا ماء يومين. ووصف مدير السجن شهادته بأنها كذب محض."
    )
    assert (denial.stance, denial.contests) == ("denies", (report.id,))
