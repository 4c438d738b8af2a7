"""Which claim a denial is about, and which claims are therefore contested."""

from collections.abc import Mapping, Sequence

from claims.detection import clashes, opposition
from claims.detection.sides import Side, same_speaker, says_such, unnamed

# Shares of a denial's words that a claim must hold to be what it denies.
_SAME_CONTENT = 0.5
# The same for other forms of the words, next to a verb of denying.
_SHARED_BY_DENIALS = 0.2
# How many claims before a bare "denied the report" its report may stand.
_REPORT_REACH = 8
# Content words under which a clause is a remark.
_SAYS_LITTLE = 2


def link(sides: Sequence[Side]) -> None:
    """Join each denying or doubting side to what it is about, in place.

    In this order: the accusation told inside the denial; for a denial of "the report", the claim
    near it that the denial's words fit best; for a denial that tells its content, the claim of
    another party with the same content. A party that says no to what another said, or gives
    another figure, denies it. Nothing fits: the denial stays unlinked.
    """
    index: Mapping[int, int] = {id(side.piece): at for at, side in enumerate(sides)}
    for at, side in enumerate(sides):
        target, by = None, ""
        if side.stance == "asserts":
            target, by = clashes.opposite(sides, at)
            if target is not None:
                side.stance = "denies"
        elif side.piece.contains is not None:
            target, by = index.get(id(side.piece.contains)), "told in the denial itself"
        elif side.piece.names_report:
            target, by = _reported_near(sides, at), "the report next to it"
        if target is None and side.stance != "asserts":
            target, by = _same_content(sides, at), "the same words"
        if target is None and "goes_on" in side.piece.features:
            target, by = _of_the_denial_before(sides, at), "what the denial before is about"
        if target is not None:
            side.by = by
            # A denial that is itself contradicted stays a denial, not a contested claim.
            for one in _all_of_them(sides, at, target):
                side.contests.append(one)
                sides[one].contested = True


def _all_of_them(sides: Sequence[Side], at: int, target: int) -> list[int]:
    """ "both allegations": all that stands under the frame of the nearest."""
    frame = sides[target].piece.frame
    if frame is None or not opposition.holds(sides[at].said, sides[at].language, "both_of_them"):
        return [target]
    reach = range(max(0, target - _REPORT_REACH), min(len(sides), target + _REPORT_REACH))
    return [
        k
        for k in reach
        if sides[k].piece.frame is not None
        and k != at
        and sides[k].stance == "asserts"
        and sides[k].piece.frame.claimant == frame.claimant  # type: ignore[union-attr]
    ]


def _reported_near(sides: Sequence[Side], at: int) -> int | None:
    """The claim that "the report" most likely is: whose words or whose speaker the denial names."""
    denial = sides[at]
    pointing = opposition.holds(denial.said, denial.language, "any_such") != ""
    best, best_score = None, 0.0
    for other in range(max(0, at - _REPORT_REACH), min(len(sides), at + 3)):
        side = sides[other]
        if other == at or side.stance != "asserts" or _own(side, denial):
            continue
        leads = "leads" in denial.piece.features and other == at + 1
        earlier = other > at and _told_of(denial, side)
        together = side.sentence == denial.sentence and (side.claimant or leads)
        if other > at and not earlier and not together:
            continue
        shared = len(_topic(denial) & side.stems)
        named = bool(_topic(denial) & side.claimant_stems)
        score = 1.0 * min(shared, 3) + 2.5 * named - 0.15 * abs(at - other)
        if side.claimant or unnamed(side):
            score += 2.0
        elif side.sentence == denial.sentence or (pointing and at - other == 1) or earlier:
            score += 1.0
        elif not shared and not (at - other == 1 and denial.sentence - side.sentence <= 1):
            continue
        else:
            score += 0.5
        if side.counts and opposition.holds(denial.said, denial.language, "figures"):
            score += 1.5
        if _about_something_else(denial, shared, named) and not earlier:
            continue
        if not denial.claimant and side.sentence == denial.sentence and side.claimant:
            # Without a subject of its own it goes on for the party that speaks in its sentence.
            score -= 1.5
        if len(side.stems) < _SAYS_LITTLE:
            # "I finished it", "We do not care": a remark beside what is reported
            score -= 2.0
        if score > best_score:
            best, best_score = other, score
    return best


def _own(side: Side, denial: Side) -> bool:
    """The claim is what the denying party says itself, and not what others say that it said."""
    return not side.relayed and same_speaker(side, denial)


def _told_of(denial: Side, side: Side) -> bool:
    """What "had been reported" of the party that denies, or of what it denies."""
    if "earlier" not in side.piece.features or side.sentence - denial.sentence > 2:
        return False
    return bool((denial.stems | denial.claimant_stems) & side.stems)


def _topic(denial: Side) -> frozenset[str]:
    """The words of a denial without those of its own speaker and of denying and reporting."""
    nouns = opposition.report_stems(denial.language)
    return denial.stems - denial.claimant_stems - nouns


def _about_something_else(denial: Side, shared: int, named: bool) -> bool:
    """ "denied rumours about his health": no word of the claim is in it."""
    if opposition.holds(denial.said, denial.language, "falsity"):
        return False
    marked = opposition.holds(denial.said, denial.language, "topic_markers")
    return bool(marked) and not shared and not named and len(_topic(denial)) >= 3


def _same_content(sides: Sequence[Side], at: int) -> int | None:
    mine = sides[at]
    best, best_share = None, 0.0
    such = says_such(mine)
    own = mine.stems - mine.claimant_stems
    for other in range(max(0, at - 60), min(len(sides), at + 20)):
        side = sides[other]
        if other == at or side.stance != "asserts" or not side.words:
            continue
        if _own(side, mine):
            continue
        shared = len(mine.words & side.words)
        share = shared / max(1, min(len(mine.words), len(side.words)))
        alike = len(own & side.stems) / max(1, len(own))
        likely = (
            (side.claimant or unnamed(side) or (other > at and "earlier" in side.piece.features))
            and "accusation" not in side.piece.features
            and -4 <= other - at <= 2
            and abs(side.sentence - mine.sentence) <= 2
        )
        if not (shared >= 2 and share > _SAME_CONTENT) and not (
            likely and (such or alike >= _SHARED_BY_DENIALS)
        ):
            continue
        score = max(share, alike) - 0.01 * abs(other - at) + 0.1
        if score > best_share:
            best, best_share = other, score
    return best


def _of_the_denial_before(sides: Sequence[Side], at: int) -> int | None:
    """ "…, saying that it does not reflect the truth": about what the denial before is about."""
    before = sides[at - 1] if at else None
    if before is None or before.sentence != sides[at].sentence or not before.contests:
        return None
    return before.contests[0]
