"""Names that one of two claims tells only in part: without the first name, or by its letters."""

from collections.abc import Sequence

from claims.similarity.contradiction import gazetteer, words
from claims.similarity.contradiction.entities import Entities
from claims.similarity.contradiction.names import Mention
from claims.similarity.contradiction.words import Claim, Word

_LETTERS = range(2, 7)
# Words of a body's name that its letters leave out.
_SMALL = frozenset({"of", "for", "and", "the", "ve"})


def told_apart(
    left: list[Mention],
    right: list[Mention],
    entities: tuple[Entities, Entities],
    claims: tuple[Claim, Claim],
) -> tuple[list[Mention], list[Mention]]:
    """Names that only one of the claims has, without those that may still be the other's.

    "Emmanuel Macron" is "Macron", but two first names before one family name are two people. A
    family that is known for one of them needs no first name.
    """
    left, right = (
        [name for name in left if not _by_letters(name, claims[0], claims[1])],
        [name for name in right if not _by_letters(name, claims[1], claims[0])],
    )
    if claims[0].code == claims[1].code:
        left, right = _in_sight(left, *claims), _in_sight(right, claims[1], claims[0])
    beside = _beside(left, entities[0]), _beside(right, entities[1])
    firm = [[name for name, known in side if not known] for side in beside]
    if claims[0].code == claims[1].code and all(firm):
        beside = [(n, k) for n, k in beside[0] if k], [(n, k) for n, k in beside[1] if k]
    dropped = [{name.at for name, _ in side} for side in beside]
    return (
        [name for name in left if name.at not in dropped[0]],
        [name for name in right if name.at not in dropped[1]],
    )


def _in_sight(names: list[Mention], here: Claim, there: Claim) -> list[Mention]:
    """``names`` without those of sentences of which the other claim tells nothing."""
    stems = frozenset(words.stem(w.word, there.code) for w in there.words if w.is_word and w.word)
    around = [(name, words.sentence(here, name.at)) for name in names]
    return [name for name, told in around if told is None or words.is_told(told, stems)]


def _beside(unmet: Sequence[Mention], entities: Entities) -> list[tuple[Mention, bool]]:
    """The unmet first names before a name that both claims tell; whether that is a known one."""
    missing = {name.at for name in unmet}
    by_place = {name.at: name for name in entities.mentions}
    found = []
    for name in unmet:
        at = name.at + 1
        while at in missing and at in by_place:
            at += 1
        last = by_place.get(at)
        if name.ids or name.role != "name" or last is None or last.role not in {"name", "agent"}:
            continue
        known = any(gazetteer.entries()[one].kind == "person" for one in last.ids)
        if known or not last.ids:
            found.append((name, known))
    return found


def _by_letters(name: Mention, here: Claim, there: Claim) -> bool:
    """The name is the letters of one in the other claim, or one of the words for such letters."""
    if "ar" in (here.code, there.code):
        return False
    if _is_letters(here.words[name.at]):
        return any(_spelt(name.text, there.words, i) for i in range(len(there.words)))
    letters = [word.text for word in there.words if _is_letters(word)]
    return any(
        start <= name.at < start + _spelt(each, here.words, start)
        for each in letters
        for start in range(max(0, name.at - len(each)), name.at + 1)
    )


def _is_letters(word: Word) -> bool:
    return len(word.text) in _LETTERS and word.text.isalpha() and word.text.isupper()


def _spelt(letters: str, told: Sequence[Word], i: int) -> int:
    """How many words from ``i`` on begin with the letters, one or two each; 0 where they do not."""
    if not letters:
        return 0
    rest, at, named = letters, i, 0
    while rest and at < len(told):
        text = told[at].text
        if text in _SMALL and named:
            at += 1
            continue
        if not told[at].capital or text[0] != rest[0] or _is_letters(told[at]):
            return 0
        more = named == 0 and len(rest) > 2 and text[1:2].upper() == rest[1] and len(rest) > 3
        rest = rest[2:] if more else rest[1:]
        at, named = at + 1, named + 1
    return at - i if not rest and named > 1 else 0
