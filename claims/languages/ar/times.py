"""Arabic time expressions: أمس الخميس, الأسبوع الماضي, أغسطس المقبل, منذ سبتمبر 2015, 3 رمضان 1445."""

from dataclasses import replace
from functools import cache

from claims.languages import lexicon
from claims.languages.ar.morphology import normal
from claims.languages.shapes import Span, Time, Token

_LAST = frozenset(
    map(
        normal,
        (
            "الماضي",
            "الماضية",
            "المنصرم",
            "المنصرمة",
            "الفائت",
            "الفائتة",
            "السابق",
            "الماضى",
            "المنقضي",
            "الماضيين",
            "الماضيين",
        ),
    )
)
_NEXT = frozenset(
    map(
        normal,
        ("المقبل", "المقبلة", "القادم", "القادمة", "التالي", "المقبلين", "القادمين", "الآتي"),
    )
)
_THIS = frozenset(map(normal, ("الحالي", "الحالية", "الجاري", "الجارية", "هذا", "هذه")))
_PARTS = {
    "منتصف": 2,
    "اوائل": 1,
    "مطلع": 1,
    "بداية": 1,
    "اواخر": 3,
    "نهاية": 3,
    "اواسط": 2,
    "ختام": 3,
}
_PART_OF_DAY = frozenset({"صباح", "مساء", "ظهر", "فجر", "ليل", "ليلة", "عصر", "بعد", "قبل"})
_PREPOSITIONS = frozenset({"في", "خلال", "منذ", "من", "حتى", "بعد", "قبل", "ب"})


@cache
def _table(name: str) -> dict[str, str]:
    return {normal(term): value for term, value in lexicon.table("ar", name).items()}


def times(tokens: list[Token]) -> list[Time]:
    """The time expressions among ``tokens``, in order, none inside another. Linear."""
    found: list[Time] = []
    i = 0
    reader = _Times(tokens)
    while i < len(tokens):
        hit = reader.at(i)
        if hit is None:
            i += 1
            continue
        time, i = hit
        found.append(time)
    return found


class _Times:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def word(self, i: int) -> str:
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def bare(self, i: int) -> str:
        """The word without a conjunction or preposition of one letter, where a time word is left."""
        word = self.word(i)
        for _ in range(2):
            if word[:1] in "وفبلك" and len(word) > 3 and self._known(word[1:]):
                return word[1:]
        if word.startswith("لل") and self._known("ال" + word[2:]):
            return "ال" + word[2:]
        return word

    @staticmethod
    def _known(word: str) -> bool:
        return (
            word in _table("months")
            or word in _table("weekdays")
            or word in _PARTS
            or word
            in {
                "امس",
                "اليوم",
                "غدا",
                "يوم",
                "الاسبوع",
                "الشهر",
                "العام",
                "السنة",
                "منذ",
                "عام",
                "سنة",
                "هذا",
            }
        )

    def span(self, i: int, j: int) -> Span:
        """From the token ``i`` (a clinging letter left out) to the one before ``j``."""
        cut = len(self.word(i)) - len(self.bare(i))
        token = self.tokens[i]
        start = token.start + (cut if 0 < cut < 3 and not self.bare(i).startswith("ال") else 0)
        return Span(start, self.tokens[j - 1].end)

    def way(self, i: int) -> tuple[int, int]:
        """(-1 last, 1 next, 0 unsaid; index behind the word that said it)."""
        word = self.word(i)
        if word in _LAST:
            return -1, i + 1
        if word in _NEXT:
            return 1, i + 1
        if word in _THIS and word.startswith("ال"):
            return 0, i + 1
        return 0, i

    def at(self, i: int) -> tuple[Time, int] | None:
        word = self.bare(i)
        if not word or not self.tokens[i].is_word:
            return None
        if word == "منذ":
            inner = self.at(i + 1) if i + 1 < len(self.tokens) else None
            if inner is not None and inner[0].what == "date":
                time, j = inner
                return replace(time, span=self.span(i, j), since=True), j
            if inner is None and self.word(i + 1).isdecimal() and len(self.word(i + 1)) == 4:
                return Time(
                    self.span(i, i + 2), "date", year=int(self.word(i + 1)), since=True
                ), i + 2
            return inner
        return (
            self.day_word(i, word)
            or self.weekday(i, word)
            or self.month(i, word)
            or self.period(i, word)
            or self.year(i, word)
            or self.counted(i, word)
            or self.slashed(i, word)
        )

    def day_word(self, i: int, word: str) -> tuple[Time, int] | None:
        offsets = {"امس": -1, "البارحة": -1, "غدا": 1, "اليوم": 0}
        if word == "امس" and self.word(i + 1) == "الاول":
            return Time(self.span(i, i + 2), "day", n=-2), i + 2
        if word == "بعد" and self.word(i + 1) == "غد":
            return Time(self.span(i, i + 2), "day", n=2), i + 2
        if word == "اول" and self.word(i + 1) in {"امس", "من"}:
            j = i + 2 if self.word(i + 1) == "امس" else i + 3
            return (Time(self.span(i, j), "day", n=-2), j) if self.word(j - 1) == "امس" else None
        if word not in offsets:
            return None
        j = i + 1
        if self.word(j) in {"يوم"}:
            j += 1
        if self.word(j) in _table("weekdays"):
            j += 1
        elif word == "اليوم" and self.word(i + 1) in _NEXT | _LAST | {
            "التالي",
            "نفسه",
            "الاول",
            "الاخير",
            "الثاني",
            "الثالث",
            "الوطني",
            "العالمي",
            "الدولي",
        }:
            return None
        return Time(self.span(i, j), "day", n=offsets[word]), j

    def weekday(self, i: int, word: str) -> tuple[Time, int] | None:
        j = i
        while self.bare(j) in _PART_OF_DAY and j - i < 3:
            j += 1
        if self.word(j) in {"امس", "اليوم"} and j > i:
            inner = self.day_word(j, self.word(j))
            return (
                None
                if inner is None
                else (replace(inner[0], span=self.span(i, inner[1])), inner[1])
            )
        if self.bare(j) == "يوم":
            j += 1
        name = self.bare(j)
        if name not in _table("weekdays"):
            return None
        if name == "الاحد" and j == i and self.word(i - 1) in {"اي", "لا"}:
            return None
        way, end = self.way(j + 1)
        number = int(_table("weekdays")[name])
        # "الخميس 15 أغسطس": the date says it more exactly
        dated = (
            self.at(end) if self.word(end).isdecimal() or self.word(end) in {"الموافق"} else None
        )
        if dated is not None and dated[0].what == "date" and dated[0].day:
            return replace(dated[0], span=self.span(i, dated[1])), dated[1]
        return Time(self.span(i, end), "weekday", n=number, way=way), end

    def month_name(self, i: int, listed: str = "months") -> tuple[int, int] | None:
        """(number, index behind) of a month's name, its double in another calendar style included."""
        names = _table(listed)
        for length in (2, 1):
            name = " ".join([self.bare(i), *(self.word(k) for k in range(i + 1, i + length))])
            if name in names:
                j = i + length
                if self.word(j) == "(" and self.word(j + 2) == ")" and self.word(j + 1) in names:
                    j += 3
                elif self.word(j) == "(" and self.word(j + 3) == ")":
                    j += 4
                elif self.word(j) in {"/", "-"} and self.month_name(j + 1) is not None:
                    j = (self.month_name(j + 1) or (0, j))[1]
                return int(names[name]), j
        return None

    def month(self, i: int, word: str) -> tuple[Time, int] | None:
        j, third, day, end_day = i, 0, 0, 0
        if word in _PARTS:
            third, j = _PARTS[word], i + 1
        elif (word == "يوم" and self.word(i + 1).isdecimal()) or word == "شهر":
            j += 1
        if self.word(j).isdecimal() and len(self.word(j)) <= 2 and 1 <= int(self.word(j)) <= 31:
            day, j = int(self.word(j)), j + 1
            if (
                self.word(j) in {"-", "و", "الى"}
                and self.word(j + 1).isdecimal()
                and self.month_name(j + 2)
            ):
                end_day, j = int(self.word(j + 1)), j + 2
        if self.bare(j) == "شهر":
            j += 1
        if self.word(j) in {"من"} and day:
            j += 1
            if self.word(j) == "شهر":
                j += 1
        for listed in ("months", "hijri_months"):
            named = self.month_name(j, listed)
            if named is None:
                continue
            number, end = named
            year = 0
            way, end = self.way(end)
            behind = end + 1 if self.word(end) in {"من", "عام", "سنة", "لعام"} else end
            if self.word(behind) in {"عام", "العام"}:
                behind += 1
            if self.word(behind).isdecimal() and len(self.word(behind)) == 4:
                year, end = int(self.word(behind)), behind + 1
            elif (
                self.word(end) == "من"
                and self.word(end + 1) == "العام"
                and self.way(end + 2)[1] > end + 2
            ):
                shift, end = self.way(end + 2)
                return Time(
                    self.span(i, end),
                    "date",
                    day=day,
                    month=number,
                    year=0,
                    way=shift,
                    n=1,
                    third=third,
                ), end
            hijri = listed == "hijri_months"
            if hijri and not (day or year or way):
                return None
            if number == 5 and self.bare(j) == "ماي" and not (day or year):
                return None
            return (
                Time(
                    self.span(i, end),
                    "date",
                    day=day,
                    end_day=end_day,
                    month=number,
                    year=year,
                    way=way,
                    third=third,
                    calendar="hijri" if hijri else "",
                ),
                end,
            )
        return None

    def period(self, i: int, word: str) -> tuple[Time, int] | None:
        """الأسبوع الماضي، هذا الشهر، العام المقبل، الأيام المقبلة"""
        kinds = {"الاسبوع": "week", "الشهر": "month_of", "العام": "year_of", "السنة": "year_of"}
        third, j = 0, i
        if word in _PARTS:
            third, j = _PARTS[word], i + 1
            word = self.bare(j)
        if word in {"هذا", "هذه"} and self.word(j + 1) in kinds:
            return Time(self.span(i, j + 2), kinds[self.word(j + 1)], third=third), j + 2
        if word in kinds:
            way, end = self.way(j + 1)
            if end > j + 1 and self.word(end - 1) != "السابق":
                return Time(self.span(i, end), kinds[word], n=way, third=third), end
            if (
                word in {"العام", "السنة"}
                and self.word(j + 1).isdecimal()
                and len(self.word(j + 1)) == 4
            ):
                return Time(
                    self.span(i, j + 2), "date", year=int(self.word(j + 1)), third=third
                ), j + 2
            return None
        plural = {
            "الايام": (7, "day"),
            "الساعات": (1, "day"),
            "الاسابيع": (4, "week"),
            "الاشهر": (6, "month"),
            "اليومين": (2, "day"),
            "الشهرين": (2, "month"),
        }
        if word in plural and self.word(j + 1) in _NEXT:
            count, unit = plural[word]
            return Time(self.span(i, j + 2), "ahead", n=count, unit=unit), j + 2
        if (
            word in plural
            and self.word(j + 1) in {"القليلة", "القليله"}
            and self.word(j + 2) in _NEXT
        ):
            count, unit = plural[word]
            return Time(self.span(i, j + 3), "ahead", n=count, unit=unit), j + 3
        return None

    def year(self, i: int, word: str) -> tuple[Time, int] | None:
        third, j = 0, i
        if word in _PARTS:
            third, j = _PARTS[word], i + 1
            word = self.word(j)
        if (
            word in {"عام", "سنة", "العام"}
            and self.word(j + 1).isdecimal()
            and len(self.word(j + 1)) == 4
        ):
            year = int(self.word(j + 1))
            if 1300 <= year <= 1500:
                return Time(self.span(i, j + 2), "date", year=year, calendar="hijri"), j + 2
            return Time(self.span(i, j + 2), "date", year=year, third=third), j + 2
        return None

    def counted(self, i: int, word: str) -> tuple[Time, int] | None:
        """قبل ثلاثة أيام، في غضون عشر سنوات، بعد أسبوعين من الآن"""
        ahead = word in {"في", "خلال"} and self.word(i + 1) in {"غضون", "خلال"}
        if word != "قبل" and not ahead and word != "منذ":
            return None
        j = i + (2 if ahead else 1)
        if self.word(j) in {"نحو", "حوالي", "اكثر", "اقل"}:
            j += 2 if self.word(j + 1) == "من" else 1
        number = self.word(j)
        units = _table("units")
        if number in units and units[number][0] == "2":
            count, unit, end = 2, units[number][2:], j + 1
        elif number.isdecimal() and len(number) < 4 and self.word(j + 1) in units:
            count, unit, end = int(number), units[self.word(j + 1)].removeprefix("2 "), j + 2
        elif number in _table("numbers") and self.word(j + 1) in units:
            count, unit, end = (
                int(_table("numbers")[number]),
                units[self.word(j + 1)].removeprefix("2 "),
                j + 2,
            )
        elif (
            number in {"يوم", "اسبوع", "شهر", "عام", "سنة"}
            and self.word(j + 1) not in {"من"}
            and not ahead
            and word == "قبل"
        ):
            count, unit, end = 1, units[number], j + 1
        else:
            return None
        return Time(self.span(i, end), "ahead" if ahead else "ago", n=count, unit=unit), end

    def slashed(self, i: int, word: str) -> tuple[Time, int] | None:
        """15/7/2024, يوم 1/12 الحالي, 2024-07-15"""
        j = i + 1 if word == "يوم" else i
        parts = self.word(j).replace("-", "/").split("/")
        if len(parts) not in (2, 3) or not all(part.isdecimal() for part in parts):
            return None
        way, end = self.way(j + 1)
        if len(parts) == 2 and word != "يوم" and end == j + 1:
            return None
        numbers = [int(part) for part in parts]
        if numbers[0] > 31:
            numbers.reverse()
        day, month, year = numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 0
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        return Time(self.span(i, end), "date", day=day, month=month, year=year, way=way), end
