"""A day's hash over all chains of moves, put into the open as an entry of kind `audit`.

Whoever has kept the log can tell by it that the desk's own history was not written anew: a chain that
was cut, or replaced by another that fits together as well, gives another hash.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction

from claims.models import AuditEntry, LogEntry, Transition
from claims.models.addresses import absolute
from claims.pipeline.publishing import log
from claims.tlog.entry import timestamp

# A move takes its time before its transaction ends. By then all of the day have ended.
MARGIN = timedelta(hours=1)
BATCH = 5000

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Heads:
    """All chains as they ended before a moment: how many, of how many moves, and SHA-256 over the line
    `subject subject_id number hash` of each chain's last move, in that order."""

    chains: int
    moves: int
    sha256: str


class HistoryRewritten(Exception):
    """The chains of moves are not those that entry `number` of the log has vouched for."""

    def __init__(self, number: int, said: dict[str, Any], found: Heads) -> None:
        self.number = number
        if "contradicts" in said:
            what = f"says that the history contradicts entry {said['contradicts']}"
        else:
            what = (
                f"vouches for {said['chains']} chains of {said['moves']} moves before "
                f"{said['until']}; found are {found.chains} of {found.moves}, and not the same"
            )
        super().__init__(
            f"Entry {number} {what}. Compare the history with the last backup before anything else "
            "is written."
        )


def is_due(now: datetime) -> bool:
    until = _day_over(now)
    return (
        not AuditEntry.objects.filter(until__gte=until).exists()
        and Transition.objects.filter(at__lt=until).exists()
    )


def append_due(now: datetime) -> LogEntry | None:
    """The entry of the last day that is over, in UTC; None where it stands already. One entry covers
    the days before it on which nobody was there to write theirs.

    Where the chains are no longer those that the entry before vouches for, the new one names it in
    `contradicts`: that a history was written anew stays in the open.
    """
    if not is_due(now):
        return None
    until = _day_over(now)
    broken = _contradicted()
    heads = heads_before(until)
    said = {"until": timestamp(until), **asdict(heads)}
    with transaction.atomic():
        log.lock()
        if AuditEntry.objects.filter(until__gte=until).exists():
            return None
        row = log.append(
            kind=LogEntry.Kind.AUDIT,
            id=f"{absolute('/log')}#audit-{(until - timedelta(days=1)).date()}",
            at=log.next_time(),
            body={"audit": said | ({} if broken is None else {"contradicts": broken.number})},
        )
        AuditEntry.objects.create(entry=row, until=until)
    if broken is not None:
        logger.error("%s", broken)
    return row


def heads_before(until: datetime) -> Heads:
    """Reads every move once, in the order of an index, and keeps one chain in memory."""
    chains = moves = 0
    digest = hashlib.sha256()
    for _chain, rows in groupby(_moves_before(until), key=lambda row: row[:2]):
        chain = list(rows)
        chains, moves = chains + 1, moves + len(chain)
        digest.update(f"{' '.join(map(str, chain[-1]))}\n".encode())
    return Heads(chains, moves, digest.hexdigest())


def verify_newest() -> None:
    """Compares the chains with what the newest entry of kind `audit` says of them, which has compared
    them with the one before. Raises HistoryRewritten."""
    broken = _contradicted()
    if broken is not None:
        raise broken


def _contradicted() -> HistoryRewritten | None:
    newest = AuditEntry.objects.order_by("-until").first()
    if newest is None:
        return None
    said = json.loads(log.body(newest.entry_id))["audit"]
    found = heads_before(newest.until)
    if said == {"until": timestamp(newest.until), **asdict(found)}:
        return None
    return HistoryRewritten(newest.entry_id, said, found)


def _moves_before(until: datetime) -> Iterator[tuple[str, int, int, str]]:
    rows = Transition.objects.filter(at__lt=until).order_by("subject", "subject_id", "number")
    return rows.values_list("subject", "subject_id", "number", "hash").iterator(BATCH)


def _day_over(now: datetime) -> datetime:
    """Midnight UTC at the end of the last day whose moves are all there."""
    return (now - MARGIN).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
