"""Large JSON files as a stream of values, in constant memory, however hostile the file.

The parser keeps a path for every level it is in, so that a hundred thousand brackets would take
all memory there is; depth and string length are therefore measured before it sees a byte.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import ijson
from django.utils.translation import gettext as _

MAX_STRING_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 100
_HEAD = 64 * 1024
# A whole string, or the one the data end in; possessive, so that no file makes it look twice.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"|("(?:[^"\\]++|\\.)*+\\?\Z)', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")


class BrokenFile(Exception):
    """The file cannot be read on; what was yielded before stands."""


@dataclass(frozen=True)
class BrokenValue:
    """Stands where a value should be that is no JSON."""

    reason: str


def json_values(file: BinaryIO, *, list_name: str) -> Iterator[tuple[str, Any]]:
    """(position, value) for every value in a seekable binary file of JSON.

    The file is an object whose `list_name` holds the values, an array of them, one value, or one
    value a line. Positions are "element 12" or "line 12", counted from 1. Raises BrokenFile.
    """
    head = file.read(_HEAD)
    bom = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    file.seek(bom)
    head = head[bom:].lstrip()
    if not head:
        raise BrokenFile(_("The file is empty. Give a data file in JSON."))
    if head[:1] not in (b"{", b"["):
        raise BrokenFile(
            _("The file is not JSON: it begins with “%s”. Give a data file in JSON.")
            % head[:20].decode("utf-8", "replace")
        )
    if _is_line_wise(head, list_name):
        return _lines(file)
    if head.startswith(b"["):
        prefix = "item"
    elif f'"{list_name}"'.encode() in head:
        prefix = f"{list_name}.item"
    else:
        prefix = ""
    return _elements(file, prefix, list_name)


def _is_line_wise(head: bytes, list_name: str) -> bool:
    first, _newline, rest = head.partition(b"\n")
    return (
        first.startswith(b"{")
        and first.rstrip().endswith(b"}")
        and rest.lstrip().startswith(b"{")
        and f'"{list_name}"'.encode() not in first
    )


def _lines(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    number = 0
    while line := file.readline(MAX_STRING_BYTES + 1):
        number += 1
        position = _("line %d") % number
        if len(line) > MAX_STRING_BYTES:
            while line and not line.endswith(b"\n"):
                line = file.readline(MAX_STRING_BYTES)
            yield position, BrokenValue(_("the line is longer than %d bytes") % MAX_STRING_BYTES)
            continue
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            value = BrokenValue(_("not JSON: %s") % error)
        yield position, value


def _elements(file: BinaryIO, prefix: str, list_name: str) -> Iterator[tuple[str, Any]]:
    number = 0
    try:
        for value in ijson.items(_Measured(file), prefix, use_float=True):
            # A list that comes later than the first bytes arrives here inside its object.
            inside = value.get(list_name) if isinstance(value, dict) else None
            for one in inside if isinstance(inside, list) else [value]:
                number += 1
                yield _("element %d") % number, one
    except (ijson.JSONError, UnicodeDecodeError, _TooDeep) as error:
        raise BrokenFile(
            _(
                "After element %(number)d the file stops being usable JSON (%(why)s). It may have "
                "been cut off: fetch it again. The records before it were read."
            )
            % {"number": number, "why": " ".join(str(error).split())[:200]}
        ) from error
    if number == 0:
        yield _("the whole file"), BrokenValue(_("there is no element in it"))


class _TooDeep(Exception):
    pass


class _Measured:
    """The file as the parser reads it, refused where it nests deeper than any honest one."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._depth = 0
        self._unclosed = b""

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        bare = _STRING.sub(rb"\1", self._unclosed + data)
        outside, quote, inside = bare.partition(b'"')
        self._unclosed = quote + inside
        if len(self._unclosed) > MAX_STRING_BYTES:
            raise _TooDeep(_("a string longer than %d bytes") % MAX_STRING_BYTES)
        for bracket in _BRACKET.findall(outside):
            self._depth += 1 if bracket in b"[{" else -1
            if self._depth > MAX_DEPTH:
                raise _TooDeep(_("nested deeper than %d levels") % MAX_DEPTH)
        return data
