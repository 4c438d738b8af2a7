"""Reading time expressions off tokens: what the readers of all languages share.

A language's ``times.py`` says what stands at one place; numbers, numeric dates, ranges and the walk
over the tokens are here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from claims.languages import lexicon
from claims.languages.shapes import Span, Time, Token

Hit = tuple[Time, int]  # what was read, and the index of the token behind it

_DASHES = frozenset("-–—/.")
# What alone does not say whether it is past: a weekday, a month without its year.
_OPEN = frozenset({"date", "weekday", "weekend"})
_ENDING = frozenset(
    [
        "date",
        "day",
        "weekday",
        "weekend",
        "week",
        "month_of",
        "year_of",
        "season",
        "quarter_of",
        "decade_of",
        "century_of",
    ]
)
_NAMING = frozenset({"day", "weekday", "date"})
# Tokens between a day and "that evening", at most.
_SAME_DAY = 40
_RANGES = frozenset({"date", "weekday", "month_of", "year_of"})
# What "the coming days" reaches to: a desk asks again then.
AHEAD = {"hour": (1, "day"), "day": (7, "day"), "week": (4, "week"), "month": (6, "month")}


@cache
def numbers(code: str, name: str) -> Mapping[str, int]:
    """The table ``<code>/<name>.txt`` with its values as numbers."""
    return {term: int(value) for term, value in lexicon.table(code, name).items()}


def _is_day(time: Time) -> bool:
    """Whether the time is one day."""
    single = time.what in {"day", "weekday"} or (time.what == "date" and bool(time.day))
    return single and not (time.until or time.end_day or time.since)


def _together(first: Time, second: Time) -> Time | None:
    """Two names of one day as one time, the more exact of them; None where they are not of one."""
    if not (_is_day(first) and _is_day(second)) or second.way:
        return None
    kinds = first.what, second.what
    if kinds == ("day", "weekday"):
        return replace(first, weekday=second.n) if first.weekday < 0 else None
    if kinds in {("day", "date"), ("weekday", "date")}:
        return replace(second, now=first.what == "day" and first.n == 0)
    return first if kinds == ("date", "weekday") else None


class Reader:
    """The tokens of a text, asked for times. ``at`` is the language's own."""

    joiners: frozenset[str] = frozenset()  # between the two ends of a range
    sames: frozenset[str] = frozenset()  # the first words of "that evening", "the same day"
    month_first = False  # 7/15/2024

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._norms = [token.norm for token in tokens]

    def full(self, i: int) -> str:
        return self._norms[i] if 0 <= i < len(self._norms) else ""

    def word(self, i: int) -> str:
        """The word at ``i`` as the language's tables have it; empty outside the text."""
        return self.full(i)

    def span(self, i: int, j: int) -> Span:
        """From the token ``i`` to the one before ``j``."""
        return Span(self.tokens[i].start, self.tokens[j - 1].end)

    def at(self, i: int) -> Hit | None:
        """The time expression whose first token is ``i``."""
        raise NotImplementedError

    def read(self, modifying: bool = False) -> list[Time]:
        """The time expressions in order, none inside another. Linear.

        ``modifying``: also those that date nothing but a noun.
        """
        found: list[Time] = []
        i = last = 0
        while i < len(self.tokens):
            hit = self.ranged(i)
            if hit is None:
                same = self.same_day(i) if found and self._norms[i] in self.sames else 0
                if same and _is_day(found[-1]) and i < last + _SAME_DAY:
                    found.append(replace(found[-1], span=self.span(i, same)))
                i = max(i + 1, same)
                continue
            last = hit[1]
            if modifying or not self.only_modifies(i, hit[1]):
                found.append(self.in_its_place(hit[0], i, hit[1]))
            i = hit[1]
        return found

    def in_its_place(self, time: Time, i: int, j: int) -> Time:
        """``time``, read at ``i..j``, with what the words beside it say of when that is."""
        outlook = self.outlook(i, j) if time.what in _OPEN and not (time.year or time.way) else 0
        ends = time.what in _ENDING and not (time.since or time.until)
        by = self.deadline(time, i, j) if ends else None
        if by is None and not outlook:
            return time
        return replace(time, span=by or time.span, outlook=outlook, by=by is not None)

    def outlook(self, i: int, j: int) -> int:
        """1 where the words beside ``i..j`` speak of what is to come, -1 of what has been, else 0."""
        return 0

    def deadline(self, time: Time, i: int, j: int) -> Span | None:
        """The span with the word that makes ``time`` the last moment: "by March"."""
        return None

    def same_day(self, i: int) -> int:
        """The index behind "that evening" at ``i``: the day named before it; 0 where none stands."""
        return 0

    def named_twice(self, i: int) -> Hit | None:
        """What stands at ``i``, with what names the same day behind it: "yesterday (Monday, 3 May)"."""
        hit = self.at(i)
        while hit is not None and hit[0].what in _NAMING and not hit[0].until:
            first, j = hit
            opened = self.word(j) == "("
            second = self.at(j + opened) if j < len(self.tokens) else None
            if second is None or (opened and self.word(second[1]) != ")"):
                return hit
            made = _together(first, second[0])
            if made is None:
                return hit
            j = second[1] + opened
            hit = replace(made, span=self.span(i, j)), j
        return hit

    def ranged(self, i: int) -> Hit | None:
        """What stands at ``i``, with the other end of a range behind it."""
        hit = self.named_twice(i)
        if hit is None or hit[0].what not in _RANGES or hit[0].end_day or hit[0].since:
            return hit
        first, j = hit
        if not self.joins(i, j):
            return hit
        second = self.at(self.behind_joiner(j))
        if second is None or second[0].what != first.what or bool(first.day) != bool(second[0].day):
            return hit
        span = Span(first.span.start, second[0].span.end)
        return replace(first, span=span, until=second[0]), second[1]

    def joins(self, i: int, j: int) -> bool:
        """Whether a range that began at ``i`` goes on with the token ``j``."""
        return self.word(j) in self.joiners

    def behind_joiner(self, j: int) -> int:
        return j + 1

    def only_modifies(self, i: int, j: int) -> bool:
        """Whether the expression ``i..j`` dates nothing but a noun: "last year's election"."""
        return False

    def number(self, i: int, low: int, high: int) -> int:
        """The number in digits at ``i`` between the two, else 0."""
        word = self.word(i)
        fits = word.isdecimal() and len(word) <= 4 and low <= int(word) <= high
        return int(word) if fits else 0

    def year(self, i: int) -> int:
        return self.number(i, 1000, 2200) if len(self.word(i)) == 4 else 0

    def touch(self, i: int, j: int) -> bool:
        """Whether the tokens ``i..j`` stand without white space between them."""
        inside = range(i, min(j, len(self.tokens)) - 1)
        return all(self.tokens[k].end == self.tokens[k + 1].start for k in inside)

    def numeric(self, i: int) -> tuple[int, int, int, int] | None:
        """(day, month, year, index behind) of 2024-07-15, 15/7/2024 or 15.07.2024; year 0: 15/7."""
        j = i + 1
        parts = self.word(i).replace("/", ".").split(".")
        if len(parts) == 1:
            while len(parts) < 3 and self.word(j) in _DASHES and self.touch(i, j + 2):
                if not self.word(j + 1).isdecimal():
                    break
                parts.append(self.word(j + 1))
                j += 2
        if len(parts) not in (2, 3) or not all(p.isdecimal() and len(p) <= 4 for p in parts):
            return None
        if len(parts[0]) == 4 and len(parts) == 3:
            parts.reverse()
        elif self.month_first and int(parts[0]) <= 12:
            parts[0], parts[1] = parts[1], parts[0]
        if len(parts) == 3 and len(parts[2]) != 4:
            return None
        day, month, year = int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) == 3 else 0
        return (day, month, year, j) if 1 <= day <= 31 and 1 <= month <= 12 else None
