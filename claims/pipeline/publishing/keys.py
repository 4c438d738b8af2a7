"""Changing the key that signs the log: a second one takes over, or stands alone where the first is lost.

The key file and the database cannot change in one transaction. Every step is therefore written so that
it may be begun again: the new key lies in a file of its own until the log has introduced it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from claims.models import LogEntry, LogHead, Transition
from claims.models.addresses import absolute
from claims.pipeline.publishing import log
from claims.tlog import note
from claims.workflow import IllegalMove, record


def hand_over() -> note.Verifier:
    """Makes a new key, has the old one introduce it in an entry of kind `key`, and lets both sign from
    now on. Returns the new one. Raises IllegalMove while an earlier change is under way."""
    newest, *older = log.signers()
    if older and _waiting().exists():  # broken off at the last step
        _waiting().unlink()
        return newest.verifier
    if older:
        raise IllegalMove(
            f"Two keys sign already, {newest.verifier} and {older[0].verifier}. End that change first "
            "(--finish)."
        )
    return _introduce(newest, [newest])


def replace_lost(lost: note.Verifier) -> note.Verifier:
    """Makes a new key that introduces itself: whoever verifies the log is told of a break of trust and
    asks the desk by another way. `lost` is the old key's public half. Raises IllegalMove where the old
    key is at hand, or where `lost` has not signed the log."""
    path = _path()
    if path.exists():
        raise IllegalMove(
            f"The key is not lost: it is in '{path}'. Move the file away if it is another log's."
        )
    begun = _waiting().exists() and _is_introduced(note.Signer.from_file(_waiting()).verifier)
    try:
        if not begun:
            note.verify(LogHead.objects.get(pk=1).checkpoint, [lost])
    except note.NoteError as error:
        raise IllegalMove(f"The lost key is not the one that signed this log. {error}") from error
    return _introduce(lost, [])


def finish() -> note.Verifier:
    """From now on the new key signs alone. Returns the one that no longer does."""
    keys = log.signers()
    if len(keys) < 2:
        raise IllegalMove("One key signs; there is no change to end.")
    _write(keys[:1])
    _record(keys[1].verifier, keys[0].verifier, "finished")
    return keys[1].verifier


def _introduce(old: note.Signer | note.Verifier, go_on: list[note.Signer]) -> note.Verifier:
    waiting = _waiting()
    if not waiting.exists():
        note.Signer.generate(log.origin()).save(waiting)
    new = note.Signer.from_file(waiting)
    with transaction.atomic():
        before = old.verifier if isinstance(old, note.Signer) else old
        if not _is_introduced(new.verifier):
            _record(before, new.verifier, "introduced" if go_on else "stands alone")
            log.lock()
            log.append(
                kind=LogEntry.Kind.KEY,
                id=f"{absolute('/log')}#key-{new.verifier.key_id.hex()}",
                at=log.next_time(),
                body=dict(note.key_change(log.origin(), new, old)),
                keys=[new, *go_on],
            )
    _write([new, *go_on])
    waiting.unlink()
    return new.verifier


def _is_introduced(new: note.Verifier) -> bool:
    row = LogEntry.objects.filter(kind=LogEntry.Kind.KEY).order_by("-number").first()
    return row is not None and json.loads(log.body(row.number))["new_key"] == str(new)


def _record(old: note.Verifier, new: note.Verifier, what: str) -> None:
    data = {"old": str(old), "new": str(new), "change": what}
    record(Transition.Subject.DESK, 0, "change_signing_key", actor=None, data=data)


def _write(keys: list[note.Signer]) -> None:
    path = _path()
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    note.write_keys(fresh, *keys)
    fresh.replace(path)


def _path() -> Path:
    return Path(settings.SIGNING_KEY_FILE)


def _waiting() -> Path:
    return _path().with_name(f"{_path().name}.new")
