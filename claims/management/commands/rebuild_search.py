"""manage.py rebuild_search: the words by which the queue finds claims, made anew from the rows."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from claims.management.base import DeskCommand
from claims.models import Claim
from claims.pipeline import finding


class Command(DeskCommand):
    help = (
        "Writes the words by which the queue finds claims anew, for all claims. It may run at any "
        "time, and be stopped and run again: the workers keep the words in step by themselves."
    )
    needs = "the desk's database"
    example = "rebuild_search"

    def handle(self, *args: Any, **options: Any) -> None:
        columns = (*Progress.get_default_columns(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            task = progress.add_task("Reading claims", total=Claim.objects.count())
            written = finding.rebuild(lambda claims: progress.advance(task, claims))
        self.stdout.write(f"The words of {written} claims were written.")
