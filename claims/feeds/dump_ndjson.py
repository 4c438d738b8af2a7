"""The log in words, one JSON object a line: every publication with its ClaimReview document."""

import json
from collections.abc import Sequence
from datetime import UTC

from django.utils.translation import gettext_lazy as _

from claims.feeds import _text
from claims.feeds.base import Entry, FeedHead

LABEL = _("All publications, a JSON object a line")
CONTENT_TYPE = "application/x-ndjson; charset=utf-8"
FILE_NAME = "dump.ndjson"

MARK = SEPARATOR = END = b""
STANDING = False


def render(head: FeedHead, entries: Sequence[Entry]) -> bytes:
    """Oldest first. Of several lines with one `verdict` the last is what stands."""
    return begin(head) + SEPARATOR.join(map(record, reversed(entries))) + END


def begin(head: FeedHead) -> bytes:
    return b""


def record(entry: Entry) -> bytes:
    entry = _text.fitted(entry)
    line = {
        "number": entry.number,
        "kind": entry.kind,
        "verdict": entry.id,
        "url": entry.version_url,
        "language": entry.language,
        "published": entry.published_at.astimezone(UTC).isoformat(),
        "first_published": entry.first_published_at.astimezone(UTC).isoformat(),
        "reason": entry.reason,
        "translation_of": entry.translation.version_url if entry.translation else "",
        "claim_review": entry.claim_review,
    }
    return _text.fit(json.dumps(line, ensure_ascii=False)).encode() + b"\n"
