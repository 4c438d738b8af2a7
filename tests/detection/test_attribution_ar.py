"""Who says what in Arabic, in sentences of our own."""

from collections.abc import Callable
from datetime import date

import pytest

from claims.detection import detector
from claims.detection.model import Claim

Split = Callable[..., list[Claim]]


def said(text: str) -> list[tuple[str | None, str]]:
    """(claimant, claim) of each claim."""
    found = detector.split(text, language="ar", published=date(2026, 10, 12))
    return [(claim.claimant.text if claim.claimant else None, claim.text) for claim in found.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "اعتبر شمعون اتهامات خصومه جزءا من الدعاية.",
            [("شمعون", "اتهامات خصومه جزءا من الدعاية")],
        ),
        (
            "واعتبر وزير الزراعة القرار خطأ في توقيته.",
            [("وزير الزراعة", "القرار خطأ في توقيته")],
        ),
        (
            "أكد مدير الميناء استئناف الملاحة بعد العاصفة.",
            [("مدير الميناء", "استئناف الملاحة بعد العاصفة")],
        ),
        (
            "أعلنت شركة النقل عن تشغيل خط جديد إلى الجزيرة.",
            [("شركة النقل", "تشغيل خط جديد إلى الجزيرة")],
        ),
        (
            "ومضى الباحث في حديثه. وتابع قائلا: هذه البحيرة جفت قبل قرن كامل.",
            [(None, "مضى الباحث في حديثه"), (None, "هذه البحيرة جفت قبل قرن كامل")],
        ),
        (
            "وكان عميد الكلية قد أعلن أن المكتبة ستفتح أبوابها.",
            [("عميد الكلية", "المكتبة ستفتح أبوابها")],
        ),
        (
            'وقال المدرب "لكن الفريق لم يتدرب منذ شهر كامل.',
            [("المدرب", "لكن الفريق لم يتدرب منذ شهر كامل")],
        ),
    ],
)
def test_a_claimant_ends_where_what_is_said_begins(
    text: str, expected: list[tuple[str | None, str]]
) -> None:
    assert said(text) == expected


def test_an_agency_that_quotes_somebody_only_passes_it_on(split: Split) -> None:
    claim = split("ونقلت وكالة الأنباء عن عمدة البلدة أن السد لم ينهر.")[0]
    assert claim.claimant is not None
    assert claim.claimant.text == "عمدة البلدة"
    assert claim.via is not None
    assert claim.via.text == "وكالة الأنباء"


def test_what_is_considered_something_is_considered_so_by_nobody_named() -> None:
    assert said("وتعتبر السيطرة على الممر ضرورية للملاحة.") == [
        (None, "تعتبر السيطرة على الممر ضرورية للملاحة")
    ]


def test_the_law_vouches_for_nothing() -> None:
    assert said('قال المحافظ إن المزاد سيجري "وفقا للقانون".') == [
        ("المحافظ", 'المزاد سيجري "وفقا للقانون"')
    ]


def test_a_wish_that_is_expressed_is_a_position(split: Split) -> None:
    claim = split("وأعرب رئيس النادي عن أمله في أن تستأنف البطولة قريبا.")[0]
    assert (claim.text, claim.kind) == ("تستأنف البطولة قريبا", "position")


def test_a_participle_speaks_for_the_subject_of_its_own_clause() -> None:
    assert said("قال العمدة إن الجسر آمن. وكان المهندس قد عرض خطته زاعما بأن الجسر ينهار.") == [
        ("العمدة", "الجسر آمن"),
        (None, "كان المهندس قد عرض خطته"),
        ("المهندس", "الجسر ينهار"),
    ]


def test_a_speaker_who_cites_a_source_passes_it_on(split: Split) -> None:
    claim = split("وقال المبعوث نقلا عن مصادر محلية إن الطريق مقطوع منذ أيام.")[0]
    assert claim.claimant is not None
    assert claim.claimant.text == "مصادر محلية"
    assert claim.via is not None
    assert claim.via.text == "المبعوث"


def test_since_when_the_speaker_holds_office_dates_no_claim(split: Split) -> None:
    claim = split("وقال العمدة الذي يدير البلدة منذ 1998 إن المدرسة افتتحت.")[0]
    assert claim.dates == ()


@pytest.mark.parametrize(
    ("text", "claimant", "claim"),
    [
        ("وعلمت صحيفة المرفأ من مصادر مطلعة أن السفينة غرقت.", "مصادر مطلعة", "السفينة غرقت"),
        ("وأشار مدير المتحف إلى اختفاء لوحتين.", "مدير المتحف", "اختفاء لوحتين"),
        ("وقال علي مراد إن الحقل أثمر.", "علي مراد", "الحقل أثمر"),
        ("قال الطبيب إن الوباء انحسر. وتابع يقول: «أغلقنا القسم».", "الطبيب", "الوباء انحسر"),
    ],
)
def test_who_says_it_is_named_whole(split: Split, text: str, claimant: str, claim: str) -> None:
    found = split(text)
    assert {said.claimant.text for said in found if said.claimant} == {claimant}
    assert found[0].text == claim
