"""Tiles and entry bundles, and the addresses they are served at (C2SP tlog-tiles).

A tile at level L holds up to 256 consecutive hashes of complete subtrees of 256**L leaves; an entry
bundle holds up to 256 consecutive entries. Full ones (width 256) never change; of the last one of a
level every width that a checkpoint ever needed stays readable, and never changes either.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.tlog.merkle import Read

WIDTH = 256
ENTRIES = -1
"""In the place of a level: the entry bundles (as in Go's sumdb/tlog)."""
MAX_ENTRY = 0xFFFF
MAX_LEVEL = 63

_PATH = re.compile(
    r"tile/(?P<level>0|[1-9][0-9]?|entries)/"
    r"(?P<index>(?:x[0-9]{3}/)*[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


@dataclass(frozen=True)
class Tile:
    """An address: `level` 0 to 63 or ENTRIES, `index` within the level, `width` 1 to 256."""

    level: int
    index: int
    width: int = WIDTH


def path(level: int, index: int, width: int = WIDTH) -> str:
    """The address below the log's prefix: `tile/0/x001/x234/067`, `tile/entries/003.p/17`."""
    if not (level == ENTRIES or 0 <= level <= MAX_LEVEL) or index < 0 or not 1 <= width <= WIDTH:
        raise ValueError(f"No tile of level {level}, index {index}, width {width} can exist.")
    groups: list[str] = []
    rest = index
    while True:
        rest, group = divmod(rest, 1000)
        groups.append(f"{group:03}" if not groups else f"x{group:03}")
        if not rest:
            break
    name = "entries" if level == ENTRIES else str(level)
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{name}/{'/'.join(reversed(groups))}{partial}"


def parse_path(text: str) -> Tile:
    """The tile a path names. Each tile has one path: any other spelling is a ValueError."""
    match = _PATH.fullmatch(text)
    if match:
        level = ENTRIES if match["level"] == "entries" else int(match["level"])
        index = int(match["index"].replace("x", "").replace("/", ""))
        tile = Tile(level, index, int(match["width"] or WIDTH))
        if level <= MAX_LEVEL and tile.width <= WIDTH and path(level, index, tile.width) == text:
            return tile
    raise ValueError(
        f"'{text}' is no tile's path. Tiles are tile/<level>/<index>[.p/<width>] and "
        "tile/entries/<index>[.p/<width>], the index in groups of three digits like x001/x234/067."
    )


def exists(tile: Tile, size: int) -> bool:
    """Whether the tree of `size` leaves has all the hashes (or entries) that `tile` names."""
    row = size >> (8 * max(tile.level, 0))
    return tile.index * WIDTH + tile.width <= row


def of_tree(size: int) -> list[Tile]:
    """Every tile and entry bundle of the tree of `size` leaves, partial ones at their last width."""
    found: list[Tile] = []
    for level in (ENTRIES, *range(MAX_LEVEL + 1)):
        row = size >> (8 * max(level, 0))
        if row == 0:
            break
        full, rest = divmod(row, WIDTH)
        found.extend(Tile(level, index) for index in range(full))
        if rest:
            found.append(Tile(level, full, rest))
    return found


def tile(level: int, index: int, width: int, read: Read) -> bytes:
    """A tile's content: `width` hashes of 32 bytes one after the other."""
    if not 0 <= level <= MAX_LEVEL or index < 0 or not 1 <= width <= WIDTH:
        raise ValueError(f"No tile of level {level}, index {index}, width {width} can exist.")
    first = index * WIDTH
    hashes = read([(8 * level, first + offset) for offset in range(width)])
    if len(hashes) != width:
        raise ValueError(f"{path(level, index, width)} needs {width} hashes, found {len(hashes)}.")
    return b"".join(hashes)


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """An entry bundle's content: each entry behind its length as a big-endian uint16."""
    if not 1 <= len(entries) <= WIDTH:
        raise ValueError(f"An entry bundle holds 1 to {WIDTH} entries, not {len(entries)}.")
    for entry in entries:
        if len(entry) > MAX_ENTRY:
            raise ValueError(f"An entry has at most {MAX_ENTRY} bytes, not {len(entry)}.")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def parse_entry_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle; ValueError when it is cut short, empty or over-full."""
    entries: list[bytes] = []
    offset = 0
    while offset < len(data):
        start = offset + 2
        end = start + int.from_bytes(data[offset:start], "big")
        if end > len(data):
            raise ValueError(
                f"The entry bundle ends inside its entry {len(entries)} "
                f"(byte {len(data)} of at least {end})."
            )
        entries.append(data[start:end])
        offset = end
    if not 1 <= len(entries) <= WIDTH:
        raise ValueError(f"An entry bundle holds 1 to {WIDTH} entries, not {len(entries)}.")
    return entries
