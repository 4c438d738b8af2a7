"""A list as a file: CSV for spreadsheets, JSON for programs. Sent row by row, whatever its length.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, so that nothing in
an article can make a colleague's machine calculate (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, TypeVar

from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext, override

from claims.feeds.spreadsheet import inert
from claims.languages import manners
from claims.pipeline import desk

Row = TypeVar("Row")
Form = Literal["csv", "json"]

# Rows are sent together up to about so many characters.
_BLOCK = 32_000
# Of the query that named the rows, the history keeps so much.
LONGEST_QUERY = 1000


def asked(form: str | None) -> Form | None:
    """The form that a query's `as` names, if it names one."""
    return "csv" if form == "csv" else "json" if form == "json" else None


def with_confidential(request: HttpRequest, name: str) -> bool:
    """Whether the file is asked for with what is confidential, which is written down. Raises
    PermissionDenied for whoever may not."""
    if request.GET.get("confidential") != "with":
        return False
    assert isinstance(request.user, User)  # the site lets nobody else in
    query = request.GET.urlencode()[:LONGEST_QUERY]
    desk.take_out_the_confidential(actor=request.user, what=name, query=query)
    return True


def discreet(
    found: Iterable[Row],
    cells: Callable[[Row], Sequence[object]],
    is_confidential: Callable[[Row], bool],
    columns: Sequence[str],
    tells: str,
) -> Iterator[Sequence[object]]:
    """The cells of what is not confidential. Where something is, a last line has nothing but, in the
    column `tells`, how much was left out and why."""
    left = 0
    for one in found:
        if is_confidential(one):
            left += 1
        else:
            yield cells(one)
    if left:
        words = ngettext(
            "%(n)d line is left out, because its article is confidential. A reviewer or a "
            "publisher may ask for the file with it.",
            "%(n)d lines are left out, because their articles are confidential. A reviewer or a "
            "publisher may ask for the file with them.",
            left,
        )
        yield [words % {"n": left} if column == tells else None for column in columns]


def table(
    name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, form: Form
) -> StreamingHttpResponse:
    """The rows as a file that is called `name` and today's date.

    A row has a cell for each of `columns`, which are the first line of the CSV and the keys of each
    object in the JSON. Of a large list give an iterator: one block at a time is kept.
    """
    lines = _csv(columns, rows) if form == "csv" else _json(columns, rows)
    file_name = f"{slugify(name, allow_unicode=True) or 'list'}-{timezone.localdate():%Y-%m-%d}"
    kind = "text/csv" if form == "csv" else "application/json"
    return StreamingHttpResponse(
        _in_the_language_of_now(_blocks(lines)),
        content_type=f"{kind}; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, f"{file_name}.{form}"),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def cell(value: object) -> object:
    """What a cell of the CSV holds. Numbers stay numbers; a list becomes its members in one cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, list | tuple):
        value = " | ".join(str(one) for one in value)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return inert(text.replace("\x00", ""))


class _Line:
    """What csv.writer writes to: its last line, to be taken away."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text = text
        return len(text)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    line = _Line()
    writer = csv.writer(line)
    writer.writerow([cell(column) for column in columns])
    yield "\ufeff" + line.text
    for row in rows:
        writer.writerow([cell(value) for value in row])
        yield line.text


def _json(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    encoder = _Encoder(ensure_ascii=False)
    between = "[\n"
    for row in rows:
        yield between + encoder.encode(dict(zip(columns, row, strict=True)))
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


class _Encoder(DjangoJSONEncoder):
    def default(self, value: object) -> object:
        return str(value) if isinstance(value, Promise) else super().default(value)


def _in_the_language_of_now(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """The file is sent after the request has been answered, when its language no longer holds."""
    language, manner = get_language(), manners.current()

    def said() -> Iterator[bytes]:
        while True:
            with override(language), manners.writing_for(manner):
                block = next(blocks, None)
            if block is None:
                return
            yield block

    return said()


def _blocks(lines: Iterator[str]) -> Iterator[bytes]:
    kept: list[str] = []
    size = 0
    for line in lines:
        kept.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield "".join(kept).encode("utf-8", "replace")
            kept, size = [], 0
    if kept:
        yield "".join(kept).encode("utf-8", "replace")
