"""What kind of claimant a name is: a first guess for the editor, read off its nouns."""

from __future__ import annotations

from functools import cache
from typing import Literal

from claims.languages import fold, lexicon, tokens
from claims.languages.folding import stopwords

Kind = Literal["person", "organisation", "outlet", "anonymous"]
# An unnamed source at a ministry is a source; a minister quoted by a newspaper is a person.
_STRONGEST_FIRST: tuple[Kind, ...] = ("anonymous", "person", "outlet", "organisation")
# Turkish words carry suffixes behind the noun; elsewhere the whole word must be it.
_SUFFIXING = frozenset({"tr"})


def kind(name: str, language: str) -> Kind:
    """Person where no noun says otherwise: most names without a title are people's."""
    words = tokens(name, language)
    for candidate in _STRONGEST_FIRST:
        nouns = _nouns(language, candidate)
        if any(word in nouns for word in words):
            return candidate
    if language in _SUFFIXING:
        # Longest stem first, so that a ministry (bakanlık) is not taken for a minister (bakan).
        found = {_by_stem(word, language) for word in words}
        for candidate in _STRONGEST_FIRST:
            if candidate in found:
                return candidate
    return "person"


def _by_stem(word: str, language: str) -> str | None:
    kinds = lexicon.table(language, "claimant_kinds")
    stems = [stem for stem in kinds if word.startswith(fold(stem, language))]
    return kinds[max(stems, key=len)] if stems else None


@cache
def _nouns(language: str, of_kind: str) -> frozenset[str]:
    return frozenset(
        fold(word, language)
        for word, meant in lexicon.table(language, "claimant_kinds").items()
        if meant == of_kind
    )


def own_words(name: str, language: str) -> tuple[str, ...]:
    """The folded words of an outlet's name without those that only say that it is one: "newspaper"."""
    nouns, dull = _nouns(language, "outlet"), stopwords(language)
    words = tokens(name, language)
    own = [
        word
        for word in words
        if word not in nouns
        and word not in dull
        and not (language in _SUFFIXING and _by_stem(word, language) == "outlet")
    ]
    # Some are called by nothing else: "The Daily".
    return tuple(own or words)
