"""The tight span of a claim: no punctuation at its edges, no quotation marks that only enclose it."""

from claims.languages.ar.reading import CLOSERS, EDGES, OPENERS, Reading
from claims.languages.shapes import Span

_BRACKETS = {"(": ")", "[": "]"}
_OPENED_BY = {")": "(", "]": "["}


def trimmed(reading: Reading, span: Span) -> Span | None:
    """``span`` made tight; None where nothing is left."""
    start, end = span
    while True:
        before = (start, end)
        start, end = _bare(reading.text, start, end)
        if start < end and reading.text[start] in OPENERS and _encloses(reading, start, end):
            start += 1
        if start < end and reading.text[end - 1] in CLOSERS and _is_enclosed(reading, start, end):
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


def _encloses(reading: Reading, start: int, end: int) -> bool:
    """The opening mark at ``start`` closes at the end of the span, behind it, or never."""
    mark = reading.text[start]
    if mark in _BRACKETS:
        closing = reading.text.find(_BRACKETS[mark], start, end)
        return closing in (-1, end - 1)
    quote = reading.quote_around(start + 1)
    return quote is None or quote.start != start + 1 or quote.end >= end - 1


def _is_enclosed(reading: Reading, start: int, end: int) -> bool:
    """The closing mark at the end was opened at the start of the span, before it, or never."""
    mark = reading.text[end - 1]
    if mark in _OPENED_BY:
        return reading.text.find(_OPENED_BY[mark], start, end) == -1
    quote = reading.quote_around(end - 1)
    return quote is None or quote.end != end - 1 or quote.start - 1 <= start
