"""What the desk's commands have in common: help with an example, and work that is left for later."""

from __future__ import annotations

from typing import Any

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
)

from claims.tasks import send_due


def wrong_argument(message: str) -> CommandError:
    """For an argument that says nothing the command can do: it ends with 2, as a missing one does."""
    return CommandError(message, returncode=2)


class _Help(DjangoHelpFormatter):
    def _fill_text(self, text: str, width: int, indent: str) -> str:
        # A line to be copied is not broken.
        return text if "\n" in text else super()._fill_text(text, width, indent)


class DeskCommand(BaseCommand):
    """`needs`: what has to be there before it runs; `example`: a whole command line."""

    needs: str
    example: str

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name,
            subcommand,
            formatter_class=_Help,
            epilog=f"needs:\n  {self.needs}\n\nexample:\n  manage.py {self.example}",
            **kwargs,
        )


class DispatchingCommand(DeskCommand):
    """Sends what the command made due, after it has committed and also when it failed half-way."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        finally:
            send_due()
