"""The verdict log's mathematics against pymerkle's, in one run.

    python -m benchmarks.log [ENTRIES]

Prints, for a log of ENTRIES (default 20,000), the time to append them one by one and to take the
root after each, ours over stored nodes and pymerkle's in memory, and how both grow with the size.
"""

from __future__ import annotations

import sys
import time

from pymerkle import InmemoryTree

from claims.tlog import merkle


def ours(entries: list[bytes]) -> bytes:
    nodes: dict[merkle.Node, bytes] = {}

    def read(wanted: list[merkle.Node]) -> list[bytes]:
        return [nodes[node] for node in wanted]

    root = merkle.EMPTY_ROOT
    for index, entry in enumerate(entries):
        for level, at, digest in merkle.new_nodes(index, entry, read):
            nodes[level, at] = digest
        root = merkle.root(index + 1, read)
    return root


def theirs(entries: list[bytes]) -> bytes:
    tree = InmemoryTree(algorithm="sha256")
    root = b""
    for entry in entries:
        tree.append_entry(entry)
        root = tree.get_root()
    return root


def seconds(run: object, entries: list[bytes]) -> tuple[float, bytes]:
    assert callable(run)
    begun = time.perf_counter()
    root: bytes = run(entries)
    return time.perf_counter() - begun, root


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{'entries':>9} {'ours':>9} {'pymerkle':>9} {'ratio':>7}")
    for size in (most // 100, most // 10, most):
        entries = [b"entry %d" % number for number in range(size)]
        mine, root = seconds(ours, entries)
        peer, same = seconds(theirs, entries)
        assert root == same, "the two trees disagree"
        print(f"{size:>9,} {mine:>8.2f}s {peer:>8.2f}s {mine / peer:>7.2f}")


if __name__ == "__main__":
    main()
