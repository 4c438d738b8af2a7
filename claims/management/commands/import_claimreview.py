from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from django.core.management.base import CommandError, CommandParser, no_translations
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from claims.management.base import DeskCommand
from claims.pipeline.importing import Report, import_checks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Without a terminal: a line for every so many records.
EVERY = 10_000


class Command(DeskCommand):
    help = (
        "Imports other desks' fact-checks from a file of ClaimReview data: a Data Commons feed, or "
        "ClaimReview objects in an array or one a line. May be run again with a newer file."
    )
    needs = "a file that has been downloaded; the desk fetches none"
    example = "import_claimreview data.json"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="ClaimReview data (JSON)")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                if not file.seekable():
                    raise CommandError(f"{path} is a pipe. Save it to a file first.")
                with self._progress(file) as progress:
                    report = import_checks(file, progress=progress)
        except OSError as error:
            raise CommandError(
                f"{path} cannot be read: {error.strerror}. Give a file of ClaimReview data (JSON)."
            ) from error
        self._tell(report)
        if report.broken:
            raise CommandError(f"{path}: {report.broken}")

    @contextmanager
    def _progress(self, file: BinaryIO) -> Iterator[Callable[[Report], None]]:
        size = os.fstat(file.fileno()).st_size
        if not self.stderr.isatty():
            told = 0

            def lines(report: Report) -> None:
                nonlocal told
                if report.read // EVERY > told:
                    told = report.read // EVERY
                    self.stderr.write(f"{report.read} records, {100 * file.tell() // size} %")

            yield lines
            return
        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
        with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bar:
            task = bar.add_task("", total=size)
            yield lambda report: bar.update(
                task, completed=file.tell(), description=f"{report.read} records"
            )

    def _tell(self, report: Report) -> None:
        for title, total, first in (
            ("Skipped", report.skipped, report.first_skipped),
            ("Not understood and left out", report.remarks, report.first_remarks),
        ):
            if not total:
                continue
            self.stdout.write(f"{title}:")
            for position, reason in first:
                self.stdout.write(f"  {position}: {reason}")
            if total > len(first):
                self.stdout.write(f"  and {total - len(first)} more")
        self.stdout.write(
            f"Records: {report.read} read, {report.imported} imported, {report.updated} updated, "
            f"{report.unchanged} unchanged, {report.skipped} skipped."
        )
