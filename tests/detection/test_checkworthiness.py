"""Kinds, checkability, and reasons that an editor can read."""

import pytest

from claims.detection.checkworthiness import REASONS


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("ar", "ستغلق الحكومة المنجم في العام المقبل.", "prediction"),
        ("ar", "أغلقت الحكومة المنجم.", "event"),
        ("ar", "بلغ عدد القتلى 120 قتيلا.", "quantity"),
        ("ar", "دعا رئيس النقابة العمال إلى الإضراب.", "position"),
        ("ar", "قال العمدة: «هذا قرار خطير ومخجل».", "opinion"),
        ("ar", "المنجم من أقدم مناجم البلاد.", "background"),
        ("tr", "Hükümet madeni gelecek yıl kapatacak.", "prediction"),
        ("tr", "Hükümet madeni kapattı.", "event"),
        ("en", "The government will close the mine next year.", "prediction"),
        ("en", "The government closed the mine.", "event"),
    ],
)
def test_a_claim_is_of_this_kind(split, language, text, kind):
    (claim,) = split(text, language)
    assert claim.kind == kind


def test_an_opinion_is_not_checkable_and_a_dated_prediction_is(split):
    (opinion,) = split("قال العمدة: «هذا قرار خطير ومخجل».")
    (prediction,) = split("قال العمدة إن الجسر سيفتح في أغسطس المقبل.")
    assert not opinion.checkable
    assert prediction.checkable


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        (
            "en",
            'As a town, "in fairness to all, we remain committed to the old bridge," he said.',
            "position",
        ),
        ("en", "The mayor said the decision was outrageous.", "opinion"),
        ("en", "The mayor said the bridge was closed in March.", "event"),
        ("tr", "Bakan, sürecin çok iyi gittiğini söyledi.", "opinion"),
        ("tr", "Bakan, köprünün kapatıldığını söyledi.", "event"),
    ],
)
def test_a_report_hides_its_tense_and_a_quoted_wish_may_come_late(split, language, text, kind):
    assert [claim.kind for claim in split(text, language)] == [kind]


def test_a_number_about_lives_is_worth_more_than_a_feeling(split):
    (number,) = split("قالت وزارة الصحة إن عدد القتلى بلغ 120 قتيلا.")
    (feeling,) = split("قال العمدة: «أشعر أن هذا اليوم جميل جدا».")
    assert number.checkworthiness > 0.5 > 0.25 > feeling.checkworthiness
    assert "gives a number" in number.reasons
    assert "is an opinion or a wish" in feeling.reasons


def test_being_contested_raises_the_worth_and_says_so(split):
    report, _ = split("ذكرت صحيفة أن الوزير استقال. ونفى المتحدث باسم الوزارة هذا الخبر.")
    (alone,) = split("ذكرت صحيفة أن الوزير استقال.")
    assert report.checkworthiness > alone.checkworthiness
    assert report.reasons[0] == "contested by another party"


def test_reasons_come_from_the_closed_list(split):
    claims = split(
        "قال الوزير إن الأسعار ارتفعت 12 في المئة بسبب الحرب. ربما يلتقي الرئيسان غدا. نريد السلام."
    )
    assert {reason for claim in claims for reason in claim.reasons} <= set(REASONS)
    assert len(REASONS) == len(set(REASONS)) == 31
