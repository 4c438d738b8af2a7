"""Administrators about people and machines: access, claims left behind, tokens, the front page."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from claims.models import ApiToken, Claim, Identity, Notification, SecondFactor, Transition
from claims.pipeline import _sealing as sealing
from claims.pipeline import review, staff
from tests.admin.hands import captured, history, signed_in
from tests.cast import make_article, make_claim, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


def factor(user: User) -> None:
    sealed = sealing.seal("JBSWY3DPEHPK3PXP", context=sealing.of_factor(user.pk))
    SecondFactor.objects.create(user=user, secret=sealed)


def url(user: User, tail: str = "") -> str:
    return f"/desk/people/{user.pk}/{tail}"


# --- A second factor that is reset


def test_a_reset_signs_the_person_out_tells_them_and_stands_in_the_history(
    administrator: User, editor: User
) -> None:
    factor(editor)
    theirs = signed_in(editor)
    answer = signed_in(administrator).post(
        url(editor, "reset-factor/"), {"reason": "Telephone stolen; I called her."}
    )
    assert answer.status_code == 302
    assert not SecondFactor.objects.exists()
    assert theirs.get("/desk/security/").status_code == 302
    told = Notification.objects.get(person=editor, kind="security")
    assert (told.data, told.actor) == ({"what": "reset"}, administrator)
    move = Transition.objects.get(action="reset_second_factor")
    assert (move.actor, move.reason) == (administrator, "Telephone stolen; I called her.")
    page = unescape(signed_in(editor).get("/desk/security/").content.decode())
    assert "\u2068admin\u2069 reset your second factor" in page


def test_a_reset_needs_a_reason_and_keeps_what_was_typed(administrator: User, editor: User) -> None:
    factor(editor)
    answer = signed_in(administrator).post(url(editor, "reset-factor/"), {"reason": " \x00 "})
    assert answer.status_code == 422
    assert "how you know that it is they" in answer.content.decode()
    assert SecondFactor.objects.exists()


def test_nobody_resets_their_own_or_a_superusers(
    administrator: User, superuser: User, editor: User
) -> None:
    factor(administrator), factor(superuser)
    client = signed_in(administrator)
    assert client.post(url(administrator, "reset-factor/"), {"reason": "x"}).status_code == 422
    assert client.post(url(superuser, "reset-factor/"), {"reason": "x"}).status_code == 403
    assert client.post(url(editor, "reset-factor/"), {"reason": "x"}).status_code == 409
    assert SecondFactor.objects.count() == 2


@pytest.mark.parametrize("tail", ["", "reset-factor/", "hand-over/", "end-sessions/", "unbind/1/"])
def test_it_is_for_administrators(editor: User, reviewer: User, tail: str) -> None:
    factor(reviewer)
    client = signed_in(editor)
    send = client.post if tail else client.get
    assert send(url(reviewer, tail)).status_code == 403
    assert SecondFactor.objects.exists()


# --- Claims left behind


def test_a_persons_open_claims_go_to_another(
    administrator: User, editor: User, second_editor: User
) -> None:
    article = make_article()
    mine = make_claim(article)
    review.accept(claim=mine, actor=editor)
    dismissed = make_claim(article, statement="another")
    review.accept(claim=dismissed, actor=editor)
    review.dismiss(claim=dismissed, actor=editor, reason="no claim")
    client = signed_in(administrator)
    assert 'class="n">1<' in client.get(url(editor)).content.decode()
    client.post(url(editor, "hand-over/"), {"to": second_editor.pk})
    assert Claim.objects.get(pk=mine.pk).assignee == second_editor
    assert Claim.objects.get(pk=dismissed.pk).assignee == editor
    assert history(mine) == ["accept", "edit"]
    move = Transition.objects.get(action="hand_over_claims")
    assert move.data["claims"] == [mine.pk]
    client.post(url(second_editor, "hand-over/"), {"to": "nobody"})
    assert Claim.objects.get(pk=mine.pk).assignee is None


def test_the_form_of_a_person_shows_their_open_claims_and_leads_to_handing_them_over(
    administrator: User, editor: User
) -> None:
    article = make_article()
    mine = make_claim(article, statement="What the minister said")
    review.accept(claim=mine, actor=editor)
    dismissed = make_claim(article, statement="What nobody said")
    review.accept(claim=dismissed, actor=editor)
    review.dismiss(claim=dismissed, actor=editor, reason="no claim")
    client = signed_in(administrator)
    form = reverse("admin:auth_user_change", args=[editor.pk])
    for page in (form, url(editor)):
        html = unescape(client.get(page).content.decode())
        assert "What the minister said" in html
        assert "What nobody said" not in html
    assert f'href="{url(editor)}"' in client.get(form).content.decode()


def test_whoever_is_locked_out_with_claims_in_hand_leads_to_handing_them_over(
    administrator: User, editor: User
) -> None:
    client = signed_in(administrator)
    form = reverse("admin:auth_user_change", args=[editor.pk])
    fields = {
        "username": editor.username,
        "groups": [group.pk for group in editor.groups.all()],
        "profile-TOTAL_FORMS": 0,
        "profile-INITIAL_FORMS": 0,
    }
    assert client.post(form, {**fields, "is_active": "on"}).url != url(editor)
    review.accept(claim=make_claim(), actor=editor)
    assert client.post(form, {**fields, "is_active": "on"}).url != url(editor)
    answer = client.post(form, fields, follow=True)
    assert answer.redirect_chain == [(url(editor), 302)]
    editor.refresh_from_db()
    assert not editor.is_active
    assert "1 open claim is still assigned to them" in answer.content.decode()
    client.post(url(editor, "hand-over/"), {"to": "nobody"})
    assert client.post(form, fields).url != url(editor)


def test_they_go_to_nobody_who_cannot_take_them(
    administrator: User, editor: User, outsider: User
) -> None:
    review.accept(claim=make_claim(), actor=editor)
    client = signed_in(administrator)
    assert client.post(url(editor, "hand-over/"), {"to": outsider.pk}).status_code == 422
    assert client.post(url(editor, "hand-over/"), {"to": administrator.pk}).status_code == 422
    for odd in ("", "x", "²", "9" * 30, "999999"):
        assert client.post(url(editor, "hand-over/"), {"to": odd}).status_code == 404
    assert Claim.objects.get().assignee == editor


def test_an_administrator_unbinds_and_signs_out(administrator: User, editor: User) -> None:
    bound = Identity.objects.create(user=editor, issuer="https://login.example", subject="s")
    theirs, client = signed_in(editor), signed_in(administrator)
    assert "https://login.example" in client.get(url(editor)).content.decode()
    client.post(url(editor, f"unbind/{bound.pk}/"))
    assert not Identity.objects.exists()
    assert client.post(url(editor, f"unbind/{bound.pk}/")).status_code == 409
    client.post(url(editor, "end-sessions/"))
    assert theirs.get("/desk/security/").status_code == 302
    client.post(url(administrator, "end-sessions/"))
    assert client.get("/desk/security/").status_code == 200


# --- Tokens


def test_a_token_is_shown_once_and_works(administrator: User, editor: User) -> None:
    client = signed_in(administrator)
    answer = client.post(
        "/desk/claims/apitoken/add/",
        {"name": "Feed reader", "scope": "intake", "owner": editor.pk, "days": "30"},
    )
    found = re.search(r"ts_[\w-]{43}", answer.content.decode())
    assert found is not None
    token = ApiToken.objects.get()
    assert token.sha256 == ApiToken.digest(found[0])
    assert "no-store" in answer.headers["Cache-Control"]
    assert Transition.objects.get(action="make_token").actor == administrator
    assert found[0] not in client.get("/desk/claims/apitoken/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "a\nb\x00"}, {"scope": "all"}, {"owner": "0"}, {"days": "0"},
     {"days": "99999"}],
)  # fmt: skip
def test_a_token_that_cannot_be_is_refused_in_words(
    administrator: User, editor: User, wrong: dict[str, str]
) -> None:
    fields = {"name": "x", "scope": "intake", "owner": str(editor.pk), **wrong}
    answer = signed_in(administrator).post("/desk/claims/apitoken/add/", fields)
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_a_token_can_do_no_more_than_its_owner(administrator: User, outsider: User) -> None:
    answer = signed_in(administrator).post(
        "/desk/claims/apitoken/add/", {"name": "x", "scope": "intake", "owner": outsider.pk}
    )
    assert "may not do this" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_tokens_are_made_by_administrators(editor: User) -> None:
    fields = {"name": "x", "scope": "intake", "owner": editor.pk}
    assert signed_in(editor).post("/desk/claims/apitoken/add/", fields).status_code == 403


# --- The front page


def test_the_front_page_says_what_needs_attention(
    administrator: User, editor: User, settings: Any
) -> None:
    review.accept(claim=make_claim(), actor=editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    settings.FIELD_KEY_FILE = None
    html = unescape(signed_in(administrator).get("/desk/administration/").content.decode())
    assert "1 open claims are in the hands" in html
    assert f'href="/desk/people/{editor.pk}/"' in html
    assert "FIELD_KEY_FILE is not set" in html
    assert "with a password alone" in html


def test_it_stays_under_thirty_queries_and_shows_editors_no_notices(
    administrator: User, editor: User
) -> None:
    for n in range(5):
        person(f"editor{n}", "Editor")
    client = signed_in(administrator)
    client.get("/desk/administration/")
    assert len(captured(client, "/desk/administration/")) < 30
    html = signed_in(editor).get("/desk/administration/").content.decode()
    assert "Needs attention" not in html
    assert "/desk/claims/claimant/" in html
    assert not staff.held_by(editor).exists()
