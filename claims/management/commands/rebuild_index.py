"""manage.py rebuild_index: the index of matching, made anew from the rows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from claims.management.base import DeskCommand
from claims.pipeline.matching import rebuild
from claims.pipeline.matching.the_index import total
from claims.similarity.index import BusyIndex


class Command(DeskCommand):
    help = (
        "Makes the index of all claims and imported checks anew. The old one answers until the new "
        "one is whole, so it may run at any time."
    )
    needs = "the desk's database, and room for a second index in its data folder"
    example = "rebuild_index"

    def handle(self, *args: Any, **options: Any) -> None:
        columns = (*Progress.get_default_columns(), MofNCompleteColumn())
        try:
            with Progress(*columns, console=Console(stderr=True)) as progress:
                task = progress.add_task("Reading claims", total=total())
                entries = rebuild(lambda rows: progress.advance(task, rows))
        except BusyIndex as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The index holds {entries} entries.")
