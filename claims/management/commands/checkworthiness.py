"""``manage.py checkworthiness``: lone texts in, three probabilities each out; touches no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims import languages
from claims.detection import assessment

_SHAPE = '{"id": …, "text": "…"}'


class Command(BaseCommand):
    help = "Say of lone texts how check-worthy, how checkable and how subjective each is, and why."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help=f"a UTF-8 file with a line {_SHAPE} a text, or -")
        parser.add_argument("--language", required=True, metavar="|".join(languages.SERVED))
        parser.add_argument("--json", action="store_true", help="print JSON, not a table to read")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        if language not in languages.SERVED:
            raise CommandError(str(languages.UnknownLanguage(language, languages.SERVED)))
        # All are read before the first is printed: a bad line leaves no half of an answer.
        for name, text in list(_texts(options["path"])):
            found = assessment.assess(text, language)
            if options["json"]:
                line = {
                    "id": name,
                    "checkworthy": found.checkworthy,
                    "checkable": found.checkable,
                    "subjective": found.subjective,
                    "reasons": list(found.reasons),
                }
                self.stdout.write(json.dumps(line, ensure_ascii=False))
                continue
            self.stdout.write(
                f"{name}  check-worthy {found.checkworthy:.3f} · checkable {found.checkable:.3f}"
                f" · subjective {found.subjective:.3f}\n      {'; '.join(found.reasons)}"
            )


def _texts(path: str) -> Iterator[tuple[str | int, str]]:
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except FileNotFoundError:
        raise CommandError(
            f"No file '{path}'. Check the path, or use - for standard input."
        ) from None
    except OSError as error:
        raise CommandError(
            f"'{path}' cannot be read: {error.strerror}. Give a readable file."
        ) from None
    name = "Standard input" if path == "-" else f"'{path}'"
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            yield _text(line, f"Line {number} of {name}")


def _text(line: bytes, where: str) -> tuple[str | int, str]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CommandError(f"{where} is not UTF-8 text. Convert the file first.") from None
    except (ValueError, RecursionError):
        raise CommandError(f"{where} is not JSON. Write a line {_SHAPE} for each text.") from None
    if not isinstance(row, dict):
        raise CommandError(f"{where} is no JSON object. Write it as {_SHAPE}.")
    name, text = row.get("id"), row.get("text")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise CommandError(f"{where} has no id that is a string or a number. Write it as {_SHAPE}.")
    if not isinstance(text, str):
        raise CommandError(f"{where} has no text that is a string. Write it as {_SHAPE}.")
    return name, text
