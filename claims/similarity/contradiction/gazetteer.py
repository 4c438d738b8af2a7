"""Countries, cities, international organisations and leaders in three languages (``languages/names``)."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from claims.languages import known_names
from claims.similarity.contradiction.words import Inflected, Phrases

_LISTS = (("places", "place"), ("organisations", "body"), ("people", "person"))
_AR_ENDINGS = ("ة", "ون", "ين", "ات")


class Entry(NamedTuple):
    """``within``: the country of a city, the body that an organisation belongs to; or ""."""

    within: str
    capital: bool
    kind: str  # place, body or person


@cache
def entries() -> dict[str, Entry]:
    """All that is known, by its id."""
    return {name: entry for name, entry, _ in _lines()}


@cache
def names(code: str) -> Phrases:
    """The names in a language; the value: ids with a bar between them."""
    table: dict[str, str] = {}
    for name, entry, columns in _lines():
        for term in columns.get(code, ()):
            for form in _forms(term, code, entry):
                table[form] = f"{table[form]}|{name}" if form in table else name
    return Inflected(code, table) if code == "tr" else Phrases(code, table)


def same(one: frozenset[str], two: frozenset[str]) -> bool:
    """One of the ids is the other, or lies in it."""
    known = entries()
    return any(a == b or known[a].within == b or known[b].within == a for a in one for b in two)


def _lines() -> Iterator[tuple[str, Entry, dict[str, list[str]]]]:
    for list_name, kind in _LISTS:
        for head, columns in known_names.listed(list_name):
            if not head:  # a given name: many have it
                continue
            name, _, within = head.partition("<")
            capital = name.rstrip().endswith("*")
            yield name.rstrip(" *"), Entry(within.strip(), capital, kind), columns


def _forms(term: str, code: str, entry: Entry) -> Iterator[str]:
    yield term
    if entry.kind == "place" and not entry.within and " " not in term:
        if code == "ar" and term.endswith("ي"):
            yield from (term + ending for ending in _AR_ENDINGS)
        elif code == "en":
            yield term + "s"
