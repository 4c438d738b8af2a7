"""Turkish word forms: reporting verbs in their persons and tenses, finite verbs, nominal clauses."""

import re
from collections.abc import Container, Sequence
from functools import cache, lru_cache

from claims.languages import lexicon
from claims.languages.folding import INVISIBLE
from claims.languages.shapes import Quote, Token
from claims.languages.spans import OPENERS, Marked
from claims.languages.tr.script import lower

_INVISIBLE = re.compile(f"[{INVISIBLE}\u0307]")
_OPENERS = OPENERS | {"'", "‘"}
# "that he goes / will go / went": a clause made a noun, which is what a report reports.
# "t" follows a voiceless consonant, "d" anything else: "gitti" and "aldı", but "fiyatı" is a noun.
_PAST = "(?:(?<=[fstkçşhp])t|(?<![fstkçşhp])d)[ıiuü]"
_NOMINAL = re.compile(
    rf".{{2,}}(?:{_PAST}[kğ](?:[ıiuü](?:n[ıiuüea]|nin|nın)?|l[ae]r[ıi](?:n[ıi]n|n[ıiea])?|[ıiuü]m[ıiuü]z[ıiuü])?"
    r"|(?:y)?[ae]c[ae](?:k|ğ)(?:[ıi](?:n[ıi]n|n[ıiae])?|l[ae]r[ıi](?:n[ıi]n|n[ıiea])?)?"
    r"|m[ae]s[ıi]n[ıiae]?|m[ae]lar[ıi]n[ıiae]?|m[ae]ler[ıi]n[ıiae]?|[ıiuü]ş[ıiuü]n[ıiuü])$"
)
_FINITE = re.compile(
    rf".{{1,}}(?:{_PAST}(?:lar|ler|k|m|n)?|m[ıiuü]ş(?:t[ıiuü])?(?:lar|ler)?|[ıiuü]yor(?:du)?(?:lar|uz|um)?"
    r"|[ae]c[ae](?:k|ğ[ıi][mz])(?:t[ıi])?(?:lar|ler)?|m[ae]z(?:lar|ler)?|m[ae]kt[ae](?:d[ıi]r)?"
    r"|[ıiuü]r|(?<!l)[ae]r|d[ıiuü]r|t[ıiuü]r|m[ae]d[ıi](?:lar|ler)?|[ıiuü]yd[ıiuü]|[ıiuüae]y[ıiuü][mz]|yok|var|değil(?:im|iz|ler)?)$"
)


@lru_cache(maxsize=50_000)
def normal(word: str) -> str:
    """Lower case by Turkish rules, one kind of apostrophe, no invisible characters."""
    return lower(_INVISIBLE.sub("", word.replace("’", "'")))


@cache
def listed(name: str) -> frozenset[str]:
    return lexicon.words("tr", name)


@lru_cache(maxsize=50_000)
def is_nominal(word: str) -> bool:
    return bool(_NOMINAL.match(word))


@lru_cache(maxsize=50_000)
def is_finite(word: str) -> bool:
    conditional = word.endswith(("saydı", "seydi", "sa", "se"))
    known = word in listed("not_finite") or conditional or "'" in word
    return not known and _FINITE.match(word) is not None


class Reading(Marked):
    """The tokens of a text, asked by index."""

    def __init__(self, text: str, tokens: Sequence[Token], quotes: Sequence[Quote]) -> None:
        super().__init__(text, quotes)
        self.tokens = tokens

    def norm(self, i: int) -> str:
        return self.tokens[i].norm if 0 <= i < len(self.tokens) else ""

    def quote_at(self, i: int) -> Quote | None:
        """The quotation that the mark at ``i`` opens."""
        return self.opened_at(self.tokens[i].end) if self.norm(i) in _OPENERS else None

    def behind(self, place: int, i: int, hi: int) -> int:
        """The first index from ``i`` on whose token starts at or behind ``place``."""
        while i < hi and self.tokens[i].start < place:
            i += 1
        return i

    def verb_at(self, i: int, forms: Container[str]) -> int:
        """How many tokens at ``i`` are one verb of ``forms`` (1 or 2); 0 where none stands."""
        word = self.norm(i)
        if f"{word} {self.norm(i + 1)}" in forms:
            return 2
        return 1 if word in forms else 0

    def term_at(self, i: int, length: int) -> str:
        """The ``length`` tokens at ``i``, a space between them."""
        return " ".join(self.norm(k) for k in range(i, i + length))
