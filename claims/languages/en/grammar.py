"""English as detection uses it: words, pieces of sentences, times and tense."""

from collections.abc import Sequence

from claims.languages.en import clauses, words
from claims.languages.en.reference import reference as reference
from claims.languages.en.times import times as times
from claims.languages.shapes import Frame, Piece, Quote, Token

normal = words.normal
_FUTURE = frozenset({"will", "won't", "shall", "'ll"})
_STATES = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "isn't", "aren't", "remains", "remain"}
)


def pieces(
    text: str, tokens: Sequence[Token], quotes: Sequence[Quote], ranges: Sequence[tuple[int, int]]
) -> list[list[Piece]]:
    """The candidate claims of each range of token indexes (one sentence each)."""
    reading = words.Reading(text, tokens, quotes)
    found: list[list[Piece]] = []
    speaking: Frame | None = None
    for number, (lo, hi) in enumerate(ranges):
        before = tokens[ranges[number - 1][1] - 1].start if number else 0
        if "\n" in text[before : tokens[lo].start]:
            speaking = None
        found.append(clauses.pieces(reading, lo, hi, speaking))
        last = found[-1][-1] if found[-1] else None
        speaking = last.frame if last is not None and _spoken(reading, last) else None
    return found


def _spoken(reading: words.Reading, piece: Piece) -> bool:
    quote = reading.quote_around(piece.span.start)
    return quote is not None and piece.span.end <= quote.end


def tense(said: Sequence[str]) -> str:
    """future, past, present, state or none: of the first finite verb."""
    for i, word in enumerate(said):
        if word in _FUTURE or word.endswith("'ll"):
            return "future"
        if word in {"is", "are", "was", "were"} and said[i + 1 : i + 3] in (
            ["going", "to"],
            ["expected", "to"],
            ["set", "to"],
            ["due", "to"],
            ["scheduled", "to"],
        ):
            return "future"
        following = said[i + 1] if i + 1 < len(said) else ""
        if word in _STATES:
            return "past" if following.endswith(("ed", "ing", "en")) or word == "had" else "state"
        if word.endswith("ed") and len(word) > 4 and word not in words.listed("past_participles"):
            return "past"
        if word in words.listed("finite"):
            return "past"
    return "none"
