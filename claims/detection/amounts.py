"""The numbers in the words of a clause, in digits and spelled out, as the values that they stand for."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from claims.languages import folding, lexicon
from claims.languages.timing import numbers

# A year says when, and not how many.
_YEARS = range(1900, 2101)
# What may cling to the front of a number word.
_CLINGING = "وبلف"
_CASE = re.compile("(?:[dt][ae]n|[ıiuü]n)$")


@lru_cache(maxsize=256)
def amounts(said: str, language: str) -> frozenset[int]:
    """The numbers above one in the folded words: "45 000" and "forty-five thousand" are the same."""
    words, found, at = said.split(), set(), 0
    while at < len(words):
        value, behind = _number(words, at, language)
        if value > 1 and not (value in _YEARS and behind == at + 1):
            found.add(value)
        at = max(behind, at + 1)
    return frozenset(found)


def _number(words: Sequence[str], at: int, language: str) -> tuple[int, int]:
    """(the number at ``at``, the index behind it); (0, at) where none begins."""
    total, i = 0, at
    if words[i].isdecimal() and len(words[i]) <= 9:
        total, i = int(words[i]), i + 1
        while i < len(words) and words[i].isdecimal() and len(words[i]) == 3 and total < 10**9:
            # what parted the thousands
            total, i = total * 1000 + int(words[i]), i + 1
    else:
        while i < len(words) and (value := _value(words[i], language)):
            total, i = total + value, i + 1
    while i < len(words) and total and (times := _magnitudes(language).get(words[i])):
        total, i = total * times, i + 1
    return total, i


def _value(word: str, language: str) -> int:
    known = _spelled(language)
    if word in known:
        return known[word]
    if language == "tr":
        # "kırktan fazla": a number has its case behind it
        return known.get(_CASE.sub("", word), 0)
    return known.get(word[1:], 0) if word[:1] in _CLINGING else 0


@cache
def _spelled(language: str) -> dict[str, int]:
    return {folding.fold(word, language): n for word, n in numbers(language, "numbers").items()}


@cache
def _magnitudes(language: str) -> dict[str, int]:
    listed = lexicon.table(language, "magnitudes")
    return {folding.fold(word, language): int(value) for word, value in listed.items()}
