"""The party that a Turkish clause opens with, or that stands behind a participle of saying."""

import re
from functools import cache, lru_cache

from claims.languages.shapes import Span
from claims.languages.spans import COMMAS, OPENERS
from claims.languages.tr.script import lower
from claims.languages.tr.words import Reading, is_nominal, listed

_LONGEST = 16
_LONGEST_WITHOUT_COMMA = 8
_NO_NAME = re.compile(
    r".*(?:arak|erek|ken|ınca|ince|[dt][ae]n?|m[ae]k|[ıiuü]p|[bcçdfgğhjklmnprsştvyz][ae])$"
)
# Of a name in capitals (Hakan Fidan) less is known to be a case ending.
_NO_CAPITAL = re.compile(r".*(?:arak|erek|n[dt][ae]n?)$")
# "Valilikten yapılan (açıklama)": where from.
_CASED = re.compile(r".{3,}[dt][ae]n?$")
_LOCATIVE = re.compile(r".{3,}[dt][ae]$")
_GENITIVE = re.compile(r".+n[ıiuü]n$|.+[^n'][ıiuü]n$")
# "the sector's, the lira, in the field": the capital before only qualifies such a noun.
_COMPOUND = re.compile(
    r".{2,}(?:s[ıiuü]|l[ıiuü]ğ[ıiuü]|l[ae]r[ıi]|s[ıiuü]n.*|[ıiuü]n[dt][ae]n?|l[ae]r[ıi]n(?:[ıi]n|[dt]).*|olan|eden)$"
)
# "the firm's report (that it …)": the capitals only qualify what is reported.
_PARTICIPLE = re.compile(r".{2,}[ae]n$")
_PARTICLES = frozenset({"ise", "de", "da"})
# What stands before a particle without being a name: "ya da", "hem de", "bu da".
_NEVER_BEFORE_PARTICLE = frozenset(
    {"ya", "hem", "bu", "o", "sonra", "önce", "yine", "bir", "daha", "kadar", "bunun"}
)
_JOINS = frozenset({"ile", "gibi", "kadar", "arasında", "olarak"})
_SOMEBODY = frozenset({"bazıları", "biri", "birisi", "çoğu", "herkes", "kimse", "kimileri"})
# Where an adverbial ends and the name may begin: "…e karşın Kaya", "…yla ilgili Kaya".
_LEADS_IN = frozenset(
    ["karşın", "rağmen", "ilgili", "ilişkin", "göre", "sonra", "önce", "üzerine", "dair", "için"]
)


def subject(reading: Reading, lo: int, hi: int) -> tuple[Span, int] | None:
    """(the name that the clause opens with, the index behind it); None where it names nobody.

    A comma, "ise" or "de" closes the name; without one, the capitals and the nouns of office do.
    """
    quote = reading.quote_at(lo)
    if quote is not None:
        return _titled(reading, lo, reading.behind(quote.end, lo + 1, hi) + 1, hi)
    adverbial = _is_adverbial(reading, lo)
    for end in range(lo + 1, min(hi, lo + _LONGEST)):
        if reading.norm(end) in OPENERS and reading.quote_at(end) is not None:
            break
        comma = reading.norm(end) in COMMAS
        if not comma and not _is_particle(reading, lo, end):
            continue
        first = _behind_adverbial(reading, lo, end)
        if adverbial and first == lo:
            break
        if _names(reading, first, end) and (end - first <= _LONGEST_WITHOUT_COMMA or comma):
            return Span(reading.tokens[first].start, reading.tokens[end - 1].end), end + 1
        break
    by_capitals = None if adverbial else _by_capitals(reading, lo, hi)
    return by_capitals or _behind_topic(reading, lo, hi)


def _titled(reading: Reading, lo: int, behind: int, hi: int) -> tuple[Span, int] | None:
    """ "Mavi Göl" Derneği: a body with its name in quotation marks."""
    if not (_capital(reading, behind) and is_role(reading.norm(behind))):
        return None
    for end in range(behind + 1, min(hi, behind + _LONGEST_WITHOUT_COMMA)):
        if reading.norm(end) in COMMAS:
            return Span(reading.tokens[lo].start, reading.tokens[end - 1].end), end + 1
    return None


def _behind_topic(reading: Reading, lo: int, hi: int) -> tuple[Span, int] | None:
    """ "Olayla ilgili Genel Müdür Arslan köprünün …"."""
    for k in range(lo + 1, min(hi, lo + _LONGEST)):
        leads = reading.norm(k) in _LEADS_IN or reading.norm(k).endswith("ken")
        if leads and _capital(reading, k + 1):
            return _by_capitals(reading, k + 1, hi)
    return None


def behind_participle(reading: Reading, lo: int, hi: int) -> tuple[Span, int] | None:
    """ "…belirten analistler, …": (the name at ``lo``, the index behind its comma)."""
    for k in range(lo, min(hi, lo + 8)):
        if reading.norm(k) in COMMAS:
            if k == lo:
                return None
            return Span(reading.tokens[lo].start, reading.tokens[k - 1].end), k + 1
    return _by_capitals(reading, lo, hi) if lo < hi else None


def before_genitive(reading: Reading, lo: int, hi: int) -> tuple[Span, int] | None:
    """ "mahalleli suyun kirlendiğini …": one word before the subject of what is said."""
    if lo + 1 >= hi or not _GENITIVE.match(reading.norm(lo + 1)):
        return None
    return Span(reading.tokens[lo].start, reading.tokens[lo].end), lo + 1


def names_somebody(reading: Reading, lo: int, hi: int) -> bool:
    """A capital or a noun of office stands among the tokens."""
    return any(_capital(reading, k) or is_role(reading.norm(k)) for k in range(lo, hi))


def _names(reading: Reading, first: int, end: int) -> bool:
    """Somebody is named by the tokens: not where, when or what."""
    end -= reading.norm(end - 1) == "."  # "Erkan M."
    last, capital = reading.norm(end - 1), _capital(reading, end - 1)
    if last == ")":
        opening = next((k for k in range(end - 2, first, -1) if reading.norm(k) == "("), end)
        last = reading.norm(opening - 1)
    return (
        any(_capital(reading, k) or is_role(reading.norm(k)) for k in range(first, end))
        and last[:1].isalpha()
        and "'" not in last
        and last not in _LEADS_IN
        and not is_nominal(last)
        and (is_role(last) or not (_NO_CAPITAL if capital else _NO_NAME).match(last))
    )


def _is_particle(reading: Reading, lo: int, end: int) -> bool:
    """ "X ise", "X de" behind a name, not "ya da"."""
    before = reading.norm(end - 1)
    if reading.norm(end) not in _PARTICLES or before in _NEVER_BEFORE_PARTICLE:
        return False
    return _capital(reading, end - 1) or is_role(before) or end - lo <= 3


def _by_capitals(reading: Reading, lo: int, hi: int) -> tuple[Span, int] | None:
    k = lo
    while k < min(hi, lo + _LONGEST_WITHOUT_COMMA) and reading.tokens[k].is_word:
        word = reading.norm(k)
        joins = (word == "ve" and _capital(reading, k + 1)) or is_role(reading.norm(k + 1))
        if not _capital(reading, k) and not (k > lo and (is_role(word) or joins)):
            break
        if "'" in word:
            return None
        k += 1
    if k == lo or k >= hi or not reading.tokens[k].is_word or reading.norm(k - 1) == "ve":
        return None
    last, behind = reading.norm(k - 1), reading.norm(k)
    alone = k == lo + 1
    if _GENITIVE.match(reading.norm(lo)) and not is_role(last):
        return None
    if alone and (last in _starters() or _qualifies(last, behind)):
        return None
    return Span(reading.tokens[lo].start, reading.tokens[k - 1].end), k


def _qualifies(word: str, behind: str) -> bool:
    """ "Sektör genelinde", "Türk lirası": the word belongs to the noun behind it."""
    if (
        behind in _LEADS_IN
        or behind in _JOINS
        or (_COMPOUND.match(behind) is not None and not is_role(word))
    ):
        return True
    if _CASED.match(word) and _PARTICIPLE.match(behind):
        return True
    return word in listed("qualifiers")


def _behind_adverbial(reading: Reading, lo: int, end: int) -> int:
    """ "sharing his letter, Trump", "despite that, Trump": the name stands behind it."""
    first = lo
    for k in range(lo, end - 1):
        word = reading.norm(k)
        if _capital(reading, k) and "'" not in word and (k > lo or _owned(reading.norm(k + 1))):
            continue
        participle = _PARTICIPLE.match(word) and not _capital(reading, k)
        ends = len(word) > 4 and (participle or _LOCATIVE.match(word))
        at = k + 1 + (reading.norm(k + 1) == "bir")
        starts = _capital(reading, at) or (is_role(reading.norm(at)) and k > lo)
        if (ends or word in _LEADS_IN) and starts and not is_role(word):
            first = k + 1
    return first


def _owned(word: str) -> bool:
    """ "Kanada Başbakanı": what looks like a locative owns the office."""
    return is_role(word) and word.endswith(("ı", "i", "u", "ü"))


def _is_adverbial(reading: Reading, lo: int) -> bool:
    """ "Ülkede", "Açılışta": where or when, not who."""
    word = reading.norm(lo)
    return (
        _LOCATIVE.match(word) is not None
        and len(word) > 4
        and not is_role(word)
        and not _capital(reading, lo + 1)
    )


@cache
def _starters() -> frozenset[str]:
    return frozenset(lower(word) for word in listed("starters")) - _SOMEBODY


def _capital(reading: Reading, k: int) -> bool:
    return k < len(reading.tokens) and reading.text[reading.tokens[k].start].isupper()


@lru_cache(maxsize=20_000)
def is_role(word: str) -> bool:
    """A noun of office, calling or body, without the endings that make it an object."""
    return _roles().match(word) is not None


@cache
def _roles() -> re.Pattern[str]:
    stems = "|".join(sorted(listed("roles"), key=len, reverse=True))
    return re.compile(rf"(?:{stems})(?:[ıiuü]|s[ıiuü]|l[ae]r[ıi]?)?$")
