"""manage.py write_public_files: tiles and archive pages as files for a web server."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser

from claims.management.base import DeskCommand
from claims.management.progress import progress
from claims.pipeline.publishing import files, log


class Command(DeskCommand):
    help = (
        "Writes the log's tiles and the feeds' archive pages into PUBLIC_DIR, where a web server may "
        "serve them. Workers do so by themselves; run it on a new host, or with --again where the "
        "desk's name, licence or address has changed. It may be stopped and run again."
    )
    needs = "the desk's database and a place in DATA_DIR for some kilobytes for each publication"
    example = "write_public_files --again"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="write everything anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["again"]:
            files.begin_again()
        with progress("Entries of the log", log.size(), self.stderr) as advance:
            files.write_due(progress=advance)
        self.stdout.write(f"The files are in step with the log's {log.size()} entries.")
