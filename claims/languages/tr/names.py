"""The party that a Turkish clause opens with, or that stands behind a participle of saying."""

from claims.languages.shapes import Span
from claims.languages.spans import COMMAS
from claims.languages.tr.words import Reading, is_nominal

_LONGEST = 16
_LONGEST_WITHOUT_COMMA = 8
_PARTICIPLE_ENDINGS = ("an", "en")
_NO_NAME_ENDINGS = (
    "arak",
    "erek",
    "ken",
    "ınca",
    "ince",
    "den",
    "dan",
    "nda",
    "nde",
    "lerde",
    "larda",
)
_LOCATIVES = ("da", "de", "ta", "te")
# A lone capital word with one of these opens "that the company …": its capital is the sentence's.
_GENITIVES = ("ın", "in", "un", "ün")
# "the firm's report (that it …)": the capitals only qualify what is reported.
_POSSESSED = ("sının", "sinin", "sunun", "sünün", "larının", "lerinin", "sını", "sini")
_PARTICLES = frozenset({"ise", "de", "da"})


def subject(reading: Reading, lo: int, hi: int) -> tuple[Span, int] | None:
    """(the name that the clause opens with, the index behind it); None where it names nobody.

    A comma, "ise" or "de" closes the name; without one, the capitals do.
    """
    if reading.quote_at(lo) is not None or _is_adverbial(reading, lo):
        return None
    end = next(
        (
            k
            for k in range(lo + 1, min(hi, lo + _LONGEST))
            if reading.norm(k) in COMMAS or reading.norm(k) in _PARTICLES
        ),
        None,
    )
    if end is not None:
        first = _behind_participle(reading, lo, end)
        last = reading.norm(end - 1)
        named = any(_capital(reading, k) for k in range(first, end))
        if (
            named
            and "'" not in last
            and not is_nominal(last)
            and not last.endswith(_NO_NAME_ENDINGS)
        ) and (end - first <= _LONGEST_WITHOUT_COMMA or reading.norm(end) in COMMAS):
            return Span(reading.tokens[first].start, reading.tokens[end - 1].end), end + 1
    return _by_capitals(reading, lo, hi)


def behind_participle(reading: Reading, lo: int, hi: int) -> tuple[Span, int] | None:
    """ "…belirten analistler, …": (the name at ``lo``, the index behind its comma)."""
    for k in range(lo, min(hi, lo + 6)):
        if reading.norm(k) in COMMAS:
            if k == lo:
                return None
            return Span(reading.tokens[lo].start, reading.tokens[k - 1].end), k + 1
    return None


def _by_capitals(reading: Reading, lo: int, hi: int) -> tuple[Span, int] | None:
    k = lo
    while k < min(hi, lo + _LONGEST_WITHOUT_COMMA) and reading.tokens[k].is_word:
        word = reading.norm(k)
        if not _capital(reading, k) and not (k > lo and word in {"analist", "analyst", "ve"}):
            break
        if "'" in word:
            return None
        k += 1
    genitive = k == lo + 1 and reading.norm(lo).endswith(_GENITIVES)
    if (
        genitive
        or k == lo
        or k >= hi
        or not reading.tokens[k].is_word
        or reading.norm(k - 1) == "ve"
    ):
        return None
    return Span(reading.tokens[lo].start, reading.tokens[k - 1].end), k


def _behind_participle(reading: Reading, lo: int, end: int) -> int:
    """ "sharing his letter, Trump": the name stands behind the participle."""
    first = lo
    for k in range(lo, end - 1):
        word = reading.norm(k)
        participle = word.endswith(_PARTICIPLE_ENDINGS) and len(word) > 4
        if participle and not _capital(reading, k) and _capital(reading, k + 1):
            first = k + 1
    return first


def _is_adverbial(reading: Reading, lo: int) -> bool:
    """ "Ülkede", "Açılışta": where or when, not who."""
    word = reading.norm(lo)
    return len(word) > 4 and word.endswith(_LOCATIVES) and not _capital(reading, lo + 1)


def _capital(reading: Reading, k: int) -> bool:
    return k < len(reading.tokens) and reading.text[reading.tokens[k].start].isupper()
