"""How the tests press the desk's buttons and read its pages."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, Transition
from claims.pipeline import review


def signed_in(user: User) -> Client:
    """In English, so that the tests can name what they read."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    client.cookies["language"] = "en"
    return client


def address(claim: Claim, tail: str = "change/") -> str:
    return f"/desk/claims/claim/{claim.pk}/{tail}"


def offered(html: str) -> set[str]:
    return {name for names in re.findall(r'data-action="([^"]+)"', html) for name in names.split()}


def history(claim: Claim) -> list[str]:
    return list(
        Transition.objects.filter(subject="claim", subject_id=claim.pk)
        .order_by("number")
        .values_list("action", flat=True)
    )


def press(client: Client, claim: Claim, tail: str, **fields: Any) -> Any:
    """Posts what the page's own form would, its number of moves included, and every standard of an
    approval ticked."""
    claim.refresh_from_db()
    if tail == "review/approve/":
        fields = {"vouches": review.STANDARDS, **fields}
    return client.post(address(claim, tail), {"moves": claim.moves, **fields})


def captured(client: Client, path: str) -> list[Any]:
    """The queries of one visit."""
    with CaptureQueriesContext(connection) as context:
        client.get(path)
    return list(context.captured_queries)
