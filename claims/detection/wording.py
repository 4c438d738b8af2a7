"""A text's wording, weighed: a linear model over hashed pieces of its words.

The pieces are the character n-grams of each word and mark as written, and the folded words with
their pairs of neighbours. They are hashed into a fixed number of places, so that the shipped weights
(``wording.bin`` of a language: one signed byte a place and head) hold numbers alone. A number counts
as one piece, whatever it says: what a number is worth is asked elsewhere. After Weinberger et al.,
"Feature hashing for large scale multitask learning" (ICML 2009).
"""

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from claims import languages

HEADS = ("checkworthy", "checkable", "subjective")
_OF_LETTERS, _OF_WORDS = 1 << 16, 1 << 16
PLACES = _OF_LETTERS + _OF_WORDS
FILE = "wording.bin"
_SHORTEST, _LONGEST = 2, 5
_LONGEST_WORD = 24
_PAIRING = 40_503  # odd, so that the order of two words matters and every place can be met
_NUMBER = "0"
# What a text's words and pairs count for beside its letters.
_WORDS_SHARE = 0.7
_LINK = re.compile(r"https?://\S*|www\.\S+")
LINKED = "→"
# What lowering leaves of İ beside its i.
_DOT = "\u0307"
_WRITTEN = re.compile(r"\w+|[^\w\s]")

Places = NDArray[np.int64]
Floats = NDArray[np.float64]


def without_links(text: str) -> str:
    """The text with one mark in the place of each link."""
    return _LINK.sub(LINKED, text)


def pieces(text: str, words: Sequence[str]) -> tuple[Places, Floats]:
    """(the places that the text's pieces fall on, ascending; how much of the text each is).

    ``words``: its folded words. A piece that comes again counts by its logarithm; the squares of
    the second add up to 1 for the letters, and to the square of _WORDS_SHARE for the words. Both
    are empty where the text holds nothing visible.
    """
    written = _WRITTEN.findall(text.lower().replace(_DOT, ""))
    if not written:
        return np.empty(0, dtype=np.int64), np.empty(0)
    single = [_word(word[:_LONGEST_WORD]) for word in words]
    found = [_letters(word[:_LONGEST_WORD]) for word in written]
    found.append(np.array(single + _pairs(single), dtype=np.int64))
    places, counts = np.unique(np.concatenate(found), return_counts=True)
    amounts = 1 + np.log(counts)
    letters, both = np.split(amounts, [np.searchsorted(places, _OF_LETTERS)])
    letters /= np.sqrt(letters @ letters)
    if len(both):
        both *= _WORDS_SHARE / np.sqrt(both @ both)
    return places, amounts


@lru_cache(maxsize=20_000)
def _letters(word: str) -> Places:
    """The places of a word's character n-grams, its ends marked; repeated where two meet."""
    edged = f"<{_plain(word)}>"
    return np.array(
        [
            crc32(edged[at : at + size].encode("utf-8", "surrogatepass")) % _OF_LETTERS
            for size in range(_SHORTEST, _LONGEST + 1)
            for at in range(len(edged) - size + 1)
        ],
        dtype=np.int64,
    )


@lru_cache(maxsize=20_000)
def _word(word: str) -> int:
    return _OF_LETTERS + crc32(_plain(word).encode("utf-8", "surrogatepass")) % _OF_WORDS


def _pairs(places: Sequence[int]) -> list[int]:
    """The places of the pairs of neighbours, each made of the places of the two."""
    return [
        _OF_LETTERS + (first * _PAIRING + second) % _OF_WORDS
        for first, second in itertools.pairwise(places)
    ]


def _plain(word: str) -> str:
    return _NUMBER if word[:1].isdecimal() else word


class Wording:
    """The weights of one language, ready to weigh texts."""

    def __init__(self, packed: bytes, units: Sequence[float]) -> None:
        """``packed``: HEADS × PLACES signed bytes; ``units``: the log-odds of one, for each head."""
        if len(packed) != len(HEADS) * PLACES:
            raise ValueError(
                f"{FILE} holds {len(packed)} bytes, not {len(HEADS) * PLACES}. Train it again:"
                " benchmarks/train_checkworthiness.py."
            )
        self._weights = np.frombuffer(packed, dtype=np.int8).reshape(len(HEADS), PLACES)
        self._units = units

    def weigh(self, text: str, words: Sequence[str], head: str) -> float:
        """What the wording of a text with these folded words adds to the log-odds of a head."""
        at = HEADS.index(head)
        places, amounts = pieces(text, words)
        return float(self._units[at] * (self._weights[at, places] @ amounts))


def packed(code: str) -> bytes | None:
    """The shipped bytes of a language; None where it ships none."""
    path = Path(languages.__file__).parent / code / FILE
    return path.read_bytes() if path.exists() else None
