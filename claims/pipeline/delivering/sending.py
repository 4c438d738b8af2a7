"""Sending what is due: taken by compare-and-set, posted through the guarded door, stored.

Sent again with growing pauses for three days, longer where the receiver asks for it. An address that
says it is gone for good (410) is told no more, and the desk sees why.
"""

from __future__ import annotations

import logging
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Delivery, Webhook
from claims.pipeline import _sealing
from claims.pipeline._door import door as the_desks_door
from claims.pipeline.delivering import message
from claims.sources._http import Door, FetchError, Sent

log = logging.getLogger(__name__)

# At once; and of one receiver, so that a slow one holds up nobody else.
AT_ONCE, OF_ONE = 16, 4
LEASE = timedelta(seconds=60)
# What is due so soon is worth waiting for before a page; what is under way is due when its lease ends.
SOON = LEASE
ANSWER_SECONDS = 15.0
ANSWER_BYTES = 1024 * 1024
GONE = 410
# After each attempt in vain, in seconds: five seconds to a day, some 75 hours in all, as the
# specification advises.
PAUSES = (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)


@dataclass(frozen=True)
class Outcome:
    status: int | None
    milliseconds: int
    why: str = ""
    retry_after: float = 0.0

    @property
    def arrived(self) -> bool:
        return not self.why


def deliver_due(door: Door | None = None) -> int:
    """Sends what is due, at most AT_ONCE; gives how many."""
    rows = _take()
    if not rows:
        return 0
    way_out = door or the_desks_door()
    with ThreadPoolExecutor(max_workers=len(rows)) as pool:
        # What is sent is read here: the threads only wait for the network.
        sent = [pool.submit(_post, way_out, row.webhook.url, *_prepared(row)) for row in rows]
        for row, future in zip(rows, sent, strict=True):
            _store(row, future.result())
    return len(rows)


def _take() -> list[Delivery]:
    now = timezone.now()
    taken: list[int] = []
    with transaction.atomic():
        due = Delivery.objects.due(now)
        for webhook in due.order_by().values_list("webhook", flat=True).distinct():
            of_one = due.filter(webhook=webhook).select_for_update(skip_locked=True, of=("self",))
            taken += of_one.order_by("next_at", "pk").values_list("pk", flat=True)[:OF_ONE]
            if len(taken) >= AT_ONCE:
                break
        rows = Delivery.objects.filter(pk__in=taken)
        rows.update(attempts=F("attempts") + 1, next_at=now + LEASE, tried_at=now)
        return list(rows.select_related("webhook", "entry").order_by("pk"))


def _prepared(row: Delivery) -> tuple[bytes, dict[str, str]] | tuple[None, str]:
    try:
        secret = _sealing.unseal(row.webhook.secret, context=_sealing.of_webhook(row.webhook_id))
    except _sealing.FieldKeyError as error:
        return None, str(error)
    body = message.body_of(row)
    return body, message.headers_of(row, body, secret, timezone.now())


def _post(door: Door, url: str, body: bytes | None, headers: dict[str, str] | str) -> Outcome:
    began = time.monotonic()

    def taken() -> int:
        return int(1000 * (time.monotonic() - began))

    if body is None or isinstance(headers, str):
        return Outcome(None, 0, why=str(headers))
    try:
        page = door.post(
            url,
            sent=Sent("application/json", body),
            headers=headers,
            max_bytes=ANSWER_BYTES,
            total_seconds=ANSWER_SECONDS,
        )
    except FetchError as error:
        return Outcome(error.status, taken(), error.message, error.retry_after or 0.0)
    except Exception:
        log.exception("a webhook could not be posted to")
        return Outcome(None, taken(), _("An error in our own code. The log of the worker has it."))
    return Outcome(page.status, taken())


@transaction.atomic
def _store(row: Delivery, outcome: Outcome) -> None:
    now = timezone.now()
    # Whoever was taken over meanwhile writes nothing.
    mine = Delivery.objects.filter(
        pk=row.pk, state=Delivery.State.WAITING, attempts=row.attempts, next_at=row.next_at
    )
    seen = {
        "status": outcome.status,
        "milliseconds": outcome.milliseconds,
        "reason": outcome.why[:500],
    }
    if outcome.arrived:
        mine.update(state=Delivery.State.DELIVERED, ended_at=now, **seen)
    elif outcome.status == GONE:
        mine.update(state=Delivery.State.GAVE_UP, ended_at=now, **seen)
        Webhook.objects.filter(pk=row.webhook_id, active=True).update(
            active=False,
            ended_why=_("The address says that it is gone for good (410)."),
        )
    elif row.attempts > len(PAUSES) or row.entry_id is None:
        mine.update(state=Delivery.State.GAVE_UP, ended_at=now, **seen)
    else:
        pause = PAUSES[row.attempts - 1] * random.uniform(0.9, 1.2)  # noqa: S311
        again = now + timedelta(seconds=max(pause, outcome.retry_after))
        mine.update(next_at=again, **seen)
