"""Parties that contradict one another without a word of denying.

One says that the power is back, another that it is not; that prices fell, that they rose; that 12
were killed, that 19 were. Parties speak of the same things all the time without contradicting, so
each kind of clash asks for words in common, and for more of them the less it shows by itself.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.detection import opposition, rivals
from claims.detection.sides import Side, same_speaker, says_such, unnamed

# How many claims back another party may have spoken, and how many such are looked at.
_REACH = 8
_SPOKEN = 4
# Sentences at most between the two where little else joins them.
_NEAR = 2
# Content words of a clause at most that answers another as a whole.
_SHORT = 8
_SHORTEST = 3
# Shares of its content words that stand in what it contradicts: where it says no to the same, or
# that there is nothing of the kind; led in by "but"; where neither shows.
_SHARED = 0.4
_SHARED_IN_TURN = 0.2
_SHARED_ALONE = 0.6
_SHARED_OF_PLANS = 0.25
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
    if side.piece.position or not (
        side.claimant or rivals.is_evidence(side) or rivals.gives_figure(side)
    ):
        return None, ""
    mine = _clash(side)
    best, best_score = None, 0.0
    for seen, other in (*_spoken_before(sides, at), *_told_behind(sides, at)):
        distance = abs(side.sentence - sides[other].sentence)
        score = _contradiction(mine, _clash(sides[other]), distance)
        answering = distance == 1 or (distance == 0 and side.turns)
        if not score and other > at and _told_before(mine, _clash(sides[other]), distance):
            score = 1.0
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
    head = opposition.head(other.said, other.language, _HEAD)[:_TOPIC]
    spoken_of = bool(side.claimant_stems & set(head[:1]) or side.claimant_head & set(head))
    if side.replies:
        return side.negated or (spoken_of and "event" in other.piece.features)
    # Whoever is spoken of says much else of himself with a "not".
    about = "event" in other.piece.features or bool(
        (side.stems - side.claimant_stems) & other.stems
        or opposition.none_at_all(side.said, side.language)
    )
    return (
        side.negated
        and spoken_of
        and about
        and len(side.stems) <= _SHORT
        and not _tells_a_state(side)
    )


def _told_behind(sides: Sequence[Side], at: int) -> Iterator[tuple[int, int]]:
    """What another party had said, where the article tells it after the answer."""
    mine = sides[at]
    for other in range(at + 1, min(len(sides), at + 1 + _NEAR)) if mine.negated else ():
        side = sides[other]
        if (
            "earlier" in side.piece.features
            and side.stance == "asserts"
            and not same_speaker(side, mine)
        ):
            yield 1, other


def _told_before(mine: _Clash, other: _Clash, distance: int) -> bool:
    """ "…, said the ministry. A paper had reported that …": the report that is answered."""
    none = opposition.none_at_all(mine.side.said, mine.side.language)
    return distance <= 1 and (none or bool(mine.own & other.own))


def _spoken_before(sides: Sequence[Side], at: int) -> Iterator[tuple[int, int]]:
    """(how many parties spoke in between, index) of what other parties said before, nearest first."""
    mine, seen = sides[at], 0
    for other in range(at - 1, max(-1, at - 1 - _REACH), -1):
        side = sides[other]
        if side.stance != "asserts":
            continue
        if not side.claimant and not unnamed(side):
            apart = mine.sentence - side.sentence
            if apart <= 1 or (apart <= _NEAR and rivals.goes_round(side)):
                # What the article itself says: contradicted by its opposite only.
                yield 0, other
            continue
        seen += 1
        if seen > _SPOKEN:
            return
        if not same_speaker(side, mine) and ("accusation" not in side.piece.features):
            yield seen, other


def _clash(side: Side) -> _Clash:
    own = side.stems - side.claimant_stems - side.counts
    known = rivals.opposites(side.language)
    opposed = own & known.keys()
    head = opposition.head(side.said, side.language, _HEAD) if opposed else ()
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
    near = distance <= 1 or (distance <= _NEAR and rivals.goes_round(theirs))
    clash = clash or (near and rivals.exclude(side, theirs))
    return 1.0 + shared if clash else 0.0


def _says_no(mine: _Clash, other: _Clash, shared: int, distance: int) -> bool:
    """One of the two says no in its main predicate: to what the other says?"""
    side, theirs = mine.side, other.side
    near = distance <= _NEAR
    fewer = min(len(mine.own), len(other.own))
    same = shared >= max(2, _SHARED * fewer) and near and _same_predicate(side, theirs)
    if side.insists and theirs.negated and distance == 1 and theirs.claimant:
        opening = f" {side.said.split()[0]} " if side.said.strip() else " "
        if shared or opposition.holds(opening, side.language, "pronouns"):
            return True
    if theirs.piece.frame is None and not rivals.goes_round(theirs):
        # The article itself is contradicted by nothing less.
        return side.negated and same and side.tense == theirs.tense
    if side.negated and theirs.tense == "future" and len(side.stems) <= _SHORT:
        # "No sale was being prepared": the plan that is denied is told as still to come
        planned = opposition.none_at_all(side.said, side.language)
        if planned and shared >= max(1, _SHARED_OF_PLANS * len(mine.own)):
            return True
    if {side.tense, theirs.tense} == {"future", "past"}:
        return False
    if side.negated and len(side.stems) <= _SHORT:
        if near and says_such(side):
            return True
        turns = side.turns and distance <= 1
        enough = shared >= (_SHARED_IN_TURN if turns else _SHARED) * len(mine.own)
        one = _same_predicate(side, theirs) or opposition.none_at_all(side.said, side.language)
        if enough and shared >= 1 and (one or (turns and not _tells_a_state(side))):
            return True
        if shared >= 2 and shared >= _SHARED_ALONE * len(mine.own):
            return True
        if side.figure_first and distance <= 1 and _other_counts(side, theirs):
            return True
    return same


def _tells_a_state(side: Side) -> bool:
    """ "was not happy about it", "was not thinking of it": what is felt contradicts no account."""
    return opposition.holds(side.said, side.language, "inner_states") != ""


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
    if len(mine.side.stems) <= _SHORTEST and other.side.piece.frame is not None:
        said = opposition.head(mine.side.said, mine.side.language, 1)
        if said and said[0] in rivals.opposites(mine.side.language):
            # "He died in prison": nobody else is spoken of
            return True
    one, two = _topic(mine), _topic(other)
    return bool(one and two) and (one[0] in two or two[0] in one)


def _topic(clash: _Clash) -> list[str]:
    """The first content words of a clause, without those that have an opposite."""
    opposed = rivals.opposites(clash.side.language)
    return [
        stem
        for stem in opposition.head(clash.side.said, clash.side.language, _HEAD)
        if stem not in opposed
    ][:_TOPIC]
