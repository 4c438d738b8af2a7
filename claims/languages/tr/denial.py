"""What Turkish words have in common across their forms, and how a clause says no."""

import re
from collections.abc import Sequence
from functools import lru_cache

_NO = re.compile(
    r"değil.*|yok.*|hiç.*|olma(?:dığı|yan|yacağı|mış|dı).*"
    r"|.{2,}m[ae](?:d[ıi]ğ[ıi]|yeceğ|yacağ|d[ıi](?:lar|ler|k|m)?$|m[ıi]ş|z(?:lar|ler)?$).*"
    r"|.{2,}m[ıiuü]yor.*"
)
_LETTERS = 5


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The first letters of a folded word: suffixes stand behind them."""
    return word[:_LETTERS].rstrip("ıiuü") if len(word) > 3 else word


def says_no(words: Sequence[str]) -> bool:
    """A negated verb, "değil", "yok" or "hiç" among the folded ``words`` of a clause."""
    return any(_NO.fullmatch(word) for word in words)


def denies_itself(words: Sequence[str]) -> bool:
    """The main predicate says no: the last words of the clause."""
    return says_no(words[-2:])
