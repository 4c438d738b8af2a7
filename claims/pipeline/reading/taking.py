"""Reading the chosen pages: taken by compare-and-set, fetched at once, written as they come.

A page is taken with a lease and a fencing number of attempts, like a lookup: a worker that dies
loses nothing, and one that comes back late overwrites nothing. A host is asked for one page at a
time and no faster than it wants, by all workers together.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import WANTED_STATES, Reading
from claims.pipeline import _traffic as traffic
from claims.pipeline.reading import choosing, writing
from claims.pipeline.reading.fetching import ReadPage, fetch
from claims.sources._http import FetchError
from claims.sources._text import Unreadable

log = logging.getLogger(__name__)

AT_ONCE = 8
ATTEMPTS = 3
LEASE = timedelta(seconds=90)
SLICE_SECONDS = 10.0
# A host's pause as short as this is waited for; a longer one is the next turn's.
SHORT_PAUSE = timedelta(seconds=3)

Failure = FetchError | Unreadable


@dataclass(frozen=True)
class Host:
    """A host's share: see `traffic.Limited`. What its robots.txt wants comes on top."""

    name: str
    per_minute: int = 30
    concurrency: int = 1
    least_seconds: float = 1.0


# One reader at a time keeps eight requests open, and leaves the other workers to those who wait.
READER = Host("reading", per_minute=600, least_seconds=0.0)


def is_due(now: datetime) -> bool:
    return _readable(now).exists() or choosing.waiting_for_choice(now).exists()


def read() -> int:
    """Reads what is due for a slice of time; gives how many pages were dealt with. None while
    another worker reads."""
    leave = traffic.take(READER, 1)
    if not leave.places:
        return 0
    try:
        return _read_due()
    finally:
        traffic.give_back(READER, leave.places)


def _read_due() -> int:
    choosing.choose()
    until = time.monotonic() + SLICE_SECONDS
    dealt_with = 0
    while time.monotonic() < until:
        taken = _take(AT_ONCE)
        if taken:
            _read_all(taken)
            dealt_with += len(taken)
        elif _readable(timezone.now() + SHORT_PAUSE).exists():
            time.sleep(0.25)
        else:
            break
    return dealt_with


def _readable(at: datetime) -> QuerySet[Reading]:
    """Pages that were chosen, for claims that somebody wants and that are not confidential."""
    return Reading.objects.due(at).filter(
        score__isnull=False,
        claim__state__in=WANTED_STATES,
        claim__article__confidential=False,
    )


def _take(most: int) -> list[tuple[Reading, Host, str]]:
    """At most so many due pages, now this worker's, each with its place at its host."""
    taken: list[tuple[Reading, Host, str]] = []
    now = timezone.now()
    for row in _readable(now).select_related("claim").order_by("-score", "pk")[: 4 * most]:
        if row.attempts >= ATTEMPTS:
            _update(row, state=Reading.State.GAVE_UP, reason=_given_up(row), finished_at=now)
            continue
        host = Host(f"host:{urlsplit(row.url).hostname}")
        leave = traffic.take(host, 1)
        if not leave.places:
            _update(row, next_at=now + timedelta(seconds=leave.wait))
            continue
        if not _update(
            row, state=Reading.State.RUNNING, attempts=row.attempts + 1, next_at=now + LEASE
        ):
            traffic.give_back(host, leave.places)
            continue
        row.attempts += 1
        row.state = Reading.State.RUNNING
        row.next_at = now + LEASE
        taken.append((row, host, leave.places[0]))
        if len(taken) == most:
            break
    return taken


def _given_up(row: Reading) -> str:
    return row.reason or _("The worker died every time it read this page.")


def _read_all(taken: Sequence[tuple[Reading, Host, str]]) -> None:
    """Waiting for the network happens in threads; every row is written by this one."""
    with ThreadPoolExecutor(max_workers=len(taken)) as pool:
        running = {pool.submit(_fetch, row): (row, host, place) for row, host, place in taken}
        for done in as_completed(running):
            row, host, place = running[done]
            outcome = done.result()
            traffic.give_back(host, [place])
            if pause := _pause(outcome):
                traffic.failed(host, 0, pause)
            _store(row, outcome)


def _pause(outcome: ReadPage | Failure) -> float:
    """Seconds for which the host wants to be left alone by all of us."""
    if isinstance(outcome, ReadPage):
        return outcome.pause
    return (outcome.retry_after or 0.0) if isinstance(outcome, FetchError) else 0.0


def _fetch(row: Reading) -> ReadPage | Failure:
    try:
        return fetch(row.url)
    except (FetchError, Unreadable) as error:
        return error
    except Exception:
        # A fault of ours, not of the page: said as such, and in the log with its traceback.
        log.exception("page %s could not be read", row.url)
        return Unreadable(_("An error in our own code. The log of the worker has it."))


def _store(row: Reading, outcome: ReadPage | Failure) -> None:
    now = timezone.now()
    if isinstance(outcome, ReadPage):
        writing.write(row, outcome)
    elif isinstance(outcome, FetchError) and not outcome.permanent and row.attempts < ATTEMPTS:
        pause = outcome.retry_after or 5 * 3 ** (row.attempts - 1) * random.uniform(1, 1.5)  # noqa: S311
        _update(
            row,
            state=Reading.State.WAITING,
            next_at=now + timedelta(seconds=pause),
            reason=outcome.message[:500],
        )
    else:
        _update(row, state=Reading.State.GAVE_UP, reason=outcome.message[:500], finished_at=now)


def _update(row: Reading, **fields: Any) -> bool:
    """Writes only if nobody has taken the row since, and it may still be read. Gives whether."""
    return bool(Reading.objects.filter(writing.as_taken(row)).update(**fields))
