"""What each page of the desk costs: under thirty queries, and not one more for four times the rows.

The addresses are those that Django knows, so a new page is here by itself; a part of an address for
which no row is known fails until `plenty.values` says which stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse

from claims.admin import urls
from claims.admin.site import desk
from tests import cast
from tests.admin import plenty
from tests.admin.hands import address, signed_in

pytestmark = pytest.mark.django_db

FEW, MUCH = 3, 12
BUDGET = 30
# Of the pages that are about a claim, those that are not about a public one.
ABOUT = {
    "claim-review": "in_review",
    "claim-publish": "approved",
    "claim-preview": "approved",
    "claim-drop_correction": "correcting",
}
# Addresses that show no page to somebody who is signed in, or none on a desk without a provider, an
# article's newer version, or a copy on the disk. Django's own that the desk never links to.
NO_PAGE = {
    "login", "invitation", "login-code", "login-provider", "login-provider-back", "logout",
    "article-changes", "evidence-copy-file", "autocomplete", "app_list", "view_on_site",
}  # fmt: skip
# A file that has to be asked for in a form.
QUERY = {"figure": "?as=csv"}
# An act: it wants a POST, and leads whoever comes without one to the page it belongs to.
ACTS = {HTTPStatus.FOUND, HTTPStatus.METHOD_NOT_ALLOWED}


def pages(room: plenty.Room) -> Iterator[tuple[str, str]]:
    """The name and the address of everything that may be a page."""
    for entry in urls.urlpatterns:
        if isinstance(entry, URLPattern) and entry.name and entry.name not in NO_PAGE:
            parts = {name: room.values[name] for name in entry.pattern.converters}
            if entry.name in ABOUT:
                parts["claim_id"] = room.claims[ABOUT[entry.name]].pk
            yield entry.name, reverse(f"admin:{entry.name}", kwargs=parts)
    for model in desk._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.last()
        assert row is not None, f"plenty has no {name}"
        yield f"{name}_changelist", reverse(f"admin:{name}_changelist")
        for what in ("change", "history"):
            yield f"{name}_{what}", reverse(f"admin:{name}_{what}", args=[row.pk])
    for state, claim in room.claims.items():
        yield f"claim {state}", address(claim)


def costs(client: Client, room: plenty.Room, *, before: bool) -> dict[str, int]:
    """The queries of each page. `before`: each is looked at once before, so that what the process
    keeps of it is there; of a claim's page always, whose first sight makes its news read."""
    found = {}
    for name, path in pages(room):
        path += QUERY.get(name, "")
        if before or name.startswith("claim"):
            client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
            if answer.streaming:
                b"".join(answer)  # type: ignore[arg-type]
        if answer.status_code not in ACTS:
            assert answer.status_code in (HTTPStatus.OK, HTTPStatus.NO_CONTENT), (name, path)
            found[name] = len(queries)
    return found


# Some twenty seconds of computing, which other work on the machine can stretch.
@pytest.mark.timeout(900)
def test_every_page_costs_less_than_thirty_queries_whatever_there_is() -> None:
    me = cast.person("me", "Editor", "Reviewer", "Publisher", "Administrator")
    client = signed_in(me)
    few = costs(client, plenty.furnish(me, FEW), before=True)
    much = costs(client, plenty.furnish(me, MUCH), before=False)
    assert {"index", "queue", "article", "review", "publishing", "figures"} <= few.keys()
    assert few.keys() == much.keys()
    assert {name: number for name, number in few.items() if number >= BUDGET} == {}
    assert {name: number for name, number in much.items() if number >= BUDGET} == {}
    # A list that has a second page may show less on its first one than a short list does.
    grown = {name: (few[name], number) for name, number in much.items() if number > few[name]}
    assert grown == {}
