"""Files that people bring in: a text, a saved web page, a PDF, each told by its bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from claims.models import Article
from claims.pipeline.intake import checks
from claims.pipeline.intake.errors import IntakeError
from claims.pipeline.intake.limits import MAX_FILE_BYTES, MAX_TITLE
from claims.pipeline.intake.receiving import Received, need_intake, receive
from claims.sources import _page, _pdf
from claims.sources._text import Unreadable, decode_text

Kind = Literal["text", "page", "pdf"]

_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.I | re.S)  # fmt: skip
_MARKS = re.compile(rb"^(?:\xef\xbb\xbf)?")
# What ends a paragraph where a PDF breaks its lines.
_SENTENCE_ENDS = (".", "!", "?", "؟", "…", ":", "؛", "»", "”", '"')
# A line this much shorter than the page's longest is the last of its paragraph.
_FULL_LINE = 0.6

MAX_BYTES: dict[Kind, int] = {
    "text": MAX_FILE_BYTES,
    "page": _page.MAX_HTML_BYTES,
    "pdf": _pdf.MAX_BYTES,
}


@dataclass(frozen=True)
class Contents:
    """What a file says. `published` and `title`: what a web page says about itself."""

    text: str
    title: str = ""
    published: date | None = None
    links: tuple[tuple[str, str], ...] | None = None


def kind_of(data: bytes) -> Kind:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    head = _MARKS.sub(b"", data[:4096])
    return "page" if _PAGE.match(head) else "text"


def check_size(size: int) -> None:
    """Raises IntakeError for a file that is too large whatever it holds, before it is read."""
    largest = max(MAX_BYTES.values())
    if size > largest:
        raise _too_large(size, largest)


def receive_file(
    *,
    data: bytes,
    received_by: User | None,
    published_on: date | None = None,
    language: str = "",
    outlet: str = "",
    url: str = "",
    title: str = "",
    confidential: bool = False,
) -> Received:
    """Takes the article in a file in, as `receive` does. A day that only a saved page says counts
    as unconfirmed; `url` says where it was seen. Raises IntakeError and PermissionDenied."""
    need_intake(received_by)
    found = _read(data, url)
    day = published_on or found.published
    if day is None:
        raise IntakeError(
            "date_missing",
            _("The file does not say when it was published. Give the day."),
            field="published_on",
        )
    return receive(
        text=found.text,
        published_on=day,
        published_confirmed=published_on is not None,
        channel=Article.Channel.FILE,
        received_by=received_by,
        language=language,
        outlet=outlet,
        url=url,
        title=title or checks.one_line(found.title, MAX_TITLE),
        confidential=confidential,
        links=found.links,
    )


def _read(data: bytes, url: str) -> Contents:
    kind = kind_of(data)
    limit = MAX_BYTES[kind]
    if len(data) > limit:
        raise _too_large(len(data), limit)
    try:
        if kind == "pdf":
            return _of_pdf(data)
        if kind == "page":
            page = _page.extract(data, url=checks.clean_url(url), links=True)
            return Contents(page.text, page.title, page.published, page.links)
        return Contents(decode_text(data, max_bytes=limit))
    except Unreadable as error:
        raise IntakeError("binary", error.message, field="files") from error


def _too_large(size: int, limit: int) -> IntakeError:
    return IntakeError(
        "too_large",
        _("The file is %(size)d bytes long; at most %(limit)d are read. Cut it to the article.")
        % {"size": size, "limit": limit},
        field="files",
    )


def _of_pdf(data: bytes) -> Contents:
    found = _pdf.read(data)
    if found.cut:
        raise IntakeError(
            "too_large",
            _(
                "The PDF has more pages or more text than are read. Cut it to the article, or "
                "bring it in in parts."
            ),
            field="files",
        )
    # Its title is a file name more often than a title; the first line is better.
    return Contents(flowing(found.text))


def flowing(text: str) -> str:
    """The text of a PDF with the lines of a paragraph joined: there every line ends where its
    column does, and a sentence that was cut there would be two halves of none."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    full = _FULL_LINE * max(map(len, lines), default=0)
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line:
            joined[-1] += " " + line
        elif line:
            joined.append(line)
        goes_on = bool(line) and len(line) >= full and not line.endswith(_SENTENCE_ENDS)
    return "\n".join(joined)
