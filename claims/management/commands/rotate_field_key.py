"""manage.py rotate_field_key: sealed secrets go over to the newest key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress

from claims.management.base import DeskCommand
from claims.pipeline import _sealing as sealing


class Command(DeskCommand):
    help = (
        "Seals what the database keeps of secrets with the first key of FIELD_KEY_FILE, and reads "
        "everything back. Put the new key on top of the file, leave the old one below it, restart "
        "the desk, run this, then take the old key out."
    )
    needs = "FIELD_KEY_FILE with the new key on top of the old one"
    example = "rotate_field_key"

    def handle(self, *args: Any, **options: Any) -> None:
        columns = (*Progress.get_default_columns(), MofNCompleteColumn())
        try:
            newest = sealing.newest_key()
            with Progress(*columns, console=Console(stderr=True)) as progress:
                task = progress.add_task("Sealing secrets", total=sealing.total())
                moved = sealing.reseal(lambda rows: progress.advance(task, rows))
        except sealing.FieldKeyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{moved} secrets were sealed anew; all open with the key {newest}. Older keys may be "
            "taken out of FIELD_KEY_FILE."
        )
