"""The log as a table for spreadsheets (RFC 4180): one row for every publication."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC

from django.utils.translation import gettext_lazy as _

from claims.feeds import _text
from claims.feeds.base import Entry, FeedHead
from claims.feeds.spreadsheet import inert

LABEL = _("All publications, a table")
CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
FILE_NAME = "dump.csv"

COLUMNS = (
    "number", "kind", "verdict", "url", "language", "published", "first_published", "claim",
    "claimant", "rating", "rating_label", "rating_value", "best", "worst", "summary", "reason",
    "translation_of",
)  # fmt: skip

MARK, SEPARATOR, END = b"\r\n", b"", b""
STANDING = False


def render(head: FeedHead, entries: Sequence[Entry]) -> bytes:
    """Oldest first. Of several rows with one `verdict` the last is what stands."""
    return begin(head) + SEPARATOR.join(map(record, reversed(entries))) + END


def begin(head: FeedHead) -> bytes:
    # The mark by which spreadsheets know UTF-8.
    return b"\xef\xbb\xbf" + _row(COLUMNS)


def record(entry: Entry) -> bytes:
    entry = _text.fitted(entry)
    rating = entry.rating
    return _row(
        (
            entry.number,
            entry.kind,
            entry.id,
            entry.version_url,
            entry.language,
            entry.published_at.astimezone(UTC).isoformat(),
            entry.first_published_at.astimezone(UTC).isoformat(),
            entry.claim,
            entry.claimant,
            rating.slug if rating else "",
            rating.label if rating else "",
            rating.value if rating else None,
            rating.best if rating else None,
            rating.worst if rating else None,
            entry.summary,
            entry.reason,
            entry.translation.version_url if entry.translation else "",
        )
    )


def _row(cells: Sequence[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        [inert(cell) if isinstance(cell, str) else cell for cell in cells]
    )
    return out.getvalue().encode()
