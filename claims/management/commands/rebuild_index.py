"""manage.py rebuild_index: the index of matching, made anew from the rows."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from claims.management.base import DeskCommand
from claims.management.progress import progress
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
        try:
            with progress("Reading claims", total(), self.stderr) as advance:
                entries = rebuild(advance)
        except BusyIndex as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The index holds {entries} entries.")
