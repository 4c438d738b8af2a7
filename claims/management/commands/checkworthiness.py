"""``manage.py checkworthiness``: lone texts in, three probabilities each out; touches no database."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from claims import languages
from claims.detection import assessment
from claims.management import json_lines
from claims.management.base import DeskCommand, wrong_argument

_SHAPE = '{"id": …, "text": "…"}'


class Command(DeskCommand):
    help = "Say of lone texts how check-worthy, how checkable and how subjective each is, and why."
    needs = "a file with a line for each text; no database"
    example = "checkworthiness texts.jsonl --language ar --json"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help=f"a UTF-8 file with a line {_SHAPE} a text, or -")
        parser.add_argument(
            "--language",
            required=True,
            metavar="|".join(languages.SERVED),
            help="the language of all of them",
        )
        parser.add_argument("--json", action="store_true", help="print JSON, not a table to read")

    def handle(self, *args: Any, **options: Any) -> None:
        language = options["language"]
        if language not in languages.SERVED:
            raise wrong_argument(str(languages.UnknownLanguage(language, languages.SERVED)))
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
    for row, where in json_lines.objects(path, _SHAPE):
        yield json_lines.identity(row, where, _SHAPE), json_lines.text(row, "text", where, _SHAPE)
