"""What never changes once it is full, as files that any web server serves: tiles and entry bundles of the
log, archive pages of the feeds.

The files lie in PUBLIC_DIR under their addresses. They are made from rows and may be made again at any
time; `.upto` holds the size of the log up to which they are in step. Where one is missing, the page is
made from the rows at each request.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from claims import feeds
from claims.feeds.base import Format
from claims.models import LogEntry
from claims.pipeline.publishing import archives, log
from claims.tlog import tiles

_MARK = ".upto"


def is_due() -> bool:
    """Whether publications have filled or, by order of law, emptied anything since it was written."""
    upto, size = _upto(), log.size()
    if size == upto:
        return False
    return (
        size // tiles.WIDTH > upto // tiles.WIDTH
        or archives.full_pages(size) > archives.full_pages(upto)
        or LogEntry.objects.filter(kind=LogEntry.Kind.ERASURE, number__gte=upto).exists()
    )


def write_due(
    until: datetime | None = None, progress: Callable[[int], None] = lambda entries: None
) -> bool:
    """Writes what is missing, a hundred entries of the log at a time, until that moment. Says whether
    something is left. May be broken off, and run twice at once: the same bytes are written twice.
    `progress` is told how many entries stood already, then how many more do."""
    size = log.size()
    upto = min(_upto(), size)
    for erased in LogEntry.objects.filter(kind=LogEntry.Kind.ERASURE, number__gte=upto).values_list(
        "erases_id", flat=True
    ):
        _write_page(erased // archives.PAGE, upto)
    progress(upto)
    while upto < size:
        following = min(size, (upto // archives.PAGE + 1) * archives.PAGE)
        _write_tiles(upto, following)
        if following % archives.PAGE == 0:
            _write_page(upto // archives.PAGE, following)
        _write(_MARK, str(following).encode())
        progress(following - upto)
        upto = following
        if until is not None and timezone.now() > until:
            break
    return upto < size


def begin_again() -> None:
    """Everything is written anew by the next `write_due`; what stands goes on being served."""
    _write(_MARK, b"0")


def take_away(number: int) -> None:
    """Removes the files of the archive page that entry `number` is on."""
    for form in feeds.registry().values():
        for language in archives.LANGUAGES:
            address = archives.address(number // archives.PAGE, form, language)
            _path(address).unlink(missing_ok=True)


def page(number: int, form: Format, language: str | None) -> bytes:
    """Archive page `number`, which must be full: its file, or made from the rows."""
    data = read(archives.address(number, form, language))
    return archives.archive(number, form, language) if data is None else data


def tile(path: str) -> bytes:
    """What stands at /log/<path>, a tile or an entry bundle: its file where it is full and written.
    Raises log.NotInLog."""
    try:
        full = tiles.parse_path(path).width == tiles.WIDTH
    except ValueError as error:
        raise log.NotInLog(str(error)) from error
    data = read(f"/log/{path}") if full else None
    return log.resource(path) if data is None else data


def read(address: str) -> bytes | None:
    """The file at this address of the site, `/log/tile/0/000`; None where it is not written."""
    try:
        return _path(address).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write_tiles(before: int, after: int) -> None:
    """The tiles and bundles that a log of `after` entries has filled and one of `before` had not."""
    for level in (tiles.ENTRIES, *range(tiles.MAX_LEVEL + 1)):
        width = tiles.WIDTH ** (max(level, 0) + 1)
        if width > after:
            break
        for index in range(before // width, after // width):
            path = tiles.path(level, index)
            _write(f"/log/{path}", log.resource(path))


def _write_page(page: int, upto: int) -> None:
    if page >= archives.full_pages(upto):
        return
    for form in feeds.registry().values():
        for language in archives.LANGUAGES:
            _write(archives.address(page, form, language), archives.archive(page, form, language))


def _write(address: str, data: bytes) -> None:
    path = _path(address)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    fresh.write_bytes(data)
    fresh.replace(path)


def _upto() -> int:
    text = (read(_MARK) or b"").decode()
    return int(text) if text.isdecimal() else 0


def _path(address: str) -> Path:
    return Path(settings.PUBLIC_DIR) / address.lstrip("/")
