"""Where the embedded default keeps the few files that settings must know of."""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

# A socket's path ends at 108 bytes on Linux and at 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 103


def broker_socket(data_dir: Path) -> Path:
    """The embedded broker's socket: in `data_dir`, or in a short folder of ours when that is too deep.

    The same answer for the same folder, so that a command started by hand finds the broker. Nothing
    is created here.
    """
    path = data_dir / "run" / "broker.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    short = Path(tempfile.gettempdir()) / f"touchstone-{digest}" / "broker.sock"
    if len(os.fsencode(short)) <= LONGEST_SOCKET_PATH:
        return short
    return Path("/tmp") / short.parent.name / short.name  # noqa: S108 - the folder is checked when made


def kept_secret(path: Path) -> str:
    """The secret in `path`; made there at the first call, readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Written apart and then linked, so that of two processes that start together one wins and
        # both read the same whole secret.
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
