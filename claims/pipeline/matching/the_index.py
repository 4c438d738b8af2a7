"""The index of all claims and imported checks, as files in the data folder of this host.

It holds nothing that the rows do not: a lost or broken one is made anew from them, by
`manage.py rebuild_index` or, where there is none yet, by the first worker that needs it. Each host
has its own: what came in elsewhere is put in before anything is looked for (`catch_up`).
"""

from __future__ import annotations

import functools
import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.db.models import Max, QuerySet

from claims.models import Claim, ImportedCheck
from claims.similarity.entries import Entry
from claims.similarity.index import Index, NoIndex, build

CHUNK = 2000
# Rows are numbered when they are written and seen when that is committed: so many before the
# highest number seen are looked for again.
LATE = 500
_NOTE = "reached.json"


def key_of(row: Claim | ImportedCheck) -> int:
    """One space of keys for both: even for claims, odd for checks."""
    return row.pk * 2 + isinstance(row, ImportedCheck)


def claim_of(key: int) -> int | None:
    """The claim's number, None for the key of a check."""
    return None if key % 2 else key // 2


def check_of(key: int) -> int | None:
    return key // 2 if key % 2 else None


def entry(row: Claim | ImportedCheck) -> Entry:
    if isinstance(row, Claim):
        return Entry(key_of(row), row.language, row.statement)
    return Entry(key_of(row), row.language or "en", row.claim)


def opened() -> Index:
    """The index, made from the rows where there is none yet. Raises BrokenIndex, BusyIndex."""
    index = _at(folder())
    try:
        len(index)
    except NoIndex:
        rebuild()
    return index


def rebuild(progress: Callable[[int], None] = lambda rows: None) -> int:
    """Makes the index anew beside the old one, which answers until then; gives how many entries it
    has. `progress` is told how many rows were read since it was last told."""
    newest = {
        name: rows.aggregate(newest=Max("pk"))["newest"] or 0 for name, rows in _kinds().items()
    }
    index = build(folder(), _rows(), progress)
    _reach(newest)
    return len(index)


def catch_up() -> int:
    """Puts in rows that other hosts, or workers that died, have not put in here, at most CHUNK of
    each kind; gives how many. Words that were changed elsewhere are found by their old ones here.
    Raises BrokenIndex, BusyIndex."""
    index = opened()
    seen = _reached()
    entries: list[Entry] = []
    for name, rows in _kinds().items():
        newer = rows.filter(pk__gt=seen.get(name, 0) - LATE)
        while chunk := list(newer.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
            keys = {key_of(rows.model(pk=pk)): pk for pk in chunk}
            gone = index.generation.missing(list(keys))
            wanted = rows.filter(pk__in=[keys[key] for key in gone])
            entries += map(entry, wanted)
            seen[name] = max(seen.get(name, 0), chunk[-1])
            if gone or len(chunk) < CHUNK:
                break
            newer = rows.filter(pk__gt=chunk[-1])
    index.add(entries)
    _reach(seen)
    return len(entries)


def total() -> int:
    return Claim.objects.filter(checkable=True).count() + ImportedCheck.objects.count()


def folder() -> Path:
    return Path(settings.DATA_DIR) / "similarity"


@functools.lru_cache(maxsize=1)
def _at(place: Path) -> Index:
    return Index(place)


def _kinds() -> dict[str, QuerySet[Claim] | QuerySet[ImportedCheck]]:
    """What is put in, each under its name in the note of how far this host has come."""
    return {
        "claims": Claim.objects.filter(checkable=True).only("language", "statement"),
        "checks": ImportedCheck.objects.only("language", "claim"),
    }


def _reached() -> dict[str, int]:
    """The highest numbers that were put in on this host; none where nobody can tell."""
    try:
        said = json.loads((folder() / _NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: said[name] for name in _kinds() if isinstance(said.get(name), int)}


def _reach(numbers: dict[str, int]) -> None:
    if numbers == _reached():
        return
    made = folder() / f"{uuid.uuid4().hex}.note"
    made.write_text(json.dumps(numbers), encoding="utf-8")
    made.replace(folder() / _NOTE)


def _rows() -> Iterator[Entry]:
    rows: Iterable[Claim | ImportedCheck]
    for kind in _kinds().values():
        rows = kind.order_by("pk").iterator(chunk_size=CHUNK)
        for row in rows:
            yield entry(row)
