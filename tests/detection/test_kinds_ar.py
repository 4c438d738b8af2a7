"""What kind of claim an Arabic sentence makes, in sentences of our own."""

from collections.abc import Callable

import pytest

from claims.detection.model import Claim

Split = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("قال المدير إن المصنع يستخدم ماء النهر في التبريد.", "background"),
        ("قال المدير إن العمال يحاولون إصلاح السد.", "event"),
        ("أكد المدير افتتاح المعرض في موعده.", "event"),
        ("أكد المدير حرصه على سلامة الزوار.", "position"),
        ("قال المدير إن على المدينة ترميم الجسر.", "position"),
        ("قال المدير: «نحن لا نبيع الكتب النادرة لأحد».", "position"),
        ("قال المدير إن نحو 150 زائرا حاولوا الدخول.", "quantity"),
        ("قتل 3 عمال في حريق بالمصنع القديم.", "event"),
        ("وكان الفريق يلعب على أرض ترابية.", "background"),
        ("قال الناطق إن سلاح الجو قصف تلالا خالية.", "event"),
        ("أدين التاجر بالغش في الميزان.", "event"),
    ],
)
def test_a_claim_is_of_this_kind(split: Split, text: str, kind: str) -> None:
    assert split(text)[0].kind == kind


def test_what_is_on_the_programme_is_foretold(split: Split) -> None:
    claim = split("يصوت مجلس البلدة يوم الأربعاء على خطة الحديقة.")[0]
    assert claim.kind == "prediction"
    assert [str(dated.first) for dated in claim.dates] == ["2024-07-31"]
