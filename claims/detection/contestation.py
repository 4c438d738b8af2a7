"""Which claim a denial is about, and which claims are therefore contested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claims.languages.shapes import Piece

# Shares of a denial's words that a claim must hold to be what it denies.
_SAME_CONTENT = 0.5
# How many claims before a bare "denied the report" its report may stand.
_REPORT_REACH = 8


@dataclass(slots=True)
class Side:
    """A piece as contestation sees it."""

    piece: Piece
    stance: str
    claimant: frozenset[str]  # folded words of the name, empty for the article itself
    words: frozenset[str]  # folded content words of the span
    sentence: int
    contests: list[int] = field(default_factory=list)
    contested: bool = False
    by: str = ""  # the rule that found what it contests


def link(sides: Sequence[Side]) -> None:
    """Join each denying or doubting side to what it is about, in place.

    In this order: the accusation told inside the denial; for a denial of "the report", the nearest
    claim before that somebody else is said to report; for a denial that tells its content, the
    claim of another party with the same content. Nothing fits: the denial stays unlinked.
    """
    index: Mapping[int, int] = {id(side.piece): at for at, side in enumerate(sides)}
    for at, side in enumerate(sides):
        if side.stance == "asserts":
            continue
        target, by = None, ""
        if side.piece.contains is not None:
            target, by = index.get(id(side.piece.contains)), "told in the denial itself"
        elif side.piece.names_report:
            target, by = _reported_before(sides, at), "the report next to it"
        if target is None:
            target, by = _same_content(sides, at), "the same words"
        if target is None and "goes_on" in side.piece.features:
            target, by = _of_the_denial_before(sides, at), "what the denial before is about"
        if target is not None:
            side.contests.append(target)
            side.by = by
            # A denial that is itself contradicted stays a denial, not a contested claim.
            sides[target].contested = True


def _reported_before(sides: Sequence[Side], at: int) -> int | None:
    denier = sides[at].claimant
    for back in range(at - 1, max(-1, at - 1 - _REPORT_REACH), -1):
        side = sides[back]
        if side.stance == "asserts" and side.claimant and not _same_party(side.claimant, denier):
            return back
    before = sides[at - 1] if at else None
    if before is not None and before.sentence == sides[at].sentence and before.stance == "asserts":
        # "…, but the agent denied that": what the article itself said just before
        return at - 1
    for ahead in range(at + 1, min(len(sides), at + 3)):
        side = sides[ahead]
        if (
            side.stance == "asserts"
            and side.claimant
            and side.sentence == sides[at].sentence
            and not _same_party(side.claimant, denier)
        ):
            return ahead
    return None


def _same_content(sides: Sequence[Side], at: int) -> int | None:
    mine = sides[at]
    if len(mine.words) < 2:
        return None
    best, best_share = None, _SAME_CONTENT
    for other in range(max(0, at - 60), min(len(sides), at + 20)):
        side = sides[other]
        if other == at or side.stance != "asserts" or not side.words:
            continue
        if side.claimant and _same_party(side.claimant, mine.claimant):
            continue
        share = len(mine.words & side.words) / min(len(mine.words), len(side.words))
        if len(mine.words & side.words) >= 2 and share > best_share:
            best, best_share = other, share
    return best


def _of_the_denial_before(sides: Sequence[Side], at: int) -> int | None:
    """ "…, saying that it does not reflect the truth": about what the denial before is about."""
    before = sides[at - 1] if at else None
    if before is None or before.sentence != sides[at].sentence or not before.contests:
        return None
    return before.contests[0]


def _same_party(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a and b) and 2 * len(a & b) > min(len(a), len(b))
