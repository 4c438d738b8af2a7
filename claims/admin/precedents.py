"""How the desk ruled on statements like this one: its standing verdicts on claims that the machine
or a colleague found to be near it, in whatever language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from claims.admin.match_panel import REASONS, Ground, Near, head_of, other
from claims.models import Claim, Match, Publication, Rating

SHOWN = 5


@dataclass(frozen=True)
class Precedent:
    """`head`: the claim that was ruled on; `grounds`: in what it differs from the one at hand."""

    match: Match
    head: Claim
    publication: Publication
    grounds: list[Ground]

    @property
    def rating(self) -> Rating:
        return self.publication.version.rating


@dataclass(frozen=True)
class Precedents:
    """`spread`: how many of all of them have each rating, the most frequent first."""

    nearest: list[Precedent]
    total: int
    spread: list[tuple[Rating, int]]


def precedents(claim: Claim, around: Near) -> Precedents | None:
    """None where there is nothing to show. `around`: the claim's matches."""
    own = head_of(claim)
    found: dict[int, Precedent] = {}
    for match in sorted(around.matches, key=lambda one: (-one.score, one.pk)):
        head = other(match, claim)
        if head is None or head.pk in (claim.pk, own.pk) or match.state == Match.State.REJECTED:
            continue
        if ruling := around.public.get(head.pk):
            one = Precedent(match, head, ruling, _grounds(match, claim))
            found.setdefault(head.pk, one)
    if not found:
        return None
    nearest = list(found.values())
    return Precedents(nearest[:SHOWN], len(nearest), _spread(nearest))


def _grounds(match: Match, claim: Claim) -> list[Ground]:
    """The reasons of a match name the newer claim's words first."""
    own, theirs = ("a", "b") if match.claim_id == claim.pk else ("b", "a")
    return [
        Ground(REASONS.get(one["code"], one["code"]), one[own], one[theirs])
        for one in match.reasons
    ]


def _spread(found: Iterable[Precedent]) -> list[tuple[Rating, int]]:
    ratings = {one.rating.pk: one.rating for one in found}
    counted = Counter(one.rating.pk for one in found)
    order = sorted(counted, key=lambda pk: (-counted[pk], ratings[pk].order))
    return [(ratings[pk], counted[pk]) for pk in order]
