"""The closed sets of words that Arabic time expressions are built from, in normal spelling."""

from functools import cache

from claims.languages import lexicon
from claims.languages.ar.morphology import normal


def _normals(*words: str) -> frozenset[str]:
    return frozenset(map(normal, words))


LAST = _normals(
    "الماضي",
    "الماضية",
    "الماضى",
    "الماضيين",
    "الماضيتين",
    "المنصرم",
    "المنصرمة",
    "الفائت",
    "الفائتة",
    "السابق",
    "السابقة",
    "المنقضي",
    "المنقضية",
    "الأخير",
    "الأخيرة",
)
NEXT = _normals(
    "المقبل",
    "المقبلة",
    "المقبلين",
    "القادم",
    "القادمة",
    "القادمين",
    "التالي",
    "الآتي",
    "الآتية",
    "الداخل",
)
THIS = _normals("الحالي", "الحالية", "الجاري", "الجارية", "الراهن")
# "the last" year of a plan and the "previous" week of a story are not last year and last week.
UNSURE = _normals("السابق", "السابقة", "الأخير", "الأخيرة", "التالي")
PARTS = {
    normal(word): part
    for part, words in (
        (1, ("أوائل", "مطلع", "بداية", "بدايات", "مستهل")),
        (2, ("منتصف", "أواسط", "وسط")),
        (3, ("أواخر", "نهاية", "نهايات", "ختام")),
    )
    for word in words
}
PARTS_OF_DAY = _normals(
    "صباح", "مساء", "ظهر", "فجر", "ليل", "ليلة", "عصر", "ظهيرة", "ضحى", "عشية", "بعد", "قبل"
)
DAYS = {
    normal(word): n
    for word, n in (("أمس", -1), ("البارحة", -1), ("غدا", 1), ("غد", 1), ("اليوم", 0))
}
DAYS["الغد"] = 1
PERIODS = {
    normal(word): what
    for word, what in (
        ("الأسبوع", "week"),
        ("الشهر", "month_of"),
        ("العام", "year_of"),
        ("السنة", "year_of"),
        ("العقد", "decade_of"),
        ("القرن", "century_of"),
    )
}
PLURALS = {
    normal(word): unit
    for word, unit in (
        ("الأيام", "day"),
        ("اليومين", "2 day"),
        ("الساعات", "hour"),
        ("الأسابيع", "week"),
        ("الأسبوعين", "2 week"),
        ("الأشهر", "month"),
        ("الشهور", "month"),
        ("الشهرين", "2 month"),
        ("السنوات", "year"),
        ("الأعوام", "year"),
        ("العامين", "2 year"),
        ("السنتين", "2 year"),
    )
}
SEASONS = {normal(name): n for n, name in enumerate(("ربيع", "صيف", "خريف", "شتاء"))}
DECADES = {
    normal(stem) + ending: tens
    for stem, tens in (
        ("عشرين", 20),
        ("ثلاثين", 30),
        ("أربعين", 40),
        ("خمسين", 50),
        ("ستين", 60),
        ("سبعين", 70),
        ("ثمانين", 80),
        ("تسعين", 90),
    )
    for ending in ("يات", "ات")
}
ORDINALS = {
    normal(word): n
    for n, words in enumerate(
        (
            ("الأول", "الأولى", "الحادي", "أول"),
            ("الثاني", "الثانية"),
            ("الثالث", "الثالثة"),
            ("الرابع", "الرابعة"),
            ("الخامس",),
            ("السادس",),
            ("السابع",),
            ("الثامن",),
            ("التاسع",),
            ("العاشر",),
        ),
        1,
    )
    for word in words
}
TENS = {
    normal(word): n
    for n, words in ((20, ("العشرين", "العشرون")), (30, ("الثلاثين", "الثلاثون")))
    for word in words
}
# What happened on a day and is named after it: "the attack of 7 October" is no date of a claim.
NAMED_AFTER = frozenset(normal(word) for word in lexicon.terms("ar", "named_after_days"))
YEAR_HEADS = _normals(
    "في", "منذ", "خلال", "حتى", "بحلول", "بعد", "قبل", "من", "الى", "بين", "أوائل", "مطلع"
)


@cache
def table(name: str) -> dict[str, str]:
    return {normal(term): value for term, value in lexicon.table("ar", name).items()}
