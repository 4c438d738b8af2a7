"""How the desk ruled on statements like this one: its standing verdicts on claims that the machine
or a colleague found to be near it, in whatever language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from claims.admin.match_panel import REASONS, Ground
from claims.models import Claim, Match, Publication, Rating

SHOWN = 5
# Further than this nobody looks; a claim has a handful of matches.
MOST = 60


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


def precedents(claim: Claim) -> Precedents | None:
    """None where there is nothing to show. Two queries."""
    rows = (
        Match.objects.filter(Q(claim=claim) | Q(earlier=claim), earlier__isnull=False)
        .exclude(state=Match.State.REJECTED)
        .select_related("claim__membership__head", "earlier__membership__head")
        .order_by("-score", "pk")[:MOST]
    )
    near: dict[int, tuple[Match, Claim]] = {}
    for match in rows:
        other = match.earlier if match.claim_id == claim.pk else match.claim
        assert other is not None
        head = _head(other)
        if head.pk not in (claim.pk, _head(claim).pk):
            near.setdefault(head.pk, (match, head))
    if not near:
        return None
    ruled = {
        publication.claim_id: publication
        for publication in Publication.objects.standing()
        .filter(claim__in=near, version__translates=None)
        .select_related("version__rating")
    }
    found = [
        Precedent(match, head, ruled[pk], _grounds(match, claim))
        for pk, (match, head) in near.items()
        if pk in ruled
    ]
    if not found:
        return None
    return Precedents(found[:SHOWN], len(found), _spread(found))


def _head(claim: Claim) -> Claim:
    membership = getattr(claim, "membership", None)
    return membership.head if membership else claim


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
