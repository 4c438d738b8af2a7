"""The text of a PDF, page by page, read in a process of its own.

A PDF from anywhere may be built to be slow or to swell: the reader gets a bounded time and a bounded
memory, and its end is not the end of the worker that asked for it.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from claims.sources._text import Unreadable

MAX_BYTES = 30 * 1024 * 1024
MAX_PAGES = 2000
MAX_CHARACTERS = 2_000_000
SECONDS = 40
MEMORY = 1024 * 1024 * 1024

_READER = Path(__file__).with_name("_pdf_reader.py")


class Pdf(NamedTuple):
    """`text`: the pages, a line break between two. `pages`: the offset in `text`, in code points,
    at which each begins. `cut`: whether pages after the limits were left out."""

    title: str
    text: str
    pages: tuple[int, ...]
    cut: bool


def read(
    body: bytes, *, seconds: int = SECONDS, memory: int = MEMORY, most_pages: int = MAX_PAGES
) -> Pdf:
    """Raises Unreadable for what is no PDF, is encrypted, damaged, too large or too slow, or holds
    images alone; the message says which."""
    if b"%PDF-" not in body[:1024]:
        raise Unreadable(_("This is not a PDF."))
    if len(body) > MAX_BYTES:
        raise Unreadable(
            _("The PDF is %(size)d bytes long; at most %(limit)d are read.")
            % {"size": len(body), "limit": MAX_BYTES}
        )
    answer = _apart(body, seconds, memory, most_pages)
    if answer.get("error") == "encrypted":
        raise Unreadable(_("The PDF is locked with a password, so its text cannot be read."))
    if "error" in answer:
        raise Unreadable(_("The PDF is damaged: its text cannot be read."))
    found = _joined(answer["title"], answer["pages"], answer["cut"])
    if not found.text.strip():
        raise Unreadable(_("The PDF holds no text; its pages are probably images of a scan."))
    return found


def _apart(body: bytes, seconds: int, memory: int, most_pages: int) -> dict[str, Any]:
    limits = (seconds, memory, most_pages, MAX_CHARACTERS)
    command = [sys.executable, "-I", str(_READER), *map(str, limits)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=seconds + 5)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise _too_much() from error
    # A reader that its limits ended was killed, or could not even say so.
    if done.returncode != 0:
        raise _too_much()
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _too_much() -> Unreadable:
    return Unreadable(
        _("The PDF takes more time or memory to read than one file may; its text was not read.")
    )


def _joined(title: str, pages: list[str], cut: bool) -> Pdf:
    starts: list[int] = []
    text: list[str] = []
    length = 0
    for page in pages:
        starts.append(length)
        text.append(page)
        length += len(page) + 1
    return Pdf(title, "\n".join(text), tuple(starts), cut)
