"""Asking the Internet Archive for a copy of its own, once ours is kept (Save Page Now 2).

`archive_next_at` is the to-do note and the lease; a worker that comes back late writes nothing. What
is sent is the page's address, and only of evidence that may be told (`due_for_archiving`).
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Snapshot
from claims.models.snapshots import SnapshotQuerySet
from claims.pipeline._door import door
from claims.sources.base import SourceError
from claims.sources.internet_archive import Saving, save, saved

LEASE = timedelta(seconds=90)
# Asking for it and asking how far it is are both an attempt; a copy takes minutes.
ATTEMPTS = 30
WHILE_IT_IS_MADE = timedelta(seconds=45)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=12)


def archives() -> bool:
    """Whether the desk has a key of the Internet Archive."""
    return bool(settings.ARCHIVE_KEY)


def archive_due() -> int:
    """Asks for one copy that is due, or how far it is; gives how many were dealt with."""
    row = _take() if archives() else None
    if row is None:
        return 0
    api, key = settings.ARCHIVE_SAVE_URL, settings.ARCHIVE_KEY or ""
    try:
        if row.archive_job:
            _store(row, saved(door(), row.archive_job, api=api, key=key))
        else:
            _store(row, save(door(), row.url, api=api, key=key, now=timezone.now()))
    except SourceError as error:
        _failed(row, error)
    return 1


def _take() -> Snapshot | None:
    now = timezone.now()
    with transaction.atomic():
        row = (
            Snapshot.objects.due_for_archiving(now)
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("archive_next_at", "pk")
            .first()
        )
        if row is None:
            return None
        row.archive_next_at = now + LEASE
        row.archive_attempts += 1
        Snapshot.objects.filter(pk=row.pk).update(
            archive_next_at=row.archive_next_at, archive_attempts=row.archive_attempts
        )
    return row


def _store(row: Snapshot, saving: Saving) -> None:
    if saving.state == "made":
        _mine(row).update(
            archive_url=saving.where[:2000], archive_job="", archive_reason="", archive_next_at=None
        )
    elif row.archive_attempts >= ATTEMPTS:
        _mine(row).update(
            archive_next_at=None, archive_job="", archive_reason=_("It was not done in time.")
        )
    else:
        _mine(row).update(
            archive_job=saving.where[:100], archive_next_at=timezone.now() + WHILE_IT_IS_MADE
        )


def _failed(row: Snapshot, error: SourceError) -> None:
    """A refusal ends it; what may pass is tried again, after the pause we were asked for."""
    reason = error.message[:500]
    if error.permanent or row.archive_attempts >= ATTEMPTS:
        _mine(row).update(archive_next_at=None, archive_job="", archive_reason=reason)
        return
    pause = min(FIRST_PAUSE * 2 ** min(row.archive_attempts - 1, 10), LONGEST_PAUSE)
    pause *= random.uniform(0.8, 1.2)  # noqa: S311
    if error.retry_after is not None:
        pause = max(pause, timedelta(seconds=error.retry_after))
    again = timezone.now() + pause
    _mine(row).update(archive_next_at=again, archive_job="", archive_reason=reason)
    if error.retry_after is not None:
        _leave_alone(timezone.now() + timedelta(seconds=error.retry_after))


def _mine(row: Snapshot) -> SnapshotQuerySet:
    return Snapshot.objects.filter(pk=row.pk, archive_next_at=row.archive_next_at)


def _leave_alone(until: datetime) -> None:
    """The archive asked us to wait: no other copy is asked for before then."""
    Snapshot.objects.filter(
        state=Snapshot.State.KEPT, archive_next_at__isnull=False, archive_next_at__lt=until
    ).update(archive_next_at=until)
