"""The index as a folder that grows: whole segments, and one small file that says which count.

``current.json`` is replaced by rename, so there is at any moment one state to read, and a writer
that dies leaves the one before. Segments are only added and unlinked, never changed; whoever still
maps an unlinked one keeps it. One writer at a time holds the lock, which its death gives back.
"""

import fcntl
import json
import os
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from claims.similarity import embedding
from claims.similarity.entries import Candidate, Entry
from claims.similarity.index import files, rows, segment
from claims.similarity.index.generation import Generation, Part
from claims.similarity.index.rows import Embed, Rows

_FORMAT = 2
_CURRENT = "current.json"
_LOCK = "writing"
# Two neighbours are merged when the elder is less than so many times larger: few segments to ask,
# and a row is written anew only a few times in its life.
_RATIO = 4
# A segment that has lost so much of its rows is written anew without them.
_HOLLOW = 0.5


class BusyIndex(RuntimeError):
    """Another process writes to the index; try again when it is done."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"Another process is writing to the index in '{folder}'. Try again later.")


class NoIndex(RuntimeError):
    """There is no index in the folder yet."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"There is no index in '{folder}' yet. Build it from the rows.")


class Index:
    """An open index. Safe for threads; every question sees what was last written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stamp: tuple[int, int] | None = None
        self._parts: dict[str, Part] = {}
        self._generation = Generation(())

    @classmethod
    def open(cls, folder: Path) -> "Index":
        """Raises NoIndex, BrokenIndex."""
        opened = cls(folder)
        len(opened)
        return opened

    def __len__(self) -> int:
        """How many entries can be found."""
        return len(self.generation)

    def search(
        self, text: str, language: str, top: int = 10, exclude: Collection[int] = ()
    ) -> list[Candidate]:
        """The ``top`` entries most likely about the same matter as ``text``, best first, without
        the keys in ``exclude``. Raises UnknownLanguage, NoIndex, BrokenIndex."""
        return self.generation.search(text, language, top, exclude)

    def add(self, entries: Iterable[Entry], embed: Embed = embedding.vectors) -> None:
        """Put in ``entries``; one whose key is there replaces it, the last of several with one key
        counts. Raises BusyIndex, NoIndex, BrokenIndex, UnknownLanguage."""
        latest = {entry.key: entry for entry in entries}
        if not latest:
            return
        # Before the lock: embedding is what takes long.
        new = rows.of(latest.values(), embed, _quietly)
        with _writing(self._folder):
            state = _state(self._folder)
            parts = [(name, _load(self._folder, name, dead)) for name, dead in state["segments"]]
            kept = [(name, _killed(part, latest)) for name, part in parts]
            _write(self._folder, _merged(kept, new))

    def remove(self, keys: Collection[int]) -> None:
        """Take out the entries of ``keys``; unknown ones are none of its business. Raises
        BusyIndex, NoIndex, BrokenIndex."""
        with _writing(self._folder):
            state = _state(self._folder)
            kept: list[tuple[str, Part | Rows]] = [
                (name, _killed(_load(self._folder, name, dead), keys))
                for name, dead in state["segments"]
            ]
            _write(self._folder, kept)

    @property
    def generation(self) -> Generation:
        """What was last written. Raises NoIndex, BrokenIndex."""
        try:
            status = (self._folder / _CURRENT).stat()
        except FileNotFoundError:
            raise NoIndex(self._folder) from None
        stamp = (status.st_mtime_ns, status.st_ino)
        if stamp != self._stamp:
            self._generation = self._read()
            self._stamp = stamp
        return self._generation

    def _read(self) -> Generation:
        seen = None
        while True:
            state = _state(self._folder)
            try:
                parts = {}
                for name, dead in state["segments"]:
                    # A segment that is mapped already is not mapped again.
                    known = self._parts.get(f"{name} {dead}")
                    parts[f"{name} {dead}"] = known or _load(self._folder, name, dead)
            except FileNotFoundError as error:
                # A writer has replaced it in between; the same state twice is a lost file.
                if state == seen:
                    raise files.BrokenIndex(
                        self._folder, f"'{Path(error.filename).name}' is missing"
                    ) from None
                seen = state
                continue
            self._parts = parts
            return Generation(tuple(parts.values()))


def build(
    folder: Path,
    entries: Iterable[Entry],
    progress: Callable[[int], None] = lambda rows: None,
    embed: Embed = embedding.vectors,
) -> Index:
    """Make the index of ``entries`` in ``folder``, in place of what is there, which answers until
    the new one is whole. ``progress`` is told how many entries were read since it was last told.
    The last of several entries with one key counts. Raises BusyIndex, UnknownLanguage."""
    folder.mkdir(parents=True, exist_ok=True)
    with _writing(folder):
        read = rows.of(entries, embed, progress)
        # Of rows with one key the last: the first of the reversed.
        _, first = np.unique(read.keys[::-1], return_index=True)
        if len(first) < len(read):
            read = rows.chosen(read, np.sort(len(read) - 1 - first))
        _write(folder, [("", read)])
    return Index.open(folder)


def in_memory(entries: Iterable[Entry], progress: Callable[[int], None]) -> Generation:
    """The same without a folder, for one process and one time. Keys must differ."""
    return Generation((Part(segment.sealed(rows.of(entries, embedding.vectors, progress))),))


def _quietly(_rows: int) -> None:
    return None


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    if not folder.is_dir():
        raise NoIndex(folder)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyIndex(folder) from None
        yield


def _state(folder: Path) -> dict[str, Any]:
    """What ``current.json`` says. Raises NoIndex, BrokenIndex."""
    try:
        said = json.loads((folder / _CURRENT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NoIndex(folder) from None
    except ValueError:
        raise files.BrokenIndex(folder, f"'{_CURRENT}' is damaged") from None
    if not isinstance(said, dict) or said.get("format") != _FORMAT:
        raise files.BrokenIndex(folder, "it was made by another version of this program")
    if said.get("model") != embedding.MODEL:
        raise files.BrokenIndex(folder, "its vectors are of another embedding")
    return said


def _load(folder: Path, name: str, dead: str | None) -> Part:
    found = segment.load(folder / name)
    if dead is None:
        return Part(found)
    places = files.read(folder / dead)[0]["places"]
    gone = np.zeros(len(found), np.bool_)
    gone[places] = True
    return Part(found, gone)


def _killed(part: Part, keys: Collection[int]) -> Part:
    places = part.segment.of_keys(np.array(sorted(keys), np.int64))
    if not len(places):
        return part
    dead = np.zeros(len(part.segment), np.bool_) if part.dead is None else part.dead.copy()
    dead[places] = True
    return Part(part.segment, dead)


def _living(part: Part) -> Rows:
    loose = segment.loosened(part.segment)
    return loose if part.dead is None else rows.chosen(loose, np.flatnonzero(~part.dead))


def _merged(kept: list[tuple[str, Part]], new: Rows) -> list[tuple[str, Part | Rows]]:
    """``new`` behind the kept parts, together with those of its size before it."""
    left = list(kept)
    together = [new]
    while left and len(left[-1][1].segment) < _RATIO * sum(len(each) for each in together):
        together.insert(0, _living(left.pop()[1]))
    return [*left, ("", rows.joined(together))]


def _write(folder: Path, parts: Sequence[tuple[str, Part | Rows]]) -> None:
    """Write what is new among ``parts``, make them the current state, clear what no longer counts."""
    listed: list[tuple[str, str | None]] = []
    for name, part in parts:
        if isinstance(part, Part) and part.dead is not None and part.dead.mean() > _HOLLOW:
            part = _living(part)
        if isinstance(part, Rows):
            # A name that never was: whoever has a segment of that name mapped has this one.
            name = f"{uuid.uuid4().hex}.segment"
            segment.save(folder / name, segment.sealed(part))
            listed.append((name, None))
        elif part.dead is None:
            listed.append((name, None))
        else:
            dead = f"{uuid.uuid4().hex}.dead"
            files.write(folder / dead, {"places": np.flatnonzero(part.dead)}, {})
            listed.append((name, dead))
    files.sync(folder)
    made = folder / f"new-{_CURRENT}"
    with made.open("w", encoding="utf-8") as file:
        json.dump({"format": _FORMAT, "model": embedding.MODEL, "segments": listed}, file)
        file.flush()
        os.fsync(file.fileno())
    made.replace(folder / _CURRENT)
    files.sync(folder)
    counted = {name for pair in listed for name in pair}
    for pattern in ("*.segment", "*.dead"):
        for path in folder.glob(pattern):
            if path.name not in counted:
                path.unlink()
