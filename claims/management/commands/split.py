"""``manage.py split``: an article in, its claims out; touches no database."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims import languages
from claims.detection import detector
from claims.detection.model import Claim, Detection
from claims.management.base import DeskCommand, wrong_argument


class Command(DeskCommand):
    help = "Split an article into its claims: who says what, about when, and who denies it."
    needs = "a text file, or a folder of them; no database"
    example = "split article.txt --published 2026-10-12 --json"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", help="a UTF-8 text file, or - for standard input")
        parser.add_argument(
            "--batch", metavar="DIR", help="every *.txt of a folder, one object a line"
        )
        parser.add_argument(
            "--published",
            required=True,
            metavar="YYYY-MM-DD",
            help="the day that “yesterday” in it is before",
        )
        parser.add_argument(
            "--language", metavar="|".join(languages.KNOWN), help="otherwise detected"
        )
        parser.add_argument("--json", action="store_true", help="print JSON, not a table to read")

    def handle(self, *args: Any, **options: Any) -> None:
        published = _day(options["published"])
        language = options["language"]
        if language is not None and language not in languages.KNOWN:
            raise wrong_argument(str(detector.NoSplitter(language)))
        if (options["path"] is None) == (options["batch"] is None):
            raise wrong_argument(
                "Nothing to split, or too much: give one file (- for standard input)"
                " or --batch with a folder, not both."
            )
        if options["batch"] is None:
            detection = _split(options["path"], _read(options["path"]), language, published)
            self._print(detection, options["json"], indent=2)
            return
        unread = 0
        for path in _texts(options["batch"]):
            try:
                detection = _split(str(path), _read(str(path)), language, published)
            except CommandError as error:
                self.stderr.write(str(error))
                unread += 1
                continue
            if options["json"]:
                self.stdout.write(_dumped({"file": path.name} | detection.as_json()))
            else:
                self.stdout.write(f"== {path.name}")
                self._print(detection, False)
        if unread:
            raise CommandError(f"Files left out: {unread}. Each is named above with the reason.")

    def _print(self, detection: Detection, as_json: bool, indent: int | None = None) -> None:
        if as_json:
            self.stdout.write(_dumped(detection.as_json(), indent))
            return
        self.stdout.write(
            f"{detection.language}, published {detection.published};"
            f" sentences: {len(detection.sentences)}, claims: {len(detection.claims)}"
        )
        for claim in detection.claims:
            self.stdout.write(_readable(claim))


def _dumped(value: dict[str, Any], indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _readable(claim: Claim) -> str:
    said_by = claim.claimant.text if claim.claimant else "the article"
    if claim.via:
        said_by += f", via {claim.via.text}"
    marks = [claim.kind, claim.form]
    if claim.contests:
        marks.append(f"{claim.stance} {', '.join(claim.contests)}")
    elif claim.stance != "asserts":
        marks.append(claim.stance)
    if claim.contested:
        marks.append("CONTESTED")
    if not claim.checkable:
        marks.append("not checkable")
    lines = [
        f"\n{claim.id:>4}  {' '.join(claim.text.split())}",
        f"      {said_by} · {' · '.join(marks)} · worth {claim.checkworthiness:.2f}",
    ]
    lines += [f"      {dated.text} = {dated.first}…{dated.last}" for dated in claim.dates]
    if claim.reasons:
        lines.append(f"      {'; '.join(claim.reasons)}")
    return "\n".join(lines)


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise wrong_argument(
            f"'{given}' is no day of the calendar. Write --published as YYYY-MM-DD, e.g. 2024-07-26."
        ) from None


def _texts(folder: str) -> list[Path]:
    if not Path(folder).is_dir():
        raise CommandError(
            f"No folder '{folder}'. Give --batch the folder that holds the *.txt files."
        )
    found = sorted(Path(folder).glob("*.txt"))
    if not found:
        raise CommandError(
            f"No *.txt file in '{folder}'. Save each article there as a UTF-8 text file."
        )
    return found


def _read(path: str) -> str:
    """The text exactly as it is stored: no newline translation."""
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
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{name} is not UTF-8 text (byte {error.start}). Convert it to UTF-8 first;"
            " binary files such as PDF have to be saved as text."
        ) from None
    if "\x00" in text:
        raise CommandError(f"{name} is a binary file, not text. Save the article as UTF-8 text.")
    if not text.strip():
        raise CommandError(f"{name} is empty. Give the text of an article.")
    return text


def _split(path: str, text: str, language: str | None, published: date) -> Detection:
    code = language or languages.detect(text)
    if code is None:
        raise CommandError(
            f"The language of '{path}' is none of {', '.join(languages.SERVED)}, or the text is too"
            " short to tell. Say which with --language."
        )
    return detector.split(text, language=code, published=published)
