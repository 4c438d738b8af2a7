"""Every address there is, as Django knows them: a new one is asked here by itself.

Whoever is not of the desk learns nothing at any of them, and no form is taken without its token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver

from tests.admin.hands import signed_in

pytestmark = pytest.mark.django_db

# Whoever signs in or follows an invitation is nobody yet; the bell answers nobody with nothing.
OPEN = {"login", "login-code", "login-provider", "login-provider-back", "bell", "invitation"}
# What is asked to know whether somebody is of the desk, and in which language they are refused.
ASKED_OF_ANYBODY = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "auth_user",
    "auth_user_groups",
    "auth_user_user_permissions",
    "claims_profile",
    "django_content_type",
    "django_session",
}
# A part of an address → what stands there; a number where nothing does.
PARTS = {
    "form": "page",
    "language": "tr",
    "name": "wikipedia",
    "slug": "balance",
    "topic": "keys",
}
WORDS = "كلمات كتبها شخص ولم تُحفظ بعد"


def addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    """(route, name) of everything below."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield route, entry.name or ""


def filled(route: str) -> str:
    route = route.replace("^(?P<app_label>claims|auth)/$", "claims/")
    route = route.replace("(?P<url>.*)$", "nothing/")
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: PARTS.get(part[1], "1"), route)


def of_the_desk() -> list[str]:
    """Every address below /desk/ but those that are OPEN."""
    found = [
        filled(route)
        for route, name in addresses(get_resolver())
        if route.startswith("desk/") and name not in OPEN
    ]
    assert len(found) > 150
    return list(dict.fromkeys(found))


class Statements:
    """The tables that statements named, and those whose rows they changed."""

    def __init__(self) -> None:
        self.named: set[str] = set()
        self.changed: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        self.named |= set(re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', sql))
        change = re.match(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(\w+)"', sql)
        if change and context["cursor"].rowcount:
            self.changed.add(change[1])
        return result


def asked(
    client: Client, method: str, address: str, **more: Any
) -> tuple[HttpResponse, Statements]:
    seen = Statements()
    with connection.execute_wrapper(seen):
        response: Any = getattr(client, method)(address, **more)
        if response.streaming:
            b"".join(response.streaming_content)
    return response, seen


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.middleware.send_due", lambda: None)


@pytest.mark.parametrize("who", [None, "outsider"])
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_nobody_from_outside_is_answered_with_more_than_the_login(
    method: str, who: str | None, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who)) if who else Client()
    for address in of_the_desk():
        response, seen = asked(client, method, address)
        where = response.headers.get("Location", "")
        if address == "/desk/logout/":
            assert response.status_code in (302, 405), address
            if who:
                client = signed_in(request.getfixturevalue(who))
            continue
        assert response.status_code == 302, address
        assert where.startswith("/desk/login/?next=/desk/"), address
        assert seen.named <= ASKED_OF_ANYBODY, address


@pytest.mark.parametrize("who", [None, "outsider"])
@pytest.mark.parametrize(
    "forged",
    [
        {"hx-request": "true"},
        {"hx-request": "true", "hx-boosted": "true", "hx-target": "main"},
        {"hx-request": "true", "hx-current-url": "https://evil.example/desk/"},
    ],
)
def test_no_header_of_a_fragment_opens_a_door(
    forged: dict[str, str], who: str | None, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(who)) if who else Client()
    for address in of_the_desk():
        if address == "/desk/logout/":
            continue
        response, seen = asked(client, "get", address, headers=forged)
        assert response.content == b"", address
        goes_to = response.headers.get("HX-Redirect") or response.headers["Location"]
        assert goes_to.startswith("/desk/login/?next=/desk/"), address
        assert seen.named <= ASKED_OF_ANYBODY, address


def test_words_that_came_too_late_are_given_back_at_every_address_and_kept_at_none() -> None:
    for address in of_the_desk():
        if address == "/desk/logout/":
            continue
        response, seen = asked(Client(), "post", address, data={"words": WORDS})
        assert (response.status_code, WORDS in response.content.decode()) == (403, True), address
        assert seen.named <= ASKED_OF_ANYBODY, address


def test_no_form_is_taken_without_its_token(superuser: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(superuser)
    for route, name in addresses(get_resolver()):
        if name in OPEN:
            response, seen = asked(client, "post", filled(route), data={"words": WORDS})
            assert response.status_code in (403, 405), route
            assert not seen.changed, route
    for address in of_the_desk():
        response, seen = asked(client, "post", address, data={"words": WORDS})
        assert response.status_code in (403, 405), address
        assert not seen.changed, address
