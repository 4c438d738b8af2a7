"""The names of people, bodies and places that no list has: capitals, titles, first names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from claims.languages import folding, lexicon
from claims.languages.ar.morphology import is_verb
from claims.similarity.contradiction.numerals import atom
from claims.similarity.contradiction.transliteration import skeletons
from claims.similarity.contradiction.words import Claim, Word, nouns, phrases

LOCATIVE = frozenset(
    case + more for case in ("da", "de", "ta", "te", "nda", "nde") for more in ("", "ki")
)
# A text in title case names nobody by its capitals.
_TITLE_CASE = 0.6
# English nouns for who somebody is: skier, actor, activist.
_CALLING = re.compile(r".{2,}(?:er|or|ist|ian|man|ess|eur)")
_DEFINITE = ("ال", "وال", "بال", "لل", "فال", "كال")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name.

    ``ids``: of the gazetteer; ``role``: agent, place, way (to or from it) or name; ``sure``: no mere
    capital at the head of a sentence; ``person``: the words around it say that somebody is named.
    """

    ids: frozenset[str]
    role: str
    text: str
    word: str
    skeletons: frozenset[str]
    at: int
    suffix: str = ""
    sure: bool = True
    person: bool = False


def mention_at(
    claim: Claim,
    i: int,
    role: str,
    *,
    ids: frozenset[str] = frozenset(),
    suffix: str = "",
    sure: bool = True,
    person: bool = False,
) -> Mention:
    word = claim.words[i]
    heard = skeletons(word.word, claim.code)
    return Mention(ids, role, word.text, word.word, heard, i, suffix, sure, person)


def head(claim: Claim, i: int) -> str:
    """What a name beside the noun at ``i`` is of: person, body or place."""
    if not 0 <= i < len(claim.words) or not claim.words[i].is_word:
        return ""
    if claim.code == "ar":
        hit = nouns("ar", "name_heads").ends_at(claim.words, i)
        return hit[1] if hit is not None else ""
    return nouns(claim.code, "name_heads").of(claim.words[i].word)


def capitals(claim: Claim, taken: set[int]) -> Iterator[Mention]:
    """The names that Turkish and English write with a capital."""
    words = claim.words
    if _in_title_case(claim):
        return
    i = 0
    while i < len(words):
        end = i
        while end < len(words) and end not in taken and _names(claim, end):
            end += 1
        first = i == 0 or words[i - 1].word in {".", "!", "?", ":", '"', "“", "«"}
        person = end > i and _names_somebody(claim, i, end, first)
        for k in range(i, end):
            sure = not first or end > i + 1 or k > i or bool(words[k].suffix)
            role = _named_role(claim, k)
            yield mention_at(claim, k, role, suffix=words[k].suffix, sure=sure, person=person)
        i = max(end, i + 1)


def _in_title_case(claim: Claim) -> bool:
    """Hardly a word that tells something begins with a small letter."""
    lettered = [word for word in claim.words if word.is_word and word.text[0].isalpha()]
    if sum(word.capital for word in lettered) <= _TITLE_CASE * max(len(lettered), 4):
        return False
    small = folding.stopwords(claim.code) | lexicon.words(claim.code, "placing")
    return all(word.capital or word.word in small for word in lettered)


def _names(claim: Claim, i: int) -> bool:
    word = claim.words[i]
    return (
        word.capital
        and word.is_word
        and len(word.word) > 1
        and word.word not in folding.stopwords(claim.code)
        and not _is_title(word.word, claim.code)
        and not phrases(claim.code, "actors").at(claim.words, i)
        and not atom(word.word, claim.code)
    )


def _names_somebody(claim: Claim, i: int, end: int, first: bool) -> bool:
    """A title or a calling before the name, a first name in it, or two names that begin the text."""
    if first and end - i > 1:
        return True
    before = claim.words[i - 1].word if i else ""
    if claim.code == "en":
        calling = before in lexicon.words("en", "titles") - {"the", "a", "an", "no", "at"}
        called = calling or _CALLING.fullmatch(before) is not None
        given = claim.words[i].word in lexicon.table("en", "given_names")
    else:
        called = _is_title(before, "tr") or bool(phrases("tr", "callings").of(before))
        given = False
    heard = skeletons(claim.words[i].word, claim.code)
    return called or given or any(len(way) > 2 and way in _given_sounds() for way in heard)


def _named_role(claim: Claim, i: int) -> str:
    """A place where the words around say so, a name else."""
    words = claim.words
    before = words[i - 1].word if i else ""
    behind = [words[k] for k in range(i + 1, min(len(words), i + 3))]
    if claim.code == "tr":
        if words[i].suffix in LOCATIVE:
            return "place"
        return "place" if behind and head(claim, i + 1) == "place" else "name"
    if before in {"in", "near", "at"}:
        return "place"
    heads = {head(claim, i + 1), head(claim, i + 2) if behind and not behind[0].capital else ""}
    before_head = head(claim, i - 2) if before == "of" else ""
    return "place" if "place" in heads or before_head == "place" else "name"


def _is_title(word: str, code: str) -> bool:
    if code == "en":
        return word in lexicon.words("en", "titles")
    listed = phrases("tr", "titles")
    return bool(listed.of(word)) or bool(nouns("tr", "name_heads").of(word))


def arabic(claim: Claim, taken: set[int]) -> Iterator[Mention]:
    """The names that stand behind a title, a head noun or a first name."""
    words = claim.words
    i = 0
    while i < len(words):
        kind = head(claim, i)
        found: list[int] = []
        if kind == "person" and words[i].norm.startswith(_DEFINITE):
            at = i + 1
            while at in taken:
                at += 1
            found = _run(claim, at, 2, taken)
            if found and not _is_name_like(words[found[0]]):
                found = []
        elif kind in {"body", "place"} and not words[i].norm.startswith(_DEFINITE):
            found = _run(claim, i + 1, 1, taken)
        elif not kind and i not in taken and _is_given(words[i]):
            found = _run(claim, i, 2, taken)
        for k in found:
            role = "place" if kind == "place" else "name"
            yield mention_at(claim, k, role, sure=kind != "body", person=kind in {"", "person"})
        i = found[-1] + 1 if found else i + 1


def _run(claim: Claim, i: int, most: int, taken: set[int]) -> list[int]:
    found: list[int] = []
    stop = folding.stopwords("ar")
    for k in range(i, min(len(claim.words), i + most)):
        word = claim.words[k]
        if k in taken or not word.is_word or word.word in stop or head(claim, k):
            break
        if phrases("ar", "actors").at(claim.words, k):
            break
        found.append(k)
    return found


@cache
def _given() -> frozenset[str]:
    return frozenset(folding.fold(name, "ar") for name in lexicon.terms("ar", "given_names"))


@cache
def _given_sounds() -> frozenset[str]:
    """The sounds of the first names that other scripts spell too."""
    return frozenset(way for name in _given() for way in skeletons(name, "ar"))


def _is_given(word: Word) -> bool:
    written = word.norm
    if written[:1] == "و" and len(written) > 3:
        written = written[1:]
    return not written.startswith("ال") and folding.fold(written, "ar") in _given()


def _is_name_like(word: Word) -> bool:
    """No adjective with an article, no verb, no adverb in -an."""
    if _is_given(word):
        return True
    plain = word.norm
    return not plain.startswith(_DEFINITE) and not is_verb(plain) and not plain.endswith("ا")
