"""Arabic dates by number and by month: ١٥ تموز/يوليو 2023, الثالث من مايو, 10 رمضان 1445 هـ."""

from dataclasses import replace

from claims.languages.ar import time_words as words
from claims.languages.shapes import Span, Time
from claims.languages.timing import Hit, Reader

_AND = frozenset({"-", "–", "—", "و", "الى", "حتى"})
# Tokens from the beginning within which an agency's dateline stands.
_DATELINE = 12
_HIJRI_MARKS = frozenset({"ه", "هـ", "هجري", "هجرية", "للهجرة"})
_OF_ERA = frozenset({"م", "ميلادي", "ميلادية"})
_HIJRI_YEARS = range(1300, 1501)


class Dates(Reader):
    """What stands at one place, where it is a date of a calendar."""

    joiners = frozenset({"-", "–", "—", "الى", "حتى"})

    def word(self, i: int) -> str:
        """The normal word at ``i``; empty outside the text."""
        return self._norms[i] if 0 <= i < len(self._norms) else ""

    def bare(self, i: int) -> str:
        """The word without a conjunction or preposition of one letter, where a time word is left."""
        return words.bare(self.word(i))

    def span(self, i: int, j: int) -> Span:
        """From the token ``i`` (a clinging letter left out) to the one before ``j``."""
        cut = len(self.word(i)) - len(self.bare(i))
        token = self.tokens[i]
        start = token.start + (cut if 0 < cut < 3 and not self.bare(i).startswith("ال") else 0)
        return Span(start, self.tokens[j - 1].end)

    def way(self, i: int) -> tuple[int, int]:
        """(-1 last, 1 next, 0 this or unsaid; index behind the word that said it)."""
        word = self.word(i)
        if word in words.LAST:
            return -1, i + 1
        if word in words.NEXT:
            return 1, i + 1
        return (0, i + 1) if word in words.THIS else (0, i)

    def figure(self, i: int, low: int, high: int) -> int:
        """A number at ``i``, also behind a clinging و: "3 و5 مايو"."""
        word = self.word(i)
        word = word[1:] if word[:1] == "و" and word[1:].isdecimal() else word
        return int(word) if word.isdecimal() and len(word) <= 4 and low <= int(word) <= high else 0

    def ordinal(self, i: int) -> tuple[int, int]:
        """(11, index behind) of الحادي عشر; (25, …) of الخامس والعشرين; (0, i) where none stands."""
        tens = words.TENS.get(self.word(i), 0)
        if tens:
            return tens, i + 1
        word = self.word(i)
        unit = words.ORDINALS.get(word, 0) or words.ORDINALS.get(word[1:], 0)
        if not unit:
            return 0, i
        if self.word(i + 1) in {"عشر", "عشرة"}:
            return 10 + unit, i + 2
        tens = words.TENS.get(self.word(i + 1).removeprefix("و"), 0)
        return (tens + unit, i + 2) if tens else (unit, i + 1)

    def month_name(
        self, i: int, listed: str = "months", doubled: bool = True
    ) -> tuple[int, int] | None:
        """(number, index behind) of a month's name, its double in another calendar style included."""
        names = words.table(listed)
        for length in (2, 1):
            name = " ".join([self.bare(i), *(self.word(k) for k in range(i + 1, i + length))])
            if name in names:
                j = i + length
                if self.word(j) == "(" and self.word(j + 2) == ")" and self.word(j + 1) in names:
                    j += 3
                elif self.word(j) == "(" and self.word(j + 3) == ")":
                    j += 4
                elif doubled and self.word(j) in {"/", "-"}:
                    # "كانون الثاني/يناير" is one month, "مايو - يونيو" are two
                    double = self.month_name(j + 1, listed, doubled=False)
                    j = double[1] if double and double[0] == int(names[name]) else j
                return int(names[name]), j
        return None

    def days(self, i: int) -> tuple[int, int, int]:
        """(day, last day or 0, index behind): "3", "3 إلى 5", "3-5", "3 و5", "الثالث"."""
        day = self.figure(i, 1, 31) if self.bare(i).isdecimal() else 0
        if not day:
            day, j = self.ordinal(i)
            if not day or self.word(j) != "من":
                return 0, 0, i
            return day, 0, j
        j = i + 1
        if self.word(j) in _AND and self.figure(j + 1, day + 1, 31):
            return day, self.figure(j + 1, 1, 31), j + 2
        if self.word(j)[:1] == "و" and self.figure(j, day + 1, 31):
            return day, self.figure(j, 1, 31), j + 1
        return day, 0, j

    def era_year(self, i: int, headed: bool) -> tuple[int, str, int]:
        """(year, calendar, index behind) of a year of four digits at ``i``; year 0: none."""
        word = self.word(i)
        digits = word.rstrip("ه")
        if not (digits.isdecimal() and len(digits) == 4):
            return 0, "", i
        year, j = int(digits), i + 1
        if digits != word or self.word(j) in _HIJRI_MARKS:
            return year, "hijri", j + (digits == word)
        if headed and year in _HIJRI_YEARS:
            return year, "hijri", j
        j += self.word(j) in _OF_ERA
        return (year, "", j) if 1000 <= year <= 2200 else (0, "", i)

    def month(self, i: int, word: str) -> Hit | None:
        """15 تموز 2023, منتصف فبراير, شهر سبتمبر (أيلول) المقبل, الثالث من مايو, 10 رمضان 1445."""
        j, third = i, 0
        if word in words.PARTS:
            third, j = words.PARTS[word], i + 1
        elif word in {"يوم", "يومي"} and (
            self.figure(i + 1, 1, 31) or self.ordinal(i + 1)[0] or self.word(i + 1) == "الموافق"
        ):
            j += 1 + (self.word(i + 1) == "الموافق")
        if word in {"اول", "غرة"} and self.month_name(i + 1) is not None:
            return self.month_on(i, i + 1, 1)
        day, end_day, j = (0, 0, j) if third and not self.figure(j, 1, 31) else self.days(j)
        if day and self.word(j) == "من":
            j += 1
        said_month = self.bare(j) in {"شهر", "شهري"}
        j += said_month
        if day and self.word(j) == "الشهر":
            # "the fifth of this month"
            way, end = self.way(j + 1)
            if end == j + 1:
                return None
            what = Time(self.span(i, end), "month_of", n=way, way=way, day=day, end_day=end_day)
            return what, end
        return self.month_on(i, j, day, end_day, third, said_month)

    def month_on(
        self, i: int, j: int, day: int, end_day: int = 0, third: int = 0, said_month: bool = False
    ) -> Hit | None:
        """The month named at ``j``, with the day read before it."""
        for listed in ("months", "hijri_months"):
            named = self.month_name(j, listed)
            if named is not None:
                number, end = named
                time = Time(
                    self.span(i, end), "date", day=day, end_day=end_day, month=number, third=third
                )
                return self.of_year(time, i, j, end, listed == "hijri_months", said_month)
        return None

    def of_year(
        self, time: Time, i: int, name: int, end: int, hijri: bool, said_month: bool
    ) -> Hit | None:
        """The date with what says its year, behind the name of its month."""
        way, end = self.way(end)
        behind = end + (self.word(end) == "من")
        behind += self.word(behind) in {"عام", "العام", "سنة", "السنة", "لعام", "لسنة", "،", ","}
        year, calendar, after = self.era_year(behind, hijri)
        shift, last = self.way(behind)
        of_this = self.word(behind - 1) in {"العام", "السنة"} and last > behind
        if year:
            time, end = replace(time, year=year), after
        elif of_this:
            return replace(time, span=self.span(i, last), way=shift, n=1), last
        elif self.word(end) == "هذا" and self.word(end + 1) == "العام":
            return replace(time, span=self.span(i, end + 2), n=1), end + 2
        if hijri and not (time.day or year or way):
            return None
        short = self.bare(name) in {"ماي", "اب", "اوت", "جوان"}
        doubled = self.word(name + 1) == "/"
        if short and not (
            time.day
            or time.third
            or year
            or way
            or said_month
            or doubled
            or self.word(name - 1) in {"في", "منذ"}
        ):
            # "water", "father": other words that are spelt like a month
            return None
        return (
            replace(time, span=self.span(i, end), way=way, calendar="hijri" if hijri else calendar),
            end,
        )

    def figures(self, i: int, word: str) -> Hit | None:
        """15/7/2024, يوم 1/12 الحالي, 2024-07-15"""
        j = i + 1 if word == "يوم" else i
        read = self.numeric(j)
        if read is None:
            return None
        day, month, year, end = read
        way, end = self.way(end)
        now = not year and i < _DATELINE and self.word(end) == "(" and self.word(end + 4) == ")"
        if not (year or now) and word != "يوم" and end == read[3]:
            return None
        if now:
            # "القدس 15-8 (أ ف ب)": an agency's dateline
            return Time(self.span(i, end), "date", day=day, month=month, now=True), end
        return Time(self.span(i, end), "date", day=day, month=month, year=year, way=way), end
