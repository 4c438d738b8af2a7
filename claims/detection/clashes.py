"""Parties that contradict one another without a word of denying.

One says that the power is back, another that it is not; that prices fell, that they rose; that 12
were killed, that 19 were. Parties speak of the same things all the time without contradicting, so
each kind of clash asks for words in common, and for more of them the less it shows by itself.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from claims.detection import opposition
from claims.detection.sides import Side, same_party, says_such, unnamed
from claims.languages import folding, lexicon

# How many claims back another party may have spoken, and how many such are looked at.
_REACH = 8
_SPOKEN = 4
# Sentences at most between the two where little else joins them.
_NEAR = 2
# Content words of a clause at most that answers another as a whole.
_SHORT = 8
# Shares of its content words that stand in what it contradicts: by itself; led in by "but".
_SHARED = 0.4
_SHARED_IN_TURN = 0.2
# The same where the number alone differs.
_SHARED_BY_COUNTS = 0.75
# Content words from the head of a clause on among which its predicate stands, and its topic.
_HEAD = 4
_TOPIC = 2


class _Clash(NamedTuple):
    """A side with the content words that may clash with another's."""

    side: Side
    own: frozenset[str]
    poles: frozenset[tuple[int, int]]  # the pairs of opposites its predicate is in, and the side


def opposite(sides: Sequence[Side], at: int) -> tuple[int | None, str]:
    """The claim of another party that this one says the opposite of, and the rule that found it."""
    side = sides[at]
    if not side.claimant or side.piece.position:
        return None, ""
    mine = _clash(side)
    best, best_score = None, 0.0
    for seen, other in (*_spoken_before(sides, at), *_told_behind(sides, at)):
        distance = abs(side.sentence - sides[other].sentence)
        score = _contradiction(mine, _clash(sides[other]), distance)
        answering = distance == 1 or (distance == 0 and side.turns)
        if not score and seen == 1 and answering and _answers(mine, sides[other]):
            score = 1.0
        if score and score - 0.1 * seen > best_score:
            best, best_score = other, score - 0.1 * seen
    return best, "it says no to the same"


def _answers(mine: _Clash, other: Side) -> bool:
    """Who is spoken of says no to it, or answers it, in whatever words."""
    side = mine.side
    if not (side.negated or side.replies):
        return False
    if opposition.holds(side.said, side.language, "no_answers"):
        return False
    if side.negated and {side.tense, other.tense} == {"future", "past"}:
        return False
    head = _head(other)[:_TOPIC]
    spoken_of = bool(side.claimant_stems & set(head[:1]) or side.claimant_head & set(head))
    if side.replies:
        return side.negated or (spoken_of and "event" in other.piece.features)
    return side.negated and spoken_of and len(side.stems) <= _SHORT


def _told_behind(sides: Sequence[Side], at: int) -> Iterator[tuple[int, int]]:
    """What another party had said, where the article tells it after the answer."""
    mine = sides[at]
    for other in range(at + 1, min(len(sides), at + 1 + _NEAR)) if mine.negated else ():
        side = sides[other]
        if (
            "earlier" in side.piece.features
            and side.stance == "asserts"
            and not same_party(side.claimant, mine.claimant)
        ):
            yield 1, other


def _spoken_before(sides: Sequence[Side], at: int) -> Iterator[tuple[int, int]]:
    """(how many parties spoke in between, index) of what other parties said before, nearest first."""
    mine, seen = sides[at], 0
    for other in range(at - 1, max(-1, at - 1 - _REACH), -1):
        side = sides[other]
        if side.stance != "asserts":
            continue
        if not side.claimant and not unnamed(side):
            if mine.sentence - side.sentence <= 1:
                # What the article itself says: contradicted by its opposite only.
                yield 0, other
            continue
        seen += 1
        if seen > _SPOKEN:
            return
        if not same_party(side.claimant, mine.claimant) and (
            "accusation" not in side.piece.features
        ):
            yield seen, other


def _clash(side: Side) -> _Clash:
    own = side.stems - side.claimant_stems - side.counts
    known = _opposites(side.language)
    opposed = own & known.keys()
    head = _head(side) if opposed else ()
    poles = frozenset(pole for stem in opposed if stem in head for pole in known[stem])
    return _Clash(side, own, poles)


def _contradiction(mine: _Clash, other: _Clash, distance: int) -> float:
    """How surely the one contradicts the other; 0.0 where nothing shows that it does."""
    side, theirs = mine.side, other.side
    shared = len(mine.own & other.own)
    if side.negated != theirs.negated:
        clash = _says_no(mine, other, shared, distance)
    elif side.figure_first and len(side.stems) <= _SHORT and theirs.piece.frame is not None:
        clash = distance <= 1 and _other_counts(side, theirs)
    else:
        clash = distance <= _NEAR and _opposed(mine, other)
        if not clash and shared >= 2 and distance <= 1 and theirs.piece.frame is not None:
            fewer = min(len(mine.own), len(other.own))
            clash = shared >= _SHARED_BY_COUNTS * fewer and _other_counts(side, theirs)
    return 1.0 + shared if clash else 0.0


def _says_no(mine: _Clash, other: _Clash, shared: int, distance: int) -> bool:
    """One of the two says no in its main predicate: to what the other says?"""
    side, theirs = mine.side, other.side
    near = distance <= _NEAR
    same = shared >= 2 and near and _same_predicate(side, theirs)
    if theirs.piece.frame is None:
        # The article itself is contradicted by nothing less.
        return side.negated and same and side.tense == theirs.tense
    if {side.tense, theirs.tense} == {"future", "past"}:
        return False
    if side.negated and len(side.stems) <= _SHORT:
        turns = side.turns and distance <= 1
        enough = shared >= (_SHARED_IN_TURN if turns else _SHARED) * len(mine.own)
        one = turns or _same_predicate(side, theirs)
        if (enough and shared >= (1 if one else 2)) or (near and says_such(side)):
            return True
        if side.figure_first and distance <= 1 and _other_counts(side, theirs):
            return True
    return same


def _other_counts(one: Side, other: Side) -> bool:
    """Both give numbers, and none of them is the same."""
    return bool(one.counts and other.counts) and not one.counts & other.counts


def _same_predicate(one: Side, other: Side) -> bool:
    """What the one says no to is said in the other."""
    denying, asserting = (one, other) if one.negated else (other, one)
    denied = opposition.denied(denying.said.split(), denying.language)
    return denied != "" and denied in asserting.stems


def _opposed(mine: _Clash, other: _Clash) -> bool:
    """ "bread prices fell", "bread prices rose": opposite poles, the same topic at the head."""
    against = {(group, -pole) for group, pole in mine.poles}
    if not against & other.poles or mine.poles & other.poles:
        return False
    one, two = _topic(mine), _topic(other)
    return bool(one and two) and (one[0] in two or two[0] in one)


def _topic(clash: _Clash) -> list[str]:
    """The first content words of a clause, without those that have an opposite."""
    opposed = _opposites(clash.side.language)
    return [stem for stem in _head(clash.side) if stem not in opposed][:_TOPIC]


def _head(side: Side) -> list[str]:
    """The stems of the first content words, in their order."""
    found: list[str] = []
    for word in side.said.split():
        found.extend(opposition.stems([word], side.language))
        if len(found) >= _HEAD:
            break
    return found


@cache
def _opposites(language: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """The stems of ``rose, grew = fell, sank`` with the number of the line and the side of it."""
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, (one, other) in enumerate(lexicon.table(language, "opposites").items()):
        for words, pole in ((one, 1), (other, -1)):
            folded = folding.tokens(words, language)
            for stem in opposition.stems(folded, language):
                found[stem] = (*found.get(stem, ()), (number, pole))
    return found
