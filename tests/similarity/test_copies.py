"""Which texts are copies of one story."""

from __future__ import annotations

import pytest

from claims.similarity.copies import alike, fingerprint

STORY = (
    "أعلنت هيئة الموانئ أن حركة السفن في ميناء الرمال تراجعت هذا الشهر بعد إغلاق الرصيف الشرقي. "
    "وقال مدير الهيئة في مؤتمر صحفي إن الإصلاحات تحتاج إلى ستة أسابيع، وإن السفن الكبيرة تُحوَّل إلى "
    "المرفأ الشمالي حتى ذلك الحين. وأضاف أن أجور العاملين ستدفع كاملة طوال مدة الإغلاق. "
    "وطالبت نقابة البحارة بتعويض عن أيام الانتظار، ورفض متحدث باسم الوزارة التعليق على الطلب. "
)
MORE = "ويعد الميناء أكبر مرافئ الساحل، وتمر به نصف واردات الحبوب في البلاد كل عام."
OTHER = (
    "قالت وزارة الزراعة إن محصول القمح زاد هذا العام بفضل الأمطار المبكرة، وإن المخازن امتلأت قبل "
    "موعدها. وذكر مزارعون في السهل أن الأسعار انخفضت، وأن بعضهم يفكر في زراعة الشعير في الموسم "
    "المقبل. وتدرس الحكومة شراء الفائض وتخزينه في صوامع جديدة تبنى شرق المدينة قبل الشتاء القادم."
)
SAME_EVENT = (
    "تحدث بحارة في ميناء الرمال عن انتظار دام أياما بعدما أقفل الرصيف الشرقي أمام السفن. ويروي أحدهم "
    "أن سفينته بقيت خارج المرفأ من غير ماء كاف، وأن أحدا من الهيئة لم يجب على اتصالاته. وتقول نقابة "
    "البحارة إنها جمعت ثلاثين شهادة مثل هذه، وسترفعها إلى المحكمة مع طلب تعويض لكل من تضرر."
)


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        "عنوان آخر لصحيفة أخرى\n" + STORY,
        "وكالات — " + STORY + MORE,
        STORY.rsplit("وطالبت", 1)[0] + MORE,
        STORY.replace("هيئة", "سلطة"),
    ],
)
def test_a_story_with_another_head_or_a_paragraph_more_is_a_copy(copy: str) -> None:
    assert alike(fingerprint(STORY, "ar"), fingerprint(copy, "ar"))


@pytest.mark.parametrize("other", [OTHER, SAME_EVENT, MORE])
def test_another_story_is_none_even_on_the_same_event(other: str) -> None:
    assert not alike(fingerprint(STORY, "ar"), fingerprint(other, "ar"))


def test_of_a_few_words_only_the_same_ones_are_a_copy() -> None:
    one = fingerprint("The harbour was closed on Monday", "en")
    assert alike(one, fingerprint("the harbour was closed, on Monday!", "en"))
    assert not alike(one, fingerprint("The harbour was closed on Tuesday", "en"))


def test_texts_without_words_are_copies_of_nothing() -> None:
    assert fingerprint("… — !", "en") == ""
    assert not alike("", "")


def test_a_text_in_any_language_has_a_fingerprint_of_sixty_digits() -> None:
    assert len(fingerprint("Le port a été fermé lundi", "fr")) == 60
    assert len(fingerprint(STORY, "")) == 60
