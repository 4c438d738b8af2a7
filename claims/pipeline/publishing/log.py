"""The verdict log over its rows: appending in one order, and answering what verifiers ask.

Form and guarantees are publishing.md's: C2SP tlog-tiles and tlog-checkpoint over RFC 6962. The
mathematics is claims/tlog; here are the rows, the lock and the clock.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import rfc8785
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from claims.models import Delivery, LogBody, LogEntry, LogHead, LogNode, Webhook
from claims.tlog import entry, merkle, note, proof, tiles

logger = logging.getLogger(__name__)


class NotInLog(Exception):
    """No such resource in the log as it stands."""


class Erased(Exception):
    """The body was withdrawn by law; `by` is the number of the erasure entry."""

    def __init__(self, by: int) -> None:
        super().__init__(f"body withdrawn by entry {by}")
        self.by = by


def origin() -> str:
    """The log's address without its scheme: the first line of every checkpoint."""
    return str(settings.LOG_ORIGIN)


def signers() -> list[note.Signer]:
    """The log's keys, the newest first. One is made on first use while the log is empty; afterwards a missing key is an error,
    because a new one would break the trust of everyone who verifies."""
    path = Path(settings.SIGNING_KEY_FILE)
    if not path.exists() and not LogEntry.objects.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        note.Signer.generate(origin()).save(fresh)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # Another process was quicker; its key is the log's.
        finally:
            fresh.unlink()
    return note.read_keys(path)


def signer() -> note.Signer:
    """The log's newest key."""
    return signers()[0]


def verifier_key() -> str:
    """What verifiers are given: name+hash+base64 of the public key."""
    return str(signer().verifier)


def shown_key() -> str:
    """The same for a page; "" while the key cannot be read. Nothing can be published then, but what
    is published is read on."""
    try:
        return verifier_key()
    except note.KeyFileError as error:
        logger.error("pages are served without the log's key: %s", error)
        return ""


def lock() -> LogHead:
    """The head's row, locked until the transaction ends: whoever holds it is the only publisher.
    Take it after every other lock."""
    return LogHead.objects.select_for_update().get(pk=1)


def next_time() -> datetime:
    """The time of the next entry, UTC: the database's clock, and never before the last entry's.
    Call it under `lock()`."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            now: datetime = cursor.fetchone()[0].astimezone(UTC)
        else:
            cursor.execute("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")
            now = datetime.fromisoformat(cursor.fetchone()[0]).replace(tzinfo=UTC)
    last = LogEntry.objects.order_by("-number").first()
    if last is not None and now <= last.published_at:
        return last.published_at + timedelta(microseconds=1)
    return now


def append(
    *,
    kind: LogEntry.Kind,
    id: str,
    at: datetime,
    body: dict[str, Any],
    replaces: int = entry.NOTHING,
    erases: LogEntry | None = None,
    keys: Sequence[note.Signer] = (),
) -> LogEntry:
    """Writes header, body, leaf and inner hashes, the new root and its signed checkpoint together.

    Call it inside the transaction of what is published, after every other lock has been taken: the
    head's row is the last one. `at` comes from `next_time()` under that lock. A random nonce joins
    the body, so that its hash betrays no short text. `keys` sign the checkpoint in place of those in
    the key file, while these change.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the log is written inside a transaction")
    head = lock()
    keys = keys or signers()
    number = head.size
    data = rfc8785.dumps(body | {"nonce": secrets.token_hex(16)})
    body_sha256 = hashlib.sha256(data).hexdigest()
    header = entry.header(number, str(kind), id, replaces, at, body_sha256)
    row = LogEntry.objects.create(
        number=number,
        kind=kind,
        header=header,
        body_sha256=body_sha256,
        published_at=at,
        erases=erases,
    )
    LogBody.objects.create(entry=row, data=data)
    LogNode.objects.bulk_create(
        LogNode(level=level, index=index, hash=digest)
        for level, index, digest in merkle.new_nodes(number, header, read_nodes)
    )
    root = merkle.root(number + 1, read_nodes)
    head.size, head.root = number + 1, root.hex()
    head.checkpoint = note.sign(note.checkpoint_body(origin(), number + 1, root), *keys)
    head.save()
    _note_who_is_told(row)
    return row


def _note_who_is_told(row: LogEntry) -> None:
    """The outbox: sent, and sent again, by pipeline/delivering."""
    if row.kind not in LogEntry.OWN:
        Delivery.objects.bulk_create(
            Delivery(webhook_id=webhook, entry=row)
            for webhook in Webhook.objects.told().values_list("pk", flat=True)
        )


def checkpoint() -> str:
    """The newest signed checkpoint; the empty tree's before the first publication."""
    head = LogHead.objects.get(pk=1)
    empty = note.checkpoint_body(origin(), 0, merkle.EMPTY_ROOT)
    return head.checkpoint or note.sign(empty, *signers())


def size() -> int:
    return LogHead.objects.get(pk=1).size


def newest_seen() -> tuple[int, datetime] | None:
    """Number and time of the newest entry that changes anything readers see. The log's own entries, of
    audits and keys, change nothing."""
    rows = LogEntry.objects.exclude(kind__in=LogEntry.OWN).order_by("-number")
    return rows.values_list("number", "published_at").first()


def ground_of(erasure: LogEntry) -> str:
    """Why the law had a body withdrawn, as the entry of kind `erasure` says."""
    return str(json.loads(body(erasure.number))["ground"])


def read_nodes(nodes: list[merkle.Node]) -> list[bytes]:
    """The stored hashes of complete subtrees, in the order asked; KeyError where one is missing."""
    wanted: dict[int, list[int]] = {}
    for level, index in nodes:
        wanted.setdefault(level, []).append(index)
    condition = Q()
    for level, indexes in wanted.items():
        condition |= Q(level=level, index__in=indexes)
    found = {
        (level, index): bytes(digest)
        for level, index, digest in LogNode.objects.filter(condition).values_list(
            "level", "index", "hash"
        )
    }
    return [found[node] for node in nodes]


def headers(start: int, stop: int) -> list[bytes]:
    """The headers of entries start to stop-1, exact bytes."""
    return [
        bytes(header)
        for header in LogEntry.objects.filter(number__gte=start, number__lt=stop)
        .order_by("number")
        .values_list("header", flat=True)
    ]


def body(number: int) -> bytes:
    """The exact bytes of an entry's body. Raises Erased or NotInLog."""
    found = LogBody.objects.filter(entry_id=number).first()
    if found is not None:
        return bytes(found.data)
    erasure = LogEntry.objects.filter(erases_id=number).first()
    if erasure is not None:
        raise Erased(erasure.number)
    raise NotInLog(f"The log has no body {number}; it has {size()} entries.")


def inclusion(number: int) -> str:
    """A file that proves the entry's place in the log as it stands. Raises NotInLog."""
    head = LogHead.objects.get(pk=1)
    if number >= head.size:
        raise NotInLog(f"The log has no entry {number}; it has {head.size} entries.")
    (header,) = headers(number, number + 1)
    return proof.proof(number, head.size, header, head.checkpoint, read_nodes)


def resource(path: str) -> bytes:
    """What stands at /log/<path>: `checkpoint`, `tile/…`, `body/N`. Raises Erased or NotInLog."""
    if path == "checkpoint":
        return checkpoint().encode()
    if path.startswith("body/") and path[5:].isascii() and path[5:].isdecimal():
        return body(int(path[5:]))
    try:
        tile = tiles.parse_path(path)
    except ValueError as error:
        raise NotInLog(str(error)) from error
    now = size()
    if not tiles.exists(tile, now):
        raise NotInLog(f"The log has {now} entries, which do not reach “{path}”.")
    if tile.level == tiles.ENTRIES:
        start = tile.index * tiles.WIDTH
        return tiles.entry_bundle(headers(start, start + tile.width))
    return tiles.tile(tile.level, tile.index, tile.width, read_nodes)
