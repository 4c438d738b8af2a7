"""The statement of a claim names its subject where that is certain, and says where it is not."""

import pytest


@pytest.mark.parametrize(
    ("language", "text", "statement"),
    [
        ("ar", "قال أردوغان إنه دعا الأسد إلى زيارة تركيا.", "أردوغان دعا الأسد إلى زيارة تركيا"),
        (
            "ar",
            "أعلنت وزارة الخارجية أنها ستستقبل الوفد في العاصمة.",
            "وزارة الخارجية ستستقبل الوفد في العاصمة",
        ),
        ("ar", "قالت الوزيرة إنها لم تطلب زيادة الميزانية.", "الوزيرة لم تطلب زيادة الميزانية"),
        ("ar", "قال المتحدث يوم الأربعاء إنه رفض العرض كاملا.", "المتحدث رفض العرض كاملا"),
        (
            "en",
            "Barack Obama said he had called the king of Jordan.",
            "Barack Obama had called the king of Jordan",
        ),
        (
            "en",
            "The spokeswoman said on Monday that she had signed the letter.",
            "The spokeswoman had signed the letter",
        ),
        (
            "en",
            "The ministry said it had closed the bridge over the river.",
            "The ministry had closed the bridge over the river",
        ),
        (
            "en",
            "Officials said they had closed the bridge over the river.",
            "Officials had closed the bridge over the river",
        ),
        (
            "en",
            "Angela Merkel opened the bridge in Berlin. Merkel said she had paid for it.",
            "Merkel had paid for it",
        ),
    ],
)
def test_a_speaker_who_speaks_of_themself_is_named(split, language, text, statement):
    claim = split(text, language)[-1]
    assert claim.statement == statement
    assert claim.unresolved == ()
    assert claim.text != claim.statement


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        # Said of somebody else.
        ("ar", "قال الوزير عن أردوغان إنه دعا الأسد إلى زيارة تركيا.", ("إنه",)),
        # The verb of saying and the pronoun do not agree.
        ("ar", "قالت الوزيرة إنه رفض العرض كاملا.", ("إنه",)),
        ("ar", "قال الوزير إنها رفضت العرض كاملا.", ("إنها",)),
        # A demonstrative, and a pronoun that nothing in its sentence explains.
        ("ar", "قال الوزير إن المشروع مكلف. هذا القرار يخص المدن الكبرى وحدها.", ("هذا القرار",)),
        ("ar", "زار الوزير المدينة مع العمدة. هو رفض العرض كاملا أمام الصحفيين.", ("هو",)),
        # He is not she.
        ("en", "Angela Merkel said he had called the king of Jordan.", ("he",)),
        # Nothing tells whether it is the mayor herself.
        ("en", "The mayor said she had closed the bridge over the river.", ("she",)),
        # Two people: the pronoun may be either.
        ("en", "Barack Obama told John Kerry that he had lost the letter.", ("he",)),
        ("en", "The wife of Barack Obama said he had lost the letter.", ("he",)),
        ("en", "The minister met the mayor. He had closed the bridge over the river.", ("He",)),
        ("en", "The spokeswoman said they had closed the bridge over the river.", ("they",)),
        (
            "en",
            "The ministry closed the bridge. This step was unpopular in the town.",
            ("This step",),
        ),
        ("tr", "Bakan köprüyü açtı. O daha sonra başkente gitti.", ("O",)),
        ("fa", "وزیر راه با شهردار دیدار کرد. او پیشنهاد را پذیرفته بود.", ("او",)),
    ],
)
def test_where_the_antecedent_is_not_certain_the_pronoun_stays_and_is_marked(
    split, language, text, left
):
    claim = split(text, language)[-1]
    assert claim.unresolved == left
    assert claim.statement == claim.text
    assert claim.as_json()["unresolved"] == list(left)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        # Nobody is meant.
        ("ar", "قال المتحدث إنه لا يوجد دليل على التهمة."),
        ("ar", "قال المتحدث إنه تم إغلاق الجسر القديم."),
        ("ar", "قال الوزير إن الجسر سيفتح هذا الأسبوع."),
        ("ar", "قال الوزير إن المشروع مكلف. هذا وأكد العمدة أهمية المشروع للمدينة."),
        ("en", "The ministry said it was clear that the bridge would close."),
        ("en", "The ministry opened the bridge over the river. This week was quiet in the town."),
        # The subject is in the verb.
        ("tr", "Bakan köprüyü açtığını söyledi."),
        ("tr", "Bakan köprüyü açtı. Bu hafta trafik çok yoğun oldu."),
    ],
)
def test_what_stands_for_nobody_is_neither_replaced_nor_marked(split, language, text):
    claim = split(text, language)[-1]
    assert claim.unresolved == ()
    first = claim.text.split()[0]
    assert claim.statement.split(" (")[0].split()[0] in {first, first.capitalize()}


def test_words_in_quotation_marks_are_not_rewritten(split):
    claim = split('Barack Obama said: "He has closed the bridge over the river."', "en")[-1]
    assert claim.statement == "He has closed the bridge over the river"
    assert claim.unresolved == ("He",)


def test_the_statement_names_the_subject_and_the_day(split):
    (claim,) = split("قال أردوغان إنه دعا الأسد أمس إلى زيارة تركيا.")
    assert claim.statement == "أردوغان دعا الأسد أمس (2024-07-25) إلى زيارة تركيا"


def test_a_prediction_can_be_checked_when_its_last_day_has_come(split):
    (claim,) = split("قالت الوزيرة يوم الأربعاء إن الجسر سيفتح في أغسطس المقبل.")
    assert claim.kind == "prediction"
    assert claim.as_json()["due"] == "2024-08-31"


def test_what_has_happened_and_what_names_no_day_is_never_due(split):
    (past,) = split("وصل الوفد أمس إلى العاصمة.")
    (vague,) = split("قالت الوزيرة يوم الأربعاء إن الجسر سيفتح قريبا.")
    assert (past.due, vague.due) == (None, None)


@pytest.mark.parametrize(
    ("language", "text", "statement"),
    [
        ("en", "The mayor said the old bridge is closed.", "The old bridge is closed"),
        ("tr", "Başkan, işlerin bittiğini söyledi.", "İşlerin bittiğini"),
        # Without its subject it would read like a question.
        (
            "en",
            "The mill has a new owner and is closed to all visitors.",
            "is closed to all visitors",
        ),
        ("en", "The mayor said al-Nahr street is closed.", "al-Nahr street is closed"),
    ],
)
def test_a_statement_begins_with_a_capital_letter_where_that_is_certain(
    split, language, text, statement
):
    assert split(text, language)[-1].statement == statement
