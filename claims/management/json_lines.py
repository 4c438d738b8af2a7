"""Files with one JSON object a line, read for a command; what is wrong is said with its line."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

Row = dict[str, Any]


def objects(path: str, shape: str) -> Iterator[tuple[Row, str]]:
    """Each object of ``path`` (``-``: standard input) and the words that say where it stands.

    ``shape`` is how a line should look, for the errors. Raises CommandError.
    """
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except FileNotFoundError:
        raise CommandError(
            f"No file '{path}'. Check the path, or use - for standard input."
        ) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name is none"
        raise CommandError(f"'{path}' cannot be read: {why}. Give a readable file.") from None
    name = "Standard input" if path == "-" else f"'{path}'"
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            where = f"Line {number} of {name}"
            yield _object(line, where, shape), where


def identity(row: Row, where: str, shape: str) -> str | int:
    """The ``id`` of a row. Raises CommandError where it has none."""
    found = row.get("id")
    if isinstance(found, bool) or not isinstance(found, str | int):
        raise CommandError(f"{where} has no id that is a string or a number. Write it as {shape}.")
    return found


def text(row: Row, name: str, where: str, shape: str) -> str:
    """The string under ``name`` of a row. Raises CommandError where there is none."""
    found = row.get(name)
    if not isinstance(found, str):
        raise CommandError(f"{where} has no {name} that is a string. Write it as {shape}.")
    return found


def _object(line: bytes, where: str, shape: str) -> Row:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CommandError(f"{where} is not UTF-8 text. Convert the file first.") from None
    except (ValueError, RecursionError):
        raise CommandError(f"{where} is not JSON. Write a line {shape} for each text.") from None
    if not isinstance(row, dict):
        raise CommandError(f"{where} is no JSON object. Write it as {shape}.")
    return row
