"""Whether a name stands in a text in any language: whole words, however they are spelled, an Arabic
one also behind the particles that are written with it ("and", "in", "for", "as").

Taking particles off a word would make other words of it (لبنان, لجنة), so they are put before the name
instead; a name of three letters gets them only where a list knows it, or every second word would be
one with a particle.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claims.languages import known_names
from claims.languages._served import SERVED
from claims.languages.anywhere import words_anywhere

_PARTICLES = "[وف]?(?:لل|[بلك])?(?:ال)?"
_SURE = 4
_SHORTEST = 3


@lru_cache(maxsize=4000)
def as_words(text: str) -> str:
    """The text as " one two three ", its spellings fallen together; "" where it has no words."""
    words = words_anywhere(text)
    return f" {' '.join(words)} " if words else ""


def names(name: str, text: str) -> bool:
    """Whether `name` stands in `text`, which is as `as_words` gives it."""
    pattern = _pattern(name)
    if pattern is None:
        return False
    found = pattern.search(text)
    while found is not None:
        if not found["joined"] or found["word"] not in _known():
            return True
        # What is before the name is part of another one: بنان stands in no لبنان.
        found = pattern.search(text, found.end() - 1)
    return False


@lru_cache(maxsize=2000)
def _pattern(name: str) -> re.Pattern[str] | None:
    words = words_anywhere(name)
    if not words:
        return None
    first, rest = words[0], "".join(f" {re.escape(word)}" for word in words[1:])
    joinable = len(first) >= _SURE or (len(first) == _SHORTEST and first in _known())
    particles = _PARTICLES if joinable else ""
    return re.compile(rf" (?P<word>(?P<joined>{particles}){re.escape(first)}){rest}(?= )")


@cache
def _known() -> frozenset[str]:
    """Each word of the names that the lists have."""
    return frozenset(
        word
        for of in ("places", "organisations", "people")
        for _head, columns in known_names.listed(of)
        for code in SERVED
        for term in columns[code]
        for word in words_anywhere(term)
    )
