"""manage.py write_public_files: tiles and archive pages as files for a web server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from claims.pipeline.publishing import files, log


class Command(BaseCommand):
    help = (
        "Writes the log's tiles and the feeds' archive pages into PUBLIC_DIR, where a web server may "
        "serve them. Workers do so by themselves; run it on a new host, or with --again where the "
        "desk's name, licence or address has changed. It may be stopped and run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="write everything anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            files.begin_again()
        columns = (*Progress.get_default_columns(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("Entries of the log", total=log.size())
            files.write_due(
                say=lambda upto, size: progress.update(task, completed=upto, total=size)
            )
        self.stdout.write(f"The files are in step with the log's {log.size()} entries.")
