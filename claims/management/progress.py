"""A bar on the error stream for what takes longer than a second."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.core.management.base import OutputWrapper

_PATIENCE = 1.0
# Without a terminal: a line after so many seconds.
_EVERY = 10.0


@contextmanager
def progress(label: str, total: int, stderr: OutputWrapper) -> Iterator[Callable[[int], None]]:
    """A function to be told how many more are done; shows nothing in the first second."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
    task = bar.add_task(label, total=total)
    started = told = time.monotonic()
    done = 0

    def advance(more: int) -> None:
        nonlocal done, told
        done += more
        now = time.monotonic()
        bar.update(task, completed=done)
        if stderr.isatty():
            if now - started > _PATIENCE:
                bar.start()
        elif now - told > _EVERY:
            told = now
            stderr.write(f"{label}: {done} of {total}")

    try:
        yield advance
    finally:
        bar.stop()
