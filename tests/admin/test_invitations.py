"""A new colleague asked in by e-mail: one link, once, for some days, with a password of their own."""

from __future__ import annotations

import re
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from claims import tasks
from claims.models import Claim, Invitation, Transition
from claims.pipeline import inviting
from claims.workflow import TRANSITIONS
from tests.admin.factors import fresh, is_in
from tests.admin.hands import signed_in

pytestmark = pytest.mark.django_db

URL = "/desk/invitations/"
CHOSEN = "a path between two harbours"


@pytest.fixture(autouse=True)
def _with_a_mail_server(settings: Any) -> Any:
    settings.MAIL_IS_SET_UP = True
    with translation.override("en"):
        yield


def asked(**fields: object) -> dict[str, object]:
    return {
        "username": "dana",
        "email": "dana@news.example",
        "first_name": "Dana",
        "last_name": "Aydın",
        "language": "en",
        "roles": [Group.objects.get(name="Editor").pk],
        **fields,
    }


@pytest.fixture
def invited(administrator: User) -> Invitation:
    assert signed_in(administrator).post(URL, asked()).status_code == 302
    return Invitation.objects.get()


def link() -> str:
    """The path that the newest letter leads to."""
    inviting.mail_due()
    found = re.search(r"http\S+(/desk/invitation/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def choose(client: Client, path: str, password: str = CHOSEN, again: str = CHOSEN) -> Any:
    return client.post(path, {"password": password, "again": again})


def actions() -> list[str]:
    return list(
        Transition.objects.filter(subject="desk")
        .order_by("number")
        .values_list("action", flat=True)
    )


def test_a_letter_a_link_a_password_and_they_are_in(invited: Invitation) -> None:
    assert not invited.person.has_usable_password()
    path = link()
    letter = mail.outbox[-1]
    assert letter.to == ["dana@news.example"]
    assert "Your user name: dana" in letter.body
    client = fresh()
    page = client.get(path)
    assert page.status_code == 200
    assert "You sign in as" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert choose(client, path).headers["Location"] == "/desk/login/"
    client.post("/desk/login/", {"username": "dana", "password": CHOSEN})
    assert is_in(client)
    assert actions()[-3:] == ["add_person", "invite_person", "accept_invitation"]
    assert Transition.objects.get(action="accept_invitation").actor == invited.person


def test_the_link_works_once(invited: Invitation) -> None:
    path = link()
    choose(fresh(), path)
    assert fresh().get(path).status_code == 404
    assert (
        choose(
            fresh(), path, "another password of theirs", "another password of theirs"
        ).status_code
        == 404
    )
    assert User.objects.get(username="dana").check_password(CHOSEN)


def test_only_a_hash_of_it_is_kept(invited: Invitation) -> None:
    secret = link().strip("/").rpartition("/")[2]
    invited.refresh_from_db()
    assert invited.sha256 == Invitation.digest(secret)
    assert secret not in str(list(Transition.objects.values_list("data", flat=True)))


def test_one_that_ended_never_was_or_was_withdrawn_is_answered_alike(
    invited: Invitation, administrator: User
) -> None:
    path = link()
    Invitation.objects.update(
        made_at=timezone.now() - timedelta(days=9), expires_at=timezone.now() - timedelta(seconds=1)
    )
    ended = fresh().get(path)
    never = fresh().get("/desk/invitation/" + "n" * 43 + "/")
    assert (ended.status_code, never.status_code) == (404, 404)
    signed_in(administrator).post(f"{URL}{invited.pk}/again/")
    path = link()
    assert fresh().get(path).status_code == 200
    signed_in(administrator).post(f"{URL}{invited.pk}/withdraw/")
    assert choose(fresh(), path).status_code == 404
    assert not User.objects.get(username="dana").is_active
    assert actions()[-2:] == ["invite_again", "withdraw_invitation"]


def test_a_letter_that_is_sent_again_makes_the_one_before_void(
    invited: Invitation, administrator: User
) -> None:
    first = link()
    signed_in(administrator).post(f"{URL}{invited.pk}/again/")
    assert fresh().get(first).status_code == 404, "from this moment on"
    second = link()
    assert len(mail.outbox) == 2
    assert fresh().get(first).status_code == 404
    assert fresh().get(second).status_code == 200


def test_a_letter_goes_out_once_however_often_it_is_looked_for(invited: Invitation) -> None:
    for _time in range(3):
        tasks.mail_invitations()
    assert len(mail.outbox) == 1


def test_a_letter_that_does_not_go_out_says_why_and_is_tried_again(
    invited: Invitation, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object, **_more: object) -> int:
        raise smtplib.SMTPConnectError(421, "come back later")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", refused)
        inviting.mail_due()
    assert "come back later" in signed_in(administrator).get(URL).content.decode()
    inviting.mail_due()
    assert mail.outbox == [], "not at once"
    Invitation.objects.update(next_at=timezone.now())
    assert fresh().get(link()).status_code == 200
    assert "come back later" not in signed_in(administrator).get(URL).content.decode()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"email": "dana"}, "valid email"),
        ({"email": "LAYLA@news.example"}, "is here already"),
        ({"username": "Layla"}, "user name already"),
        ({"username": "dana aydın"}, "valid username"),
        ({"username": "d\0"}, "Null"),
        ({"roles": []}, "required"),
        ({"roles": ["999"]}, "999"),
        ({"language": "xx"}, "xx"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_nothing_typed_is_lost(
    administrator: User, editor: User, fields: dict[str, object], why: str
) -> None:
    User.objects.filter(pk=editor.pk).update(email="layla@news.example")
    client = signed_in(administrator)
    client.cookies["language"] = "en"
    answer = client.post(URL, asked(**fields))
    assert answer.status_code == 422
    html = answer.content.decode()
    assert why in html
    assert "Aydın" in html
    assert not Invitation.objects.exists()
    assert not User.objects.filter(first_name="Dana").exists()


@pytest.mark.parametrize(
    ("password", "again", "why"),
    [("short1", "short1", "too short"), (CHOSEN, "another", "not the same"), ("", "", "required")],
)
def test_a_weak_password_or_two_different_ones_set_nothing(
    invited: Invitation, password: str, again: str, why: str
) -> None:
    path = link()
    answer = choose(fresh(), path, password, again)
    assert why in answer.content.decode()
    assert not User.objects.get(username="dana").has_usable_password()
    assert fresh().get(path).status_code == 200


def test_without_a_mail_server_the_page_says_so(administrator: User, settings: Any) -> None:
    settings.MAIL_IS_SET_UP = False
    client = signed_in(administrator)
    client.cookies["language"] = "en"
    assert "no mail server" in client.get(URL).content.decode()
    assert client.post(URL, asked()).status_code == 422
    assert not User.objects.filter(username="dana").exists()


def test_it_is_for_administrators(invited: Invitation, editor: User, publisher: User) -> None:
    for person in (editor, publisher):
        client = signed_in(person)
        assert client.get(URL).status_code == 403
        assert client.post(f"{URL}{invited.pk}/withdraw/").status_code == 403
    assert Invitation.objects.open().count() == 1


def test_the_table_of_roles_says_what_the_desk_asks_for(
    administrator: User, editor: User, reviewer: User
) -> None:
    def marks() -> dict[str, list[str]]:
        client = signed_in(editor)
        client.cookies["language"] = "en"
        html = client.get("/desk/roles/").content.decode()
        rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', html)
        return {what: re.findall(r">(yes|no)<", cells) for what, cells in rows}

    found = marks()
    assert found["Bring articles in"] == ["yes", "yes", "yes", "no"]
    assert found["Publish, correct and retract"] == ["no", "no", "yes", "no"]
    assert found["Change people, scales and policies"] == ["no", "no", "no", "yes"]
    assert {str(move.label) for move in TRANSITIONS.values()} <= set(found)
    Group.objects.get(name="Editor").permissions.remove(
        *Group.objects.get(name="Editor").permissions.filter(codename="intake")
    )
    assert marks()["Bring articles in"] == ["no", "yes", "yes", "no"]


def test_every_right_of_the_desk_stands_in_the_table() -> None:
    from claims.admin.roles_page import RIGHTS

    assert list(RIGHTS) == [f"claims.{code}" for code, _label in Claim._meta.permissions]
