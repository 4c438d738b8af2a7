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
_RANGES = frozenset({"date", "weekday", "month_of", "year_of"})
# What "the coming days" reaches to: a desk asks again then.
AHEAD = {"hour": (1, "day"), "day": (7, "day"), "week": (4, "week"), "month": (6, "month")}


@cache
def numbers(code: str, name: str) -> Mapping[str, int]:
    """The table ``<code>/<name>.txt`` with its values as numbers."""
    return {term: int(value) for term, value in lexicon.table(code, name).items()}


class Reader:
    """The tokens of a text, asked for times. ``at`` is the language's own."""

    joiners: frozenset[str] = frozenset()  # between the two ends of a range
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
        i = 0
        while i < len(self.tokens):
            hit = self.ranged(i)
            if hit is None:
                i += 1
                continue
            if modifying or not self.only_modifies(i, hit[1]):
                found.append(hit[0])
            i = hit[1]
        return found

    def ranged(self, i: int) -> Hit | None:
        """What stands at ``i``, with the other end of a range behind it."""
        hit = self.at(i)
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
