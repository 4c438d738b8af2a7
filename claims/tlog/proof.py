"""One entry's place in the log as a file that is verified without asking anybody (C2SP tlog-proof)."""

import base64

from claims.tlog import merkle

FIRST_LINE = "c2sp.org/tlog-proof@v1"
SUFFIX = ".tlog-proof"


def proof(index: int, size: int, header: bytes, checkpoint: str, read: merkle.Read) -> str:
    """The file for entry `index` under `checkpoint`, the signed head of the tree of `size` leaves.

    The line `extra` carries the leaf itself, so that nothing else is needed to hash it. ValueError
    for an entry that the tree does not have.
    """
    hashes = merkle.inclusion_proof(index, size, read)
    lines = [FIRST_LINE, f"extra {_encode(header)}", f"index {index}", *map(_encode, hashes)]
    return "\n".join(lines) + "\n\n" + checkpoint


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode()
