"""The background's turn: reads what is new and tells those whom it concerns."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.models import Comment, Cursor, Match, Notification, Transition
from claims.pipeline import _streams
from claims.pipeline.telling import keeping
from claims.pipeline.telling.events import Audience, audience
from claims.pipeline.telling.moves import OUT_OF_REVIEW, from_moves
from claims.pipeline.telling.others import from_comments, from_dates, from_matches

READER = "telling"
DATES = "telling.dates"
# Dates are looked at from so long before the last look: a due date may be set on a day just gone.
OVERLAP = timedelta(minutes=10)
# Of a desk that slept, what became late longer ago is no news.
LONGEST = timedelta(days=7)
# Of what is repeated more often than that, the newest are told.
MOST_AGAIN = 200


def is_due(now: datetime) -> bool:
    return _streams.due(READER, now)


def tell() -> None:
    """Tells all that is new, if nobody else is at it. May be stopped anywhere and run again."""
    if not _streams.take(READER, timezone.now()):
        return
    who = audience()
    moves = Transition.objects.filter(subject=Transition.Subject.CLAIM)
    for part in _streams.unread("telling.moves", moves, time="at"):
        with transaction.atomic():
            keeping.keep(from_moves(part, who), who)
            _settle(part)
        _tell_published(part, who)
    comments = Comment.objects.select_related("claim", "link").prefetch_related("mentions")
    for part in _streams.unread("telling.comments", comments, time="at"):
        keeping.keep(from_comments(part, who), who)
    found = Match.objects.only("suggested_at")
    for part in _streams.unread("telling.matches", found, time="suggested_at"):
        _tell_again([match.pk for match in part], who)
    _tell_dates(who)
    _streams.rest(READER)


def _tell_again(numbers: list[int], who: Audience, at: datetime | None = None) -> None:
    again = Match.objects.seen_again().filter(pk__in=numbers)
    rows = list(again.select_related("claim", "earlier__membership__head"))
    if rows:
        keeping.keep(from_matches(rows, who, at), who)


def _tell_published(moves: list[Transition], who: Audience) -> None:
    """Repetitions that were suggested before the verdict was public become news with it; the key of
    an event sees to it that each is told once."""
    published = {move.subject_id: move.at for move in moves if move.action == "publish"}
    if not published:
        return
    waiting = Match.objects.suggested().filter(
        Q(earlier__in=published) | Q(earlier__membership__head__in=published)
    )
    newest = waiting.order_by("-pk").values_list("pk", flat=True)[:MOST_AGAIN]
    _tell_again(list(newest), who, at=max(published.values()))


def _tell_dates(who: Audience) -> None:
    now = timezone.now()
    cursor, _new = Cursor.objects.get_or_create(name=DATES, defaults={"next_at": now})
    since = max(cursor.next_at, now - LONGEST) - OVERLAP
    keeping.keep(from_dates(since, now, who), who)
    Cursor.objects.filter(name=DATES).update(next_at=now)


def _settle(moves: list[Transition]) -> None:
    """Whoever was told to review what a colleague has decided on meanwhile need not read it."""
    decided = {move.subject_id: move.at for move in moves if move.action in OUT_OF_REVIEW}
    if not decided:
        return
    moot = Q()
    for claim, at in decided.items():
        moot |= Q(claim=claim, at__lte=at)
    Notification.objects.filter(
        moot, kind=Notification.Kind.TO_REVIEW, read_at__isnull=True
    ).update(read_at=timezone.now())
