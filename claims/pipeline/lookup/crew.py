"""The threads that wait for one source's answers, as many as it allows at once.

They do nothing but wait: rows come to them ready, and whoever has an answer takes the next row by
itself, so that no place stands empty while the one that writes is busy writing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue

from claims.models import Lookup
from claims.pipeline import _traffic as traffic
from claims.sources.base import Answer, Query, Source, SourceError

# More places than one worker's processor keeps busy.
WIDE = 8

Outcome = Answer | SourceError
Row = tuple[Lookup, Query]
Ask = Callable[[Lookup, Query], Outcome]


class Crew:
    """`gather` gives what has been answered, `left` what nobody was let ask."""

    def __init__(self, source: Source, ask: Ask) -> None:
        self._source, self._ask = source, ask
        self._held: list[Row] = []
        self._next: SimpleQueue[Row] = SimpleQueue()
        self._ended: SimpleQueue[tuple[Lookup, Outcome] | BaseException | None] = SimpleQueue()
        self.at_work = 0
        self._begun = False

    @property
    def ahead(self) -> int:
        """Rows it has and has not asked about."""
        return len(self._held) + self._next.qsize()

    def hold(self, rows: Iterable[Row]) -> None:
        self._held += rows

    def go_on(self) -> None:
        """Asks about as many of its rows as the source's limits let it now."""
        wanted = self._source.concurrency - self.at_work
        if not self._begun and wanted > WIDE:
            # At first half of the places: another worker that begins now gets the other half.
            wanted //= 2
        self._begun = True
        free = min(wanted, len(self._held))
        if free > 0:
            for place in traffic.take(self._source, free).places:
                self.at_work += 1
                threading.Thread(
                    target=self._work, args=(place, self._held.pop(0)), daemon=True
                ).start()
        # No further place is free, here or with another worker: these follow at those it has.
        if self.at_work and self._held:
            for _granted in range(traffic.more(self._source, len(self._held))):
                self._next.put(self._held.pop(0))

    def gather(self, seconds: float) -> list[tuple[Lookup, Outcome]]:
        """What is answered within so many seconds, or until nobody is at work. Raises what ended a
        thread: then the worker itself is being ended."""
        answered: list[tuple[Lookup, Outcome]] = []
        until = time.monotonic() + seconds
        while self.at_work:
            try:
                one = self._ended.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                break
            if one is None:
                self.at_work -= 1
            elif isinstance(one, BaseException):
                raise one
            else:
                answered.append(one)
        return answered

    def left(self) -> list[Lookup]:
        rows = [row for row, _query in self._held]
        self._held.clear()
        while not self._next.empty():
            rows.append(self._next.get()[0])
        return rows

    def _work(self, place: str, first: Row) -> None:
        try:
            row, query = first
            while True:
                self._ended.put((row, self._ask(row, query)))
                row, query = self._next.get_nowait()
        except Empty:
            pass
        except BaseException as end:
            self._ended.put(end)
        finally:
            traffic.give_back(self._source, [place])
            self._ended.put(None)
