"""Which mail server the environment names, and what is said of one that is no address."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck.env import Env

SMTP = "django.core.mail.backends.smtp.EmailBackend"


def read(value: str | None) -> object:
    return Env({} if value is None else {"EMAIL_URL": value}).mail("EMAIL_URL")


def test_without_it_there_is_no_server() -> None:
    assert read(None) is None


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp://mail.example:2525", 2525, False, False),
        ("smtp+starttls://mail.example", 587, True, False),
        ("smtps://mail.example", 465, False, True),
    ],
)
def test_the_scheme_says_how_it_is_spoken_to(url: str, port: int, tls: bool, ssl: bool) -> None:
    assert read(url) == {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": "mail.example",
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": "",
        "EMAIL_HOST_PASSWORD": "",
        "EMAIL_USE_TLS": tls,
        "EMAIL_USE_SSL": ssl,
    }


def test_user_and_password_are_percent_encoded() -> None:
    found = read("smtps://desk%40example.org:p%3Aw%2F@mail.example")
    assert isinstance(found, dict)
    assert found["EMAIL_HOST_USER"] == "desk@example.org"
    assert found["EMAIL_HOST_PASSWORD"] == "p:w/"


def test_letters_can_be_printed() -> None:
    assert read("console:") == {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example/inbox",
        "smtp://mail.example?tls=1",
        "smtps://desk:secret@mail.example:port",
    ],
)
def test_what_is_no_server_is_refused_without_repeating_a_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"Unexpected EMAIL_URL, use smtp://") as refused:
        read(url)
    assert "secret" not in str(refused.value)
