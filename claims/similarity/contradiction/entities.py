"""Who and where: names of people, bodies and places in a claim, and the kinds of those who act."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claims.languages import folding, lexicon
from claims.similarity.contradiction import gazetteer
from claims.similarity.contradiction.names import (
    LOCATIVE,
    Mention,
    arabic,
    capitals,
    head,
    mention_at,
)
from claims.similarity.contradiction.words import Claim, Phrases, phrases

_DIRECTED = frozenset(
    {"a", "e", "ya", "ye", "na", "ne", "dan", "den", "tan", "ten", "ndan", "nden"}
)
_COMPASS = frozenset({"northern", "southern", "eastern", "western", "central"})
_BETWEEN = _COMPASS | {"the", "north", "south", "east", "west"}
_ATTACHED = {"ب": "place", "ل": "way"}
_WAYS = {"ar": frozenset({"الي", "من"}), "en": frozenset({"to", "from"})}


@dataclass(frozen=True, slots=True)
class Entities:
    mentions: tuple[Mention, ...]
    kinds: frozenset[str]  # ministry, army; with @: fields
    agent: int  # the index of the word that the one who acts stands at behind "by"; -1


def read(claim: Claim, dated: frozenset[int]) -> Entities:
    """The names of ``claim``; ``dated``: indexes of the words that belong to dates."""
    known = list(_known(claim))
    taken = {i for mention, length in known for i in range(mention.at, mention.at + length)}
    reader = arabic if claim.code == "ar" else capitals
    found = [mention for mention, _ in known]
    found += list(reader(claim, taken | dated))
    found.sort(key=lambda mention: mention.at)
    return Entities(tuple(found), frozenset(_kinds(claim)), _behind_by(claim))


def _known(claim: Claim) -> Iterator[tuple[Mention, int]]:
    """What the gazetteer knows, with how many words it has."""
    words, listed = claim.words, gazetteer.names(claim.code)
    i = 0
    while i < len(words):
        hit = listed.at(words, i) if words[i].is_word else None
        if hit is None or (claim.code != "ar" and not words[i].capital):
            i += 1
            continue
        ids = frozenset(hit[1].split("|"))
        last = words[i + hit[0] - 1]
        yield (
            mention_at(claim, i, _role(claim, i, hit[0], ids), ids=ids, suffix=last.suffix),
            hit[0],
        )
        i += hit[0]


def _role(claim: Claim, i: int, length: int, ids: frozenset[str]) -> str:
    """A city is a place, a country acts, unless the words beside them say otherwise."""
    known = [gazetteer.entries()[name] for name in ids]
    if all(entry.kind != "place" for entry in known):
        return "agent"
    of = head(claim, i - 1)
    if of == "body":
        return "agent"
    if of == "place":
        return "place"
    role = _placed(claim, i, length)
    city = all(entry.within for entry in known)
    capital = any(entry.capital for entry in known)
    return role or ("place" if city and not (capital and i == 0) else "agent")


def _placed(claim: Claim, i: int, length: int) -> str:
    """place or way, by the word or the ending beside a name; "" where nothing says so."""
    words, code = claim.words, claim.code
    if code == "tr":
        suffix = words[i + length - 1].suffix
        behind = words[i + length].word if i + length < len(words) else ""
        if suffix in LOCATIVE or behind in lexicon.words("tr", "placing"):
            return "place"
        return "way" if suffix in _DIRECTED else ""
    before = words[i - 1].word if i else ""
    at = i - 1
    while code == "en" and at > 0 and words[at].word in _BETWEEN:
        at -= 1
        before = words[at].word
    if code == "en" and at > 1 and before == "," and words[at - 1].capital:
        # "in Valencia, Spain"
        return "place" if words[at - 2].word in _placing(code) else ""
    if code == "ar" and before not in _placing("ar"):
        first, rest = words[i].word[:1], words[i].word[1:]
        if first in _ATTACHED and gazetteer.names("ar").of(rest):
            return _ATTACHED[first]
    if before in _WAYS.get(code, ()):
        return "way"
    return "place" if before in _placing(code) else ""


@cache
def _placing(code: str) -> frozenset[str]:
    return frozenset(folding.fold(word, code) for word in lexicon.terms(code, "placing"))


def _kinds(claim: Claim) -> Iterator[str]:
    listed: Phrases = phrases(claim.code, "actors")
    for i, word in enumerate(claim.words):
        hit = listed.at(claim.words, i) if word.is_word else None
        if hit is not None:
            yield hit[1]


def _behind_by(claim: Claim) -> int:
    """The index of the word behind "by", before "tarafından"; -1 where there is none."""
    listed = Phrases(claim.code, dict.fromkeys(lexicon.terms(claim.code, "by"), "!"))
    for i, word in enumerate(claim.words):
        hit = listed.at(claim.words, i) if word.is_word else None
        if hit is not None:
            return i - 1 if claim.code == "tr" else i + hit[0]
    return -1
