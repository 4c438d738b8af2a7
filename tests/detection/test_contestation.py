"""Denials and what they are about; and what only sounds like a denial."""

import pytest


def _by_stance(claims, stance):
    return [claim for claim in claims if claim.stance == stance]


def test_a_bare_denial_joins_the_report_it_contests(split):
    report, denial = split(
        "ذكرت صحيفة محلية أن الوزير سيزور باريس في مارس المقبل. ونفى المتحدث باسم الوزارة هذا التقرير."
    )
    assert report.contested
    assert denial.stance == "denies"
    assert denial.contests == (report.id,)
    assert denial.claimant.text == "المتحدث باسم الوزارة"
    assert not denial.contested


def test_the_reason_given_with_a_denial_denies_too(split):
    report, denial, reason = split(
        'أوردت قناة خاصة أن المصرف أفلس، لكن مسؤولي المصرف نفوا التقرير، قائلين إنه "لا يعكس الواقع".'
    )
    assert denial.text == "نفوا التقرير"
    assert (denial.contests, reason.contests) == ((report.id,), (report.id,))
    assert reason.form == "direct"


def test_a_denial_with_content_joins_the_same_content_elsewhere(split):
    claims = split(
        "قالت المعارضة إن الحكومة باعت ميناء الشرق لشركة أجنبية.\n"
        "ونفى رئيس الوزراء أن الحكومة باعت ميناء الشرق."
    )
    assert claims[1].stance == "denies"
    assert claims[1].contests == (claims[0].id,)


def test_an_accusation_told_inside_its_denial_is_a_claim_of_its_own(split):
    claims = split("ونفى الوزير اتهامات النقابة بأن الوزارة أخفت التقرير.")
    (denial,) = _by_stance(claims, "denies")
    (told,) = _by_stance(claims, "asserts")
    assert told.text == "الوزارة أخفت التقرير"
    assert told.claimant.text == "النقابة"
    assert told.contested
    assert denial.contests == (told.id,)


@pytest.mark.parametrize(
    "text",
    [
        "ذكرت صحيفة أن الوزير استقال. ولم ينف المتحدث باسم الوزارة هذا الخبر.",
        "ذكرت صحيفة أن الوزير استقال، دون تأكيد أو نفي من الوزارة.",
        "قالت الشركة إن العرض قائم. ورفض المجلس العرض المقدم من الشركة.",
        "ذكرت صحيفة أن المصرف أفلس. ورفض المتحدث تأكيد أو نفي الخبر.",
        "قال المؤرخ إن الوالي حكم المدينة. وكان منفى الشاعر بعيدا.",
    ],
)
def test_an_arabic_trap_contests_nothing(split, text):
    claims = split(text)
    assert claims
    assert not any(claim.contested or claim.contests for claim in claims)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A local paper reported that the bank had collapsed. The bank denied the report."),
        (
            "en",
            "A local paper reported that the bank had collapsed. The bank dismissed the claims.",
        ),
        ("tr", "Yerel bir gazete, bankanın battığını yazdı. Banka yönetimi, iddiaları reddetti."),
        ("tr", "Yerel bir gazete, bankanın battığını yazdı. Banka yönetimi haberi yalanladı."),
    ],
)
def test_a_denial_joins_the_report_in_turkish_and_english(split, language, text):
    report, denial = split(text, language)
    assert report.contested
    assert denial.contests == (report.id,)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The company said the offer was fair. The board rejected the offer."),
        ("en", "A paper reported that the mayor had resigned. The mayor did not deny the report."),
        ("tr", "Şirket, teklifin adil olduğunu açıkladı. Yönetim kurulu, teklifi reddetti."),
    ],
)
def test_a_refusal_is_no_denial_in_turkish_and_english(split, language, text):
    assert not any(claim.contested or claim.contests for claim in split(text, language))


def test_ruling_something_out_doubts_it(split):
    claims = split("قال الخبير إن الأسعار ارتفعت، مستبعدا التوصل إلى اتفاق في الأيام المقبلة.")
    assert [claim.stance for claim in claims] == ["asserts", "doubts"]
