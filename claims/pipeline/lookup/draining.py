"""Asking one source about its due claims: taken by compare-and-set, asked at once, stored as they come.

A row is taken with a lease and a fencing number of attempts: a worker that dies loses nothing, and
one that comes back late overwrites nothing. Waiting for the network happens in threads, as many as
the source's concurrency; every row is written by the one thread that took it.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
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
from claims.pipeline.lookup.crew import Crew, Outcome
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
    """Keeps as many requests open as the source allows. Answers are written in handfuls, because
    every transaction of this worker keeps the others waiting."""
    until = time.monotonic() + SLICE_SECONDS
    crew = Crew(source, lambda row, query: _ask(source, row, query, context))
    most = min(2 * source.concurrency, source.per_minute)
    dealt_with = 0
    more = True
    works: bool | None = None
    try:
        while True:
            if time.monotonic() < until:
                if more and crew.ahead < most:
                    taken = _take(source, most - crew.ahead)
                    more = bool(taken)
                    crew.hold((row, asked_of(row)) for row in taken)
                crew.go_on()
            else:
                _let_go(crew.left())
            if not crew.at_work:
                return dealt_with
            answered = crew.gather(WRITE_SECONDS)
            if answered:
                _store(answered)
                dealt_with += len(answered)
                works = _tell_breaker(source, [o for _row, o in answered], works=works)
                if works is False:
                    _let_go(crew.left())
                    more = True
    finally:
        _let_go(crew.left())


def _let_go(rows: Sequence[Lookup]) -> None:
    """Rows that got no leave wait for the next turn; this one was no attempt."""
    for row in rows:
        _update(
            row,
            state=Lookup.State.WAITING,
            attempts=F("attempts") - 1,
            next_at=timezone.now(),
            started_at=None,
        )


def _tell_breaker(
    source: Source, outcomes: Sequence[Outcome], *, works: bool | None
) -> bool | None:
    """Counts failures that may pass; gives whether the source works, None while that is not known:
    where nothing was sent, nothing is learnt."""
    told = [outcome for outcome in outcomes if isinstance(outcome, SourceError) or outcome.sent]
    errors = [o for o in told if isinstance(o, SourceError) and not o.permanent]
    if not told:
        return works
    if len(errors) < len(told):
        if not works:
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
    # On SQLite the transaction is IMMEDIATE: nobody else takes between the look and the taking.
    with transaction.atomic():
        mine = list(
            due.select_for_update(skip_locked=True)
            .order_by("next_at", "pk")
            .values_list("pk", flat=True)[:most]
        )
        Lookup.objects.filter(pk__in=mine).update(
            state=Lookup.State.RUNNING,
            attempts=F("attempts") + 1,
            next_at=now + LEASE,
            started_at=now,
        )
    taken = []
    for row in (
        Lookup.objects.filter(pk__in=mine)
        .select_related("claim__article")
        .prefetch_related(*READS)
        .order_by("requested_at", "pk")
    ):
        if why := _why_not(source, row, now):
            _finish(row, Lookup.State.GAVE_UP, reason=why)
        else:
            taken.append(row)
    return taken


def _why_not(source: Source, row: Lookup, now: datetime) -> str:
    if row.attempts > ATTEMPTS:
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
            # Where nobody was asked, nothing was started: it is no answer of the source, and costs
            # nothing of the day's budget.
            started = {} if outcome.sent else {"started_at": None}
            if _finish(
                row,
                Lookup.State.ANSWERED if outcome.hits else Lookup.State.NOTHING,
                **started,
                hits=[
                    asdict(hit) | {"published": hit.published and hit.published.isoformat()}
                    for hit in outcome.hits
                ],
                asked=outcome.asked,
                reason="",
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
