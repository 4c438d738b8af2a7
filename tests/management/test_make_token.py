from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims import workflow
from claims.models import ApiToken, Transition


def make(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("make_token", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as caught:
        make(*arguments)
    assert not ApiToken.objects.exists()
    return str(caught.value)


@time_machine.travel(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), tick=False)
def test_the_secret_is_printed_and_only_its_hash_kept(editor: User) -> None:
    out, err = make("newsroom system", "--owner", "layla", "--days", "30")
    token = ApiToken.objects.get()
    assert out.startswith("ts_")
    assert len(out.strip()) == 46
    assert token.sha256 == ApiToken.digest(out.strip())
    assert (token.name, token.scope, token.owner) == ("newsroom system", "intake", editor)
    assert token.expires_at == datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    assert err == (
        "Token 'newsroom system' (intake), for which layla answers, is valid until "
        "2026-12-24 12:00 UTC. It is shown only now; send it as “Authorization: Bearer …”:\n"
    )


def test_two_tokens_of_one_name_are_two_secrets(editor: User) -> None:
    assert make("a", "--owner", "layla")[0] != make("a", "--owner", "layla")[0]


def test_without_days_it_does_not_end(editor: User) -> None:
    make("newsroom system", "--owner", "layla")
    assert ApiToken.objects.get().expires_at is None


def test_the_desks_chain_says_that_a_token_was_made(editor: User) -> None:
    make("newsroom system", "--owner", "layla")
    row = Transition.objects.get(subject="desk", action="make_token")
    assert row.data == {
        "token": ApiToken.objects.get().pk,
        "scope": "intake",
        "owner": editor.pk,
        "days": None,
    }
    assert workflow.broken_link(Transition.Subject.DESK, 0) is None


@pytest.mark.django_db
def test_nobody_of_that_name() -> None:
    assert refused("x", "--owner", "nobody") == ("Nobody here is called 'nobody'. Give a username.")


def test_an_owner_without_the_right(outsider: User) -> None:
    assert refused("x", "--owner", "guest") == (
        "guest may not do what the scope 'intake' is for, so the token could not either. Put them "
        "into a group that may, or give another owner."
    )


def test_a_scope_that_does_not_exist(editor: User) -> None:
    assert refused("x", "--owner", "layla", "--scope", "publish") == (
        "No scope 'publish'. Known: intake."
    )


@pytest.mark.parametrize("days", ["0", "-1", "x", "٣", "3651", "99999999999999999999"])
def test_days_that_are_no_number_of_days(editor: User, days: str) -> None:
    assert refused("x", "--owner", "layla", f"--days={days}") == (
        f"--days {days} is not a number of days from 1 to 3650."
    )


@pytest.mark.parametrize("name", ["", " ", "two\nlines", "x" * 121])
def test_a_name_that_is_none(editor: User, name: Any) -> None:
    assert refused(name, "--owner", "layla") == (
        "A token's name is one line of 1 to 120 characters."
    )
