"""Whether a page still says what its copy says."""

from __future__ import annotations

import re
from collections import Counter

# A line shorter than this that ends like no sentence is furniture: a counter of readers, a clock, a
# list of other pages.
FURNITURE_WORDS = 8
_WORD = re.compile(r"\w+")
_SENTENCE_ENDS = re.compile(r"[.!?…؟۔:;؛»”\"')\]]\s*$")


def says_the_same(before: str, after: str) -> bool:
    """Whether the sentences are the same; white space, punctuation, order and furniture aside. One
    changed figure in a sentence is a change."""
    return _sentences(before) == _sentences(after)


def _sentences(text: str) -> Counter[tuple[str, ...]]:
    lines = (line.strip() for line in text.split("\n"))
    found = ((_WORD.findall(line.casefold()), line) for line in lines)
    return Counter(
        tuple(words)
        for words, line in found
        if len(words) >= FURNITURE_WORDS or (words and _SENTENCE_ENDS.search(line))
    )
