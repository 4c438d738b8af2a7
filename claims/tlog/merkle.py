"""The Merkle tree of RFC 6962, section 2.1, over stored hashes.

Only *complete* subtrees are stored: node (level, index) is the hash over the 2**level leaves from
index * 2**level on. A complete subtree never changes once its last leaf is there, so rows of nodes
are only ever added, and the root of any size, past ones included, follows from at most
log2(size) + 1 of them.
"""

import hashlib
from collections.abc import Callable, Sequence

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Node = tuple[int, int]
"""(level, index) of a complete subtree."""

Read = Callable[[list[Node]], list[bytes]]
"""Gives the stored hashes of the nodes asked for, in the order asked. Called once per operation,
so that a database needs one query; must raise when a node is missing."""


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def new_nodes(index: int, leaf: bytes, read: Read) -> list[tuple[int, int, bytes]]:
    """The complete subtrees that appear when the entry `leaf` becomes leaf number `index`.

    Returns (level, index, hash) from level 0 upwards; on average two of them. `leaf` is the
    entry's bytes, not yet hashed.
    """
    if index < 0:
        raise ValueError(f"A leaf's index is 0 or more, not {index}.")
    # Each trailing 1 bit of the index closes one more subtree, whose left half is stored already.
    height = 0
    while (index >> height) & 1:
        height += 1
    left_halves = _read(read, [(level, (index >> level) - 1) for level in range(height)])
    current = leaf_hash(leaf)
    made = [(0, index, current)]
    for level, left in enumerate(left_halves, start=1):
        current = node_hash(left, current)
        made.append((level, index >> level, current))
    return made


def root(size: int, read: Read) -> bytes:
    """The tree's root at `size` leaves, 32 bytes."""
    if size < 0:
        raise ValueError(f"A tree's size is 0 or more, not {size}.")
    if size == 0:
        return EMPTY_ROOT
    return _fold(_read(read, _subtrees(0, size)))


def inclusion_proof(index: int, size: int, read: Read) -> list[bytes]:
    """The audit path of leaf `index` in the tree of `size` leaves (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"No leaf {index} in a tree of {size} leaves.")
    ranges: list[tuple[int, int]] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    return _range_hashes(ranges[::-1], read)


def consistency_proof(old_size: int, new_size: int, read: Read) -> list[bytes]:
    """What shows that the tree of `new_size` leaves begins with the one of `old_size` (2.1.2).

    Empty when the sizes are equal or the old tree is the empty one.
    """
    if not 0 <= old_size <= new_size:
        raise ValueError(f"A tree of {old_size} leaves cannot grow into one of {new_size}.")
    if old_size == 0:
        return []
    ranges: list[tuple[int, int]] = []
    start, end = 0, new_size
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            ranges.append((middle, end))
            end = middle
        else:
            ranges.append((start, middle))
            start = middle
    # When the old tree is a complete subtree of the new one, the verifier knows its root already.
    if start > 0:
        ranges.append((start, end))
    return _range_hashes(ranges[::-1], read)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root_hash: bytes
) -> bool:
    """Whether `leaf` (a leaf hash) is number `index` under `root_hash` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last = index, size - 1
    current = leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            current = node_hash(sibling, current)
            while position and not position & 1:
                position >>= 1
                last >>= 1
        else:
            current = node_hash(current, sibling)
        position >>= 1
        last >>= 1
    return last == 0 and current == root_hash


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree under `new_root` begins with the one under `old_root` (RFC 9162, 2.1.4.2)."""
    if not 0 <= old_size <= new_size:
        return False
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    if old_size == new_size:
        return not proof and old_root == new_root
    hashes = list(proof)
    if old_size & (old_size - 1) == 0:
        hashes.insert(0, old_root)
    if not hashes:
        return False
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position >>= 1
        last >>= 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old = node_hash(sibling, old)
            new = node_hash(sibling, new)
            while position and not position & 1:
                position >>= 1
                last >>= 1
        else:
            new = node_hash(new, sibling)
        position >>= 1
        last >>= 1
    return last == 0 and old == old_root and new == new_root


def _split(width: int) -> int:
    """The largest power of two smaller than `width`, which is at least 2."""
    return 1 << ((width - 1).bit_length() - 1)


def _subtrees(start: int, end: int) -> list[Node]:
    """The complete subtrees that make up the leaves start..end-1, largest first.

    `start` is a multiple of the power of two that the range's width does not exceed, as it is for
    every range RFC 6962 speaks of.
    """
    nodes: list[Node] = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append((level, start >> level))
        start += 1 << level
    return nodes


def _fold(hashes: Sequence[bytes]) -> bytes:
    """One hash over complete subtrees of falling size: the smaller ones hang to the right."""
    current = hashes[-1]
    for left in reversed(hashes[:-1]):
        current = node_hash(left, current)
    return current


def _range_hashes(ranges: Sequence[tuple[int, int]], read: Read) -> list[bytes]:
    parts = [_subtrees(start, end) for start, end in ranges]
    stored = iter(_read(read, [node for nodes in parts for node in nodes]))
    return [_fold([next(stored) for _ in nodes]) for nodes in parts]


def _read(read: Read, nodes: list[Node]) -> list[bytes]:
    if not nodes:
        return []
    hashes = read(nodes)
    if len(hashes) != len(nodes) or any(len(value) != HASH_SIZE for value in hashes):
        raise ValueError(
            f"Asked for the hashes of {len(nodes)} nodes ({nodes[0]} first), "
            f"got {len(hashes)}, or some not of {HASH_SIZE} bytes. The stored tree is damaged: "
            "rebuild its nodes from the log's headers."
        )
    return hashes
