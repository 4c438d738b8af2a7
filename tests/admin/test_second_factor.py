"""Setting a second factor up and removing it, and a desk that asks everybody for one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
import time_machine
from django.contrib.auth.models import User

from claims.models import RecoveryCode, SecondFactor, Transition
from claims.pipeline import _sealing as sealing
from tests.admin.factors import NOW, code, figures, fresh, is_in, password, with_factor
from tests.admin.hands import signed_in
from tests.cast import PASSWORD, set_policy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_setting_up_shows_picture_and_key_and_then_ten_codes(editor: User) -> None:
    client = signed_in(editor)
    page = client.get("/desk/security/set-up/").content.decode()
    assert "<svg" in page
    assert "style=" not in page
    assert "data:" not in page
    found = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)
    assert found is not None
    secret = found[1].replace(" ", "")
    assert len(secret) == 32
    assert secret not in str(client.session.items())
    answer = client.post("/desk/security/set-up/", {"code": pyotp.TOTP(secret).at(NOW)})
    codes = re.findall(r"<li>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</li>", answer.content.decode())
    assert len(set(codes)) == 10
    assert "no-store" in answer.headers["Cache-Control"]
    factor = SecondFactor.objects.get(user=editor)
    assert secret not in factor.secret
    assert sealing.unseal(factor.secret, context=f"second factor of {editor.pk}") == secret
    assert not RecoveryCode.objects.filter(sha256__in=codes).exists()
    assert Transition.objects.get(action="set_second_factor").data == {
        "person": editor.pk,
        "name": "layla",
    }
    again = client.get("/desk/security/set-up/")
    assert again.headers["Location"] == "/desk/security/"


def test_the_codes_come_as_a_file_and_nothing_else_does(editor: User) -> None:
    client, codes = signed_in(editor), with_factor(editor)
    answer = client.post("/desk/security/codes.txt", {"codes": "\r\n".join(codes)})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert codes[9] in answer.content.decode()
    refused = client.post("/desk/security/codes.txt", {"codes": "<script>"})
    assert refused.status_code == 404


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(editor: User) -> None:
    client = signed_in(editor)
    before = re.search(
        r'class="secret"[^>]*>([A-Z2-7 ]+)<', client.get("/desk/security/set-up/").content.decode()
    )
    answer = client.post("/desk/security/set-up/", {"code": "000000"})
    assert answer.status_code == 422
    assert before is not None
    assert before[1] in answer.content.decode()
    assert not SecondFactor.objects.exists()


def test_setting_up_signs_out_everywhere_else(editor: User) -> None:
    elsewhere, here = signed_in(editor), signed_in(editor)
    page = here.get("/desk/security/set-up/").content.decode()
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
    here.post("/desk/security/set-up/", {"code": pyotp.TOTP(secret).at(NOW)})
    assert is_in(here)
    assert not is_in(elsewhere)


def test_without_a_key_file_setting_up_says_what_is_wrong(editor: User, settings: Any) -> None:
    settings.FIELD_KEY_FILE = None
    answer = signed_in(editor).get("/desk/security/set-up/")
    assert answer.status_code == 503
    assert "FIELD_KEY_FILE is not set" in answer.content.decode()


def test_removing_needs_the_password_and_a_code(editor: User) -> None:
    with_factor(editor)
    client = signed_in(editor)
    wrong = client.post("/desk/security/remove/", {"password": "x", "code": figures()})
    assert "This is not your password" in wrong.content.decode()
    wrong = client.post("/desk/security/remove/", {"password": PASSWORD, "code": "000000"})
    assert wrong.status_code == 422
    assert SecondFactor.objects.exists()
    right = client.post("/desk/security/remove/", {"password": PASSWORD, "code": figures()})
    assert right.status_code == 302
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_new_recovery_codes_make_the_old_ones_worthless(editor: User) -> None:
    old = with_factor(editor)
    answer = signed_in(editor).post("/desk/security/codes/", {"code": figures()})
    assert answer.content.decode().count("<li>") >= 10
    client = fresh()
    password(client, editor)
    assert code(client, recovery=old[0]).status_code == 422


# --- The policy


def test_where_all_need_one_a_person_without_is_led_to_set_it_up(editor: User) -> None:
    client = signed_in(editor)
    set_policy(second_factor=True)
    answer = client.get("/desk/articles/")
    assert answer.headers["Location"] == "/desk/security/set-up/"
    page = client.get("/desk/security/set-up/").content.decode()
    assert "This desk asks everybody for a second factor" in page
    htmx = client.get("/desk/articles/", headers={"HX-Request": "true"})
    assert htmx.headers["HX-Redirect"] == "/desk/security/set-up/"
    assert client.post("/desk/logout/").status_code == 200


def test_and_a_form_of_theirs_does_nothing_and_keeps_its_words(editor: User) -> None:
    client = signed_in(editor)
    set_policy(second_factor=True)
    answer = client.post("/desk/articles/new/", {"text": "قال الوزير إن اللقاء غدا"})
    assert answer.status_code == 403
    assert "قال الوزير إن اللقاء غدا" in answer.content.decode()


def test_once_set_up_they_go_on(editor: User) -> None:
    client = signed_in(editor)
    set_policy(second_factor=True)
    page = client.get("/desk/security/set-up/").content.decode()
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")  # type: ignore[index]
    client.post("/desk/security/set-up/", {"code": pyotp.TOTP(secret).at(NOW)})
    assert client.get("/desk/articles/").status_code == 200


def test_whoever_has_one_but_was_not_asked_for_it_signs_in_anew(editor: User) -> None:
    with_factor(editor)
    client = signed_in(editor)
    set_policy(second_factor=True)
    assert client.get("/desk/articles/").headers["Location"] == "/desk/login/"
    assert not is_in(client)


def test_where_all_need_one_nobody_removes_theirs(editor: User) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor)
    code(client, figures(NOW - timedelta(seconds=30)))
    set_policy(second_factor=True)
    answer = client.post("/desk/security/remove/", {"password": PASSWORD, "code": figures()})
    assert answer.status_code == 422
    assert SecondFactor.objects.exists()
