"""Names of places, bodies and people found in a text, as each language spells them."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from claims.languages import lexicon
from claims.languages._served import SERVED
from claims.languages.folding import fold

_LISTS = ("places", "organisations", "people")
_WORD = re.compile(r"[^\W_]+")
# "and", "with", "for": one before the other.
_CLITICS = tuple(map(re.compile, ("^[وف]", "^[بلك]", "^لل", "^[وف][بلك]", "^[وف]لل")))
_MOST_WORDS = 4


class Known(NamedTuple):
    """`start`, `end`: where the name stands. `spelled`: its main name in each language."""

    start: int
    end: int
    spelled: dict[str, str]


def find(text: str, code: str) -> list[Known]:
    """The known names in `text`, longest first where several begin together. Turkish and English
    ones are found where they have a capital. Raises UnknownLanguage."""
    words = list(_WORD.finditer(text))
    found: list[Known] = []
    at = 0
    while at < len(words):
        hit = next(_beginning(words, at, code), None)
        if hit is None:
            at += 1
            continue
        length, spelled = hit
        found.append(Known(words[at].start(), words[at + length - 1].end(), spelled))
        at += length
    return found


def _beginning(
    words: list[re.Match[str]], at: int, code: str
) -> Iterator[tuple[int, dict[str, str]]]:
    if code != "ar" and not words[at].group()[0].isupper():
        return
    table = _table(code)
    for length in range(min(_MOST_WORDS, len(words) - at), 0, -1):
        first, *rest = (word.group() for word in words[at : at + length])
        heads = [first]
        if code == "ar":
            heads += [clitic.sub("", first) for clitic in _CLITICS]
        for head in heads:
            spelled = table.get(" ".join(fold(word, code) for word in (head, *rest)))
            if spelled is not None:
                yield length, spelled


def listed(name: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The lines of a list in `names/`: what stands before a colon, "" for none, and each language's
    terms, its main name first."""
    for line in lexicon.terms("names", name):
        head, _colon, rest = line.rpartition(":")
        columns = zip(SERVED, rest.split("|"), strict=True)
        yield (
            head,
            {
                language: [term.strip() for term in column.replace("،", ",").split(",")]
                for language, column in columns
            },
        )


@cache
def _table(code: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name in _LISTS:
        for _head, columns in listed(name):
            spelled = {language: terms[0] for language, terms in columns.items()}
            for term in columns[code]:
                found.setdefault(" ".join(fold(w, code) for w in _WORD.findall(term)), spelled)
    return found
