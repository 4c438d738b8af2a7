"""How Arabic is written: from the right, with spellings of one word that search lets fall together."""

import re
import unicodedata
from functools import lru_cache

DIRECTION = "rtl"

_WORD = re.compile(r"\w+")
_LETTERS = str.maketrans(
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
_LONGEST_WORD = 64  # longer ones are no words, and not worth remembering
# Longest first. What is left must keep three letters, or it was not a prefix.
_PREFIXES = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال")


def fold(text: str) -> str:
    """Hamza carriers, alef maqsura and ta marbuta fall together; each word loses its article."""
    folded = unicodedata.normalize("NFC", text.translate(_LETTERS)).casefold()
    return _WORD.sub(_without_article, folded)


def _without_article(match: re.Match[str]) -> str:
    word = match.group()
    return _bare(word) if len(word) <= _LONGEST_WORD else word


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
