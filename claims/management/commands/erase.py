"""manage.py erase: a body goes out of the log by order of law."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError, CommandParser, no_translations

from claims import permissions
from claims.management.base import DeskCommand
from claims.models import Publication
from claims.pipeline.publishing import erasing
from claims.workflow import IllegalMove


class Command(DeskCommand):
    help = (
        "Withdraws the text of one log entry by order of law: from the log, from the pages, the feeds "
        "and the API, for good. Its place, its fingerprint and a new entry with the ground stay, and "
        "everybody can read them. A wrong verdict is corrected or retracted on the desk, not erased."
    )
    needs = "the order of a court or an authority, and the username of an administrator"
    example = 'erase 41 --ground "Court of Appeal, 2026-11-24, file 7/26" --by nadine'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "entry", type=int, metavar="N", help="the log entry, as its page names it"
        )
        parser.add_argument(
            "--ground", required=True, help="the order; readers see it: court, date, file"
        )
        parser.add_argument("--by", required=True, metavar="USERNAME", help="the administrator")
        parser.add_argument(
            "--yes", action="store_true", help="do it; without it only says what would go"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        number = options["entry"]
        actor = User.objects.filter(username=options["by"]).first()
        if actor is None:
            raise CommandError(f"Nobody here is called '{options['by']}'. Give a username.")
        if not permissions.may(actor, permissions.ADMINISTER):
            raise CommandError(f"{actor} is no administrator. Name one who answers for it.")
        if not options["yes"]:
            self.stdout.write(self._preview(number))
            return
        try:
            row = erasing.erase(number=number, ground=options["ground"], actor=actor)
        except (IllegalMove, PermissionDenied) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Entry {number} has no body any more; entry {row.number} says why.")
        for other in erasing.also_there(number):
            self.stdout.write(f"Still there: entry {other.pk}, {_named(other)}.")
        self.stdout.write(
            "Backups and copies that others made still have it: see the operations book."
        )

    def _preview(self, number: int) -> str:
        publication = Publication.objects.filter(entry_id=number).select_related("version").first()
        if publication is None:
            raise CommandError(f"Entry {number} of the log is no publication.")
        what = f"{_named(publication)}, “{publication.version.summary}”"
        return "\n".join(
            [
                f"Would withdraw entry {number}: {what}.",
                *_still_there(number),
                "Nothing brings it back. Say --yes to do it.",
            ]
        )


def _still_there(number: int) -> list[str]:
    return [
        f"Still there: entry {other.pk}, {_named(other)}." for other in erasing.also_there(number)
    ]


def _named(publication: Publication) -> str:
    return (
        f"verdict {publication.verdict_number}, version {publication.version_number} "
        f"({publication.language})"
    )
