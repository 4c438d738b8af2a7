"""Which rules are at work: a fingerprint of the code, lexicons and weights that split an article."""

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_LENGTH = 12


@cache
def version() -> str:
    """Hex digits of the SHA-256 over every file of the detection and of the languages. A number
    that somebody has to raise would be forgotten."""
    digest = hashlib.sha256()
    for folder in ("detection", "languages"):
        for path in sorted((_PACKAGE / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(_PACKAGE).as_posix()}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_LENGTH]
