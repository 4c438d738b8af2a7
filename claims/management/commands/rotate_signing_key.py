"""manage.py rotate_signing_key: another key signs the verdict log."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser, no_translations

from claims.management.base import DeskCommand
from claims.pipeline.publishing import keys
from claims.tlog.note import KeyFileError, NoteError, Verifier
from claims.workflow import IllegalMove


class Command(DeskCommand):
    help = (
        "Makes a new key that signs the verdict log. The old one introduces it in an entry of the log, "
        "and both sign until --finish; SIGNING_KEY_FILE holds both, the new one first. Where several "
        "machines publish, copy the file to each before --finish. Everybody who verifies with the old "
        "key is led to the new one."
    )
    needs = "SIGNING_KEY_FILE, which it writes to; make a backup of it first"
    example = "rotate_signing_key"

    def add_arguments(self, parser: CommandParser) -> None:
        one = parser.add_mutually_exclusive_group()
        one.add_argument(
            "--finish", action="store_true", help="the new key signs alone from now on"
        )
        one.add_argument(
            "--lost",
            metavar="VERIFIER_KEY",
            help="the old key is gone; its public half, as the feeds page showed it. The new one stands "
            "alone, and everybody who verifies is told of a break of trust",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["finish"]:
                old = keys.finish()
                self.stdout.write(f"{old} signs no longer. Keep nothing of it; the log names it.")
                return
            if options["lost"]:
                new = keys.replace_lost(Verifier.parse(options["lost"]))
            else:
                new = keys.hand_over()
        except (IllegalMove, KeyFileError, NoteError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"New verifier key: {new}")
        self.stdout.write(
            "Back the key file up now, and tell those who verify the log of the new key."
        )
