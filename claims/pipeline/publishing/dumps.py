"""Everything published in one document, put together from the full pages and what came after them.

A page that has been written as a file is copied; nothing of a million publications is held in memory but
a hundred, and the numbers of those that were replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime

from django.utils import translation

from claims.feeds.base import Dump
from claims.languages import SERVED
from claims.models import LogEntry, Publication
from claims.models.addresses import absolute
from claims.pipeline.publishing import archives, files, log, reading


def whole(form: Dump, language: str | None, since: datetime | None = None) -> Iterator[bytes]:
    """The document, a page at a time; with `since` only what was published from that moment on.

    Where the format takes each verdict as it stands, what has been replaced is left out of the whole.
    Of what is new it is left in: the one that replaces it may be in the file before.
    """
    with translation.override(language or SERVED[0]):
        own = archives.head_address(form, language)
        head = reading.feed_head(language=language or SERVED[0], self_url=absolute(own))
        yield form.begin(head)
        between = b""
        for records in _pages(form, language, _first(since)):
            if records:
                yield between + records
                between = form.SEPARATOR
        yield form.END


def _pages(form: Dump, language: str | None, start: int) -> Iterator[bytes]:
    size = log.size()
    gone = _replaced() if form.STANDING and start == 0 else frozenset()
    pages = archives.full_pages(size)
    for page in range(start // archives.PAGE, pages + 1):
        first, last = page * archives.PAGE, min(size, (page + 1) * archives.PAGE)
        if first < start or page == pages:
            entries = reading.entries_between(max(first, start), last, language=language)
            yield form.SEPARATOR.join(
                form.record(one) for one in reversed(entries) if one.number not in gone
            )
            continue
        data = files.page(page, form, language)
        records = data[data.index(form.MARK) + len(form.MARK) : len(data) - len(form.END)]
        yield _without(records, gone, form) if gone else records


def _without(records: bytes, gone: frozenset[int], form: Dump) -> bytes:
    lines = records.split(form.SEPARATOR) if records else []
    return form.SEPARATOR.join(line for line in lines if form.number_of(line) not in gone)


def _replaced() -> frozenset[int]:
    rows = Publication.objects.exclude(replaces=None).values_list("replaces_id", flat=True)
    return frozenset(rows.iterator())


def _first(since: datetime | None) -> int:
    """The first entry from that moment on. Times in the log never go back."""
    if since is None:
        return 0
    times = LogEntry.objects.values_list("published_at", flat=True)
    return bisect_left(range(log.size()), since, key=lambda number: times.get(number=number))
