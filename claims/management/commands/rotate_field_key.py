"""manage.py rotate_field_key: sealed secrets go over to the newest key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from claims.management.base import DeskCommand
from claims.management.progress import progress
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
        try:
            newest = sealing.newest_key()
            with progress("Sealing secrets", sealing.total(), self.stderr) as advance:
                moved = sealing.reseal(advance)
        except sealing.FieldKeyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{moved} secrets were sealed anew; all open with the key {newest}. Older keys may be "
            "taken out of FIELD_KEY_FILE."
        )
