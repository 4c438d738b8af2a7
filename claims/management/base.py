"""The base of commands that leave work for the background."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from claims.tasks import send_due


class DispatchingCommand(BaseCommand):
    """Sends what the command made due, after it has committed and also when it failed half-way."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        finally:
            send_due()
