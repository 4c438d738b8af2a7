"""Who and where: names of people, bodies and places in a claim, and the kinds of those who act."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claims.languages import folding, lexicon
from claims.similarity.contradiction import gazetteer
from claims.similarity.contradiction.numerals import atom
from claims.similarity.contradiction.transliteration import skeletons
from claims.similarity.contradiction.words import Claim, Phrases, Word, nouns, phrases

# A text in title case names nobody by its capitals.
_TITLE_CASE = 0.6
_LOCATIVE = frozenset({"da", "de", "ta", "te", "nda", "nde"})
_DIRECTED = frozenset(
    {"a", "e", "ya", "ye", "na", "ne", "dan", "den", "tan", "ten", "ndan", "nden"}
)
_ATTACHED = {"ب": "place", "ل": "way"}
_WAYS = {"ar": frozenset({"الي", "من"}), "en": frozenset({"to", "from"})}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name. ``role``: agent, place, way (to or from it) or name; ``ids``: of the gazetteer; ``sure``: no mere capital
    at the head of a sentence."""

    ids: frozenset[str]
    role: str
    text: str
    word: str
    skeletons: frozenset[str]
    at: int
    suffix: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Entities:
    mentions: tuple[Mention, ...]
    kinds: frozenset[str]  # ministry, army; with @: fields
    agent: int  # the index of the word that the one who acts stands at behind "by"; -1


def read(claim: Claim, dated: frozenset[int]) -> Entities:
    """The names of ``claim``; ``dated``: indexes of the words that belong to dates."""
    known = list(_known(claim))
    taken = {i for mention, length in known for i in range(mention.at, mention.at + length)}
    reader = _arabic if claim.code == "ar" else _capitals
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
        yield _mention(claim, i, _role(claim, i, hit[0], ids), ids=ids, suffix=last.suffix), hit[0]
        i += hit[0]


def _mention(
    claim: Claim,
    i: int,
    role: str,
    *,
    ids: frozenset[str] = frozenset(),
    suffix: str = "",
    sure: bool = True,
) -> Mention:
    word = claim.words[i]
    return Mention(
        ids, role, word.text, word.word, skeletons(word.word, claim.code), i, suffix, sure
    )


def _role(claim: Claim, i: int, length: int, ids: frozenset[str]) -> str:
    """A city is a place, a country acts, unless the words beside them say otherwise."""
    known = [gazetteer.entries()[name] for name in ids]
    if all(entry.kind == "body" for entry in known):
        return "agent"
    if _head(claim, i - 1) == "body":
        return "agent"
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
        if suffix in _LOCATIVE or behind in lexicon.words("tr", "placing"):
            return "place"
        return "way" if suffix in _DIRECTED else ""
    before = words[i - 1].word if i else ""
    if code == "en" and before == "the" and i > 1:
        before = words[i - 2].word
    if code == "ar" and before not in _placing("ar"):
        first, rest = words[i].word[:1], words[i].word[1:]
        if first in _ATTACHED and gazetteer.names("ar").of(rest):
            return _ATTACHED[first]
    if before in _WAYS[code]:
        return "way"
    return "place" if before in _placing(code) else ""


@cache
def _placing(code: str) -> frozenset[str]:
    return frozenset(folding.fold(word, code) for word in lexicon.terms(code, "placing"))


def _head(claim: Claim, i: int) -> str:
    """What a name beside the noun at ``i`` is of: person, body or place."""
    if not 0 <= i < len(claim.words) or not claim.words[i].is_word:
        return ""
    if claim.code == "ar":
        hit = nouns("ar", "name_heads").ends_at(claim.words, i)
        return hit[1] if hit is not None else ""
    return nouns(claim.code, "name_heads").of(claim.words[i].word)


def _capitals(claim: Claim, taken: set[int]) -> Iterator[Mention]:
    """The names that Turkish and English write with a capital."""
    words, code = claim.words, claim.code
    lettered = [word for word in words if word.is_word and word.text[0].isalpha()]
    if sum(word.capital for word in lettered) > _TITLE_CASE * max(len(lettered), 4):
        return
    for i, word in enumerate(words):
        if i in taken or not word.capital or not word.is_word or len(word.word) < 2:
            continue
        if word.word in folding.stopwords(code) or _is_title(word.word, code):
            continue
        if phrases(code, "actors").at(words, i) or atom(word.word, code):
            continue
        first = i == 0 or words[i - 1].word in {".", "!", "?", ":", '"', "“", "«"}
        chained = i + 1 < len(words) and words[i + 1].capital and i + 1 not in taken
        sure = not first or chained or bool(word.suffix)
        yield _mention(claim, i, _named_role(claim, i), suffix=word.suffix, sure=sure)


def _named_role(claim: Claim, i: int) -> str:
    """A place where the words around say so, a name else."""
    words = claim.words
    before = words[i - 1].word if i else ""
    behind = [words[k] for k in range(i + 1, min(len(words), i + 3))]
    if claim.code == "tr":
        if words[i].suffix in _LOCATIVE:
            return "place"
        return "place" if behind and _head(claim, i + 1) == "place" else "name"
    if before in {"in", "near", "at"}:
        return "place"
    heads = {_head(claim, i + 1), _head(claim, i + 2) if behind and not behind[0].capital else ""}
    before_head = _head(claim, i - 2) if before == "of" else ""
    return "place" if "place" in heads or before_head == "place" else "name"


def _is_title(word: str, code: str) -> bool:
    if code == "en":
        return word in lexicon.words("en", "titles")
    listed = phrases("tr", "titles")
    return bool(listed.of(word)) or bool(nouns("tr", "name_heads").of(word))


def _arabic(claim: Claim, taken: set[int]) -> Iterator[Mention]:
    """The names that stand behind a title, a head noun or a first name."""
    words, given = claim.words, _given()
    i = 0
    while i < len(words):
        found, role = [], "name"
        head = _head(claim, i)
        if head:
            at = i + 1
            while at in taken and head == "person":
                at += 1
            found = _run(claim, at, 2 if head == "person" else 1, taken)
            if head == "person" and found and not _is_name_like(words[found[0]], given):
                found = []
            role = "place" if head == "place" else "name"
        elif i not in taken and _is_given(words[i], given):
            found = _run(claim, i, 2, taken)
        for k in found:
            yield _mention(claim, k, role)
        i = found[-1] + 1 if found else i + 1


def _run(claim: Claim, i: int, most: int, taken: set[int]) -> list[int]:
    found: list[int] = []
    stop = folding.stopwords("ar")
    for k in range(i, min(len(claim.words), i + most)):
        word = claim.words[k]
        if k in taken or not word.is_word or word.word in stop or _head(claim, k):
            break
        if phrases("ar", "actors").at(claim.words, k):
            break
        found.append(k)
    return found


@cache
def _given() -> frozenset[str]:
    return frozenset(folding.fold(name, "ar") for name in lexicon.terms("ar", "given_names"))


def _is_given(word: Word, given: frozenset[str]) -> bool:
    written = word.norm
    if written[:1] == "و" and len(written) > 3:
        written = written[1:]
    return not written.startswith("ال") and folding.fold(written, "ar") in given


def _is_name_like(word: Word, given: frozenset[str]) -> bool:
    return _is_given(word, given) or not word.norm.startswith("ال")


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
