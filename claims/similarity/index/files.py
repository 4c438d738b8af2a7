"""Arrays in one file that every process maps: a checked header, then the arrays, each aligned.

A file is written beside its place and renamed into it, so that it is there whole or not at all.
"""

import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_MAGIC = b"touchstone-index"
_ALIGNED = 64


class BrokenIndex(RuntimeError):
    """The index cannot be used; the message says what is wrong with it and how to make it anew."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            f"The index in '{folder}' cannot be used: {why}. Delete the folder and build it anew"
            " from the rows; nothing but the index is in it."
        )


def _aligned(place: int) -> int:
    return -(-place // _ALIGNED) * _ALIGNED


def sync(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write(path: Path, arrays: Mapping[str, Array], about: Mapping[str, Any]) -> None:
    """Write the arrays and ``about`` (JSON) to ``path``, durably; an existing file is replaced."""
    table: list[tuple[str, str, list[int], int]] = []
    place = 0
    for name, array in arrays.items():
        place = _aligned(place)
        table.append((name, array.dtype.str, list(array.shape), place))
        place += array.nbytes
    header = json.dumps({"about": dict(about), "arrays": table, "bytes": place}).encode()
    start = _aligned(len(_MAGIC) + 8 + len(header))
    made = path.with_name(f"new-{path.name}")
    with made.open("wb") as file:
        file.write(_MAGIC)
        file.write(len(header).to_bytes(4, "little") + zlib.crc32(header).to_bytes(4, "little"))
        file.write(header)
        for (_, _, _, at), array in zip(table, arrays.values(), strict=True):
            file.write(b"\0" * (start + at - file.tell()))
            file.write(np.ascontiguousarray(array).data if array.size else b"")
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)


def read(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays, mapped and not to be written to, and ``about``.

    Raises BrokenIndex; FileNotFoundError where there is no such file.
    """
    with path.open("rb") as file:
        prefix = file.read(len(_MAGIC) + 8)
        size = os.fstat(file.fileno()).st_size
        length, check = (
            int.from_bytes(prefix[at : at + 4], "little") for at in (len(_MAGIC), len(_MAGIC) + 4)
        )
        if not prefix.startswith(_MAGIC) or len(_MAGIC) + 8 + length > size:
            raise BrokenIndex(path.parent, f"'{path.name}' is no file of an index")
        header = file.read(length)
        if zlib.crc32(header) != check:
            raise BrokenIndex(path.parent, f"the header of '{path.name}' is damaged")
        described = json.loads(header)
        start = _aligned(len(_MAGIC) + 8 + length)
        if size < start + described["bytes"]:
            raise BrokenIndex(path.parent, f"'{path.name}' is cut off")
        # Mapped while the file is open: it may be unlinked by a writer at any moment.
        # The subclass of numpy's maps makes every slice dear.
        whole = np.asarray(np.memmap(file, np.uint8, "r", shape=(size,)))
    arrays: dict[str, Array] = {}
    for name, dtype, shape, at in described["arrays"]:
        count = int(np.prod(shape)) * np.dtype(dtype).itemsize
        arrays[name] = whole[start + at : start + at + count].view(dtype).reshape(shape)
    return arrays, described["about"]
