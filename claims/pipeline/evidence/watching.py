"""Looking at copied pages again: still there, changed, moved, or gone.

A look is due by the row's `check_next_at`, which moves ahead as the lease while a worker looks and is
its fence when it writes. The desk is told by `SnapshotCheck` rows, until somebody has seen them.
"""

from __future__ import annotations

import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Evidence, Snapshot, SnapshotCheck
from claims.models.snapshots import CHECK_LEASE
from claims.pipeline._door import door
from claims.pipeline._rights import need
from claims.pipeline.evidence.comparing import says_the_same
from claims.pipeline.evidence.copying import AT_ONCE, Fetched, fetch, next_look, written
from claims.sources._http import Door, FetchError, FetchRefused
from claims.sources._robots import Robots
from claims.workflow import IllegalMove

Standing = Snapshot.Standing
# A page that was not reached is tried again a day later; with so many failures in as many days it is
# called gone.
AFTER_A_FAILURE = timedelta(days=1)
UNREACHED_LOOKS = 4
UNREACHED_WITHIN = timedelta(days=5)


@dataclass(frozen=True)
class Look:
    """What a look found. `fresh` is the page as it is now, where it says something else."""

    found: Snapshot.Standing
    status: int | None = None
    moved_to: str = ""
    fresh: Fetched | None = None


def check_due() -> int:
    """Looks at the pages that are due, a few at once; gives how many were dealt with."""
    rows = _take()
    if rows:
        outside = door()
        robots = Robots(outside)
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            outcomes = list(pool.map(lambda row: _visit(outside, robots, row.url), rows))
        for row, outcome in zip(rows, outcomes, strict=True):
            if outcome is None:
                mine = Snapshot.objects.filter(pk=row.pk, check_next_at=row.check_next_at)
                mine.update(check_next_at=next_look(timezone.now()))
            else:
                _write(row, _look(row, outcome))
    return len(rows)


def _visit(outside: Door, robots: Robots, url: str) -> Fetched | FetchError | None:
    """None: the site does not want machines to come by themselves. The copy itself was a person's
    wish, as a look with a browser is; this visit is nobody's."""
    unwanted = []

    def ask(address: str) -> None:
        try:
            robots.pause(address)
        except FetchRefused:
            unwanted.append(address)
            raise

    try:
        ask(url)
    except FetchRefused:
        return None
    except FetchError as error:
        return error
    found = fetch(outside, url, led=ask)
    return None if unwanted else found


@transaction.atomic
def look_again(*, snapshot: Snapshot, actor: User) -> None:
    """Has the page looked at now; a copy of it is kept if it says something else."""
    need(actor, permissions.RESEARCH)
    if not Snapshot.objects.filter(pk=snapshot.pk, state=Snapshot.State.KEPT).update(
        check_next_at=timezone.now()
    ):
        raise IllegalMove(_("There is no copy yet to hold the page against."))


@transaction.atomic
def seen(*, snapshot: Snapshot, actor: User) -> None:
    """Somebody knows now what became of the page, and nobody is told any more."""
    need(actor, permissions.RESEARCH)
    snapshot.checks.filter(seen_by=None).update(seen_by=actor)


def _take() -> list[Snapshot]:
    now = timezone.now()
    with transaction.atomic():
        rows = list(
            Snapshot.objects.due_for_checking(now)
            .select_for_update(skip_locked=True)
            .order_by("check_next_at", "pk")[:AT_ONCE]
        )
        Snapshot.objects.filter(pk__in=[row.pk for row in rows]).update(
            check_next_at=now + CHECK_LEASE
        )
    for row in rows:
        row.check_next_at = now + CHECK_LEASE
    return rows


def _look(row: Snapshot, outcome: Fetched | FetchError) -> Look:
    if isinstance(outcome, FetchError):
        gone = outcome.status in (404, 410)
        return Look(Standing.GONE if gone else Standing.UNREACHABLE, outcome.status)
    page, _words = outcome
    same = _says_the_same(row, outcome)
    if _place(page.final_url) != _place(row.final_url):
        if not page.for_good:
            # Perhaps a page that asks for a log-in or a consent: it is not what was copied.
            return Look(Standing.THERE if same else Standing.UNREACHABLE, page.status)
        if not same and urlsplit(page.final_url).path in ("", "/"):
            return Look(Standing.GONE, page.status, page.final_url[:2000])
        return Look(Standing.MOVED, page.status, page.final_url[:2000], None if same else outcome)
    return Look(
        Standing.THERE if same else Standing.CHANGED, page.status, fresh=None if same else outcome
    )


def _says_the_same(copy: Snapshot, outcome: Fetched) -> bool:
    page, words = outcome
    if not copy.text and not words.text:
        # A picture, a scan: only the bytes can be held against each other.
        return hashlib.sha256(page.body).hexdigest() == copy.sha256
    if not says_the_same(copy.text, words.text):
        return False
    quotes = Evidence.objects.filter(snapshot=copy, quote_start__isnull=False)
    return all(
        " ".join(quote.split()) in " ".join(words.text.split())
        for quote in quotes.values_list("quote", flat=True)
    )


def _place(url: str) -> tuple[str, str, str]:
    """Of an address what makes it another place: not its scheme, "www." or a slash at its end."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    return host, parts.path.rstrip("/"), parts.query


def _write(row: Snapshot, look: Look) -> None:
    now = timezone.now()
    found = look.found
    if found == Standing.UNREACHABLE and (row.standing == Standing.GONE or _unreached(row, now)):
        found = Standing.GONE
    fresh = look.fresh
    newest = row.checks.filter(newer__isnull=False).select_related("newer").first()
    if fresh and newest and newest.newer and _says_the_same(newest.newer, fresh):
        fresh = None  # That copy is there already.
    copied = None
    if fresh:
        copied = Snapshot(url=row.url)
        written(copied, *fresh, now, f"{row.pk}-{now:%Y%m%d%H%M%S}")
    told = row.checks.exclude(found=Standing.UNREACHABLE).first()
    is_news = (
        found == Standing.UNREACHABLE
        or found != (told.found if told else Standing.THERE)
        or copied is not None
    )
    with transaction.atomic():
        mine = Snapshot.objects.filter(pk=row.pk, check_next_at=row.check_next_at)
        kept = mine.update(standing=found, checked_at=now, check_next_at=_next(row, found, now))
        if kept and copied:
            copied.save()
        if kept and is_news:
            SnapshotCheck.objects.create(
                snapshot=row,
                found=found,
                status=look.status,
                moved_to=look.moved_to,
                newer=copied,
                at=now,
            )
    if not kept and copied:
        copied.warc.delete(save=False)  # Another worker has looked meanwhile.


def _unreached(row: Snapshot, now: datetime) -> bool:
    """Whether it could not be reached for days: looks that fail come daily, others weekly."""
    failed = row.checks.filter(found=Standing.UNREACHABLE, at__gt=now - UNREACHED_WITHIN)
    days = failed.aggregate(looks=Count("pk"), first=Min("at"))
    return bool(days["looks"] >= UNREACHED_LOOKS - 1 and days["first"] < now - UNREACHED_WITHIN / 2)


def _next(row: Snapshot, found: Snapshot.Standing, now: datetime) -> datetime | None:
    if not Snapshot.objects.resting().filter(pk=row.pk).exists():
        return None
    if found == Standing.UNREACHABLE:
        return now + AFTER_A_FAILURE * random.uniform(0.8, 1.2)  # noqa: S311
    return next_look(now)
