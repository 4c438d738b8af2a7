"""manage.py rebuild_search: the words by which the queue finds claims, made anew from the rows."""

from __future__ import annotations

from typing import Any

from claims.management.base import DeskCommand
from claims.management.progress import progress
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
        with progress("Reading claims", Claim.objects.count(), self.stderr) as advance:
            written = finding.rebuild(advance)
        self.stdout.write(f"The words of {written} claims were written.")
