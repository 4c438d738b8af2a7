"""The public collections for matching, as entries to be found and queries with what is right."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT.parent / "shared" / "evaldata" / "claim_matching"


class Query(NamedTuple):
    text: str
    right: frozenset[int]


class Claims(NamedTuple):
    language: str
    texts: list[str]
    titles: list[str]
    places: dict[str, int]


def records(name: str) -> Iterator[dict[str, Any]]:
    with (FOLDER / name).open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def claims(name: str) -> Claims:
    rows = list(records(f"{name}.claims.jsonl"))
    return Claims(
        name.partition(".")[0].replace("xl-pud", name[-2:]),
        [row["text"] for row in rows],
        [row.get("title") or "" for row in rows],
        {row["id"]: place for place, row in enumerate(rows)},
    )


def queries(name: str, over: Claims) -> list[Query]:
    """Queries of which at least one right claim is in the collection."""
    found = [
        Query(row["text"], frozenset(over.places[to] for to in row["gold"] if to in over.places))
        for row in records(f"{name}.queries.jsonl")
    ]
    return [query for query in found if query.right]
