from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from claims.management.base import DeskCommand
from claims.pipeline.publishing import audit_entries
from claims.pipeline.publishing.verifying import verify_rows
from claims.tlog.note import KeyFileError
from clients.verify_log import DoesNotFit


class Command(DeskCommand):
    help = (
        "Verifies the verdict log over this desk's own rows, with the code that outsiders run, and the "
        "desk's history by what the log's newest audit entry says of it. "
        "With --since, proves that the log still holds everything an earlier checkpoint held."
    )
    needs = "the desk's database; --since needs a checkpoint that was kept"
    example = "verify_log --since checkpoint.txt --save checkpoint.txt"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=Path, metavar="FILE", help="an earlier checkpoint")
        parser.add_argument("--entry", type=int, metavar="N", help="only entry N's place in it")
        parser.add_argument("--save", type=Path, metavar="FILE", help="keep the checkpoint here")

    def handle(self, *args: Any, **options: Any) -> None:
        since: Path | None = options["since"]
        try:
            before = since.read_bytes() if since else None
        except OSError as error:
            raise CommandError(f"--since {since} cannot be read: {error.strerror}.") from error
        try:
            report = verify_rows(since=before, entry=options["entry"])
            if options["entry"] is None:
                audit_entries.verify_newest()
        except DoesNotFit as error:
            raise CommandError(f"The log does not fit: {error}") from error
        except audit_entries.HistoryRewritten as error:
            raise CommandError(f"The log fits; the desk's history does not. {error}") from error
        except (ValueError, FileNotFoundError, KeyFileError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(report.lines()))
        if options["save"]:
            options["save"].write_bytes(report.checkpoint)
