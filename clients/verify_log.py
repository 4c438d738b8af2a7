#!/usr/bin/env python3
"""Verifies a verdict log from outside: nobody has to take the desk's word for it.

    python verify_log.py https://desk.example/log --key VERIFIER_KEY
        [--since CHECKPOINT_FILE] [--entry N] [--save FILE]
    python verify_log.py --proof ENTRY.tlog-proof [--body FILE] --key VERIFIER_KEY

Needs Python 3.11, `cryptography` and no account. It checks the checkpoint's signature,
rebuilds the root from the entries, compares every tile and every body with them, and prints the
checkpoint it verified. The log is a C2SP tlog-tiles log (tlog-checkpoint; signed-note with Ed25519)
over the Merkle tree of RFC 6962. With --proof it asks nobody: a file that the log gave out once (C2SP
tlog-proof) proves the entry's place under the checkpoint within it. That tree is computed here a second time, and by RFC 6962's own
recursion, on purpose: a check with the code that wrote the log would repeat that code's mistakes.
It is one file, however long, so that it can be read, signed and carried away as one.

Exit codes: 0 all fits; 1 something does not fit, and the first entry concerned is named; 2 wrong
usage, or the log could not be reached, so that nothing is said about it.
"""

import argparse
import base64
import hashlib
import http.client
import json
import re
import sys
import time
import urllib.parse
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Fetch = Callable[[str], bytes]
Row = Callable[[int, int, int], bytes]  # (tile level, first, count) -> that many stored hashes
Progress = Callable[[str, int, int], None]  # (what, done, of)

KINDS = {"original", "update", "correction", "retraction", "translation", "erasure", "audit", "key"}
REVISIONS = {"update", "correction", "retraction"}
FIELDS: dict[str, type] = dict.fromkeys(("kind", "id", "published_at", "body_sha256"), str)
FIELDS |= dict.fromkeys(("number", "replaces"), int)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
LARGEST = 256 * (2 + 0xFFFF)  # bytes of the largest file: a full entry bundle


class DoesNotFit(Exception):
    """The log contradicts itself or its signature. `entry` is the first one concerned, if known."""

    def __init__(self, message: str, entry: int | None = None) -> None:
        super().__init__(message if entry is None else f"entry {entry}: {message}")
        self.entry = entry


class Gone(FileNotFoundError):
    """A withdrawn body (HTTP 410); `by` is the erasure entry's number, if the log states it."""

    def __init__(self, by: int | None = None) -> None:
        super().__init__(f"withdrawn by entry {by}")
        self.by = by


@dataclass
class Report:
    """What was verified. `checkpoint` is the signed note as fetched."""

    checkpoint: bytes
    origin: str
    size: int
    root: bytes
    signed_by: list[str] = field(default_factory=list)
    bodies: int = 0
    withdrawn: dict[int, int] = field(default_factory=dict)  # entry -> the erasure's entry
    notices: list[str] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # `key` entries the old key did not sign
    since: int | None = None
    entry: dict[str, Any] | None = None

    def lines(self) -> list[str]:
        out = ["Verified checkpoint:"]
        out += ["  " + line for line in self.checkpoint.decode().rstrip("\n").split("\n")]
        out.append(f"Signed by {', '.join(self.signed_by)}.")
        if self.entry is None:
            out.append(f"{self.size} entries lead to this root; {self.bodies} bodies fit them.")
        else:
            what = "{number} ({kind}, {id}, {published_at})".format(**self.entry)
            out.append(f"Entry {what} is in this log. The other entries were not read.")
        out += [f"entry {n}: body withdrawn by entry {by}" for n, by in self.withdrawn.items()]
        out += self.notices
        if self.since is not None:
            return [*out, f"The earlier checkpoint's {self.since} entries are there, unchanged."]
        unseen = (
            "whether entries were cut off at the end cannot be seen. Keep this one with --save."
        )
        return [*out, f"No earlier checkpoint was given (--since): {unseen}"]


# Signed notes


@dataclass(frozen=True)
class Key:
    """A verifier key, `name+hash+base64`."""

    name: str
    id: bytes
    public: bytes

    @classmethod
    def parse(cls, text: str) -> "Key":
        name, key_id, material = [*text.strip().split("+", 2), "", ""][:3]
        raw = _base64(material)
        if not name or len(raw) != 33 or raw[0] != 1:
            raise ValueError(f"'{text}' is no Ed25519 verifier key (name+hash+base64)")
        key = cls(name, hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4], raw[1:])
        if key.id.hex() != key_id:
            raise ValueError(f"the verifier key '{text}' is damaged: copy it again, whole")
        return key

    def __str__(self) -> str:
        material = base64.b64encode(b"\x01" + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"


class Note:
    """A signed note; ValueError when it is none."""

    def __init__(self, raw: bytes) -> None:
        head, gap, tail = raw.decode().rpartition("\n\n")
        self.text = head + "\n"
        self.signatures = []  # (key name, key id, signature)
        if not gap or not tail.endswith("\n") or re.search(rb"[\x00-\x09\x0b-\x1f]", raw):
            raise ValueError("a text, an empty line and signature lines are needed")
        for line in tail[:-1].split("\n"):
            mark, name, encoded = [*line.split(" "), "", ""][:3]
            blob = _base64(encoded)
            if mark != "—" or not name or len(blob) < 5 or line.count(" ") != 2:
                raise ValueError(f"'{line}' is no signature line")
            self.signatures.append((name, blob[:4], blob[4:]))

    def signed_by(self, keys: Sequence[Key], what: str, entry: int | None = None) -> list[Key]:
        """Those of `keys` that signed. Strangers are ignored; a known key's bad signature is not."""
        found = []
        for name, key_id, signature in self.signatures:
            for key in keys:
                if (name, key_id) == (key.name, key.id):
                    try:
                        public = Ed25519PublicKey.from_public_bytes(key.public)
                        public.verify(signature, self.text.encode())
                    except (InvalidSignature, ValueError):
                        signer = f"{name}+{key_id.hex()}"
                        raise DoesNotFit(f"{signer} did not sign {what}", entry) from None
                    found.append(key)
        return found

    def head(self) -> tuple[str, int, bytes]:
        """A checkpoint's origin, size and root."""
        lines = self.text.split("\n")
        root = _base64(lines[2]) if len(lines) > 3 and all(lines[:-1]) else b""
        if len(root) != 32 or not re.fullmatch("0|[1-9][0-9]{0,17}", lines[1]):
            raise ValueError("origin, size and root are needed, a line each")
        return lines[0], int(lines[1]), root


def _base64(text: str) -> bytes:
    """b"" for what is not base64 in its one canonical spelling."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return raw if base64.b64encode(raw).decode() == text else b""


# The tree


def _leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def _hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _fold(hashes: bytes) -> bytes:
    while len(hashes) > 32:
        pairs = range(0, len(hashes), 64)
        hashes = b"".join(_hash(hashes[i : i + 32], hashes[i + 32 : i + 64]) for i in pairs)
    return hashes


def _middle(start: int, end: int) -> int:
    return start + (1 << ((end - start - 1).bit_length() - 1))


def _span(start: int, end: int, row: Row) -> bytes:
    """MTH(D[start:end]) of RFC 6962, 2.1, from stored hashes."""
    width = end - start
    if width & (width - 1):
        middle = _middle(start, end)
        return _hash(_span(start, middle, row), _span(middle, end, row))
    if width == 0:
        return hashlib.sha256(b"").digest()
    level, below = divmod(width.bit_length() - 1, 8)
    return _fold(row(level, start >> (8 * level), 1 << below))


def _climb(index: int, leaf: bytes, start: int, end: int, row: Row) -> bytes:
    """The root that `leaf` at `index` leads to: an inclusion proof, built and applied."""
    if end - start == 1:
        return leaf
    middle = _middle(start, end)
    if index < middle:
        return _hash(_climb(index, leaf, start, middle, row), _span(middle, end, row))
    return _hash(_span(start, middle, row), _climb(index, leaf, middle, end, row))


def _apply(index: int, leaf: bytes, start: int, end: int, proof: list[bytes]) -> bytes:
    """The root that `leaf` leads to by a proof's hashes, the uppermost last; uses them up."""
    if end - start == 1:
        return leaf
    beside, middle = proof.pop(), _middle(start, end)
    if index < middle:
        return _hash(_apply(index, leaf, start, middle, proof), beside)
    return _hash(beside, _apply(index, leaf, middle, end, proof))


def _grow(old: int, start: int, end: int, row: Row) -> tuple[bytes, bytes]:
    """The hashes of start..old and of start..end from one set of stored hashes: a consistency proof
    (RFC 6962, 2.1.2), built and applied. start < old <= end."""
    if old == end:
        return (_span(start, end, row),) * 2
    middle = _middle(start, end)
    if old <= middle:
        before, now = _grow(old, start, middle, row)
        return before, _hash(now, _span(middle, end, row))
    left = _span(start, middle, row)
    before, now = _grow(old, middle, end, row)
    return _hash(left, before), _hash(left, now)


class Rebuilt:
    """The tree over the entries as read; `rows[n]` has the hashes of tile level n."""

    def __init__(self) -> None:
        self.rows = [bytearray()]

    def append(self, entry: bytes) -> None:
        value = _leaf(entry)
        for row in self.rows:
            row += value
            if len(row) % 8192:
                return
            value = _fold(bytes(row[-8192:]))
        self.rows.append(bytearray(value))

    def row(self, level: int, first: int, count: int) -> bytes:
        return bytes(self.rows[level][first * 32 : (first + count) * 32])


class Published:
    """The tiles and entry bundles of a tree of `size` leaves, as the log serves them."""

    def __init__(self, fetch: Fetch, size: int) -> None:
        self.fetch, self.size = fetch, size
        self.tiles: dict[tuple[int, int], bytes] = {}

    def file(self, name: str, level: int, index: int) -> tuple[bytes, int, str]:
        """(content, its width, path); the full file where the partial one is gone already."""
        width = min(256, (self.size >> (8 * level)) - index * 256)
        groups, rest = f"{index % 1000:03}", index // 1000
        while rest:
            groups, rest = f"x{rest % 1000:03}/{groups}", rest // 1000
        full = f"tile/{name}/{groups}"
        partial = [] if width == 256 else [(f"{full}.p/{width}", width)]
        for path, of in [*partial, (full, 256)]:
            try:
                return self.fetch(path), of, path
            except FileNotFoundError:
                missing = path
        first = index * 256 ** (level + 1)
        raise DoesNotFit(f"{missing}, which the checkpoint demands, is missing", first)

    def row(self, level: int, first: int, count: int) -> bytes:
        index, offset = divmod(first, 256)
        if (level, index) not in self.tiles:
            data, width, path = self.file(str(level), level, index)
            if len(data) != width * 32:
                raise DoesNotFit(f"{path} has {len(data)} bytes", index * 256 ** (level + 1))
            self.tiles[level, index] = data
        return self.tiles[level, index][offset * 32 : (offset + count) * 32]

    def entries(self, index: int) -> Iterator[bytes]:
        """Bundle `index`: the entries from number index * 256 on, those in the tree."""
        data, width, path = self.file("entries", 0, index)
        found = at = 0
        while at < len(data):
            end = at + 2 + int.from_bytes(data[at : at + 2], "big")
            if found == width or end > len(data):
                wrong = "goes on behind its end" if found == width else "is cut short"
                raise DoesNotFit(f"{path} {wrong}", index * 256 + found)
            if index * 256 + found < self.size:
                yield data[at + 2 : end]
            found += 1
            at = end
        if found < width:
            raise DoesNotFit(f"{path} ends before it", index * 256 + found)


# What is checked


def _header(raw: bytes, number: int, after: str = "") -> dict[str, Any]:
    """The header of entry `number`; `after` is the time of the entry before it."""
    try:
        header = json.loads(raw)
        # For strings, integers and ASCII keys this is RFC 8785's canonical form.
        canonical = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        types = {name: type(value) for name, value in header.items()}
        well_formed = canonical.encode() == raw and types == FIELDS
    except (ValueError, AttributeError, RecursionError):
        well_formed = False
    if not well_formed:
        raise DoesNotFit("its header is not the six fields in canonical JSON", number)
    kind, replaces, moment = header["kind"], header["replaces"], header["published_at"]
    if header["number"] != number:
        raise DoesNotFit(f"its header says that it is entry {header['number']}", number)
    if kind not in KINDS:
        raise DoesNotFit(f"its kind '{kind}' is none that this program knows", number)
    lowest = 0 if kind in REVISIONS or kind == "erasure" else -1
    if not lowest <= replaces < number:
        raise DoesNotFit(f"of kind '{kind}', it cannot replace entry {replaces}", number)
    if not TIME.fullmatch(moment) or moment < after:
        raise DoesNotFit(f"its time {moment} is malformed or before {after}", number)
    return dict(header)


def _body(fetch: Fetch, header: dict[str, Any]) -> bytes:
    """The entry's body, as its header promises it."""
    try:
        body = fetch(f"body/{header['number']}")
    except Gone:
        raise
    except FileNotFoundError:
        raise DoesNotFit("its body is missing, not withdrawn", header["number"]) from None
    if hashlib.sha256(body).hexdigest() != header["body_sha256"]:
        raise DoesNotFit("its body is not the one its header was made for", header["number"])
    return body


def _rebuild(published: Published, say: Progress) -> tuple[Rebuilt, list[dict[str, Any]]]:
    rebuilt = Rebuilt()
    headers: list[dict[str, Any]] = []
    for index in range(-(-published.size // 256)):
        for raw in published.entries(index):
            number = len(headers)
            header = _header(raw, number, headers[-1]["published_at"] if headers else "")
            replaced = header["replaces"]
            if header["kind"] in REVISIONS and headers[replaced]["id"] != header["id"]:
                raise DoesNotFit(f"it replaces entry {replaced}, which has another id", number)
            headers.append(header)
            rebuilt.append(raw)
        say("entries", len(headers), published.size)
    return rebuilt, headers


def _compare_tiles(published: Published, rebuilt: Rebuilt) -> None:
    for level, row in enumerate(rebuilt.rows):
        for at in range(len(row) // 32):
            if published.row(level, at, 1) != rebuilt.row(level, at, 1):
                last = f" (or one of those up to {(at + 1) * 256**level - 1})" if level else ""
                raise DoesNotFit(f"entry and tile {level} disagree{last}", at * 256**level)


def _check_bodies(
    fetch: Fetch, headers: list[dict[str, Any]], report: Report, say: Progress
) -> dict[int, bytes]:
    """Compares all bodies with their headers; returns those of the `key` entries."""
    erased: dict[int, int] = {}
    for header in headers:
        if header["kind"] == "erasure":
            erased.setdefault(header["replaces"], header["number"])
    key_changes = {}
    for number, header in enumerate(headers):
        try:
            body = _body(fetch, header)
            report.bodies += 1
            if number in erased:
                by = f"entry {erased[number]} withdraws it"
                report.notices.append(f"entry {number}: its body is still served, though {by}")
            if header["kind"] == "key":
                key_changes[number] = body
        except Gone:
            if number not in erased:
                what = "its body is withdrawn, but no entry of kind erasure names it"
                raise DoesNotFit(what, number) from None
            report.withdrawn[number] = erased[number]
        say("bodies", number + 1, len(headers))
    return key_changes


def _follow_keys(changes: dict[int, bytes], keys: list[Key], report: Report) -> None:
    """Adds to `keys` those that a trusted key introduced; reports those that stand alone."""
    for number, body in changes.items():
        try:
            change = json.loads(body)
            old, new = Key.parse(change["old_key"]), Key.parse(change["new_key"])
            introduction = Note(change["introduction"].encode())
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DoesNotFit(f"its body is no change of keys ({error})", number) from None
        signed = introduction.signed_by([old, new], "its introduction", number)
        if introduction.text != f"{report.origin}\nkey\n{old}\n{new}\n" or new not in signed:
            raise DoesNotFit("its introduction is not the new key's, or of other keys", number)
        if old in signed:
            report.notices.append(f"entry {number}: the key {old} hands over to {new}")
            if old in keys and new not in keys:
                keys.append(new)
        else:
            report.breaks.append(number)
            report.notices.append(
                f"BREAK OF TRUST at entry {number}: {new} replaces {old} on its own word. "
                "Ask the desk, by another way than this log, whether the key is theirs."
            )


def _prove_entry(published: Published, report: Report, number: int) -> dict[str, Any]:
    """Entry `number`'s header, proved by the few tiles between it and the root."""
    if not 0 <= number < report.size:
        raise DoesNotFit(f"not in this log, which has {report.size} entries", number)
    raw = list(published.entries(number // 256))[number % 256]
    if _climb(number, _leaf(raw), 0, report.size, published.row) != report.root:
        raise DoesNotFit("it is not under the signed root", number)
    return _header(raw, number)


def _check_entry(published: Published, report: Report, number: int) -> None:
    report.entry = _prove_entry(published, report, number)
    try:
        _body(published.fetch, report.entry)
        report.bodies = 1
    except Gone as gone:
        if gone.by is None:
            raise DoesNotFit(
                "its body is withdrawn, and no entry is said to do it", number
            ) from None
        erasure = _prove_entry(published, report, gone.by)
        if (erasure["kind"], erasure["replaces"]) != ("erasure", number):
            what = f"its body is withdrawn, but entry {gone.by} is not its erasure"
            raise DoesNotFit(what, number) from None
        report.withdrawn[number] = gone.by


def _check_since(old: Note, keys: list[Key], report: Report, row: Row) -> None:
    """That today's tree begins with the one of the earlier checkpoint `old`."""
    origin, size, root = old.head()
    if origin != report.origin or not old.signed_by(keys, "the earlier checkpoint"):
        raise DoesNotFit(f"the earlier checkpoint is another log's ({origin}), or another key's")
    if size > report.size:
        what = f"gone: the earlier checkpoint has {size} entries, today's {report.size}"
        raise DoesNotFit(what, report.size)
    before, now = _grow(size, 0, report.size, row) if size else (_span(0, 0, row), report.root)
    if now != report.root:
        raise DoesNotFit("the tiles do not lead to the signed root")
    if before != root:
        raise DoesNotFit(f"the first {size} entries are not those of the earlier checkpoint")
    report.since = size


def _rewritten(old: Note | None, size: int, row: Row) -> DoesNotFit:
    """Entries and tiles agree, and the signed root is another: how far can they be trusted?"""
    what = "entries and tiles agree with one another, but not with the signed root"
    if old is not None and old.head()[1] < size:
        before, root = old.head()[1:]
        if _span(0, before, row) == root:
            return DoesNotFit(f"{what}; the earlier checkpoint vouches for those before", before)
    return DoesNotFit(f"{what}; which of the {size} entries was the first to change is not to see")


def verify(
    fetch: Fetch,
    key: str | Sequence[str],
    *,
    since: bytes | None = None,
    entry: int | None = None,
    progress: Progress = lambda what, done, of: None,
) -> Report:
    """Verifies a log, or (with `entry`) one entry's place in it.

    `fetch` gives the file at a path below the log's prefix (`checkpoint`, `tile/0/000.p/3`,
    `tile/entries/000.p/3`, `body/2`); it raises FileNotFoundError where there is none, Gone for a
    withdrawn body, another OSError when it cannot say. `key`: one or several verifier keys, any of
    which may have signed. `since`: an earlier checkpoint, as saved. Raises DoesNotFit, ValueError
    for a malformed key or `since`, and what `fetch` raises.
    """
    keys = [Key.parse(text) for text in ([key] if isinstance(key, str) else key)]
    old = Note(since) if since is not None else None
    if old is not None:
        old.head()
    raw = fetch("checkpoint")
    try:
        checkpoint = Note(raw)
        report = Report(raw, *checkpoint.head())
    except ValueError as error:
        raise DoesNotFit(f"the checkpoint is none: {error}") from None
    published = Published(fetch, report.size)
    row: Row = published.row
    signed = checkpoint.signed_by(keys, "the checkpoint")
    by = ", ".join(f"{name}+{key_id.hex()}" for name, key_id, _ in checkpoint.signatures)
    stranger = f"the checkpoint is not signed by the key given, but by {by}"
    if entry is None:
        rebuilt, headers = _rebuild(published, progress)
        _compare_tiles(published, rebuilt)
        row = rebuilt.row
        if _span(0, report.size, row) != report.root:
            raise _rewritten(old, report.size, row)
        _follow_keys(_check_bodies(fetch, headers, report, progress), keys, report)
        signed = checkpoint.signed_by(keys, "the checkpoint")
        if not signed and report.breaks:
            raise DoesNotFit(f"{stranger}. {report.notices[-1]}", report.breaks[-1])
    if not signed:
        hint = ". Without --entry, changes of keys are followed" if entry is not None else ""
        raise DoesNotFit(stranger + hint)
    if entry is not None:
        _check_entry(published, report, entry)
    if old is not None:
        _check_since(old, keys, report, row)
    report.signed_by = [f"{one.name}+{one.id.hex()}" for one in signed]
    return report


def verify_proof(proof: bytes, key: str | Sequence[str], body: bytes | None = None) -> Report:
    """Verifies one entry's place in a log by a file in C2SP's tlog-proof form, whose line `extra`
    holds the entry; and, where it is given, that `body` is the entry's. Asks nobody. Raises DoesNotFit,
    and ValueError for a malformed key or file."""
    keys = [Key.parse(text) for text in ([key] if isinstance(key, str) else key)]
    head, gap, signed_note = proof.partition(b"\n\n")
    first, extra, index, *hashes = [*head.decode().split("\n"), "", ""]
    if not gap or first != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra "):
        raise ValueError("this file is no tlog-proof with its entry")
    raw, path = _base64(extra[6:]), [_base64(line) for line in hashes if line]
    if not re.fullmatch("index (0|[1-9][0-9]{0,17})", index) or {len(one) for one in path} > {32}:
        raise ValueError("this file's index or one of its hashes is malformed")
    checkpoint = Note(signed_note)
    report = Report(signed_note, *checkpoint.head())
    signed = checkpoint.signed_by(keys, "the checkpoint")
    if not signed:
        by = ", ".join(f"{name}+{key_id.hex()}" for name, key_id, _ in checkpoint.signatures)
        raise DoesNotFit(f"the checkpoint is not signed by the key given, but by {by}")
    number = int(index[6:])
    if number >= report.size:
        raise DoesNotFit(f"not in this log, which had {report.size} entries", number)
    try:
        root = _apply(number, _leaf(raw), 0, report.size, path)
    except IndexError:
        raise DoesNotFit("its proof is too short", number) from None
    if root != report.root or path:
        raise DoesNotFit("it is not under the signed root", number)
    report.entry = _header(raw, number)
    if body is not None:
        _body(lambda _path: body, report.entry)
        report.bodies = 1
    report.signed_by = [f"{one.name}+{one.id.hex()}" for one in signed]
    return report


# The command


class Web:
    """Fetches over one kept connection. No redirects: a log has one address."""

    def __init__(self, address: str) -> None:
        parts = urllib.parse.urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"'{address}' is no address of a log, like https://desk.example/log")
        self.address = address.rstrip("/")
        self.path = parts.path.rstrip("/")
        secure = parts.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self.connection = kind(parts.hostname, parts.port, timeout=30)

    def __call__(self, path: str) -> bytes:
        where = f"{self.address}/{path}"
        answer, data = self._get(f"{self.path}/{path}", where)
        if answer.status == 404:
            raise FileNotFoundError(f"there is no {where}")
        if answer.status == 410:
            number = re.search(rb"[0-9]{1,18}", data)
            raise Gone(int(number[0]) if number else None)
        if answer.getheader("Content-Encoding") == "gzip":
            data = zlib.decompressobj(31).decompress(data, LARGEST + 1)
        if answer.status != 200 or len(data) > LARGEST:
            to = f" to {answer.getheader('Location')}" if answer.getheader("Location") else ""
            raise OSError(f"{where} answers with HTTP {answer.status}{to}, {len(data)} bytes")
        return data

    def _get(self, path: str, where: str) -> tuple[http.client.HTTPResponse, bytes]:
        headers = {"Accept-Encoding": "gzip, identity", "User-Agent": "verify_log"}
        for last in (False, True):
            try:
                self.connection.request("GET", path, headers=headers)
                answer = self.connection.getresponse()
                return answer, answer.read(LARGEST + 1)
            except (http.client.HTTPException, OSError) as error:
                # The server may have closed a connection it kept; a fresh one decides.
                self.connection.close()
                if last:
                    raise OSError(f"{where} cannot be read: {error!r}") from error
        raise AssertionError("unreachable")


def _say_sometimes() -> Progress:
    """A line on standard error every two seconds, so that a long check is not taken for a hang."""
    spoke = time.monotonic()

    def say(what: str, done: int, of: int) -> None:
        nonlocal spoke
        if time.monotonic() - spoke > 2:
            spoke = time.monotonic()
            print(f"{what}: {done} of {of}", file=sys.stderr, flush=True)

    return say


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verifies a verdict log from outside.")
    parser.add_argument("address", nargs="?", help="the log's: https://desk.example/log")
    parser.add_argument("--key", action="append", required=True, help="verifier key; repeatable")
    parser.add_argument("--since", type=Path, help="checkpoint saved earlier: is all of it there?")
    parser.add_argument("--entry", type=int, help="prove this entry alone, from a few tiles")
    parser.add_argument("--save", type=Path, help="write the checkpoint here once it is verified")
    parser.add_argument("--proof", type=Path, help="verify this file (.tlog-proof), asking nobody")
    parser.add_argument("--body", type=Path, help="with --proof: the entry's body, as kept")
    options = parser.parse_args(arguments)
    if (options.address is None) == (options.proof is None):
        parser.error("give the log's address, or a proof with --proof")
    try:
        if options.proof:
            body = options.body.read_bytes() if options.body else None
            print("\n".join(verify_proof(options.proof.read_bytes(), options.key, body).lines()))
            return 0
        web = Web(options.address)
        since = options.since.read_bytes() if options.since else None
        say = _say_sometimes()
        report = verify(web, options.key, since=since, entry=options.entry, progress=say)
        asked = web.address.split("://")[1]
        host, slash, path = asked.partition("/")
        # A log is named after its host; the port is the door it is asked through.
        if report.origin not in (asked, re.sub(r":\d+$", "", host) + slash + path):
            report.notices.append(f"The log calls itself {report.origin}, not {asked}: a mirror?")
        if options.save:
            fresh = options.save.with_name(options.save.name + ".new")
            fresh.write_bytes(report.checkpoint)
            fresh.replace(options.save)
    except DoesNotFit as error:
        print(f"DOES NOT FIT: {error}", file=sys.stderr)
        return 1
    except (OSError, ValueError, zlib.error) as error:
        print(f"Nothing was verified: {error}", file=sys.stderr)
        return 2
    print("\n".join(report.lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
