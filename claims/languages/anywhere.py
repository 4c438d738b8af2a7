"""The form of words for a search box, where nobody knows which language is meant.

What one language folds away another one writes: وزارة stands beside Erdoğan in the same article, and
who looks for Erdogan may mean either spelling. So a text goes through the folding of every served
language in turn, and what is looked for goes the same way.
"""

import re
from functools import lru_cache

from claims.languages._served import SERVED
from claims.languages.folding import fold

LONGEST_WORD = 64

_WORD = re.compile(r"[^\W_]+")
# Latin letters that are no other letter with a mark on it, so that no folding takes one off.
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)


def words_anywhere(text: str) -> list[str]:
    """The words of a text in order, as spellings in all served languages meet; at most 64 letters of
    each."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(_folded(text))]


@lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    for code in SERVED:
        text = fold(text, code)
    return text.translate(_LETTERS)
