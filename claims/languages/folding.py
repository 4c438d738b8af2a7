"""The form of a word in which spellings of the same word meet, for search and for comparison."""

import re
import unicodedata
from functools import cache
from sys import intern

from claims.languages import lexicon
from claims.languages._served import part

# Harakat, Quranic marks, tatweel; then what only steers layout: zero-width and bidi controls.
ARABIC_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640"
INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"

_DROPPED = re.compile(f"[{ARABIC_MARKS}{INVISIBLE}]")
_WORD = re.compile(r"\w+")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")


def fold(text: str, code: str) -> str:
    """``text`` in its search form; its length may change. Raises UnknownLanguage.

    Compatibility forms, harakat, tatweel and invisible characters go, digits of all scripts become
    ASCII; the rest is the language's own (``<code>/script.py``): Arabic loses the article, Turkish
    keeps its letters and has its own casing, English loses accents.
    """
    script = part(code, "script")
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    # NFKC may bring a dropped mark together with its letter; a second look costs little.
    folded: str = script.fold(_OTHER_DIGIT.sub(_ascii_digit, text))
    return folded


def tokens(text: str, code: str) -> list[str]:
    """The folded words of ``text`` in order, function words included. Raises UnknownLanguage."""
    # Interned: thousands of claims hold the same few words.
    return [intern(word) for word in _WORD.findall(fold(text, code))]


@cache
def stopwords(code: str) -> frozenset[str]:
    """Folded words that say nothing about what a text is about."""
    return frozenset(fold(word, code) for word in lexicon.words(code, "stopwords"))


def _ascii_digit(match: re.Match[str]) -> str:
    return str(unicodedata.digit(match.group()))
