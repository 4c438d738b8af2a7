"""The tight span of a claim: no punctuation at its edges, no quotation marks that only enclose it."""

from bisect import bisect_right
from collections.abc import Sequence

from claims.languages.shapes import Quote, Span

COMMAS = frozenset("،,")
SENTENCE_ENDS = frozenset(".!?؟…؛")
OPENERS = frozenset('"“«„(‹[')
CLOSERS = frozenset('"”»)›]')
EDGES = frozenset(" \t\n\r\u00a0\u2028\u2029.,،؛;:!؟?…-–—*•")

_TWICE = "''"
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
        width = 2 if marked.text.startswith(_TWICE, start) else 1
        opens = width == 2 or marked.text[start : start + 1] in OPENERS
        if start < end and opens and _encloses(marked, start, start + width, end):
            start += width
        width = 2 if marked.text.endswith(_TWICE, start, end) else 1
        closes = width == 2 or marked.text[end - 1 : end] in CLOSERS
        if start < end and closes and _is_enclosed(marked, start, end - width):
            end -= width
        if (start, end) == before:
            break
    return Span(start, end) if end > start else None


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in EDGES or not text[start].isprintable()):
        start += 1
    while end > start and (text[end - 1] in EDGES or not text[end - 1].isprintable()):
        end -= 1
    return start, end


def _encloses(marked: Marked, mark: int, start: int, end: int) -> bool:
    """The opening mark ``mark..start`` closes at the end of the span, behind it, or never."""
    closing = _BRACKETS.get(marked.text[mark])
    if closing is not None:
        return marked.text.find(closing, mark, end) in (-1, end - 1)
    quote = marked.quote_around(start)
    return quote is None or quote.start != start or quote.end >= end - (start - mark)


def _is_enclosed(marked: Marked, start: int, mark: int) -> bool:
    """The closing mark that begins at ``mark`` was opened at the start of the span, before it, or never."""
    opening = _OPENED_BY.get(marked.text[mark])
    if opening is not None:
        return marked.text.find(opening, start, mark) == -1
    quote = marked.quote_around(mark)
    return quote is None or quote.end != mark or quote.start - 2 <= start
