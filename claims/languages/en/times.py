"""English time expressions: last week, on Monday, Aug. 29, since 2015, within ten years."""

from dataclasses import replace
from functools import cache

from claims.languages import lexicon
from claims.languages.shapes import Span, Time, Token

_WAYS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "current": 0}
_PERIODS = {"week": "week", "month": "month_of", "year": "year_of", "weekend": "weekend"}
_PARTS = {"early": 1, "mid": 2, "late": 3}
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_YEAR_HEADS = frozenset({"in", "since", "by", "during", "until", "before", "after", "of", "from"})


@cache
def _table(name: str) -> dict[str, int]:
    return {term: int(value) for term, value in lexicon.table("en", name).items()}


@cache
def _units() -> dict[str, str]:
    return lexicon.table("en", "units")


def times(tokens: list[Token]) -> list[Time]:
    """The time expressions among ``tokens``, in order, none inside another. Linear."""
    reader = _Times(tokens)
    found: list[Time] = []
    i = 0
    while i < len(tokens):
        hit = reader.at(i)
        if hit is None:
            i += 1
        else:
            found.append(hit[0])
            i = hit[1]
    return found


class _Times:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens

    def word(self, i: int) -> str:
        word = self.tokens[i].norm if 0 <= i < len(self.tokens) else ""
        return word.removesuffix("'s")

    def span(self, i: int, j: int) -> Span:
        last = self.tokens[j - 1]
        cut = 2 if last.norm.endswith("'s") else 0
        return Span(self.tokens[i].start, last.end - cut)

    def at(self, i: int) -> tuple[Time, int] | None:
        word = self.word(i)
        if word in _DAYS:
            return Time(self.span(i, i + 1), "day", n=_DAYS[word]), i + 1
        return (
            self.weekday(i, word)
            or self.month(i, word)
            or self.period(i, word)
            or self.year(i, word)
            or self.counted(i, word)
        )

    def weekday(self, i: int, word: str) -> tuple[Time, int] | None:
        way, j = (_WAYS[word], i + 1) if word in _WAYS else (0, i)
        name = self.word(j)
        if name not in _table("weekdays"):
            return None
        j += 1
        if self.word(j) == ",":
            dated = self.month(j + 1, self.word(j + 1))
            if dated is not None and dated[0].day:
                return _moved(dated[0], self.span(i, dated[1])), dated[1]
        return Time(self.span(i, j), "weekday", n=_table("weekdays")[name], way=way), j

    def day_number(self, i: int) -> int:
        word = self.word(i)
        for ending in ("st", "nd", "rd", "th"):
            word = word.removesuffix(ending)
        return int(word) if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 else 0

    def year_number(self, i: int) -> int:
        word = self.word(i)
        good = word.isdecimal() and len(word) == 4 and 1000 <= int(word) <= 2200
        return int(word) if good else 0

    def month(self, i: int, word: str) -> tuple[Time, int] | None:
        j, way, third, day = i, 0, 0, 0
        since = word == "since"
        if since:
            j += 1
        if self.word(j) in _WAYS:
            way, j = _WAYS[self.word(j)], j + 1
        if self.word(j) in _PARTS:
            third, j = _PARTS[self.word(j)], j + 1
            if self.word(j) == "-":
                j += 1
        if self.day_number(j) and j == i + since:
            following = j + 2 if self.word(j + 1) == "of" else j + 1
            if self.word(following) in _table("months"):
                day, j = self.day_number(j), following
        name = self.word(j)
        if name not in _table("months"):
            return None
        number = _table("months")[name]
        j += 1
        if self.word(j) == "." and len(name) <= 4:
            j += 1
        end_day = 0
        if not day and self.day_number(j):
            day, j = self.day_number(j), j + 1
            if self.word(j) in {"-", "–"} and self.day_number(j + 1):
                end_day, j = self.day_number(j + 1), j + 2
        behind = j + 1 if self.word(j) in {",", "of"} else j
        year = self.year_number(behind)
        if year:
            j = behind + 1
        anchored = day or year or way or third or since or self.word(i - 1) in _YEAR_HEADS
        if not anchored or (
            name in {"may", "mar"} and not (day or year or self.word(i - 1) in _YEAR_HEADS)
        ):
            return None
        return (
            Time(
                self.span(i, j),
                "date",
                day=day,
                end_day=end_day,
                month=number,
                year=year,
                way=way,
                third=third,
                since=since,
            ),
            j,
        )

    def period(self, i: int, word: str) -> tuple[Time, int] | None:
        j = i
        if word == "over" and self.word(i + 1) == "the" and self.word(i + 2) == "weekend":
            return Time(self.span(i, i + 3), "weekend"), i + 3
        third = 0
        if word in {"earlier", "later"} and self.word(i + 1) in _WAYS:
            j += 1
        elif word in _PARTS and self.word(i + 1) in _WAYS:
            third, j = _PARTS[word], i + 1
        if self.word(j) not in _WAYS or self.word(j + 1) not in _PERIODS:
            return None
        if self.word(j) in {"past", "current", "coming"} and self.word(j - 1) != "the":
            return None
        way = _WAYS[self.word(j)]
        return Time(
            self.span(i, j + 2), _PERIODS[self.word(j + 1)], n=way, way=way, third=third
        ), j + 2

    def year(self, i: int, word: str) -> tuple[Time, int] | None:
        year = self.year_number(i)
        since = word == "since"
        if since and self.year_number(i + 1):
            return Time(
                self.span(i, i + 2), "date", year=self.year_number(i + 1), since=True
            ), i + 2
        if year and self.word(i - 1) in _YEAR_HEADS and year >= 1500:
            return Time(self.span(i, i + 1), "date", year=year), i + 1
        return None

    def counted(self, i: int, word: str) -> tuple[Time, int] | None:
        ahead = (
            word in {"within", "in"} and self.word(i + 1) in {"the"} and self.word(i + 2) == "next"
        )
        j = i + 3 if ahead else (i + 1 if word == "within" else i)
        number = self.word(j)
        count = (
            int(number)
            if number.isdecimal() and len(number) < 4
            else _table("numbers").get(number, 0)
        )
        unit = _units().get(self.word(j + 1))
        if not count or unit is None:
            return None
        if ahead or word == "within":
            return Time(self.span(i, j + 2), "ahead", n=count, unit=unit), j + 2
        if self.word(j + 2) in {"ago", "earlier"}:
            return Time(self.span(i, j + 3), "ago", n=count, unit=unit), j + 3
        if self.word(j + 2) == "from" and self.word(j + 3) == "now":
            return Time(self.span(i, j + 4), "ahead", n=count, unit=unit), j + 4
        return None


def _moved(time: Time, span: Span) -> Time:
    return replace(time, span=span)
