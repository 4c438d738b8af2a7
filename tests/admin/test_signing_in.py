"""Password, then code: nobody is signed in between, no code works twice, and guessing is slow."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from claims.models import FailedSignIns, Notification, Transition
from claims.pipeline.signing_in import factors
from tests.admin.factors import NOW, code, figures, fresh, is_in, password, with_factor
from tests.admin.hands import signed_in
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_without_a_second_factor_the_password_signs_in(editor: User) -> None:
    client = fresh()
    answer = password(client, editor, to="/desk/articles/")
    assert answer.headers["Location"] == "/desk/articles/"
    assert is_in(client)
    assert editor.sign_ins.get().how == "password"


def test_with_one_nobody_is_signed_in_before_the_code(editor: User) -> None:
    with_factor(editor)
    client = fresh()
    assert password(client, editor).headers["Location"] == "/desk/login/code/"
    assert not is_in(client)
    assert "_auth_user_id" not in client.session
    page = client.get("/desk/login/code/").content.decode()
    assert 'autocomplete="one-time-code"' in page


def test_password_and_code_sign_in_under_a_new_session(editor: User) -> None:
    with_factor(editor)
    client = fresh()
    client.get("/desk/login/")
    password(client, editor, to="/desk/articles/?q=x")
    half = client.session.session_key
    answer = code(client, figures())
    assert answer.headers["Location"] == "/desk/articles/?q=x"
    assert client.session.session_key != half
    assert is_in(client)
    assert editor.sign_ins.get().how == "code"


def test_a_foreign_next_is_not_followed(editor: User) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor, to="https://evil.example/")
    assert code(client, figures()).headers["Location"] == "/desk/"


@pytest.mark.parametrize("drift", [-30, 0, 30])
def test_a_clock_may_be_one_step_off(editor: User, drift: int) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor)
    assert code(client, figures(NOW + timedelta(seconds=drift))).status_code == 302


@pytest.mark.parametrize("drift", [-60, 60])
def test_and_no_more_than_one(editor: User, drift: int) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor)
    answer = code(client, figures(NOW + timedelta(seconds=drift)))
    assert answer.status_code == 422
    assert "This code is not right" in answer.content.decode()
    assert not is_in(client)


def test_arabic_figures_with_a_gap_are_the_same_code(editor: User) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor)
    arabic = figures().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert code(client, f" {arabic[:3]} {arabic[3:]} ").status_code == 302


@pytest.mark.parametrize("wrong", ["", "12345", "abcdef", "۱۲", "½½½½½½", "1" * 20, "\x00" * 6])
def test_what_is_no_code_is_refused_in_words(editor: User, wrong: str) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor)
    assert code(client, wrong).status_code in (200, 422)
    assert not is_in(client)


def test_a_code_works_once(editor: User) -> None:
    with_factor(editor)
    first, second = fresh(), fresh()
    for client in (first, second):
        password(client, editor)
    assert code(first, figures()).status_code == 302
    assert code(second, figures()).status_code == 422
    assert code(second, figures(NOW - timedelta(seconds=30))).status_code == 422
    assert not is_in(second)


def test_five_wrong_codes_and_the_right_one_has_to_wait(editor: User, clock: Any) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor)
    for _n in range(5):
        assert code(client, "000000").status_code == 422
    answer = code(client, figures())
    assert "Too many wrong attempts. Try again in 16 minutes." in answer.content.decode()
    clock.shift(timedelta(minutes=15, seconds=1))
    other = fresh()
    password(other, editor)
    assert code(other, figures(NOW + timedelta(minutes=15, seconds=1))).status_code == 302
    assert not FailedSignIns.objects.filter(number__gte=5).exists()


def test_the_first_step_lasts_ten_minutes(editor: User, clock: Any) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor)
    clock.shift(timedelta(minutes=10, seconds=1))
    now = NOW + timedelta(minutes=10, seconds=1)
    assert code(client, figures(now)).headers["Location"] == "/desk/login/"
    assert not is_in(client)


def test_the_first_step_ends_when_the_password_changes(editor: User) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor)
    editor.set_password("another one entirely")
    editor.save()
    assert code(client, figures()).headers["Location"] == "/desk/login/"


def test_the_first_step_ends_when_the_person_is_deactivated(editor: User) -> None:
    with_factor(editor)
    client = fresh()
    password(client, editor)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert code(client, figures()).headers["Location"] == "/desk/login/"


def test_whoever_was_signed_in_before_is_not_while_another_signs_in(
    editor: User, reviewer: User
) -> None:
    with_factor(editor)
    client = signed_in(reviewer)
    password(client, editor)
    assert not is_in(client)


def test_a_recovery_code_works_once_and_is_told(editor: User) -> None:
    codes = with_factor(editor)
    client = fresh()
    password(client, editor)
    assert code(client, recovery=f" {codes[3].upper()} ").status_code == 302
    assert factors.left(editor) == 9
    told = Notification.objects.get(person=editor, kind="security")
    assert told.data == {"what": "recovery", "left": 9}
    assert Transition.objects.get(action="use_recovery_code").actor == editor
    again = fresh()
    password(again, editor)
    assert code(again, recovery=codes[3]).status_code == 422


def test_the_code_page_without_a_first_step_leads_to_the_password() -> None:
    assert fresh().get("/desk/login/code/").headers["Location"] == "/desk/login/"
    assert fresh().post("/desk/login/code/", {"code": "1"}).headers["Location"] == "/desk/login/"


def test_without_its_key_the_desk_says_so_and_recovery_codes_still_work(
    editor: User, settings: Any
) -> None:
    codes = with_factor(editor)
    settings.FIELD_KEY_FILE = None
    client = fresh()
    password(client, editor)
    assert "cannot read its key" in code(client, figures()).content.decode()
    assert code(client, recovery=codes[0]).status_code == 302


# --- Passwords


def test_five_wrong_passwords_at_one_place_have_to_wait(editor: User, clock: Any) -> None:
    client = fresh()
    for _n in range(5):
        assert "do not belong together" in password(client, editor, "x").content.decode()
    answer = password(client, editor)
    assert "Too many wrong attempts" in answer.content.decode()
    assert not is_in(client)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert password(elsewhere, editor).status_code == 302
    clock.shift(timedelta(minutes=16))
    assert password(client, editor).status_code == 302


def test_an_account_that_is_not_there_is_answered_alike(editor: User) -> None:
    client = fresh()
    ghost = User(username="nobody")
    for _n in range(5):
        assert "do not belong together" in password(client, ghost, "x").content.decode()
    assert "Too many wrong attempts" in password(client, ghost, "x").content.decode()


def test_stolen_passwords_tried_from_everywhere_are_slowed_down(editor: User) -> None:
    for n in range(50):
        password(Client(REMOTE_ADDR=f"198.51.100.{n + 1}"), editor, "x")
    answer = password(Client(REMOTE_ADDR="203.0.113.9", headers={"Cookie": "language=en"}), editor)
    assert "Too many wrong attempts" in answer.content.decode()


def test_one_place_that_tries_all_accounts_is_slowed_down(editor: User) -> None:
    client = Client(REMOTE_ADDR="2001:db8::1")
    for n in range(50):
        password(client, User(username=f"user{n}"), "x")
    neighbour = Client(REMOTE_ADDR="2001:db8::2", headers={"Cookie": "language=en"})
    assert "Too many wrong attempts" in password(neighbour, editor).content.decode()
    assert password(Client(REMOTE_ADDR="2001:db8:1::1"), editor).status_code == 302


def test_a_right_password_forgets_the_slips_before_it(editor: User) -> None:
    for _round in range(3):
        client = fresh()
        for _n in range(4):
            password(client, editor, "x")
        assert password(client, editor).status_code == 302


# --- Sessions


def test_a_person_sees_and_ends_their_other_sessions(editor: User, reviewer: User) -> None:
    here, there = fresh(), Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    password(here, editor), password(there, editor)
    page = here.get("/desk/security/").content.decode()
    assert "Firefox, Linux" in page
    row = editor.sign_ins.get(session_key=there.session.session_key)
    stranger = signed_in(reviewer)
    assert stranger.post(f"/desk/security/sessions/{row.pk}/end/").status_code == 409
    assert is_in(there)
    assert here.post(f"/desk/security/sessions/{row.pk}/end/").status_code == 302
    assert not is_in(there)
    assert is_in(here)


def test_signing_out_everywhere_else_reaches_sessions_the_list_does_not_know(editor: User) -> None:
    here, old = fresh(), signed_in(editor)
    password(here, editor)
    here.post("/desk/security/sessions/end-others/")
    assert is_in(here)
    assert not is_in(old)


def test_a_new_password_keeps_this_browser_and_signs_out_the_others(editor: User) -> None:
    here, there = fresh(), fresh()
    password(here, editor), password(there, editor)
    new = "a wholly different phrase"
    answer = here.post(
        "/desk/password_change/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert answer.status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert [row.session_key for row in editor.sign_ins.all()] == [here.session.session_key]
