"""Each command says what it does, what it needs and how it is called; what is wrong with a call is said."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from argparse import SUPPRESS
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command, load_command_class
from django.core.management.base import BaseCommand

import claims.management.commands

ROOT = Path(settings.BASE_DIR)
COMMANDS = sorted(
    path.stem
    for path in Path(claims.management.commands.__path__[0]).glob("*.py")
    if not path.stem.startswith("_")
)
OF_DJANGO = {action.dest for action in BaseCommand().create_parser("manage.py", "x")._actions}


def parser(name: str) -> Any:
    return load_command_class("claims", name).create_parser("manage.py", name)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_what_it_needs_and_how_it_is_called(name: str) -> None:
    said = parser(name).format_help()
    assert len(parser(name).description.split()) >= 5
    assert "\nneeds:\n  " in said
    assert f"\nexample:\n  manage.py {name}" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_has_its_word_of_explanation(name: str) -> None:
    ours = [one for one in parser(name)._actions if one.dest not in OF_DJANGO]
    assert [one.dest for one in ours if not one.help or one.help == SUPPRESS] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_is_a_call_that_the_command_understands(name: str) -> None:
    command: Any = load_command_class("claims", name)
    words = shlex.split(command.example.split(" > ")[0])
    assert words[0] == name
    parser(name).parse_args(words[1:])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "arguments", "says"),
    [
        ("split", ["a.txt", "--published", "yesterday"], "'yesterday' is no day of the calendar"),
        ("split", ["--published", "2026-10-12"], "give one file"),
        ("split", ["a.txt", "--published", "2026-10-12", "--language", "xx"], "xx"),
        ("checkworthiness", ["a.jsonl", "--language", "xx"], "xx"),
        ("match", ["--claims", "a.jsonl"], "--claims with --queries"),
        ("match", ["--claims", "a", "--queries", "b", "--top", "0"], "give 1 or more"),
        ("intake", ["a.txt", "--published", "soon"], "is not a day"),
        ("intake", ["https://a.example/", "--url", "https://b.example/"], "already given"),
        ("export_corrections", ["--since", "soon"], "is no day of the calendar"),
        ("export_corrections", ["--language", "xx"], "No articles in 'xx'"),
        ("make_token", ["x", "--owner", "layla", "--scope", "all"], "No scope 'all'"),
        ("make_token", ["", "--owner", "layla"], "one line of 1 to 120"),
        ("try_source", ["wikipedia", "x", "--language", "xx"], "No language 'xx'"),
        ("try_source", ["wikipedia", "--language", "en"], "give them too"),
    ],
)
def test_a_wrong_argument_is_named_and_ends_with_two(
    name: str, arguments: list[str], says: str
) -> None:
    with pytest.raises(CommandError) as caught:
        call_command(name, *arguments)
    assert says in str(caught.value)
    assert caught.value.returncode == 2


def run(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHON": sys.executable},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("name", ["erase", "split", "make_token"])
def test_a_missing_argument_ends_with_two_and_the_usage(name: str) -> None:
    ended = run(f"$PYTHON manage.py {name}")
    assert ended.returncode == 2
    assert f"usage: manage.py {name}" in ended.stderr
    assert "required" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_who_reads_only_the_beginning_is_not_answered_with_an_error(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    line = '{"id": 1, "text": "The ministry said that four thousand lorries waited there."}'
    texts.write_text("\n".join([line] * 3000))
    ended = run(f"$PYTHON manage.py checkworthiness {texts} --language en --json | head -1")
    assert ended.stdout.count("\n") == 1
    assert ended.stderr == ""
