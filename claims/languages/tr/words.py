"""Turkish word forms: reporting verbs in their persons and tenses, finite verbs, nominal clauses."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from claims.languages import lexicon
from claims.languages.folding import INVISIBLE
from claims.languages.shapes import Quote, Token
from claims.languages.spans import OPENERS, Marked
from claims.languages.tr.script import lower

_INVISIBLE = re.compile(f"[{INVISIBLE}\u0307]")
# "that he goes / will go / went": a clause made a noun, which is what a report reports.
_NOMINAL = re.compile(
    r".{2,}(?:[dt][ıiuü][kğ](?:[ıiuü](?:n[ıiuüea]|nin|nın)?|lar[ıi]n[ıiea]|ler[ıi]n[ıiea]|[ıiuü]m[ıiuü]z[ıiuü])?"
    r"|(?:y)?[ae]c[ae](?:k|ğ)(?:[ıi](?:n[ıiae])?|ler[ıi]n[ıiea]|lar[ıi]n[ıiea])?"
    r"|m[ae]s[ıi]n[ıiae]?|m[ae]lar[ıi]n[ıiae]?|m[ae]ler[ıi]n[ıiae]?|[ıiuü]ş[ıiuü]n[ıiuü])$"
)
_FINITE = re.compile(
    r".{1,}(?:[dt][ıiuü](?:lar|ler|k|m|n)?|m[ıiuü]ş(?:t[ıiuü])?(?:lar|ler)?|[ıiuü]yor(?:du)?(?:lar|uz|um)?"
    r"|[ae]c[ae](?:k|ğ[ıi][mz])(?:t[ıi])?(?:lar|ler)?|m[ae]z(?:lar|ler)?|m[ae]kt[ae](?:d[ıi]r)?"
    r"|[ıiuü]r|(?<!l)[ae]r|d[ıiuü]r|t[ıiuü]r|m[ae]d[ıi](?:lar|ler)?|yok|var|değil)$"
)
_NOT_FINITE = frozenset(
    [
        "şimdi",
        "kendi",
        "yedi",
        "haber",
        "değer",
        "kadar",
        "eğer",
        "diğer",
        "lider",
        "yer",
        "zarar",
        "karar",
        "bazıları",
        "ayrıntılı",
        "altı",
        "ticari",
        "her",
        "bir",
        "hangi",
        "birler",
        "birlikler",
        "şeker",
        "asker",
        "üzer",
        "ister",
        "olur",
        "bakan",
        "eser",
        "ilgili",
        "söz",
        "şartlar",
        "yönetmen",
        "bulvar",
        "cumhuriyetler",
        "nedir",
        "adi",
        "ardı",
        "yurdu",
        "ordu",
        "adı",
        "kredi",
        "eski",
        "yeni",
        "siyasi",
        "hemen",
        "vadi",
        "hindi",
        "cadı",
        "jandarma",
        "sınır",
        "nehir",
        "şehir",
        "esir",
        "tedbir",
        "pazar",
        "iktidar",
        "ihtar",
        "yazar",
        "hazır",
        "sabır",
        "metre",
        "milyar",
        "tekrar",
        "ispat",
        "bahar",
        "tüccar",
        "satır",
        "mısır",
        "bakır",
        "demir",
        "kömür",
        "müdür",
        "ömür",
        "kültür",
        "türlü",
        "dair",
        "var",
        "kır",
        "sır",
        "tır",
        "pır",
        "zincir",
        "geçmiş",
        "gelişmiş",
        "dönmüş",
        "gelecek",
        "ekonomi",
        "yiyecek",
        "içecek",
    ]
)


@lru_cache(maxsize=50_000)
def normal(word: str) -> str:
    """Lower case by Turkish rules, one kind of apostrophe, no invisible characters."""
    return lower(_INVISIBLE.sub("", word.replace("’", "'")))


@cache
def persons(name: str) -> frozenset[str]:
    """The verbs of a list with the endings that news uses."""
    found: set[str] = set()
    for verb in lexicon.terms("tr", name):
        found.add(verb)
        if re.search(r"[dt][ıiuü]$", verb):
            stem, vowel, hard = verb[:-2], verb[-1], verb[-2]
            perfect = f"{stem}m{vowel}ş"
            found |= {f"{verb}{ending}" for ending in ("lar", "ler", "k")}
            found |= {
                perfect,
                f"{perfect}t{vowel}",
                f"{perfect}t{vowel}r",
                f"{perfect}l{'a' if vowel in 'ıu' else 'e'}r",
            }
            present = stem[:-1] + vowel if stem[-1:] in "ae" else stem + vowel
            found |= {f"{present}yor", f"{present}yordu", f"{present}yorlar"}
            if hard == "t" and stem.endswith("et"):
                found.add(f"{stem[:-1]}diyor")
    return frozenset(found)


@cache
def listed(name: str) -> frozenset[str]:
    return lexicon.words("tr", name)


@lru_cache(maxsize=50_000)
def is_nominal(word: str) -> bool:
    return bool(_NOMINAL.match(word))


@lru_cache(maxsize=50_000)
def is_finite(word: str) -> bool:
    return word not in _NOT_FINITE and "'" not in word and bool(_FINITE.match(word))


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

    def behind(self, place: int, i: int, hi: int) -> int:
        """The first index from ``i`` on whose token starts at or behind ``place``."""
        while i < hi and self.tokens[i].start < place:
            i += 1
        return i

    def verb_at(self, i: int, forms: frozenset[str]) -> int:
        """How many tokens at ``i`` are one verb of ``forms`` (1 or 2); 0 where none stands."""
        two = f"{self.norm(i)} {self.norm(i + 1)}"
        if two in forms:
            return 2
        return 1 if self.norm(i) in forms else 0
