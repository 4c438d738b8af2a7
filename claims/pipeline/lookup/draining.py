"""Asking one source about its due claims: taken by compare-and-set, asked at once, stored as they come.

A row is taken with a lease and a fencing number of attempts: a worker that dies loses nothing, and
one that comes back late overwrites nothing. Waiting for the network happens in threads, as many as
the source's concurrency; every row is written by the one thread that took it.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Lookup, Reading
from claims.pipeline import _traffic as traffic
from claims.pipeline.lookup import budget
from claims.pipeline.lookup.asking import HAS_ANSWER, may_be_asked, usable
from claims.pipeline.lookup.context import context_for
from claims.pipeline.lookup.pages import worth_reading
from claims.pipeline.lookup.questions import READS, asked_of
from claims.sources.base import Answer, Context, Query, Source, SourceError

log = logging.getLogger(__name__)

ATTEMPTS = 4
LEASE = timedelta(seconds=60)
# A drain's turn: short enough for other tasks to get theirs. What is open then is waited for.
SLICE_SECONDS = 20.0
WRITE_SECONDS = 0.25
# Our own rows answer in milliseconds: so many are taken and written in one transaction.
BATCH_INSIDE = 20

Outcome = Answer | SourceError


def drain(source_name: str) -> int:
    """Asks one source about its due claims, within its limits; gives how many rows were dealt with."""
    source = usable().get(source_name)
    if source is None:
        return 0
    context = context_for(source)
    if source.sends_text_to_third_party:
        return _drain_outside(source, context)
    return _drain_inside(source, context)


def _drain_inside(source: Source, context: Context) -> int:
    until = time.monotonic() + SLICE_SECONDS
    dealt_with = 0
    while time.monotonic() < until and (rows := _take(source, BATCH_INSIDE)):
        _store([(row, _ask(source, row, asked_of(row), context)) for row in rows])
        dealt_with += len(rows)
    return dealt_with


def _drain_outside(source: Source, context: Context) -> int:
    """Keeps as many requests open as the source allows; what has ended is written in handfuls,
    because every transaction of this worker keeps the others waiting."""
    ended: SimpleQueue[tuple[Lookup, str, Outcome | BaseException]] = SimpleQueue()
    until = time.monotonic() + SLICE_SECONDS
    written = time.monotonic()
    dealt_with = open_now = 0
    unwritten: list[tuple[Lookup, Outcome]] = []
    healthy = False
    with _rows(source) as taken, ThreadPoolExecutor(max_workers=source.concurrency) as pool:

        def ask(row: Lookup, place: str, query: Query) -> None:
            try:
                ended.put((row, place, _ask(source, row, query, context)))
            except BaseException as end:  # The worker is being ended, and must not wait for us.
                ended.put((row, place, end))

        while True:
            if time.monotonic() < until and (waiting := taken.ready(source.concurrency - open_now)):
                for row, place in zip(
                    waiting, traffic.take(source, len(waiting)).places, strict=False
                ):
                    pool.submit(ask, taken.pop(row), place, asked_of(row))
                    open_now += 1
            batch = _all_of(ended) if open_now else []
            open_now -= len(batch)
            dealt_with += len(batch)
            unwritten += [(row, outcome) for row, _place, outcome in batch]
            if not open_now or time.monotonic() - written > WRITE_SECONDS:
                _store(unwritten)
                unwritten.clear()
                written = time.monotonic()
            if not batch:
                return dealt_with
            traffic.give_back(source, [place for _row, place, _outcome in batch])
            healthy = _tell_breaker(source, [outcome for *_of, outcome in batch], healthy)


class _Taken:
    """Rows this worker holds and has not asked yet; taken a handful at a time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._rows: dict[int, Lookup] = {}
        self._more = True

    def ready(self, wanted: int) -> list[Lookup]:
        if wanted > 0 and not self._rows and self._more:
            most = min(self._source.concurrency, self._source.per_minute)
            taken = _take(self._source, most)
            self._rows = {row.pk: row for row in taken}
            self._more = len(taken) > 0
        return list(self._rows.values())[: max(wanted, 0)]

    def pop(self, row: Lookup) -> Lookup:
        return self._rows.pop(row.pk)

    def let_go(self) -> None:
        """Rows that got no leave wait for the next turn; this one was no attempt."""
        for row in self._rows.values():
            _update(
                row,
                state=Lookup.State.WAITING,
                attempts=F("attempts") - 1,
                next_at=timezone.now(),
                started_at=None,
            )


@contextmanager
def _rows(source: Source) -> Iterator[_Taken]:
    taken = _Taken(source)
    try:
        yield taken
    finally:
        taken.let_go()


def _all_of(
    ended: SimpleQueue[tuple[Lookup, str, Outcome | BaseException]],
) -> list[tuple[Lookup, str, Outcome]]:
    """What has ended by now, at least one."""
    batch: list[tuple[Lookup, str, Outcome]] = []
    try:
        while True:
            row, place, outcome = ended.get(block=not batch)
            if not isinstance(outcome, Answer | SourceError):
                raise outcome
            batch.append((row, place, outcome))
    except Empty:
        return batch


def _tell_breaker(source: Source, outcomes: Sequence[Outcome], healthy: bool) -> bool:
    """Counts failures that may pass; gives whether the source is known to work."""
    errors = [o for o in outcomes if isinstance(o, SourceError) and not o.permanent]
    if len(errors) < len(outcomes):
        if not healthy:
            traffic.answered(source)
        return True
    traffic.failed(source, len(errors), max(e.retry_after or 0.0 for e in errors))
    return False


def _take(source: Source, most: int) -> list[Lookup]:
    """At most so many due rows, now this worker's. Rows that may not be asked any more are ended."""
    now = timezone.now()
    due = Lookup.objects.due(now).filter(source=source.name)
    if source.sends_text_to_third_party:
        most = min(most, budget.left(now))
        if most <= 0:
            tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            due.update(
                next_at=tomorrow,
                deadline_at=None,
                reason=_("The day's budget of requests is spent."),
            )
            return []
    taken = []
    # On SQLite the transaction is IMMEDIATE: nobody else takes between the look and the taking.
    with transaction.atomic():
        rows = (
            due.select_related("claim__article")
            .prefetch_related(*READS)
            .select_for_update(skip_locked=True, of=("self",))
            .order_by("next_at", "pk")[:most]
        )
        for row in rows:
            if why := _why_not(source, row, now):
                _finish(row, Lookup.State.GAVE_UP, reason=why)
            else:
                taken.append(row)
        Lookup.objects.filter(pk__in=[row.pk for row in taken]).update(
            state=Lookup.State.RUNNING,
            attempts=F("attempts") + 1,
            next_at=now + LEASE,
            started_at=now,
            reason="",
        )
    for row in taken:
        row.attempts += 1
        row.started_at = now
    return taken


def _why_not(source: Source, row: Lookup, now: datetime) -> str:
    if row.attempts >= ATTEMPTS:
        return _("The worker died every time it asked.")
    if row.deadline_at is not None and row.deadline_at < now:
        return row.reason or _("No answer before the deadline.")
    if not may_be_asked(source, row.claim):
        return _("Not asked: nobody wants this claim now, or its article is confidential.")
    return ""


def _ask(source: Source, row: Lookup, query: Query, context: Context) -> Outcome:
    try:
        return source.lookup(query, context)
    except SourceError as error:
        return error
    except Exception:
        # A fault of ours, not of the source: said as such, and in the log with its traceback.
        log.exception("source %s failed on claim %s", source.name, row.claim_id)
        return SourceError(
            _("An error in our own code for this source. The log of the worker has it."),
            permanent=True,
        )


@transaction.atomic
def _store(batch: Sequence[tuple[Lookup, Outcome]]) -> None:
    to_be_read: list[Reading] = []
    for row, outcome in batch:
        if isinstance(outcome, Answer):
            if _finish(
                row,
                Lookup.State.ANSWERED if outcome.hits else Lookup.State.NOTHING,
                hits=[
                    asdict(hit) | {"published": hit.published and hit.published.isoformat()}
                    for hit in outcome.hits
                ],
                asked=outcome.asked,
            ):
                to_be_read += worth_reading(row, outcome.hits)
        elif outcome.permanent or row.attempts >= ATTEMPTS:
            _finish(row, Lookup.State.GAVE_UP, reason=outcome.message[:500])
        else:
            pause = outcome.retry_after or 5 * 3 ** (row.attempts - 1) * random.uniform(1, 1.5)  # noqa: S311
            _update(
                row,
                state=Lookup.State.WAITING,
                next_at=timezone.now() + timedelta(seconds=pause),
                reason=outcome.message[:500],
            )
    # A page that another source has named is noted already.
    Reading.objects.bulk_create(to_be_read, ignore_conflicts=True)


def _finish(row: Lookup, state: Lookup.State, **fields: Any) -> bool:
    return _update(row, state=state, finished_at=timezone.now(), **fields)


def _update(row: Lookup, **fields: Any) -> bool:
    """Writes only if no other worker has taken the row since, not even in another asking: asking
    again counts the attempts from 0, and an old answer may be to another statement. Gives whether
    it wrote."""
    written = Lookup.objects.filter(
        pk=row.pk, attempts=row.attempts, started_at=row.started_at
    ).exclude(state__in=HAS_ANSWER)
    return written.update(**fields) == 1
