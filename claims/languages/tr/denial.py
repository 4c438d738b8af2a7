"""What Turkish words have in common across their forms, and how a clause says no."""

import re
from collections.abc import Sequence
from functools import lru_cache

_NO = re.compile(
    r"değil.*|yok.*|hiç.*|olma(?:dığı|yan|yacağı|mış|dı).*"
    r"|.{2,}m[ae](?:d[ıi]ğ[ıi]|yeceğ|yacağ|d[ıi](?:lar|ler|k|m)?$|m[ıi]ş|z(?:lar|ler)?$).*"
    r"|.{2,}m[ıiuü]yor.*"
)
_NEGATED = re.compile(r"(.{2,}?)m(?:[ae](?:d[ıi]|y[ea]c|m[ıi]ş|z)|[ıiuü]yor).*")
# Behind the root: a negation and what ends a clause, finite or made a noun.
_ROOT = re.compile(
    r"(.{2,}?)(?:m[ae])?(?:(?:(?<=[fstkçşhp])t|(?<![fstkçşhp])d)[ıiuü](?:[ğk].*|lar|ler|m)?"
    r"|m[ıiuü]ş.*|m?[ıiuü]yor.*|y?[ae]ca[ğk].*|y?[ae]ce[ğk].*|m[ae]s[ıi].*|m[ae]kt[ae].*)"
)
# Verbs that only carry the noun before them: "tehdit etti", "kabul etmedi".
_LIGHT = frozenset({"et", "ed", "ol", "yap", "bulun", "edil", "yapıl", "olun"})
# Whoever does not know or tell denies nothing.
_OPEN = ("bilinm", "bilmi", "bilmed", "açıklanma", "netleşme", "kesinleşme", "doğrulan", "doğrula")
_PLURAL = re.compile(r"(.{3,}?)l[ae]r.*")
# "şubesini" is of "şube": possession behind a vowel.
_OWNED = re.compile(r"(.{2,}?[aeıioöuü])s[ıiuü](?:n(?:[ıiuü]n?|[ae]|[dt][ae]n?))?")
# "borcu" is of "borç", "kitabı" of "kitap".
_HARD = str.maketrans("bcdğ", "pçtk")
_LETTERS = 5


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The first letters of a folded word, of a verb those of its root: suffixes stand behind."""
    if len(word) <= 3:
        return word
    root = _ROOT.fullmatch(word) or _PLURAL.fullmatch(word) or _OWNED.fullmatch(word)
    short = (root.group(1) if root is not None else word)[:_LETTERS].rstrip("ıiuü")
    return short[:-1] + short[-1:].translate(_HARD)


def says_no(words: Sequence[str]) -> bool:
    """A negated verb, "değil", "yok" or "hiç" among the folded ``words`` of a clause."""
    return any(_NO.fullmatch(word) for word in words)


def denies_itself(words: Sequence[str]) -> bool:
    """The main predicate says no: the last words of the clause, or "ne … ne …" in it."""
    if any(word.startswith(_OPEN) for word in words[-1:]):
        return False
    return says_no(words[-2:]) or words.count("ne") >= 2


def denied(words: Sequence[str]) -> str:
    """The stem of the negated verb that ends a clause, or of the noun that it carries; or ""."""
    for at in range(len(words) - 1, max(-1, len(words) - 3), -1):
        found = _NEGATED.fullmatch(words[at])
        if found is not None:
            root = stem(found.group(1))
            return stem(words[at - 1]) if root in _LIGHT and at else root
    return ""
