"""Persian words as the grammar reads them: one spelling, verbs told by lists and by می."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from claims.languages import lexicon
from claims.languages.fa.script import fold
from claims.languages.folding import ARABIC_MARKS, INVISIBLE
from claims.languages.shapes import Quote, Token
from claims.languages.spans import OPENERS, Marked

_DROPPED = re.compile(f"[{ARABIC_MARKS}{INVISIBLE}]")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@lru_cache(maxsize=50_000)
def normal(word: str) -> str:
    """The word without marks and half-spaces, Arabic letters made Persian, digits ASCII."""
    return fold(_DROPPED.sub("", word).translate(_DIGITS))


@cache
def listed(name: str) -> frozenset[str]:
    """A word list of this folder in normal spelling."""
    return frozenset(" ".join(map(normal, term.split())) for term in lexicon.terms("fa", name))


class Reading(Marked):
    """The tokens of a text, asked by index."""

    def __init__(self, text: str, tokens: Sequence[Token], quotes: Sequence[Quote]) -> None:
        super().__init__(text, quotes)
        self.tokens = tokens

    def norm(self, i: int) -> str:
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def quote_at(self, i: int) -> Quote | None:
        """The quotation that the mark at ``i`` opens."""
        return self.opened_at(self.tokens[i].end) if self.norm(i) in OPENERS else None

    def listed_at(self, i: int, hi: int, name: str) -> int:
        """How many tokens at ``i`` are one term of the list (up to three); 0 where none stands."""
        for length in (3, 2, 1):
            words = " ".join(self.norm(k) for k in range(i, min(i + length, hi)))
            if i + length <= hi and words in listed(name):
                return length
        return 0

    def is_finite(self, i: int) -> bool:
        """A listed verb, or one in می or نمی."""
        word = self.norm(i)
        return word in listed("finite") or (
            len(word) > 4 and word.startswith(("می", "نمی")) and self.norm(i + 1) != "از"
        )
