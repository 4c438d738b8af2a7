"""Someone with a second factor, as seen from their browser: password, code, and whether it let them in.

The tests that use it set the clock to NOW.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from claims.pipeline.signing_in import factors
from tests.cast import PASSWORD

NOW = datetime(2026, 11, 20, 9, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def figures(at: datetime = NOW) -> str:
    return pyotp.TOTP(SECRET).at(at)


def with_factor(user: User) -> list[str]:
    """Set up half an hour ago; its recovery codes."""
    with time_machine.travel(NOW - timedelta(minutes=30), tick=False):
        return factors.confirm(user=user, secret=SECRET, code=figures(NOW - timedelta(minutes=30)))


def fresh() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def password(client: Client, user: User, password: str = PASSWORD, to: str = "") -> Any:
    return client.post(
        "/desk/login/", {"username": user.username, "password": password, "next": to}
    )


def code(client: Client, code: str = "", recovery: str = "") -> Any:
    return client.post("/desk/login/code/", {"code": code, "recovery": recovery})


def is_in(client: Client) -> bool:
    return bool(client.get("/desk/security/").status_code == 200)
