"""A desk on its first day: each list and board says what to do next, and none is merely blank."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from claims.admin.site import desk
from tests.admin.hands import signed_in

pytestmark = pytest.mark.django_db


def said(page: str) -> list[str]:
    """The words of each panel that stands where rows would be."""
    found = re.findall(r'<div class="empty">(.*?)</div>', page, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", words).split()) for words in found]


def test_every_list_of_the_registry_says_where_its_rows_come_from(superuser: User) -> None:
    client = signed_in(superuser)
    client.get("/desk/")  # the first page loads the addresses, and with them the lists
    empty = 0
    for model in desk._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        if not model._default_manager.exists():
            for words in said(client.get(reverse(f"admin:{name}_changelist")).content.decode()):
                empty += 1
                assert words != "Nothing here yet.", name
    assert empty >= 7


@pytest.mark.parametrize("view", ["", "board"])
@pytest.mark.parametrize("tab", ["open", "mine", "nobody", "contested", "again", "found", "all"])
def test_an_empty_part_of_the_queue_says_so_as_a_list_and_as_a_board(
    editor: User, view: str, tab: str
) -> None:
    page = signed_in(editor).get(f"/desk/claims/claim/?tab={tab}&view={view}").content.decode()
    (words,) = said(page)
    assert "New article" in page
    assert len(words) > len("Nothing here")
    assert 'class="board"' not in page


@pytest.mark.parametrize(
    "path",
    ["articles/", "collected/", "feeds/", "review/", "complaints/", "rules/", "webhooks/", "news/",
     "claims/claimant/", "claims/transition/"],
)  # fmt: skip
def test_every_other_list_has_a_heading_and_a_sentence(superuser: User, path: str) -> None:
    (words,) = said(signed_in(superuser).get(f"/desk/{path}").content.decode())
    assert re.search(r"\w+ \w+ .*\w\.", words)
    assert not words.startswith("No move fits")
