"""Who speaks, on the claim's page: what Wikidata suggests, and what becomes of each answer."""

from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Claimant
from claims.pipeline import review
from tests.admin.hands import address, history, press, signed_in
from tests.cast import proposed_claim
from tests.pipeline.test_naming import NAME, asked, entity, said_by, speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db: None) -> Claim:
    return asked(said_by(), entity(41, "Nadia Harun", "en", "minister"), entity(42, NAME))


def panel(user: User, claim: Claim) -> str:
    html = signed_in(user).get(address(claim)).content.decode()
    return unescape(html.partition('id="claimants"')[2].partition("</section>")[0])


def answer(user: User, claim: Claim, action: str, **fields: Any) -> Any:
    return press(signed_in(user), claim, f"claimants/{speaker(claim).pk}/{action}/", **fields)


def test_each_find_is_offered_with_what_it_says_and_the_name_it_brings(
    claim: Claim, editor: User
) -> None:
    html = panel(editor, claim)
    assert 'href="https://www.wikidata.org/wiki/Q41"' in html
    assert "minister" in html
    assert 'name="name" value="en:Nadia Harun" checked' in html
    assert html.count("This is them") == 2
    assert "None of these" in html


def test_this_is_them_and_not_after_all(claim: Claim, editor: User) -> None:
    response = answer(editor, claim, "identify", entity="Q41", name="en:Nadia Harun")
    assert response["Location"] == address(claim) + "#claimants"
    assert speaker(claim).wikidata_id == "Q41"
    assert list(speaker(claim).names.values_list("name", flat=True)) == ["Nadia Harun"]
    html = panel(editor, claim)
    assert "Is this one:" in html
    assert "This is them" not in html
    page = unescape(signed_in(editor).get(address(claim)).content.decode())
    assert "Said who the claimant is" in page
    assert f"{NAME} · Q41" in page
    answer(editor, claim, "forget")
    assert speaker(claim).wikidata_id == ""
    assert history(claim) == ["identify_claimant", "forget_claimant"]
    assert panel(editor, claim).count("This is them") == 2


def test_none_of_these_and_shown_again(claim: Claim, editor: User) -> None:
    answer(editor, claim, "reject")
    html = panel(editor, claim)
    assert "None of Wikidata's 2 finds is this one." in html
    assert "This is them" not in html
    answer(editor, claim, "reject", again="1")
    assert "This is them" in panel(editor, claim)


def test_what_is_refused_is_said_there(claim: Claim, editor: User, reviewer: User) -> None:
    response = answer(editor, claim, "identify", entity="Q7")
    assert response.status_code == 422
    assert "That answer is no longer there." in response.content.decode()
    proposed_claim(editor, claim)
    html = panel(reviewer, claim)
    assert "This is them" not in html
    response = answer(reviewer, claim, "identify", entity="Q41")
    assert response.status_code == 422
    assert speaker(claim).wikidata_id == ""


def test_somebody_without_the_right_sees_no_button(claim: Claim, administrator: User) -> None:
    html = panel(administrator, claim)
    assert "Nadia Harun" in html
    assert "<button" not in html
    assert answer(administrator, claim, "identify", entity="Q41").status_code == 403


def test_a_claimant_nobody_knows_anything_about_takes_no_room(editor: User) -> None:
    claim = said_by()
    assert 'id="claimants"' not in signed_in(editor).get(address(claim)).content.decode()
    assert Claimant.objects.count() == 1
    review.accept(claim=claim, actor=editor)
    response = answer(editor, claim, "identify", entity="Q41")
    assert "Ask Wikidata first." in response.content.decode()


def test_what_a_source_says_is_never_markup(editor: User) -> None:
    claim = asked(said_by(), entity(41, "<script>alert(1)</script>", "en", "<b>x</b>"))
    html = signed_in(editor).get(address(claim)).content.decode()
    assert "<script>alert" not in html
    assert "<b>x</b>" not in html
