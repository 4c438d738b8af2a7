"""A log in memory for the tests: what the database holds in the product, in three lists."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from claims.tlog import entry, merkle, note, tiles

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Nodes(dict[merkle.Node, bytes]):
    """Stored hashes of complete subtrees; counts how many were read."""

    reads = 0

    def read(self, nodes: list[merkle.Node]) -> list[bytes]:
        self.reads += len(nodes)
        return [self[node] for node in nodes]

    def append(self, index: int, leaf: bytes) -> None:
        for level, position, value in merkle.new_nodes(index, leaf, self.read):
            assert (level, position) not in self
            self[level, position] = value


def tree(size: int) -> Nodes:
    """A tree over the leaves b"0", b"1", …"""
    nodes = Nodes()
    for index in range(size):
        nodes.append(index, str(index).encode())
    return nodes


@dataclass
class Log:
    """A whole log, and the files it would serve."""

    signers: list[note.Signer]
    origin: str = "desk.example/log"
    headers: list[bytes] = field(default_factory=list)
    bodies: dict[int, bytes] = field(default_factory=dict)
    withdrawn: dict[int, int] = field(default_factory=dict)
    nodes: Nodes = field(default_factory=Nodes)

    def append(
        self,
        kind: str = "original",
        *,
        id: str = "",
        replaces: int = -1,
        body: dict[str, object] | None = None,
    ) -> int:
        number = len(self.headers)
        content = json.dumps(
            {"nonce": f"{number:032x}", **(body if body is not None else {"says": number})}
        ).encode()
        header = entry.header(
            number,
            kind,
            id or f"https://desk.example/v/{number}",
            replaces,
            START + timedelta(seconds=number),
            hashlib.sha256(content).hexdigest(),
        )
        self.nodes.append(number, header)
        self.headers.append(header)
        self.bodies[number] = content
        return number

    def fill(self, count: int) -> "Log":
        for _ in range(count):
            self.append()
        return self

    def erase(self, number: int) -> int:
        by = self.append("erasure", replaces=number, body={"ground": "court order"})
        del self.bodies[number]
        self.withdrawn[number] = by
        return by

    def checkpoint(self, size: int | None = None) -> bytes:
        size = len(self.headers) if size is None else size
        body = note.checkpoint_body(self.origin, size, merkle.root(size, self.nodes.read))
        return note.sign(body, *self.signers).encode()

    def files(self) -> dict[str, bytes]:
        """Path below the log's prefix to content."""
        served = {"checkpoint": self.checkpoint()}
        for one in tiles.of_tree(len(self.headers)):
            address = tiles.path(one.level, one.index, one.width)
            if one.level == tiles.ENTRIES:
                start = one.index * 256
                served[address] = tiles.entry_bundle(self.headers[start : start + one.width])
            else:
                served[address] = tiles.tile(one.level, one.index, one.width, self.nodes.read)
        served.update({f"body/{number}": body for number, body in self.bodies.items()})
        return served
