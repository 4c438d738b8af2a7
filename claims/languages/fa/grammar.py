"""Persian as detection uses it, at a basic level: words, who says what, times and tense."""

from collections.abc import Sequence

from claims.languages.fa import words
from claims.languages.fa.clauses import Sentence
from claims.languages.fa.reference import reference as reference
from claims.languages.fa.times import times as times
from claims.languages.shapes import Piece, Quote, Token

normal = words.normal
_STATES = frozenset({"است", "نیست", "هستند", "دارد", "دارند", "ندارد"})


def pieces(
    text: str, tokens: Sequence[Token], quotes: Sequence[Quote], ranges: Sequence[tuple[int, int]]
) -> list[list[Piece]]:
    """The candidate claims of each range of token indexes (one sentence each)."""
    reading = words.Reading(text, tokens, quotes)
    return [Sentence(reading, lo, hi).read() for lo, hi in ranges]


def tense(said: Sequence[str]) -> str:
    """future, past, present, state or none: of the verb, which is the last word or two."""
    if any(word in {"خواهد", "خواهند", "خواهیم"} for word in said):
        return "future"
    last = said[-1] if said else ""
    if last in _STATES:
        before = said[-2] if len(said) > 1 else ""
        # "شده است" has happened
        return "past" if before.endswith("ه") and len(before) > 2 else "state"
    if last.startswith(("می", "نمی")) and len(last) > 4:
        return "present"
    return "past" if last in words.listed("finite") else "none"
