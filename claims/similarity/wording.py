"""What of a text's wording is compared: its words, and its letters in threes."""

import re
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from claims import languages
from claims.languages.folding import stopwords

Letters = npt.NDArray[np.uint16]

# Longer texts are articles; their beginning says what they are about.
_LONGEST = 4_000
_LETTERS = 1_000

_ADDRESS = re.compile(r"(?:https?://|pic\.twitter\.com/|www\.)\S*")
# "— Name (@account) January 14, 2020" under an embedded post: the name stays.
_POSTED = re.compile(r"\(\s{0,3}@\w+\s{0,3}\) \w+ \d{1,2}, \d{4}\s*$")
_TAG = re.compile(r"[@#](\w+)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_QUOTE = re.compile("[\"'“”‘’«»„`´]+(?!\\w)|(?<!\\w)[\"'“”‘’«»„`´]+")


def plain(text: str) -> str:
    """``text`` as a sentence: no addresses, no quotation marks, ``#ThisTag`` as the words it holds."""
    text = _POSTED.sub(" ", _ADDRESS.sub(" ", text[:_LONGEST]))
    text = _TAG.sub(lambda tag: f" {_CAMEL.sub(' ', tag[1]).replace('_', ' ')} ", text)
    return " ".join(_QUOTE.sub(" ", text).split())


def telling(words: list[str], language: str) -> list[str]:
    """Those of the folded ``words`` that say what a text is about.

    They are not cut to stems: the letters in threes already see through inflection, and beside
    them five letters of a word were no better in Arabic and English, and worse in Turkish.
    """
    empty = stopwords(language)
    return [word for word in words if word not in empty]


def words(text: str, language: str) -> list[str]:
    """The folded words of a ``plain`` text. Raises UnknownLanguage."""
    return languages.tokens(text, language)


def letters(words: list[str]) -> Letters:
    """The words as UTF-16 code units, a space before, between and after them; of long texts the
    beginning, so that 300 candidates are compared in the time there is."""
    line = f" {' '.join(words)[:_LETTERS]} " if words else " "
    return np.frombuffer(line.encode("utf-16-le", "surrogatepass"), np.uint16)


@lru_cache(maxsize=200_000)
def term(word: str, language: str) -> int:
    """The number under which an index keeps a word: 64 bits, so that no two of a million meet."""
    name = f"{language}:{word}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "little")
