"""What the desk shows of kept copies: the line under each piece of evidence, and what has become of
pages that somebody rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import F, OuterRef, QuerySet, Subquery

from claims import permissions
from claims.admin.site import at_most
from claims.models import Claim, Evidence, Snapshot, SnapshotCheck
from claims.pipeline import evidence

Standing = Snapshot.Standing
# What a person has to know; that a page was not reached once is no news.
NEWS = (Standing.CHANGED, Standing.MOVED, Standing.GONE)
SHOWN = 5


@dataclass(frozen=True)
class Copy:
    """A piece's copy. `news`: what the newest look found that nobody has seen yet. `newest`: the
    newest copy of a page that has changed since."""

    piece: Evidence
    snapshot: Snapshot | None
    news: SnapshotCheck | None = None
    newest: Snapshot | None = None

    @property
    def live(self) -> bool:
        """Whether something is under way that the page should wait for."""
        return self.snapshot is not None and (
            not self.snapshot.settled
            or (self.snapshot.state == Snapshot.State.KEPT and self.snapshot.being_looked_at)
        )

    @property
    def archive_asked(self) -> bool:
        return evidence.archives()


def with_copies(pieces: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """With their copies, whose words stay where they are: they may be a book's."""
    return pieces.select_related("snapshot").defer("snapshot__text", "snapshot__pages")


def attached(pieces: Iterable[Evidence]) -> list[Evidence]:
    """The pieces, each with its `Copy` as the attribute `copy`; one query for all."""
    pieces = list(pieces)
    checks: dict[int, list[SnapshotCheck]] = {}
    for check in (
        SnapshotCheck.objects.filter(snapshot__in=[p.snapshot_id for p in pieces if p.snapshot_id])
        .select_related("newer")
        .defer("newer__text", "newer__pages")
        .order_by("-pk")
    ):
        checks.setdefault(check.snapshot_id, []).append(check)
    for piece in pieces:
        copy = _copy(piece, checks.get(piece.snapshot_id or 0, []))
        setattr(piece, "copy", copy)  # noqa: B010 - not a field
    return pieces


def copy_of(piece: Evidence) -> Copy:
    (attached_one,) = attached([piece])
    copy: Copy = attached_one.copy  # type: ignore[attr-defined]
    return copy


def _copy(piece: Evidence, checks: list[SnapshotCheck]) -> Copy:
    standing = piece.snapshot.standing if piece.snapshot else ""
    return Copy(
        piece,
        piece.snapshot,
        news=next(
            (c for c in checks if c.found == standing and c.found in NEWS and not c.seen_by_id),
            None,
        ),
        newest=next((c.newer for c in checks if c.newer), None),
    )


@dataclass(frozen=True)
class Worn:
    """Evidence whose page is not what it was, for those who start their day."""

    pieces: list[Evidence]
    count: str


def worn(user: User) -> Worn:
    """Pieces whose page has changed, moved or gone, and that nobody has looked at since."""
    last = SnapshotCheck.objects.filter(
        snapshot=OuterRef("snapshot"),
        found=F("snapshot__standing"),
        found__in=NEWS,
        seen_by__isnull=True,
    ).order_by("-pk")
    seen_claims = Claim.objects.filter(permissions.visible(user))
    pieces = (
        Evidence.objects.filter(snapshot__standing__in=NEWS, claim__in=seen_claims)
        .annotate(news=Subquery(last.values("pk")[:1]))
        .filter(news__isnull=False)
        .order_by("-news")
    )
    found = list(with_copies(pieces).select_related("claim", "snapshot")[: SHOWN + 1])
    return Worn(found[:SHOWN], at_most(pieces) if len(found) > SHOWN else str(len(found)))
