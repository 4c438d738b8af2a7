"""Where claims stand in an article: text and spans become pieces that can be drawn.

The text is never changed. Joined, the pieces and gaps of all paragraphs are the text again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Two lines under one word can be told apart, three cannot; a third mark shows in the margin alone.
DRAWN_AT_ONCE = 2

Span = tuple[int, int]

_NEWLINES = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029]+")
# Arabic letters that never join the one after them: a number may stand behind them.
_NOT_JOINING = frozenset("اأإآٱدذرزژوؤةىء")


@dataclass(frozen=True)
class Mark:
    """A numbered span, in code points of the text, end exclusive."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """A run of text under the same marks.

    `marks` are drawn here, the outer one first; `opens` are those of them that begin here, `closes`
    those that end here. `room`: a number may stand before the first letter without tearing a
    joined word apart. `claimant`, `cue`: the spans of a claimant or a cue that cover it.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()
    closes: tuple[Mark, ...] = ()
    room: bool = True
    claimant: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """A line of the text with the line breaks after it, and the marks that begin in it. `start`:
    its place in the text."""

    pieces: tuple[Piece, ...]
    gap: str
    begins: tuple[Mark, ...]
    start: int = 0


def paragraphs(
    text: str,
    marks: Iterable[Mark],
    *,
    claimants: Iterable[Span] = (),
    cues: Iterable[Span] = (),
    within: Span | None = None,
) -> list[Paragraph]:
    """Cuts the text, or the part of it `within`, at every line break and at every boundary of a span.

    Nested and crossing marks come out the same way: each piece says what covers it. Spans may
    reach over paragraphs. One outside the text raises ValueError: it belongs to another text.
    """
    outer_first = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.number))
    claimants, cues = list(claimants), list(cues)
    for start, end in [*((m.start, m.end) for m in outer_first), *claimants, *cues]:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"The span {start}–{end} lies outside a text of {len(text)}.")
    return [
        Paragraph(
            pieces=_pieces(text, begin, end, outer_first, claimants, cues),
            gap=text[end:following],
            begins=tuple(m for m in outer_first if begin <= m.start < max(following, begin + 1)),
            start=begin,
        )
        for begin, end, following in lines(text, within)
    ]


def lines(text: str, within: Span | None = None) -> list[tuple[int, int, int]]:
    """(begin, end, begin of the next) of each paragraph; line breaks before the first are its gap
    and stand in a paragraph without pieces."""
    begin, stop = within or (0, len(text))
    found = []
    for breaks in _NEWLINES.finditer(text, begin, stop):
        found.append((begin, breaks.start(), breaks.end()))
        begin = breaks.end()
    if begin < stop:
        found.append((begin, stop, stop))
    return found


def _pieces(
    text: str,
    begin: int,
    end: int,
    marks: Sequence[Mark],
    claimants: Sequence[Span],
    cues: Sequence[Span],
) -> tuple[Piece, ...]:
    here = [mark for mark in marks if mark.start < end and mark.end > begin]
    cuts = {begin, end}
    for start, stop in [*((m.start, m.end) for m in here), *claimants, *cues]:
        cuts |= {at for at in (start, stop) if begin < at < end}
    bounds = sorted(cuts)
    pieces = []
    for start, stop in pairwise(bounds):
        drawn = tuple(m for m in here if m.start <= start and m.end >= stop)[:DRAWN_AT_ONCE]
        pieces.append(
            Piece(
                text=text[start:stop],
                marks=drawn,
                opens=tuple(m for m in drawn if m.start == start),
                closes=tuple(m for m in drawn if m.end == stop),
                room=_has_room(text, start),
                claimant=_covering(start, stop, claimants),
                cue=_covering(start, stop, cues),
            )
        )
    return tuple(pieces)


def _covering(start: int, stop: int, spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(span for span in spans if span[0] <= start and span[1] >= stop)


def _has_room(text: str, at: int) -> bool:
    before = text[at - 1] if at else " "
    return not before.isalpha() or before in _NOT_JOINING
