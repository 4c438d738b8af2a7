"""Reading what is new in a table, each row at least once, by numbers kept in rows (`Cursor`).

A row gets its number when it is written and is seen when it is committed: a lower number may appear
after a higher one. So a cursor passes only rows older than the longest task, and younger ones are
read again each time. Whoever reads does everything once by constraints of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from claims.models import Cursor

# No transaction is open for longer (CELERY_TASK_TIME_LIMIT).
SETTLED = timedelta(minutes=2)
SIZE = 200
# A reader looks again after this, and nobody else meanwhile.
PAUSE = timedelta(seconds=5)
LEASE = timedelta(minutes=2)
# Of one table in one turn; what is left is read in the next.
SLICE = timedelta(seconds=20)


def due(reader: str, now: datetime) -> bool:
    """Whether this reader should look."""
    return not Cursor.objects.filter(name=reader, next_at__gt=now).exists()


def take(reader: str, now: datetime) -> bool:
    """Takes the reader's turn, if nobody else has."""
    Cursor.objects.get_or_create(name=reader, defaults={"next_at": now})
    free = Cursor.objects.filter(name=reader, next_at__lte=now)
    return bool(free.update(next_at=now + LEASE))


def rest(reader: str) -> None:
    """Gives the turn back."""
    Cursor.objects.filter(name=reader).update(next_at=timezone.now() + PAUSE)


def unread(name: str, rows: QuerySet[Any], *, time: str) -> Iterator[list[Any]]:
    """What the cursor `name` has not passed, in parts of SIZE, the oldest first. A part is done with
    when the next one is asked for. `time`: the field that says when a row was made."""
    cursor, _new = Cursor.objects.get_or_create(name=name)
    after, passed, passing = cursor.upto, cursor.upto, True
    until = timezone.now() + SLICE
    while part := list(rows.filter(pk__gt=after).order_by("pk")[:SIZE]):
        yield part
        after = part[-1].pk
        settled = timezone.now() - SETTLED
        for row in part:
            passing = passing and getattr(row, time) < settled
            passed = row.pk if passing else passed
        Cursor.objects.filter(name=name, upto__lt=passed).update(upto=passed)
        if timezone.now() > until:
            return
