"""Reading the whole history again: every chain of moves, and last the verdict log.

A chain is whole when its numbers count from 1 without a gap, each hash is that of its row, each names
the one before, and, of a claim, as many moves are there as the claim has made.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, InterfaceError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.fields.tuple_lookups import Tuple as Row
from django.db.models.fields.tuple_lookups import TupleGreaterThan
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Audit, Claim, Transition
from claims.tlog.note import KeyFileError
from claims.workflow import IllegalMove, StaleState, broken_link

BATCH = 200
# Longer than a slice: a worker that has died is not waited for for ever.
LEASE = timedelta(minutes=3)

# Raises whatever is wrong with the log; its words are shown.
LogCheck = Callable[[], object]
# These say that something could not be read, and nothing of what would have stood there.
OUTAGES = (DatabaseError, InterfaceError, OSError, KeyFileError)

log = logging.getLogger(__name__)


def start(*, actor: User) -> Audit:
    """Asks for a reading, which the workers do. Raises IllegalMove where one is under way."""
    _need(actor)
    chains = _chains().count()
    try:
        with transaction.atomic():
            return Audit.objects.create(asked_by=actor, total=chains)
    except IntegrityError as error:
        raise IllegalMove(_("The history is being verified already.")) from error


def cancel(*, audit_id: int, actor: User) -> None:
    _need(actor)
    stopped = Audit.objects.filter(pk=audit_id, ended_at=None).update(
        ended_at=timezone.now(), cancelled=True
    )
    if not stopped:
        raise StaleState(_("It has ended meanwhile. Look at what it found."))


def run(*, until: datetime, check_log: LogCheck) -> bool:
    """Takes a due reading on, up to that moment. Says whether something is left to do."""
    now = timezone.now()
    audit = Audit.objects.due(now).first()
    if audit is None:
        return False
    lease = now + LEASE
    if not _mine(audit).filter(next_at=audit.next_at).update(next_at=lease):
        return True
    audit.next_at = lease
    try:
        return _read(audit, until, check_log)
    except OUTAGES as error:
        log.exception("the history could not be read to its end")
        # Where the database takes nothing at all, this raises too, and the lease ends by itself.
        _end(audit, {"where": "outage", "why": _why(error)})
        return False


def _read(audit: Audit, until: datetime, check_log: LogCheck) -> bool:
    lease = audit.next_at
    while batch := _next(audit.place):
        for subject, subject_id in batch:
            if number := _fault(subject, subject_id):
                broken = {"subject": subject, "subject_id": subject_id, "number": number}
                _end(audit, {"where": "chain", **broken})
                return False
        audit.place, audit.done = list(batch[-1]), audit.done + len(batch)
        if not _mine(audit).filter(next_at=lease).update(place=audit.place, done=audit.done):
            return False  # cancelled, or another worker has gone on
        if timezone.now() > until:
            _mine(audit).filter(next_at=lease).update(next_at=timezone.now())
            return True
    _end(audit, _without_moves() or _fault_of_log(check_log))
    return False


def last() -> Audit | None:
    return Audit.objects.select_related("asked_by").first()


def found() -> Audit | None:
    """The newest reading that found something out: that all fits, or where it does not. One that was
    stopped, or met an outage, takes nothing back."""
    ended = Audit.objects.filter(cancelled=False).exclude(ended_at=None)
    return ended.filter(Q(broken__isnull=True) | ~Q(broken__where="outage")).first()


def outage() -> Audit | None:
    """The newest reading, where that met an outage."""
    newest = Audit.objects.filter(cancelled=False).exclude(ended_at=None).first()
    return newest if newest and newest.broken and newest.broken["where"] == "outage" else None


def _mine(audit: Audit) -> Any:
    return Audit.objects.filter(pk=audit.pk, ended_at=None)


def _end(audit: Audit, broken: dict[str, Any] | None) -> None:
    values = {"ended_at": timezone.now(), "done": audit.done, "broken": broken}
    _mine(audit).filter(next_at=audit.next_at).update(**values)


def _chains() -> Any:
    return (
        Transition.objects.order_by("subject", "subject_id")
        .values_list("subject", "subject_id")
        .distinct()
    )


def _next(place: list[Any]) -> list[tuple[str, int]]:
    chains = _chains()
    if place:
        chains = chains.filter(TupleGreaterThan(Row(F("subject"), F("subject_id")), tuple(place)))
    return list(chains[:BATCH])


def _fault(subject: str, subject_id: int) -> int | None:
    """The number of the first move that does not fit, or of the first that is missing."""
    found = broken_link(Transition.Subject(subject), subject_id)
    if found is None and subject == Transition.Subject.CLAIM:
        made = Claim.objects.filter(pk=subject_id).values_list("moves", flat=True).first()
        there = Transition.objects.filter(subject=subject, subject_id=subject_id).count()
        # Read in this order, a move made meanwhile is in the chain and not yet in the claim.
        if made is not None and there < made:
            return there + 1
    return found


def _without_moves() -> dict[str, Any] | None:
    """A claim that has moved and has no chain at all."""
    moves = Transition.objects.filter(subject=Transition.Subject.CLAIM, subject_id=OuterRef("pk"))
    claim = Claim.objects.filter(~Exists(moves), moves__gt=0).order_by("pk").first()
    if claim is None:
        return None
    return {"where": "chain", "subject": "claim", "subject_id": claim.pk, "number": 1}


def _fault_of_log(check_log: LogCheck) -> dict[str, Any] | None:
    try:
        check_log()
    except OUTAGES:
        raise
    except Exception as error:
        return {"where": "log", "why": _why(error)}
    return None


def _why(error: Exception) -> str:
    """For people; PostgreSQL keeps no NUL in JSON either."""
    return str(error).replace("\x00", "")[:500] or type(error).__name__


def _need(actor: User) -> None:
    if not permissions.may(actor, permissions.ADMINISTER):
        raise PermissionDenied(_("This is for administrators."))
