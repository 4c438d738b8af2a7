"""What the desk shows of kept copies: the line under each piece of evidence, and what has become of
pages that somebody rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import F, OuterRef, QuerySet, Subquery

from claims import permissions
from claims.admin.site import at_most
from claims.models import Claim, Evidence, Snapshot, SnapshotCheck
from claims.models.plans import literally
from claims.pipeline import evidence

Standing = Snapshot.Standing
# What a person has to know; that a page was not reached once is no news.
NEWS = (Standing.CHANGED, Standing.MOVED, Standing.GONE)
SHOWN = 5


@dataclass(frozen=True)
class News:
    """What the newest look at a page found."""

    found: str
    at: datetime
    moved_to: str
    newer_id: int | None


@dataclass(frozen=True)
class Copy:
    """A piece's copy. `news`: what the newest look found that nobody has seen yet."""

    piece: Evidence
    snapshot: Snapshot | None
    news: News | None = None

    @property
    def live(self) -> bool:
        """Whether something is under way that the page should wait for."""
        return self.snapshot is not None and (
            not self.snapshot.settled
            or (self.snapshot.state == Snapshot.State.KEPT and self.snapshot.being_looked_at)
        )

    @property
    def newest(self) -> Snapshot | None:
        """The newest copy of a page that has changed since, without its words. One query."""
        looks = SnapshotCheck.objects.filter(snapshot=self.snapshot, newer__isnull=False)
        looks = looks.select_related("newer").defer("newer__text", "newer__pages")
        look = looks.order_by("-pk").first() if self.snapshot else None
        return look.newer if look else None

    @property
    def archive_asked(self) -> bool:
        return evidence.archives()


def with_copies(pieces: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """With their copies, whose words stay where they are: they may be a book's."""
    return _with_news(pieces.select_related("snapshot").defer("snapshot__text", "snapshot__pages"))


def attached(pieces: Iterable[Evidence]) -> list[Evidence]:
    """Pieces read `with_copies`, each with its `Copy` as the attribute `copy`."""
    pieces = list(pieces)
    for piece in pieces:
        setattr(piece, "copy", _copy(piece, piece))  # noqa: B010 - not a field
    return pieces


def copy_of(piece: Evidence) -> Copy:
    """Of a piece that was read without it. One query."""
    return _copy(piece, _with_news(Evidence.objects.filter(pk=piece.pk)).get())


def _with_news(pieces: QuerySet[Evidence]) -> QuerySet[Evidence]:
    looks = _unseen()
    return pieces.annotate(
        **{f"news_{name}": Subquery(looks.values(name)[:1]) for name in ("at", "moved_to", "newer")}
    )


def _unseen() -> QuerySet[SnapshotCheck]:
    """Looks, the newest first, that found what still is so and nobody has seen."""
    return SnapshotCheck.objects.filter(
        snapshot=OuterRef("snapshot"),
        found=F("snapshot__standing"),
        found__in=NEWS,
        seen_by__isnull=True,
    ).order_by("-pk")


def _copy(piece: Evidence, noted: Any) -> Copy:
    snapshot = piece.snapshot
    if snapshot is None or noted.news_at is None:
        return Copy(piece, snapshot)
    return Copy(
        piece,
        snapshot,
        News(snapshot.standing, noted.news_at, noted.news_moved_to, noted.news_newer),
    )


@dataclass(frozen=True)
class Worn:
    """Evidence whose page is not what it was, for those who start their day."""

    pieces: list[Evidence]
    count: str


def worn(user: User) -> Worn:
    """Pieces whose page has changed, moved or gone, and that nobody has looked at since."""
    seen_claims = Claim.objects.filter(permissions.visible(user))
    pieces = (
        Evidence.objects.filter(snapshot__standing__in=literally(NEWS), claim__in=seen_claims)
        .annotate(news=Subquery(_unseen().values("pk")[:1]))
        .filter(news__isnull=False)
        .order_by("-news")
    )
    found = list(with_copies(pieces).select_related("claim", "snapshot")[: SHOWN + 1])
    return Worn(found[:SHOWN], at_most(pieces) if len(found) > SHOWN else str(len(found)))
