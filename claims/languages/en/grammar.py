"""English as detection uses it: words, pieces of sentences, times and tense."""

from collections.abc import Sequence

from claims.languages.en import clauses, words
from claims.languages.en.reference import reference as reference
from claims.languages.en.times import times as times
from claims.languages.shapes import Frame, Piece, Quote, Token

normal = words.normal
_FUTURE = frozenset({"will", "won't", "shall", "'ll"})
_TO_COME = frozenset({"going", "expected", "set", "due", "scheduled"})
# "The vote could slow growth", said of what may come; not "could not find", "may have found".
_POSSIBLE = frozenset({"could", "might", "may"})
_NOT_POSSIBLE = frozenset({"not", "have", "be", "only", "never", "also", "well"})
_ADVERBS = frozenset({"now", "also", "still", "already", "never", "not", "again", "just", "often"})
_STATES = frozenset(
    {"appeared", "appears", "seemed", "seems", "belongs", "consists", "contains", "knew", "knows"}
    | {"he's", "she's", "it's", "they're", "we're", "you're", "i'm", "there's", "that's"}
    | {"is", "are", "was", "were", "has", "have", "had", "isn't", "aren't", "remains", "remain"}
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
        if "\n" in text[before : tokens[lo].start] and reading.quote_at(lo) is None:
            speaking = None
        found.append(clauses.pieces(reading, lo, hi, speaking))
        last = found[-1][-1] if found[-1] else None
        speaking = last.frame if last is not None and _spoken(reading, last) else None
    return found


def _spoken(reading: words.Reading, piece: Piece) -> bool:
    quote = reading.quote_around(piece.span.start)
    return quote is not None and piece.span.end <= quote.end


def tense(said: Sequence[str]) -> str:
    """future, past, present, state or none: of the first finite verb outside a relative clause."""
    relative = 0  # the words from here up to this index are those of a relative clause
    for i, word in enumerate(said):
        if i and word in {"who", "which", "that"}:
            relative = i + 3
            continue
        found = _tense_of(said, i, word)
        if found and i >= relative:
            return found
        relative = 0 if found else relative
    return "none"


def _tense_of(said: Sequence[str], i: int, word: str) -> str:
    if word in _FUTURE or word.endswith("'ll"):
        return "future"
    following = said[i + 1] if i + 1 < len(said) else ""
    if word in _POSSIBLE and following not in _NOT_POSSIBLE and not following.endswith("ly"):
        return "future"
    if word in {"would", "wouldn't"} and following not in {"have", "rather", "like"}:
        # reported speech moves the future back
        return "future" if "if" not in said and said[i + 2 : i + 3] != ["have"] else "past"
    if (
        word in {"is", "are", "was", "were"}
        and following in _TO_COME
        and said[i + 2 : i + 3] == ["to"]
    ):
        return "future"
    if word in {"did", "didn't"}:
        return "past"
    if word in _STATES:
        adverb = following in _ADVERBS or (following.endswith("ly") and len(following) > 4)
        if adverb and i + 2 < len(said):
            # "is now celebrating", "has sharply criticised"
            following = said[i + 2]
        stands = word in {"is", "are"} and following.endswith(("ed", "en"))
        ended = following.endswith(("ed", "ing", "en", "wn"))
        perfect = word in {"has", "have"} and following in words.listed("bare_participles")
        acts = ended or perfect or word == "had"
        return "past" if acts and not stands else "state"
    if word.endswith("ed") and len(word) > 4 and word not in words.listed("past_participles"):
        return "past"
    return "past" if word in words.listed("finite") else ""
