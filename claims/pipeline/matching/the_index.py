"""The index of all claims and imported checks, as files in the data folder of this host.

It holds nothing that the rows do not: a lost or broken one is made anew from them, by
`manage.py rebuild_index` or, where there is none yet, by the first worker that needs it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings

from claims.models import Claim, ImportedCheck
from claims.similarity.entries import Entry
from claims.similarity.index import Index, NoIndex, build

CHUNK = 2000


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
    return len(build(folder(), _rows(), progress))


def total() -> int:
    return Claim.objects.filter(checkable=True).count() + ImportedCheck.objects.count()


def folder() -> Path:
    return Path(settings.DATA_DIR) / "similarity"


@functools.lru_cache(maxsize=1)
def _at(place: Path) -> Index:
    return Index(place)


def _rows() -> Iterator[Entry]:
    rows: Iterable[Claim | ImportedCheck]
    for rows in (
        Claim.objects.filter(checkable=True).only("language", "statement").order_by("pk"),
        ImportedCheck.objects.only("language", "claim").order_by("pk"),
    ):
        for row in rows.iterator(chunk_size=CHUNK):
            yield entry(row)
