"""The nouns of time that Turkish dates are built from, and the endings they carry."""

import re
from collections.abc import Sequence

from claims.languages.timing import numbers

WAYS = {
    "geçen": -1,
    "geçtiğimiz": -1,
    "önceki": -1,
    "evvelki": -2,
    "bu": 0,
    "gelecek": 1,
    "önümüzdeki": 1,
    "bulunduğumuz": 0,
}
PERIODS = {
    "hafta": "week",
    "ay": "month_of",
    "yıl": "year_of",
    "sene": "year_of",
    "çeyrek": "quarter_of",
    "yüzyıl": "century_of",
}
DAYS = {"dün": -1, "bugün": 0, "yarın": 1}
PARTS = {
    "baş": 1,
    "başlar": 1,
    "orta": 2,
    "ortalar": 2,
    "son": 3,
    "sonlar": 3,
}
PARTS_OF_DAY = frozenset(
    ["sabah", "akşam", "gece", "öğlen", "öğleden", "sabahı", "akşamı", "gecesi", "öğle"]
)
# Before the day a site published the text on.
STAMPS = frozenset({"giriş", "yayınlanma", "yayın", "tarihi", "güncelleme", "tarih"})
SEASONS = {"ilkbahar": 0, "bahar": 0, "yaz": 1, "sonbahar": 2, "güz": 2, "kış": 3}
ORDINALS = {"ilk": 1, "birinci": 1, "ikinci": 2, "üçüncü": 3, "dördüncü": 4, "son": 0}
# Behind "2024 yılı" these go on with the time; any other noun is only qualified by it.
OF_TIME = frozenset(
    ["", "içinde", "içerisinde", "boyunca", "itibarıyla", "itibariyle", "öncesinde", "sonrasında"]
)
# What a noun of time carries behind it: case, possession, both.
CASE = (
    r"(?:[ydt]?[ae]n?|[dt][ae]n|n?[ıiuü]n|[ıiuü]n[dt][ae]n?|[ıiuü]n[ae]|s[ıiuü]n[dt]?[ae]n?|[yn]?[ıiuü]"
    r"|s[ıiuü]|[ıiuü]n[ıiuü]n|s[ıiuü]n[ıiuü]n|l[ae]r[ıi]?n?[dt]?[ae]n?)?"
)
# Verbs of what is to come, and participles of what has been.
TO_COME = re.compile(
    r"(?:.{2,}[ae]c[ae](?:k|ğ)|(?:bekle|planla|öngörü|hedefle|amaçla)[nly]).*|planlı$|beklenti"
)
HAS_BEEN = re.compile(r".{2,}(?:[dt][ıiuü]ğ[ıiuü]|m[ıiuü]ş(?:t[ıiuü])?$|[dt][ıiuü]$)")
DATIVE = re.compile(r"(?:[yn]?[ae]|[ıiuü]n[ae])$")


def _endings(stems: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(stems, key=len, reverse=True)
    return re.compile(rf"({'|'.join(longest_first)}){CASE}$")


PERIOD = _endings([*PERIODS, "çeyreğ"])
PART = _endings([*PARTS])
SEASON = _endings([*SEASONS])
MONTH = _endings([*numbers("tr", "months"), "aralığ"])
DAY_NAME = _endings([*numbers("tr", "weekdays")])
HALF = _endings(["çeyrek", "çeyreğ", "yarı"])
