"""A DataFeed of ClaimReview documents in the shape of Data Commons' file, whose importers read it.

Each item has the entry's number as its `identifier`. A retraction is an item with `dateDeleted` and no
document. https://schema.org/DataFeed; the envelope as in publishing.md, section 4.
"""

import json
import re
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.feeds import _text
from claims.feeds.base import Entry, FeedHead

LABEL = _("Data feed")
CONTENT_TYPE = "application/ld+json; charset=utf-8"
FILE_NAME = "datafeed.json"

MARK = b'"dataFeedElement":[\n'
SEPARATOR = b",\n"
END = b"\n]}\n"
STANDING = True

_NUMBER = re.compile(rb'\{"@type":"DataFeedItem","identifier":"([0-9]+)"')


def render(head: FeedHead, entries: Sequence[Entry]) -> bytes:
    """Oldest first, one item a line."""
    return begin(head) + SEPARATOR.join(map(record, reversed(entries))) + END


def begin(head: FeedHead) -> bytes:
    head = _text.fitted(head)
    feed = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": head.title,
        "url": head.self_url,
        "license": head.licence,
        "publisher": {"@type": "Organization", "name": head.publisher, "url": head.site_url},
    }
    return _json(feed)[:-1] + b"," + MARK


def record(entry: Entry) -> bytes:
    entry = _text.fitted(entry)
    moment = entry.published_at.astimezone(UTC).isoformat()
    item: dict[str, Any] = {
        "@type": "DataFeedItem",
        "identifier": str(entry.number),
        "url": entry.url,
        "dateCreated": entry.first_published_at.astimezone(UTC).isoformat(),
    }
    if entry.claim_review is None:
        item |= {"dateDeleted": moment, "item": None}
    else:
        item |= {"dateModified": moment, "item": [entry.claim_review]}
    return _json(item)


def number_of(record: bytes) -> int:
    """Which entry of the log a line is."""
    found = _NUMBER.match(record)
    if found is None:
        raise ValueError(f"no item of a data feed: {record[:80]!r}")
    return int(found[1])


def _json(value: dict[str, Any]) -> bytes:
    return _text.fit(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).encode()
