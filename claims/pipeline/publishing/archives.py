"""The feeds' older entries, as pages that never change once they are full (RFC 5005, section 4).

Page N of a feed holds the publications among the log's entries N*100 to N*100+99; the feed's own document
those since the last full page. Together they hold every one. The pages of a language hold that
language's, and may be empty: a reader walks from one to the one before all the same.
"""

from __future__ import annotations

from django.utils import translation

from claims.feeds.base import Format
from claims.languages import SERVED
from claims.models.addresses import absolute
from claims.pipeline.publishing import log, reading

PAGE = 100
NEWEST = 50
"""The feed's own document has so many entries at least, where there are as many."""

LANGUAGES: tuple[str | None, ...] = (None, *SERVED)
"""Of all languages, and of each."""


def full_pages(size: int) -> int:
    """How many pages a log of `size` entries has filled; they are numbered from 0."""
    return size // PAGE


def address(page: int, form: Format, language: str | None) -> str:
    return f"/feeds/archive/{page}/{f'{language}/' if language else ''}{form.FILE_NAME}"


def head_address(form: Format, language: str | None) -> str:
    return f"/feeds/{form.FILE_NAME}{f'?language={language}' if language else ''}"


def subscription(form: Format, language: str | None) -> bytes:
    """The document that readers poll."""
    pages = full_pages(log.size())
    with translation.override(language or SERVED[0]):
        head = reading.feed_head(
            language=language or SERVED[0],
            self_url=absolute(head_address(form, language)),
            previous_url=absolute(address(pages - 1, form, language)) if pages else "",
        )
        entries = reading.feed_entries(language=language, least=NEWEST, since=pages * PAGE)
        return form.render(head, entries)


def archive(page: int, form: Format, language: str | None) -> bytes:
    """Page `page`, which must be full. What changes about an entry afterwards is not in it: the same
    rows give the same bytes at any time, until an order of law takes a body away."""
    with translation.override(language or SERVED[0]):
        head = reading.feed_head(
            language=language or SERVED[0],
            self_url=absolute(address(page, form, language)),
            current_url=absolute(head_address(form, language)),
            previous_url=absolute(address(page - 1, form, language)) if page else "",
            # Until that page is full, its address leads on to the subscription.
            next_url=absolute(address(page + 1, form, language)),
        )
        entries = reading.entries_between(page * PAGE, (page + 1) * PAGE, language=language)
        return form.render(head, entries)
