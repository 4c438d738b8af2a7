"""A log entry's header: the leaf of the tree (publishing.md, "The verdict log")."""

import re
from datetime import UTC, datetime

import rfc8785

KINDS = (
    "original",
    "update",
    "correction",
    "retraction",
    "translation",
    "erasure",
    "audit",
    "key",
)
"""What an entry can be; a closed list, which verifiers know too."""

REPLACING_KINDS = ("update", "correction", "retraction", "erasure")
"""Kinds that must name an earlier entry in `replaces`; an erasure names the one it empties."""

NOTHING = -1
"""`replaces` of an entry that replaces none."""

MAX_HEADER = 0xFFFF

_SHA256 = re.compile(r"[0-9a-f]{64}")


def timestamp(moment: datetime) -> str:
    """`YYYY-MM-DDTHH:MM:SS.ffffffZ`: UTC with microseconds, always 27 characters."""
    if moment.utcoffset() is None:
        raise ValueError(f"The log needs a time with its zone; {moment.isoformat()} has none.")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def header(
    number: int, kind: str, id: str, replaces: int, published_at: datetime, body_sha256: str
) -> bytes:
    """The header of entry `number` in canonical JSON (RFC 8785), at most 65,535 bytes.

    `number` is the leaf's index; `id` the verdict's stable URI, the same over its versions;
    `body_sha256` lower-case hex over the body's bytes as served. ValueError for what no verifier
    would accept.
    """
    if number < 0:
        raise ValueError(f"An entry's number is 0 or more, not {number}.")
    if kind not in KINDS:
        raise ValueError(f"No entry kind '{kind}'. Known: {', '.join(KINDS)}.")
    if not id:
        raise ValueError(f"Entry {number} has no id.")
    if not NOTHING <= replaces < number:
        raise ValueError(f"Entry {number} cannot replace entry {replaces}: only an earlier one.")
    if kind in REPLACING_KINDS and replaces == NOTHING:
        raise ValueError(f"Entry {number} is of kind '{kind}' and must name the one it replaces.")
    if not _SHA256.fullmatch(body_sha256):
        raise ValueError(f"body_sha256 is 64 lower-case hex digits, not '{body_sha256}'.")
    encoded = rfc8785.dumps(
        {
            "number": number,
            "kind": kind,
            "id": id,
            "replaces": replaces,
            "published_at": timestamp(published_at),
            "body_sha256": body_sha256,
        }
    )
    if len(encoded) > MAX_HEADER:
        raise ValueError(
            f"The header of entry {number} has {len(encoded)} bytes, {MAX_HEADER} are allowed: "
            f"its id is too long ({len(id)} characters)."
        )
    return encoded
