"""The closed sets of words that Arabic time expressions are built from, in normal spelling."""

from functools import cache, lru_cache

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


# Who or which: a perfect behind it tells what has been.
WHO = _normals("الذي", "التي", "الذين", "اللذين", "اللتين")
ENDINGS = _normals("بحلول", "حتى")
_PLANNED = _normals(
    "مقرر", "مقررا", "مقررة", "المقرر", "المقررة", "المزمع", "المرتقب", "المرتقبة", "مرتقب", "مرتقبة",
    "متوقع", "متوقعا", "المتوقع", "المتوقعة", "يتوقع", "يعتزم", "تعتزم", "يعتزمون", "يستعد", "تستعد",
    "المنتظر", "يخطط", "تخطط", "المخطط", "ينوي", "تنوي", "تمهيدا", "استعدادا",
)  # fmt: skip
_CLITICS = "وفبلك"
# What opens an expression and names no time itself.
_LEADS = _normals(
    "منذ", "هذا", "هذه", "الليلة", "أول", "غرة", "قبل", "بعد", "في", "خلال", "يوم", "يومي", "نهار",
    "عطلة", "نهاية", "شهر", "شهري", "عام", "سنة", "عامي", "عامين", "ربع", "نصف", "ثلث", "حلول", "ال", "ـ",
)  # fmt: skip


@cache
def table(name: str) -> dict[str, str]:
    return {normal(term): value for term, value in lexicon.table("ar", name).items()}


@lru_cache(maxsize=50_000)
def bare(word: str) -> str:
    """The word without a conjunction or preposition of one letter, where a time word is left."""
    if word[:1] == "و" and word[1:].isdecimal():
        return word[1:]
    if len(word) > 3 and word[0] in _CLITICS:
        if _known(word[1:]):
            return word[1:]
        if len(word) > 4 and word[0] in "وف" and word[1] in "بلك" and _known(word[2:]):
            return word[2:]
    for prefix in ("لل", "ولل", "فلل"):
        if word.startswith(prefix) and _known("ال" + word[len(prefix) :]):
            return "ال" + word[len(prefix) :]
    return word


def _known(word: str) -> bool:
    return (
        word in table("months")
        or word in table("weekdays")
        or word in PARTS
        or word in DAYS
        or word in PERIODS
        or word in SEASONS
        or word in DECADES
        or word in PLURALS
        or word in {"يوم", "منذ", "عام", "سنة", "هذا", "هذه", "حلول"}
    )


@cache
def _openers() -> frozenset[str]:
    """The first words of all time expressions, the article left out."""
    listed = (PARTS, PARTS_OF_DAY, DAYS, PERIODS, PLURALS, SEASONS, DECADES, ORDINALS, TENS)
    tables = (table(name) for name in ("months", "hijri_months", "weekdays", "numbers", "units"))
    terms = {term.split()[0] for terms in (*listed, *tables) for term in terms} | _LEADS
    return frozenset(term.removeprefix("ال") for term in terms)


def is_planned(word: str) -> bool:
    """Whether the word says that something is to come: المقرر, وتعتزم."""
    return word in _PLANNED or (word[:1] in "وف" and word[1:] in _PLANNED)


@lru_cache(maxsize=50_000)
def may_begin(word: str) -> bool:
    """A quick no for the words with which no time expression begins: most of them."""
    if any(char.isdigit() for char in word):
        return True
    shorter = (word, bare(word), word[1:], word[2:])
    return any(form.removeprefix("ال") in _openers() for form in shorter)
