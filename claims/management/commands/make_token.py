from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError, CommandParser, no_translations
from django.db import transaction
from django.utils import timezone

from claims import permissions
from claims.management.base import DeskCommand, wrong_argument
from claims.models import ApiToken, Scope, Transition
from claims.workflow import record

_NEEDS = {Scope.INTAKE: permissions.INTAKE}


class Command(DeskCommand):
    help = "Makes a token with which a machine uses the API, and prints it once."
    needs = "the username of somebody who may bring articles in"
    example = 'make_token "the crawler" --owner layla --days 365'

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", metavar="NAME", help="what the token is for")
        parser.add_argument("--owner", required=True, metavar="USERNAME", help="who answers for it")
        parser.add_argument("--scope", default=Scope.INTAKE.value, help="what it may do: intake")
        parser.add_argument("--days", metavar="N", help="it ends after so many days")

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"].strip()
        if not 0 < len(name) <= 120 or not name.isprintable():
            raise wrong_argument("A token's name is one line of 1 to 120 characters.")
        scope = options["scope"]
        if scope not in Scope.values:
            raise wrong_argument(f"No scope '{scope}'. Known: {', '.join(Scope.values)}.")
        owner = User.objects.filter(username=options["owner"]).first()
        if owner is None:
            raise CommandError(f"Nobody here is called '{options['owner']}'. Give a username.")
        if not permissions.may(owner, _NEEDS[Scope(scope)]):
            raise CommandError(
                f"{owner} may not do what the scope '{scope}' is for, so the token could not "
                "either. Put them into a group that may, or give another owner."
            )
        now = timezone.now()
        days = _days(options["days"])
        secret = ApiToken.new_secret()
        with transaction.atomic():
            token = ApiToken.objects.create(
                name=name,
                sha256=ApiToken.digest(secret),
                scope=scope,
                owner=owner,
                created_at=now,
                expires_at=now + timedelta(days=days) if days else None,
            )
            record(
                Transition.Subject.DESK,
                0,
                "make_token",
                actor=None,
                data={"token": token.pk, "scope": scope, "owner": owner.pk, "days": days},
            )
        ends = f"until {token.expires_at:%Y-%m-%d %H:%M} UTC" if token.expires_at else "without end"
        self.stderr.write(
            f"Token '{name}' ({scope}), for which {owner} answers, is valid {ends}. It is shown "
            "only now; send it as “Authorization: Bearer …”:"
        )
        self.stdout.write(secret)


def _days(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 3650 and len(text) < 6):
        raise wrong_argument(f"--days {text} is not a number of days from 1 to 3650.")
    return int(text)
