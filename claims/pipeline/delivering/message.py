"""What a receiver gets: one JSON document an entry of the verdict log, and the headers that sign it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import standardwebhooks

from claims.models import Delivery, LogBody, LogEntry

# What happened, as receivers switch on it.
TYPES = {
    LogEntry.Kind.ORIGINAL: "verdict.published",
    LogEntry.Kind.UPDATE: "verdict.updated",
    LogEntry.Kind.CORRECTION: "verdict.corrected",
    LogEntry.Kind.RETRACTION: "verdict.retracted",
    LogEntry.Kind.TRANSLATION: "verdict.translated",
    LogEntry.Kind.ERASURE: "verdict.erased",
}
TRIAL = "desk.trial"


def body_of(delivery: Delivery) -> bytes:
    """`{"type", "timestamp", "data"}`. `data` is the entry's header, parsed, and under "body" its
    body, null where the law ordered it away; for a trial it is empty."""
    entry = delivery.entry
    if entry is None:
        return _dumped(TRIAL, delivery.made_at, {})
    kept = LogBody.objects.filter(entry=entry).first()
    header = json.loads(bytes(entry.header))
    body = json.loads(bytes(kept.data)) if kept else None
    return _dumped(TYPES[LogEntry.Kind(entry.kind)], entry.published_at, header | {"body": body})


def headers_of(delivery: Delivery, body: bytes, secret: str, now: datetime) -> dict[str, str]:
    """The same id for the same entry, however often it is sent: a receiver knows it by that."""
    id = f"entry_{delivery.entry_id}" if delivery.entry_id is not None else f"trial_{delivery.pk}"
    return {
        "webhook-id": id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": standardwebhooks.Webhook(secret).sign(id, now, body.decode()),
    }


def _dumped(type: str, at: datetime, data: dict[str, Any]) -> bytes:
    timestamp = at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    document = {"type": type, "timestamp": timestamp, "data": data}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
