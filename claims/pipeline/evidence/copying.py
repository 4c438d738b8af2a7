"""Copying pages that an editor chose as evidence: fetched, kept as a WARC file, their words read.

A row is taken with a lease and a number of attempts as the fence: a worker that dies loses nothing,
and one that comes back late writes nothing. What is sent to the page's server is its address and the
desk's name, never a word of the claim.
"""

from __future__ import annotations

import hashlib
import logging
import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, Evidence, Snapshot
from claims.models.snapshots import WATCHED_EVERY
from claims.pipeline._door import door
from claims.pipeline._rights import EDITABLE
from claims.pipeline.evidence.words import Words, words_of
from claims.sources import _warc
from claims.sources._http import Door, FetchError, Page

log = logging.getLogger(__name__)

AT_ONCE = 4
ATTEMPTS = 4
# More than a fetch and the reading of a PDF may take together.
LEASE = timedelta(seconds=120)
MAX_BYTES = 30 * 1024 * 1024
TOTAL_SECONDS = 30.0
PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))

Fetched = tuple[Page, Words]


def copy_due() -> int:
    """Copies what is due, a few at once; gives how many were dealt with."""
    rows = _take()
    if rows:
        outside = door()
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            outcomes = list(pool.map(lambda row: fetch(outside, row.url), rows))
        for row, outcome in zip(rows, outcomes, strict=True):
            if isinstance(outcome, FetchError):
                _failed(row, outcome)
            else:
                _keep(row, *outcome)
    return len(rows)


def fetch(
    outside: Door, url: str, led: Callable[[str], object] | None = None
) -> Fetched | FetchError:
    """The page and its words; no error of a page's leaves this thread. `led`: see `Door.get`."""
    try:
        page = outside.get(url, max_bytes=MAX_BYTES, total_seconds=TOTAL_SECONDS, led=led)
        return page, words_of(page)
    except FetchError as error:
        return error
    except Exception:
        log.exception("copying %s failed in our own code", url)
        return FetchError(
            _("An error of ours while copying the page; the log of the worker has it."),
            permanent=True,
        )


def written(snapshot: Snapshot, page: Page, words: Words, at: datetime, name: str) -> None:
    """Fills a row that is to be kept and writes its file. The caller saves the row."""
    snapshot.state = Snapshot.State.KEPT
    snapshot.final_url = page.final_url[:2000]
    snapshot.media_type = words.media_type
    snapshot.title = words.title.replace("\x00", "")
    snapshot.text = words.text
    snapshot.pages = list(words.pages)
    snapshot.reason = words.note[:500]
    snapshot.sha256 = hashlib.sha256(page.body).hexdigest()
    snapshot.fetched_at = snapshot.checked_at = snapshot.archive_next_at = at
    software = f"Touchstone/{settings.VERSION}"
    snapshot.warc.save(
        f"{name}.warc.gz", ContentFile(_warc.packed(page, at=at, software=software)), save=False
    )


def next_look(now: datetime) -> datetime:
    """In about a week: not all pages on one day."""
    return now + WATCHED_EVERY * random.uniform(0.85, 1.15)  # noqa: S311


def _take() -> list[Snapshot]:
    now = timezone.now()
    with transaction.atomic():
        Snapshot.objects.due(now).filter(attempts__gte=ATTEMPTS).update(
            state=Snapshot.State.GAVE_UP, reason=_("The worker died every time it copied.")
        )
        rows = list(
            Snapshot.objects.due(now)
            .select_for_update(skip_locked=True)
            .order_by("next_at", "pk")[:AT_ONCE]
        )
        Snapshot.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=Snapshot.State.RUNNING, attempts=F("attempts") + 1, next_at=now + LEASE
        )
    for row in rows:
        row.attempts += 1
    return rows


def _keep(row: Snapshot, page: Page, words: Words) -> None:
    now = timezone.now()
    written(row, page, words, now, f"{row.pk}-{row.attempts}")
    with transaction.atomic():
        # Claims before copies, as everybody locks them who chooses evidence.
        _claims_resting_on(row)
        kept = Snapshot.objects.filter(
            pk=row.pk, state=Snapshot.State.RUNNING, attempts=row.attempts
        ).update(**{name: getattr(row, name) for name in _KEPT}, warc=row.warc.name)
        if kept:
            _place_quotes(row)
            if Snapshot.objects.resting().filter(pk=row.pk).exists():
                Snapshot.objects.filter(pk=row.pk).update(check_next_at=next_look(now))
    if not kept:
        row.warc.delete(save=False)  # Another worker has taken it over.


def _claims_resting_on(row: Snapshot) -> list[Claim]:
    """Locked until the transaction ends."""
    pieces = Evidence.objects.filter(snapshot=row).values("claim")
    return list(Claim.objects.select_for_update(no_key=True).filter(pk__in=pieces).order_by("pk"))


def _place_quotes(row: Snapshot) -> None:
    """Finds what editors have quoted before the copy was there. A verdict that is being reviewed
    stays as it was proposed, its page numbers too."""
    open_ones = [claim for claim in _claims_resting_on(row) if claim.state in EDITABLE]
    for piece in Evidence.objects.filter(snapshot=row, claim__in=open_ones).exclude(quote=""):
        piece.snapshot = row
        piece.place_quote()
        piece.save(update_fields=["quote_start", "quote_end", "page"])


_KEPT = (
    "state", "final_url", "media_type", "title", "text", "pages", "reason", "sha256",
    "fetched_at", "checked_at", "archive_next_at",
)  # fmt: skip


def _failed(row: Snapshot, error: FetchError) -> None:
    mine = Snapshot.objects.filter(pk=row.pk, state=Snapshot.State.RUNNING, attempts=row.attempts)
    reason = error.message[:500]
    if error.permanent or row.attempts >= ATTEMPTS:
        mine.update(state=Snapshot.State.GAVE_UP, reason=reason)
        return
    pause = PAUSES[min(row.attempts, len(PAUSES)) - 1] * random.uniform(0.8, 1.2)  # noqa: S311
    if error.retry_after is not None:
        pause = max(pause, timedelta(seconds=error.retry_after))
    mine.update(state=Snapshot.State.WAITING, next_at=timezone.now() + pause, reason=reason)
