"""The tight span of a claim: no punctuation at its edges, no quotation marks that only enclose it."""

from bisect import bisect_right
from collections.abc import Sequence

from claims.languages.shapes import Quote, Span

COMMAS = frozenset("،,")
SENTENCE_ENDS = frozenset(".!?؟…؛")
OPENERS = frozenset('"“«„(‹[')
CLOSERS = frozenset('"”»)›]')
EDGES = frozenset(" \t\n\r\u00a0\u2028\u2029.,،؛;:!؟?…-–—*•")

_BRACKETS = {"(": ")", "[": "]"}
_OPENED_BY = {")": "(", "]": "["}


class Marked:
    """A text with its quotations, asked by place."""

    def __init__(self, text: str, quotes: Sequence[Quote]) -> None:
        self.text, self.quotes = text, quotes
        self._starts = [quote.start for quote in quotes]
        self._opened = {quote.start: quote for quote in quotes}

    def quote_around(self, place: int) -> Quote | None:
        """The quotation that ``place`` lies in, or at whose end it stands."""
        at = bisect_right(self._starts, place) - 1
        if at >= 0 and place <= self.quotes[at].end:
            return self.quotes[at]
        return None

    def opened_at(self, start: int) -> Quote | None:
        """The quotation whose first character stands at ``start``."""
        return self._opened.get(start)

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]


def trimmed(marked: Marked, span: Span) -> Span | None:
    """``span`` made tight; None where nothing is left."""
    start, end = span
    while True:
        before = (start, end)
        start, end = _bare(marked.text, start, end)
        if start < end and marked.text[start] in OPENERS and _encloses(marked, start, end):
            start += 1
        if start < end and marked.text[end - 1] in CLOSERS and _is_enclosed(marked, start, end):
            end -= 1
        if (start, end) == before:
            break
    return Span(start, end) if end > start else None


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in EDGES or not text[start].isprintable()):
        start += 1
    while end > start and (text[end - 1] in EDGES or not text[end - 1].isprintable()):
        end -= 1
    return start, end


def _encloses(marked: Marked, start: int, end: int) -> bool:
    """The opening mark at ``start`` closes at the end of the span, behind it, or never."""
    mark = marked.text[start]
    if mark in _BRACKETS:
        closing = marked.text.find(_BRACKETS[mark], start, end)
        return closing in (-1, end - 1)
    quote = marked.quote_around(start + 1)
    return quote is None or quote.start != start + 1 or quote.end >= end - 1


def _is_enclosed(marked: Marked, start: int, end: int) -> bool:
    """The closing mark at the end was opened at the start of the span, before it, or never."""
    mark = marked.text[end - 1]
    if mark in _OPENED_BY:
        return marked.text.find(_OPENED_BY[mark], start, end) == -1
    quote = marked.quote_around(end - 1)
    return quote is None or quote.end != end - 1 or quote.start - 1 <= start
