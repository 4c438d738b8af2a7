"""The settings as a process meets them: each case is read by a Python of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.processes import ROOT

PRINT = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def read(
    *names: str, data_dir: Path, program: str = PRINT, **environ: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *names],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "DATA_DIR": str(data_dir),
            **environ,
        },
        capture_output=True,
        text=True,
        timeout=60,
    )


def values(*names: str, data_dir: Path, **environ: str) -> dict[str, Any]:
    done = read(*names, data_dir=data_dir, **environ)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_without_any_variable_it_is_one_machine_on_loopback(tmp_path: Path) -> None:
    read_values = values(
        *("DEBUG", "SITE_URL", "ALLOWED_HOSTS", "REDIS_URL", "LOG_ORIGIN", "DESK_NAME"),
        *("LANGUAGE_CODE", "SESSION_COOKIE_SECURE", "SIGNING_KEY_FILE", "FETCH_ALLOW"),
        data_dir=tmp_path,
    )

    assert read_values == {
        "DEBUG": False,
        "SITE_URL": "http://127.0.0.1:8000",
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost"],
        "REDIS_URL": f"redis+socket://{tmp_path}/run/broker.sock",
        "LOG_ORIGIN": "127.0.0.1/log",
        "DESK_NAME": "Touchstone",
        "LANGUAGE_CODE": "ar",
        "SESSION_COOKIE_SECURE": False,
        "SIGNING_KEY_FILE": f"{tmp_path}/signing.key",
        "FETCH_ALLOW": "frozenset()",
    }


def test_a_public_desk_sends_its_cookies_over_https_alone(tmp_path: Path) -> None:
    read_values = values(
        *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"),
        *("SECURE_HSTS_SECONDS", "CSRF_TRUSTED_ORIGINS", "LOG_ORIGIN", "SITE_URL"),
        data_dir=tmp_path,
        SITE_URL="https://facts.example.org/",
    )

    assert read_values == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "CSRF_TRUSTED_ORIGINS": ["https://facts.example.org"],
        "LOG_ORIGIN": "facts.example.org/log",
        "SITE_URL": "https://facts.example.org",
    }


def test_the_log_keeps_its_name_on_another_port(tmp_path: Path) -> None:
    assert values("LOG_ORIGIN", data_dir=tmp_path, PORT="8001") == {"LOG_ORIGIN": "127.0.0.1/log"}


def test_the_key_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    first = values("SECRET_KEY", data_dir=tmp_path)
    second = values("SECRET_KEY", data_dir=tmp_path)

    assert first == second
    assert len(first["SECRET_KEY"]) >= 50
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_with_postgresql_the_key_must_be_given(tmp_path: Path) -> None:
    done = read("DEBUG", data_dir=tmp_path, DATABASE_URL="postgres://desk@db/desk")

    assert done.returncode != 0
    assert (
        "SECRET_KEY is not set. With PostgreSQL, set SECRET_KEY or SECRET_KEY_FILE" in done.stderr
    )


def test_the_databases_password_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hunter2\n")

    databases = values(
        "DATABASES",
        data_dir=tmp_path,
        SECRET_KEY="s" * 60,
        DATABASE_URL="postgres://desk@db/desk",
        DATABASE_PASSWORD_FILE=str(secret),
    )["DATABASES"]

    assert databases["default"]["PASSWORD"] == "hunter2"


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("DEBUG", "yes", "Unexpected value DEBUG=yes, use 'True' or 'False'."),
        ("REDIS_URL", "valkey://h:1/0", "Unexpected REDIS_URL, use redis://host:6379/0"),
        ("SITE_URLS", "https://a.example", "SITE_URLS is set, but no setting reads it. Did you"),
    ],
)
def test_a_bad_variable_stops_every_command(
    tmp_path: Path, variable: str, value: str, message: str
) -> None:
    done = read("DEBUG", data_dir=tmp_path, **{variable: value})

    assert done.returncode != 0
    assert message in done.stderr


def test_the_version_is_the_changelogs_newest() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)

    assert headings[0] == settings.VERSION


LIST_NAMES = "import json; from factcheck.settings import env; print(json.dumps(env.names))"


def test_the_example_file_has_every_variable_and_no_other(tmp_path: Path) -> None:
    # Once for each database: DATABASE_PASSWORD is read for PostgreSQL only.
    names: set[str] = set()
    for environ in ({}, {"DATABASE_URL": "postgres://desk@db/desk", "SECRET_KEY": "s" * 60}):
        done = read(data_dir=tmp_path, program=LIST_NAMES, **environ)
        names |= set(json.loads(done.stdout))
    example = (ROOT / ".env.example").read_text("utf-8")

    assert set(re.findall(r"^#?([A-Z][A-Z_]+)=", example, re.M)) == names


@pytest.mark.django_db
def test_sqlite_writes_ahead_and_waits_its_turn() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's own settings")
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()
        foreign_keys = cursor.execute("PRAGMA foreign_keys").fetchone()

    assert (journal, foreign_keys) == (("wal",), (1,))
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert connection.settings_dict["OPTIONS"]["timeout"] == 20


def test_every_page_says_that_nothing_foreign_runs_in_it(client: Client) -> None:
    answer = client.get("/healthz")

    policy = dict(
        part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";")
    )
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
