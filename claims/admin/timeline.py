"""Who said what about a claim, in the order of time: for it on one side, against it on the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from claims.admin import match_panel
from claims.admin.passages import Piece, passage
from claims.models import Appearance, Article, Claim, Position


@dataclass(frozen=True)
class Stand:
    """One position on the time line. `seen` is where its article stood first."""

    position: Position
    pieces: list[Piece]
    seen: Appearance | None

    @property
    def dates(self) -> list[tuple[str, date, date]]:
        """Each time expression with the first and the last day that it means."""
        return [
            (one["text"], date.fromisoformat(one["from"]), date.fromisoformat(one["to"]))
            for one in self.position.dates
        ]

    @property
    def on(self) -> date | None:
        return self.seen.published_on if self.seen else None

    @property
    def elsewhere(self) -> list[Appearance]:
        """Where the same text stood as well."""
        return list(self.position.article.appearances.all())[1:]


@dataclass(frozen=True)
class Moment:
    """One place on the line: a stand, or, without one, the day from which the claim can be checked
    (`passed`: it is here)."""

    on: date | None
    stand: Stand | None = None
    passed: bool = False


def stands(claim: Claim) -> list[Stand]:
    """Everybody's position, its members' among them, the oldest report first."""
    positions = read_with_claim(claim)
    found = [
        Stand(
            position=position,
            pieces=passage(position),
            seen=next(iter(position.article.appearances.all()), None),
        )
        for position in positions
    ]
    return sorted(found, key=lambda stand: (stand.on or date.max, stand.position.start))


def read_with_claim(claim: Claim) -> list[Position]:
    """Everybody's position with its claimant, and its article with where it stood. All of it, and the
    members, stays with the claim, so that no panel of its page reads it anew. Three queries."""
    prefetch_related_objects([claim], match_panel.members())
    everybody = [claim, *(member.claim for member in claim.members.all())]
    said = Position.objects.select_related("claimant")
    prefetch_related_objects(everybody, Prefetch("positions", said))
    positions = sorted(
        claim.everybodys, key=lambda one: (one.claim_id, one.article_id, one.start, one.pk)
    )
    articles = {member.claim.article_id: member.claim.article for member in claim.members.all()}
    articles[claim.article_id] = claim.article
    elsewhere = {one.article_id for one in positions} - articles.keys()
    if elsewhere:
        articles |= Article.objects.in_bulk(elsewhere)
    for position in positions:
        position.article = articles[position.article_id]
    for member in claim.members.all():
        member.claim.article = articles[member.claim.article_id]
    seen = Appearance.objects.select_related("outlet").order_by("published_on", "pk")
    prefetch_related_objects(list(articles.values()), Prefetch("appearances", seen))
    return positions


def line(claim: Claim, found: Sequence[Stand]) -> list[Moment]:
    """The stands, and among them the day from which the claim can be checked, if it names one."""
    moments = [Moment(stand.on, stand) for stand in found]
    if claim.checkable_from and found:
        day = claim.checkable_from
        moments.append(Moment(day, passed=day <= timezone.localdate()))
    return sorted(moments, key=lambda one: one.on or date.max)
