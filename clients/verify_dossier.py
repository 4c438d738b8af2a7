#!/usr/bin/env python3
"""Verifies one claim's dossier: that every file in it is as the desk signed it.

    python verify_dossier.py dossier-7-2026-10-12.zip --key VERIFIER_KEY

Needs Python 3.11, `cryptography` and no account. `manifest.note` must be signed by the key and
name the SHA-256 of `manifest.json`; that must name the SHA-256 and size of every other file, and no
file may be missing or come on top. The hashes of the claim's history and of the verdict's versions
are made again. Take the key from the desk itself, not from whoever gave you the dossier.

Exit codes: 0 all fits; 1 something does not fit, and it is named; 2 wrong usage or no such file.
"""

import argparse
import base64
import hashlib
import json
import sys
import zipfile
from collections.abc import Sequence
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

BARE = (",", ":")
LARGEST = 64 * 1024 * 1024  # of the JSON files, which are read whole


class DoesNotFit(Exception):
    """The dossier is not what the desk signed."""


def verify(path: str, key: str) -> dict[str, Any]:
    """The manifest, once all has been found to fit. Raises DoesNotFit; ValueError for a bad key."""
    name, key_id, public = _key(key)
    try:
        with zipfile.ZipFile(path) as archive:
            manifest_bytes = _small(archive, "manifest.json")
            _signature(_small(archive, "manifest.note"), name, key_id, public, manifest_bytes)
            manifest: dict[str, Any] = json.loads(manifest_bytes)
            _files(archive, manifest["files"])
            dossier = json.loads(_small(archive, "dossier.json"))
            if dossier["claim"]["id"] != manifest["claim"]:
                raise DoesNotFit("dossier.json is another claim's than manifest.json says")
            _history(dossier["history"])
            _versions(dossier["versions"])
    except (zipfile.BadZipFile, ValueError, LookupError, TypeError, EOFError) as error:
        raise DoesNotFit(f"it is damaged or no dossier ({error})") from None
    return manifest


def _key(text: str) -> tuple[str, bytes, bytes]:
    name, key_id, material = [*text.strip().split("+", 2), "", ""][:3]
    raw = base64.b64decode(material, validate=True)
    if not name or len(raw) != 33 or raw[0] != 1:
        raise ValueError(f"'{text}' is no Ed25519 verifier key (name+hash+base64)")
    digest = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if digest.hex() != key_id:
        raise ValueError(f"the verifier key '{text}' is damaged: copy it again, whole")
    return name, digest, raw[1:]


def _small(archive: zipfile.ZipFile, path: str) -> bytes:
    with archive.open(path) as content:
        return content.read(LARGEST)


def _signature(note: bytes, name: str, key_id: bytes, public: bytes, manifest: bytes) -> None:
    """That the key signed exactly: its name, the word "dossier", the manifest's SHA-256."""
    text, _gap, lines = note.decode().partition("\n\n")
    if text != f"{name}\ndossier\n{hashlib.sha256(manifest).hexdigest()}":
        raise DoesNotFit("manifest.note was not made for this manifest.json, or by another desk")
    for line in lines.splitlines():
        mark, signer, encoded = [*line.split(" "), "", ""][:3]
        try:
            blob = base64.b64decode(encoded, validate=True)
            if (mark, signer, blob[:4]) != ("—", name, key_id):
                continue
            Ed25519PublicKey.from_public_bytes(public).verify(blob[4:], f"{text}\n".encode())
            return
        except (InvalidSignature, ValueError):
            raise DoesNotFit("the signature in manifest.note is not the key's") from None
    raise DoesNotFit("manifest.note is not signed by the key given")


def _files(archive: zipfile.ZipFile, listed: list[dict[str, Any]]) -> None:
    there = sorted(info.filename for info in archive.infolist())
    wanted = sorted([*(file["path"] for file in listed), "manifest.json", "manifest.note"])
    if there != wanted:
        odd = ", ".join(sorted(set(there) ^ set(wanted)) or there)
        raise DoesNotFit(f"files are missing, too many, or there twice: {odd}")
    for file in listed:
        try:
            with archive.open(file["path"]) as content:
                digest = hashlib.sha256()
                while block := content.read(1 << 20):
                    digest.update(block)
        except Exception as error:
            raise DoesNotFit(f"{file['path']} cannot be read ({error})") from None
        if (digest.hexdigest(), archive.getinfo(file["path"]).file_size) != (
            file["sha256"],
            file["size"],
        ):
            raise DoesNotFit(f"{file['path']} is not the file that was signed")


def _history(moves: list[dict[str, Any]]) -> None:
    """That each move names the hash of the one before, and that its own hash is made of it."""
    before = ""
    for number, move in enumerate(moves, start=1):
        canonical = move["canonical"]  # null where words of a confidential article are left out
        made_of = json.loads(canonical) if canonical else move
        if (move["number"], made_of["number"], made_of["previous"]) != (number, number, before):
            raise DoesNotFit(f"move {number} of the history does not follow the one before")
        if canonical and (
            hashlib.sha256(canonical.encode()).hexdigest() != move["hash"]
            or any(move[field] != value for field, value in made_of.items() if field in move)
        ):
            raise DoesNotFit(f"move {number} of the history is not what its hash was made of")
        before = move["hash"]


def _versions(versions: list[dict[str, Any]]) -> None:
    for version in versions:
        # Of strings, whole numbers and ASCII names this is the canonical form (RFC 8785).
        form = json.dumps(version["content"], sort_keys=True, separators=BARE, ensure_ascii=False)
        if hashlib.sha256(form.encode()).hexdigest() != version["digest"]:
            raise DoesNotFit(f"version {version['number']} is not the one that was reviewed")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Verifies one claim's dossier.")
    parser.add_argument("file", help="the dossier, a ZIP file")
    parser.add_argument("--key", required=True, help="the desk's verifier key")
    options = parser.parse_args(arguments)
    try:
        found = verify(options.file, options.key)
    except DoesNotFit as error:
        print(f"DOES NOT FIT: {error}", file=sys.stderr)
        return 1
    except (OSError, ValueError) as error:
        print(f"Nothing was verified: {error}", file=sys.stderr)
        return 2
    print(f"Claim {found['claim']}, {found['made_at']}: all is as the desk signed it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
