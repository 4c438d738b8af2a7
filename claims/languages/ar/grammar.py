"""Arabic as detection uses it: words, pieces of sentences, times and tense."""

from collections.abc import Sequence

from claims.languages.ar import clauses, morphology
from claims.languages.ar.reading import NEGATIONS, RELATIVES, Reading
from claims.languages.ar.times import times as times
from claims.languages.shapes import Piece, Quote, Token

normal = morphology.normal


def pieces(
    text: str, tokens: Sequence[Token], quotes: Sequence[Quote], ranges: Sequence[tuple[int, int]]
) -> list[list[Piece]]:
    """The candidate claims of each range of token indexes (one sentence each)."""
    reading = Reading(text, tokens, quotes)
    return [clauses.pieces(reading, lo, hi) for lo, hi in ranges]


def tense(words: Sequence[str]) -> str:
    """future, past, present or none: of the first finite verb that is not in a relative clause."""
    relative = False
    for i, word in enumerate(words):
        if word in RELATIVES:
            relative = True
            continue
        if word in {"سوف", "لن", "ستكون", "سيكون"} or morphology.is_future(word):
            return "future"
        if relative and i < len(words) - 2:
            relative = False
            continue
        if word in {"كان", "كانت", "كانوا", "لم", "تم"}:
            return "past"
        before = words[i - 1] if i else ""
        if before in NEGATIONS or before == "قد" or morphology.is_verb(word, at_head=i == 0):
            return "present" if morphology.is_imperfect(word) else "past"
    return "none"
