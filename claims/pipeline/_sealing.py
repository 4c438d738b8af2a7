"""Small secrets at rest: sealed with a key that is not in the database.

`FIELD_KEY_FILE` holds one key a line, each 32 or more random characters, the newest first. The newest
seals; all open. A sealed text is "1.<key id>.<nonce and AES-256-GCM ciphertext, base64url>" and is
bound to its context, the row it stands in: pasted into another row it does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

from claims.models import SecondFactor, Transition, Webhook
from claims.workflow import record

SHORTEST = 32
BATCH = 100


class FieldKeyError(Exception):
    """The keys cannot be read, or none of them opens this. The message says what to do."""


@dataclass(frozen=True)
class _Key:
    id: str
    cipher: AESGCM


def seal(text: str, *, context: str) -> str:
    newest, nonce = _keys()[0], os.urandom(12)
    body = nonce + newest.cipher.encrypt(nonce, text.encode(), context.encode())
    return f"1.{newest.id}.{base64.urlsafe_b64encode(body).decode()}"


def unseal(sealed: str, *, context: str) -> str:
    """Raises FieldKeyError for what no key opens: altered, of another row, or its key is gone."""
    _form, id, body = [*sealed.split("."), "", ""][:3]
    key = next((one for one in _keys() if one.id == id), None)
    if key is None:
        raise FieldKeyError(
            f"The key {id or '?'} that sealed this is not in FIELD_KEY_FILE. Put it back, below the "
            "newest, and run rotate_field_key before you take it out."
        )
    try:
        raw = base64.urlsafe_b64decode(body)
        return key.cipher.decrypt(raw[:12], raw[12:], context.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise FieldKeyError(
            "A sealed secret was altered, or moved from another row. It is not used."
        ) from error


def newest_key() -> str:
    """Its id; raises FieldKeyError for a file that cannot be used."""
    return _keys()[0].id


def of_factor(user_id: int) -> str:
    """The context of a person's second factor."""
    return f"second factor of {user_id}"


def of_webhook(webhook_id: int) -> str:
    """The context of a webhook's secret."""
    return f"webhook {webhook_id}"


# What is sealed: each row's `secret`, and the context it is bound to.
_SEALED: tuple[tuple[type[SecondFactor] | type[Webhook], Callable[[Any], str]], ...] = (
    (SecondFactor, lambda row: of_factor(row.user_id)),
    (Webhook, lambda row: of_webhook(row.pk)),
)


def total() -> int:
    return sum(model.objects.count() for model, _context in _SEALED)


def reseal(done: Callable[[int], None] = lambda _rows: None) -> int:
    """Seals with the newest key whatever an older one sealed, a batch at a time, and reads each
    back. Says how many; may be broken off and run again. Raises FieldKeyError and changes nothing
    of that batch where something does not open."""
    newest = newest_key()
    moved = sum(_reseal(model, context, newest, done) for model, context in _SEALED)
    if moved:
        data = {"key": newest, "secrets": moved}
        record(Transition.Subject.DESK, 0, "rotate_field_key", actor=None, data=data)
    return moved


def _reseal(
    model: type[SecondFactor] | type[Webhook],
    context_of: Callable[[Any], str],
    newest: str,
    done: Callable[[int], None],
) -> int:
    moved = last = 0
    while True:
        with transaction.atomic():
            rows = list(
                model.objects.select_for_update().filter(pk__gt=last).order_by("pk")[:BATCH]
            )
            for row in rows:
                context = context_of(row)
                plain = unseal(row.secret, context=context)
                if row.secret.split(".")[1] != newest:
                    row.secret = seal(plain, context=context)
                    row.save(update_fields=["secret"])
                    row.refresh_from_db(fields=["secret"])
                    if unseal(row.secret, context=context) != plain:
                        raise FieldKeyError(
                            "What was sealed anew reads differently. Kept as it was."
                        )
                    moved += 1
        if not rows:
            return moved
        last = rows[-1].pk
        done(len(rows))


def _keys() -> list[_Key]:
    keys = list(map(_key, _lines()))
    if len({key.id for key in keys}) < len(keys):
        raise FieldKeyError(
            "FIELD_KEY_FILE holds the same key twice. Take one of the two lines out."
        )
    return keys


def _lines() -> Iterator[str]:
    name = settings.FIELD_KEY_FILE
    if name is None:
        raise FieldKeyError(
            "FIELD_KEY_FILE is not set. With PostgreSQL, name a file with a line of 43 or more "
            "random characters in it, the same for every process; keep a copy of it."
        )
    path = Path(name)
    try:
        lines = [line.strip() for line in path.read_text(encoding="ascii").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise FieldKeyError(f"FIELD_KEY_FILE={path} cannot be read ({error}).") from error
    lines = [line for line in lines if line]
    if not lines or min(map(len, lines)) < SHORTEST:
        raise FieldKeyError(
            f"FIELD_KEY_FILE={path} needs a key of {SHORTEST} or more random characters on each line."
        )
    yield from lines


def _key(line: str) -> _Key:
    # From high entropy, so that no slow derivation is needed; the id tells nothing of the key.
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"touchstone field key")
    id = hashlib.sha256(b"touchstone field key id" + line.encode()).hexdigest()[:8]
    return _Key(id, AESGCM(derive.derive(line.encode())))
