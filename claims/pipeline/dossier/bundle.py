"""The dossier as a ZIP file that is sent while it is made: one block of it is in memory at a time.

The last two files vouch for the rest: `manifest.json` has the SHA-256 and the size of every other
file, `manifest.note` is a signed note (C2SP signed-note, the verdict log's key) over the digest of
`manifest.json`. `clients/verify_dossier.py` checks both. The note's second line is a word, so that
it can never be taken for one of the log's checkpoints, whose second line is a number.
"""

from __future__ import annotations

import hashlib
import io
import json as _json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from claims.models import Snapshot
from claims.tlog.note import Signer

FORMAT = "touchstone-dossier/1"
BLOCK = 256 * 1024
README = """\
This is the dossier of one claim of a fact-check desk.

dossier.html   everything, for reading; open it in a browser
dossier.json   the same, for programs
snapshots/     the pages that serve as evidence, as they were copied (WARC, gzipped)
manifest.json  the SHA-256 of each of these files
manifest.note  the desk's signature over manifest.json

To check that nothing was changed since the desk signed it:

    python verify_dossier.py THIS_FILE.zip --key VERIFIER_KEY

verify_dossier.py comes with Touchstone (clients/); the key stands on the desk's page of feeds.
Take the key from the desk itself, not from whoever gave you this file.
"""


def pieces(
    *,
    claim: int,
    at: datetime,
    json: bytes,
    page: bytes,
    copies: Sequence[tuple[str, Snapshot]],
    checkpoint: str,
    signer: Signer,
) -> Iterator[bytes]:
    """The ZIP file in pieces. `checkpoint`: the log's newest, which dates the dossier."""
    sink = _Sink()
    files: list[dict[str, Any]] = []
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in (
            ("README.txt", README.encode()),
            ("dossier.html", page),
            ("dossier.json", json),
        ):
            yield from _put(archive, sink, path, at, [content], files)
        for path, snapshot in copies:
            yield from _put(archive, sink, path, at, _read(snapshot), files, stored=True)
        manifest = manifest_of(claim, at, files, checkpoint)
        note = signer.sign(note_text(signer.name, manifest))
        yield from _put(archive, sink, "manifest.json", at, [manifest], [])
        yield from _put(archive, sink, "manifest.note", at, [note.encode()], [])
    yield sink.taken()


def manifest_of(
    claim: int, at: datetime, files: Sequence[dict[str, Any]], checkpoint: str
) -> bytes:
    manifest = {
        "format": FORMAT,
        "claim": claim,
        "made_at": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
        "files": list(files),
        "checkpoint": checkpoint,
    }
    return _json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()


def note_text(origin: str, manifest: bytes) -> str:
    return f"{origin}\ndossier\n{hashlib.sha256(manifest).hexdigest()}\n"


class _Sink(io.RawIOBase):
    """What the archive is written to: it cannot be wound back, and gives away what it has."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._kept.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        kept, self._kept = b"".join(self._kept), []
        return kept


def _put(
    archive: zipfile.ZipFile,
    sink: _Sink,
    path: str,
    at: datetime,
    content: Iterable[bytes],
    files: list[dict[str, Any]],
    *,
    stored: bool = False,
) -> Iterator[bytes]:
    info = zipfile.ZipInfo(path, at.timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=stored) as target:
        for block in content:
            digest.update(block)
            size += len(block)
            target.write(block)
            yield sink.taken()
    files.append({"path": path, "size": size, "sha256": digest.hexdigest()})
    yield sink.taken()


def _read(snapshot: Snapshot) -> Iterator[bytes]:
    with snapshot.warc.open() as stored:
        yield from stored.chunks(BLOCK)
