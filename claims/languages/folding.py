"""The form of a word in which spellings of the same word meet, for search and for comparison."""

import re
import unicodedata
from functools import cache

from claims.languages import lexicon
from claims.languages._served import SERVED, UnknownLanguage

# Harakat, Quranic marks, tatweel; then what only steers layout: zero-width and bidi controls.
ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"

_DROPPED = re.compile(f"[{ARABIC_MARKS}{INVISIBLE}]")
_WORD = re.compile(r"\w+")
_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ؤ": "و",
        "ئ": "ي",
        "ی": "ي",
        "ک": "ك",
    }
)
_TURKISH_CASE = str.maketrans({"I": "ı", "İ": "i"})
# Longest first. What is left must keep three letters, or it was not a prefix.
_ARABIC_PREFIXES = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال")


def lower(text: str, code: str) -> str:
    """Lower case by the language's own rule: Turkish ``I`` is ``ı`` and ``İ`` is ``i``."""
    return (text.translate(_TURKISH_CASE) if code == "tr" else text).lower()


def fold(text: str, code: str) -> str:
    """``text`` in its search form; its length may change. Raises UnknownLanguage.

    Arabic loses harakat and tatweel, its hamza carriers, alef maqsura and ta marbuta fall together,
    and each word loses the article with what clings to it. Turkish is lowered by its own casing and
    keeps its letters. English is case-folded and loses accents. Digits of all scripts become ASCII.
    """
    if code not in SERVED:
        raise UnknownLanguage(code)
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    # NFKC may bring a dropped mark together with its letter; a second look costs little.
    text = _WORD.sub(_ascii_digits, text)
    if code == "tr":
        return lower(text, "tr").replace("\u0307", "")
    folded = (
        "".join(
            char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)
        )
        if code == "en"
        else text.translate(_ARABIC_LETTERS)
    )
    folded = unicodedata.normalize("NFC", folded).casefold()
    return _WORD.sub(_without_article, folded) if code == "ar" else folded


def tokens(text: str, code: str) -> list[str]:
    """The folded words of ``text`` in order, function words included. Raises UnknownLanguage."""
    return _WORD.findall(fold(text, code))


@cache
def stopwords(code: str) -> frozenset[str]:
    """Folded words that say nothing about what a text is about."""
    return frozenset(fold(word, code) for word in lexicon.words(code, "stopwords"))


def _ascii_digits(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii():
        return word
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in word)


def _without_article(match: re.Match[str]) -> str:
    word = match.group()
    for prefix in _ARABIC_PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
