"""The lookup stage: one row per claim and source, asked in the background, its outcome stored.

Guard 9: for a found claim only our own data is asked. Sources that send text to a third party are
asked when an editor has queued the claim, within the day's budget, and never for a confidential
article. The guard is checked where the row is made and once more where the text would leave.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Lookup, Policy, State
from claims.pipeline._door import door
from claims.pipeline.lookup.search import search_rows
from claims.sources import registry
from claims.sources.base import Answer, Context, Query, Source, SourceError
from claims.workflow import IllegalMove

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
ATTEMPTS = 4
# What a drain takes at once: our own rows answer in milliseconds; of an outside source, no more than
# its slowest answers (20 s) leave room for within the lease.
BATCH_INSIDE = 20
BATCHES_OUTSIDE = 2
# Claims that somebody wants: the only ones whose text may leave the house.
WANTED = (State.QUEUED, State.RESEARCHING, State.WAITING, State.CORRECTING)
HAS_ANSWER = (Lookup.State.ANSWERED, Lookup.State.NOTHING, Lookup.State.GAVE_UP)


def missing_settings(source: Source) -> list[str]:
    """The settings a source needs and does not have; it is skipped until it has them."""
    return [name for name in source.needs if not getattr(settings, name, "")]


def usable() -> dict[str, Source]:
    return {name: source for name, source in registry().items() if not missing_settings(source)}


def may_be_asked(source: Source, claim: Claim) -> bool:
    """Guard 9, and whether the source knows the claim's language."""
    if claim.language not in source.languages:
        return False
    if not source.sends_text_to_third_party:
        return claim.state == State.FOUND or claim.state in WANTED
    return claim.state in WANTED and not claim.article.confidential


def open_missing(limit: int = 500) -> int:
    """Writes the lookup rows that claims are still without; gives how many. May run twice."""
    made = 0
    for name, source in usable().items():
        states = WANTED if source.sends_text_to_third_party else (State.FOUND, *WANTED)
        claims = Claim.objects.filter(
            ~Exists(Lookup.objects.filter(claim=OuterRef("pk"), source=name)),
            state__in=states,
            checkable=True,
            language__in=source.languages,
        )
        if source.sends_text_to_third_party:
            claims = claims.filter(article__confidential=False)
        for claim in claims.order_by("pk")[:limit]:
            try:
                made += Lookup.objects.get_or_create(claim=claim, source=name)[1]
            except IntegrityError:
                continue  # Splitting its article again has withdrawn the claim meanwhile.
    return made


@transaction.atomic
def request(*, claim: Claim, actor: User | None, sources: Iterable[str] | None = None) -> int:
    """Asks, or asks again; by an editor, or by itself (actor None) when a claim's date has come.

    All usable sources by default. Those that are being asked at the moment are left alone. Raises
    IllegalMove where the named sources may not be asked for this claim.
    """
    if actor is not None and not permissions.may(actor, permissions.RESEARCH):
        raise PermissionDenied(_("Asking sources is for editors."))
    known = usable()
    names = list(known) if sources is None else list(sources)
    if unknown := [name for name in names if name not in known]:
        raise IllegalMove(
            _("There is no usable source “%(name)s”. Known: %(known)s.")
            % {"name": unknown[0], "known": ", ".join(known)}
        )
    allowed = [name for name in names if may_be_asked(known[name], claim)]
    if not allowed:
        raise IllegalMove(
            _(
                "None of these sources may be asked now. Outside sources are asked once a claim "
                "is in the queue, and never for a confidential article."
            )
        )
    now = timezone.now()
    asked = 0
    for name in allowed:
        row, is_new = Lookup.objects.get_or_create(
            claim=claim, source=name, defaults={"requested_by": actor}
        )
        asked += is_new or Lookup.objects.filter(pk=row.pk, state__in=HAS_ANSWER).update(
            state=Lookup.State.WAITING,
            attempts=0,
            next_at=now,
            reason="",
            requested_at=now,
            requested_by=actor,
            started_at=None,
            finished_at=None,
        )
    return asked


def drain(source_name: str) -> int:
    """Asks one source about its due claims, within its rate; gives how many rows were dealt with.

    A row is taken by compare-and-set with a lease and a fencing number of attempts: a worker that
    dies loses nothing, and one that comes back late overwrites nothing.
    """
    source = usable().get(source_name)
    if source is None:
        return 0
    taken = _take(source)
    if not taken:
        return 0
    context = Context(
        now=timezone.now,
        fetch=door(),
        settings={
            name: getattr(settings, name)
            for name in (*source.needs, *source.options)
            if getattr(settings, name, "")
        },
        search_rows=search_rows,
    )
    if source.sends_text_to_third_party and len(taken) > 1:
        # Only the waiting happens in the threads; every row is written by this one, as it comes.
        with ThreadPoolExecutor(max_workers=source.concurrency) as pool:
            asked = {pool.submit(_ask, source, row, context): row for row in taken}
            for done in as_completed(asked):
                _store(asked[done], done.result())
    else:
        for row in taken:
            _store(row, _ask(source, row, context))
    return len(taken)


def _take(source: Source) -> list[Lookup]:
    now = timezone.now()
    batch = BATCH_INSIDE
    if source.sends_text_to_third_party:
        batch = BATCHES_OUTSIDE * source.concurrency
    room = min(batch, source.per_minute - _started_since(source, now - timedelta(minutes=1)))
    if room <= 0:
        return []
    due = Lookup.objects.due(now).filter(source=source.name)
    if source.sends_text_to_third_party:
        room = min(room, _left_of_the_budget(now))
        if room <= 0:
            tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
            due.update(next_at=tomorrow, reason=_("The day's budget of requests is spent."))
            return []
    taken = []
    for row in due.select_related("claim__article").order_by("next_at", "pk")[:room]:
        if row.attempts >= ATTEMPTS:
            _finish(row, Lookup.State.GAVE_UP, reason=_("The worker died every time it asked."))
            continue
        if not may_be_asked(source, row.claim):
            _finish(
                row,
                Lookup.State.GAVE_UP,
                reason=_("Not asked: nobody wants this claim now, or its article is confidential."),
            )
            continue
        got = Lookup.objects.filter(pk=row.pk, attempts=row.attempts, next_at=row.next_at).update(
            state=Lookup.State.RUNNING,
            attempts=F("attempts") + 1,
            next_at=now + LEASE,
            started_at=now,
            reason="",
        )
        if got:
            row.attempts += 1
            row.started_at = now
            taken.append(row)
    return taken


def _started_since(source: Source, since: datetime) -> int:
    return Lookup.objects.filter(source=source.name, started_at__gte=since).count()


def _left_of_the_budget(now: datetime) -> int:
    outside = [s.name for s in registry().values() if s.sends_text_to_third_party]
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    spent = Lookup.objects.filter(source__in=outside, started_at__gte=today).count()
    return Policy.current().third_party_budget - spent


def _ask(source: Source, row: Lookup, context: Context) -> Answer | SourceError:
    claim = row.claim
    try:
        return source.lookup(Query(text=claim.statement, language=claim.language), context)
    except SourceError as error:
        return error
    except Exception:
        # A fault of ours, not of the source: said as such, and in the log with its traceback.
        log.exception("source %s failed on claim %s", source.name, claim.pk)
        return SourceError(
            _("An error in our own code for this source. The log of the worker has it."),
            permanent=True,
        )


def _store(row: Lookup, outcome: Answer | SourceError) -> None:
    if isinstance(outcome, Answer):
        _finish(
            row,
            Lookup.State.ANSWERED if outcome.hits else Lookup.State.NOTHING,
            hits=[
                asdict(hit) | {"published": hit.published and hit.published.isoformat()}
                for hit in outcome.hits
            ],
            asked=outcome.asked,
        )
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


def _finish(row: Lookup, state: Lookup.State, **fields: Any) -> None:
    _update(row, state=state, finished_at=timezone.now(), **fields)


def _update(row: Lookup, **fields: Any) -> None:
    """Writes only if no other worker has taken the row since, not even in another asking: asking
    again counts the attempts from 0, and an old answer may be to another statement."""
    Lookup.objects.filter(pk=row.pk, attempts=row.attempts, started_at=row.started_at).exclude(
        state__in=HAS_ANSWER
    ).update(**fields)
