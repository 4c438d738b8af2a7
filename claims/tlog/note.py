"""Signed notes, checkpoints and the log's signing key (C2SP signed-note, tlog-checkpoint).

Only Ed25519 signatures of type 0x01. The key file holds a line in the form Go's sumdb/note uses,
`PRIVATE+KEY+<name>+<key id>+<base64 of 0x01 and the seed>`, so that the key's name travels with it;
a second line is the older key, which goes on signing for a while after a change.
"""

import base64
import binascii
import hashlib
import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from claims.tlog.merkle import HASH_SIZE

ED25519 = b"\x01"
MAX_NOTE = 64 * 1024
MAX_SIGNATURES = 100

_PRIVATE = "PRIVATE+KEY+"
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_DECIMAL = re.compile(r"0|[1-9][0-9]*", re.ASCII)


class NoteError(ValueError):
    """A note that is malformed, not signed by a known key, or signed wrongly by one."""


class KeyFileError(Exception):
    """The signing key's file is missing, readable by others, or not a key."""


@dataclass(frozen=True)
class Verifier:
    """A public key and the name it signs under."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        digest = hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public)
        return digest.digest()[:4]

    def __str__(self) -> str:
        """The verifier key as it is handed around: `<name>+<key id>+<base64>`."""
        return f"{self.name}+{self.key_id.hex()}+{_encode(ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> "Verifier":
        name, _, rest = text.strip().partition("+")
        key_id, _, material = rest.partition("+")
        raw = _decode(material)
        if raw is None or len(raw) != 33 or raw[:1] != ED25519 or not _is_name(name):
            raise NoteError(f"'{text}' is no Ed25519 verifier key (name+hash+base64).")
        verifier = cls(name, raw[1:])
        if verifier.key_id.hex() != key_id:
            raise NoteError(
                f"The verifier key '{text}' is damaged: its hash should be "
                f"{verifier.key_id.hex()}. Copy it again, whole."
            )
        return verifier

    def accepts(self, signature: bytes, body: str) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, body.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """The log's private key."""

    name: str
    _key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def generate(cls, name: str) -> "Signer":
        """A new key; `name` is by custom the log's origin, `desk.example/log`."""
        if not _is_name(name):
            raise NoteError(f"'{name}' cannot name a key: it is empty or has a space or a '+'.")
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> "Signer":
        """The key that `save` wrote, or the first of several. KeyFileError as `read_keys`."""
        return read_keys(path)[0]

    @classmethod
    def parse(cls, text: str) -> "Signer | None":
        """The key of one line of a key file; None for anything else."""
        name, _, rest = text.removeprefix(_PRIVATE).partition("+")
        key_id, _, material = rest.partition("+")
        seed = _decode(material)
        if text.startswith(_PRIVATE) and _is_name(name) and seed and len(seed) == 33:
            signer = cls(name, Ed25519PrivateKey.from_private_bytes(seed[1:]))
            if seed[:1] == ED25519 and signer.verifier.key_id.hex() == key_id:
                return signer
        return None

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the key with mode 0600 to a file that must not be there yet."""
        write_keys(path, self)

    @property
    def secret_line(self) -> str:
        """What the key file holds of this key."""
        seed = ED25519 + self._key.private_bytes_raw()
        return f"{_PRIVATE}{self.name}+{self.verifier.key_id.hex()}+{_encode(seed)}\n"

    @property
    def verifier(self) -> Verifier:
        return Verifier(self.name, self._key.public_key().public_bytes_raw())

    def line(self, body: str) -> str:
        """The signature line under a note with the text `body`."""
        signature = self.verifier.key_id + self._key.sign(body.encode())
        return f"— {self.name} {_encode(signature)}\n"

    def sign(self, body: str) -> str:
        return sign(body, self)


def write_keys(path: str | os.PathLike[str], *signers: Signer) -> None:
    """A key file with mode 0600, one key a line, where none must be yet."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        # The process's umask may have taken bits away from the mode given to open().
        os.fchmod(file.fileno(), 0o600)
        file.writelines(signer.secret_line for signer in signers)
        file.flush()
        os.fsync(file.fileno())


def read_keys(path: str | os.PathLike[str]) -> list[Signer]:
    """The keys of a key file, the newest first: more than one while one takes over from another.

    KeyFileError where there is none, where a line is no key, and when anybody but the owner may read
    the file.
    """
    file = Path(path)
    try:
        mode = stat.S_IMODE(file.stat().st_mode)
        lines = file.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(
            f"The log's signing key cannot be read from '{file}' ({error}). Point "
            "SIGNING_KEY_FILE at the key, or restore it from the backup; a new key would "
            "break the trust of everyone who verifies the log."
        ) from error
    if mode & 0o077:
        raise KeyFileError(
            f"The log's signing key '{file}' is open to others (mode {mode:04o}). "
            f"Run: chmod 600 '{file}'"
        )
    keys = [Signer.parse(line) for line in lines]
    found = [key for key in keys if key is not None]
    if not found or len(found) < len(keys):
        raise KeyFileError(
            f"'{file}' holds no signing key of this log (PRIVATE+KEY+name+hash+base64). "
            "Restore it from the backup."
        )
    return found


def sign(body: str, *signers: Signer) -> str:
    """The signed note; several signers while one key takes over from another."""
    if not body.endswith("\n") or _CONTROL.search(body) or not signers:
        raise NoteError(
            "A note needs a signer and a text that ends in a newline and has no other control "
            "characters."
        )
    return body + "\n" + "".join(signer.line(body) for signer in signers)


def verify(text: str, verifiers: Sequence[Verifier]) -> tuple[str, list[Verifier]]:
    """The note's text, and which of `verifiers` signed it.

    Signatures by keys not among `verifiers` are ignored. NoteError when none of them signed, or
    when one did and its signature is wrong.
    """
    if len(text.encode()) > MAX_NOTE:
        raise NoteError(f"The note is longer than {MAX_NOTE} bytes.")
    head, separator, tail = text.rpartition("\n\n")
    if not separator or not tail.endswith("\n") or _CONTROL.search(text):
        raise NoteError("Not a signed note: text, an empty line and signature lines are needed.")
    body = head + "\n"
    lines = tail[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise NoteError(f"The note has {len(lines)} signatures, more than {MAX_SIGNATURES}.")
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signed: list[Verifier] = []
    seen: list[str] = []
    for line in lines:
        mark, name, encoded = [*line.split(" "), "", ""][:3]
        raw = _decode(encoded)
        if mark != "—" or line.count(" ") != 2 or not _is_name(name) or not raw or len(raw) < 5:
            raise NoteError(f"Not a signature line: '{line}'.")
        seen.append(f"{name}+{raw[:4].hex()}")
        verifier = known.get((name, raw[:4]))
        if verifier is None:
            continue
        if not verifier.accepts(raw[4:], body):
            raise NoteError(f"The signature by {seen[-1]} is not one of this text.")
        if verifier not in signed:
            signed.append(verifier)
    if not signed:
        wanted = ", ".join(f"{one.name}+{one.key_id.hex()}" for one in verifiers)
        raise NoteError(f"Signed by {', '.join(seen)}; not by a known key ({wanted}).")
    return body, signed


@dataclass(frozen=True)
class Checkpoint:
    """A tree head: the log's origin, its number of leaves, its root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, body: str) -> "Checkpoint":
        lines = body.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise NoteError("A checkpoint has three lines or more, none of them empty.")
        root = _decode(lines[2])
        if not _DECIMAL.fullmatch(lines[1]) or root is None or len(root) != HASH_SIZE:
            raise NoteError(f"'{lines[1]}' and '{lines[2]}' are not a tree's size and root.")
        return cls(lines[0], int(lines[1]), root)


def checkpoint_body(origin: str, size: int, root: bytes) -> str:
    """The text to sign: origin (the log's address without its scheme), size, root."""
    if not _is_name(origin) or size < 0 or len(root) != HASH_SIZE:
        raise NoteError(f"No checkpoint for origin '{origin}', size {size}, root {root.hex()}.")
    return f"{origin}\n{size}\n{_encode(root)}\n"


def key_change(origin: str, new: Signer, old: Signer | Verifier) -> dict[str, str]:
    """The body of an entry of kind `key`, to which the caller adds its nonce.

    `introduction` is a note that names both keys. The old key signs it too when it is at hand (a
    `Signer`); when it is lost (a `Verifier`) the new key stands alone, and verifiers report a break
    of trust.
    """
    by_old = old if isinstance(old, Signer) else None
    old_key = str(by_old.verifier if by_old else old)
    new_key = str(new.verifier)
    text = f"{origin}\nkey\n{old_key}\n{new_key}\n"
    introduction = sign(text, by_old, new) if by_old else sign(text, new)
    return {"old_key": old_key, "new_key": new_key, "introduction": introduction}


def _is_name(text: str) -> bool:
    return bool(text) and "+" not in text and not any(c.isspace() or c < " " for c in text)


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decode(text: str) -> bytes | None:
    """Standard base64 in its one canonical spelling; None for anything else."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if data and _encode(data) == text else None
