"""Turkish as detection uses it: words, pieces of sentences, times and tense."""

import re
from collections.abc import Sequence

from claims.languages.shapes import Piece, Quote, Token
from claims.languages.tr import clauses, words
from claims.languages.tr.reference import reference as reference
from claims.languages.tr.times import times as times

normal = words.normal
_FUTURE = re.compile(r".+[ae]c[ae](?:k(?!t[ıi](?!r))|ğ[ıi])")
_PAST = re.compile(r".+(?:[dt][ıiuü](?:lar|ler|k|m)?|m[ıiuü]şt?[ıiuü]?|[dt][ıiuü]ğ[ıiuü].*)$")
_STATE = re.compile(
    r"(?:var|yok|değil|olan|.*(?:d|l[ıiuü]kt)[ıiuü]r|.*m[ae]kt[ae]|(?:olduğ|olduk|olmadığ|bulunduğ|bulunmadığ).*"
    r"|.*[ıiuü]yor(?:lar|uz|um)?|.{2,}[ae]bil(?:ece[ğk].*|ir(?:ler)?)|.{1,}(?<!bi)(?:[lrnydz]|(?<!k)t)[ıiuüae]r(?:ler|lar|iz|ız)?)$"
)


def pieces(
    text: str, tokens: Sequence[Token], quotes: Sequence[Quote], ranges: Sequence[tuple[int, int]]
) -> list[list[Piece]]:
    """The candidate claims of each range of token indexes (one sentence each)."""
    reading = words.Reading(text, tokens, quotes)
    return [clauses.pieces(reading, lo, hi) for lo, hi in ranges]


def tense(said: Sequence[str]) -> str:
    """future, past, state or none: of the last word, which is the verb."""
    if not said:
        return "none"
    for word in reversed(said[-2:]):
        if _STATE.match(word):
            return "state"
        if _FUTURE.match(word):
            return "future"
        if words.is_finite(word) or words.is_nominal(word):
            return "past" if _PAST.match(word) else "present"
    return "none"
