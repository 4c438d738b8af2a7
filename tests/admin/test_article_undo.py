"""What was just accepted or dismissed on the article's page is undone with one press."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Correction
from claims.pipeline import review
from tests import cast
from tests.admin.hands import history, signed_in

pytestmark = pytest.mark.django_db

SECOND = "عدد العائدين بلغ 1200 شخص"


@pytest.fixture
def two() -> list[Claim]:
    first = cast.make_claim()
    return [first, cast.make_claim(first.article, text=SECOND, claimant="الوزارة")]


def path(claim: Claim, tail: str = "") -> str:
    return f"/desk/articles/{claim.article_id}/{tail}"


def do(user: User, at: Claim, tail: str, **fields: Any) -> str:
    """Where the button leads."""
    return str(signed_in(user).post(path(at, tail), fields)["Location"])


def states() -> list[str]:
    return list(Claim.objects.order_by("pk").values_list("state", flat=True))


def test_several_acceptances_are_offered_back_and_taken_back_together(
    editor: User, two: list[Claim]
) -> None:
    here = do(editor, two[0], "accept/", claim=[two[0].pk, two[1].pk])
    assert here == path(two[0], f"?undo={two[0].pk}.{two[1].pk}")
    html = signed_in(editor).get(here).content.decode()
    assert "2 claims accepted" in html
    assert "data-undo-last" in html
    assert do(editor, two[0], "undo/", undo=f"{two[0].pk}.{two[1].pk}") == path(two[0])
    assert states() == ["found", "found"]
    assert history(two[0]) == ["accept", "unaccept"]
    kinds = list(Correction.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["accept", "accept", "unaccept", "unaccept"]


def test_a_dismissal_is_taken_back_to_where_it_came_from(editor: User, two: list[Claim]) -> None:
    here = do(editor, two[0], f"claims/{two[0].pk}/dismiss/", reason="رأي")
    assert "data-undo-last" in signed_in(editor).get(here).content.decode()
    do(editor, two[0], "undo/", undo=str(two[0].pk))
    assert states() == ["found", "found"]


def test_what_somebody_has_gone_on_with_is_not_offered(
    editor: User, second_editor: User, two: list[Claim]
) -> None:
    here = do(editor, two[0], "accept/", claim=two[0].pk)
    review.start(claim=Claim.objects.get(pk=two[0].pk), actor=second_editor)
    assert "data-undo-last" not in signed_in(editor).get(here).content.decode()
    answer = signed_in(editor).post(path(two[0], "undo/"), {"undo": two[0].pk}, follow=True)
    assert "There is nothing to undo" in answer.content.decode()
    assert states() == ["researching", "found"]


def test_a_reload_offers_nothing_that_was_undone(editor: User, two: list[Claim]) -> None:
    here = do(editor, two[0], "accept/", claim=two[0].pk)
    do(editor, two[0], "undo/", undo=two[0].pk)
    assert "data-undo-last" not in signed_in(editor).get(here).content.decode()


@pytest.mark.parametrize("asked", ["", "x", "9" * 40, "1.2.x", "-1", "١"])
def test_an_address_that_names_nothing_offers_nothing(
    asked: str, editor: User, two: list[Claim]
) -> None:
    answer = signed_in(editor).get(path(two[0]), {"undo": asked})
    assert answer.status_code == 200
    assert "data-undo-last" not in answer.content.decode()
    assert signed_in(editor).post(path(two[0], "undo/"), {"undo": asked}).status_code == 302
    assert states() == ["found", "found"]


def test_a_claim_of_another_article_is_not_undone_here(editor: User, two: list[Claim]) -> None:
    other = cast.make_claim(
        cast.make_article(text="نص آخر: " + SECOND, url="https://o.example/1"), text=SECOND
    )
    review.accept(claim=other, actor=editor)
    do(editor, two[0], "undo/", undo=other.pk)
    assert Claim.objects.get(pk=other.pk).state == "queued"


def test_looking_at_the_action_leads_to_the_article(editor: User, two: list[Claim]) -> None:
    assert signed_in(editor).get(path(two[0], "undo/"))["Location"] == path(two[0])
