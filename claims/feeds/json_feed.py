"""JSON Feed 1.1, with the ClaimReview document of each verdict as the extension `_claim_review`."""

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.feeds import _text
from claims.feeds.base import Entry, FeedHead

LABEL = _("JSON Feed")
CONTENT_TYPE = "application/feed+json; charset=utf-8"
FILE_NAME = "feed.json"


def render(head: FeedHead, entries: Sequence[Entry]) -> bytes:
    """`_log` in each item says which log entry it is and of which verdict. A retraction has a
    `_log` with its reason, and no `_claim_review`. `_translation_of` says what a translation is of,
    and whether that has been changed since. `next_url` leads to older items; `_pages` names the pages by
    RFC 5005's relations."""
    head = _text.fitted(head)
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.site_url,
        "feed_url": head.self_url,
        **({"next_url": head.previous_url} if head.previous_url else {}),
        **({"_pages": dict(head.links())} if head.links() else {}),
        "description": head.description,
        "language": head.language,
        "authors": [{"name": head.publisher, "url": head.site_url}],
        "_licence": {"text": head.licence},
        "items": [_item(entry) for entry in map(_text.fitted, entries)],
    }
    # The documents inside were not made fit one by one; no control character is left bare in JSON.
    return _text.fit(json.dumps(feed, ensure_ascii=False, indent=1)).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.version_url,
        "url": entry.url,
        "title": _text.title(entry),
        "content_html": _text.html(entry),
        "summary": entry.summary if entry.rating else entry.reason,
        "date_published": entry.published_at.astimezone(UTC).isoformat(),
        "language": entry.language,
        "_log": {
            "number": entry.number,
            "kind": entry.kind,
            "verdict": entry.id,
            "first_published": entry.first_published_at.astimezone(UTC).isoformat(),
            "reason": entry.reason,
        },
    }
    if (of := entry.translation) is not None:
        item["_translation_of"] = {
            "url": of.url,
            "version": of.version,
            "version_url": of.version_url,
            "language": of.language,
            "translator": of.translator,
            **({} if of.older is None else {"older_than_original": of.older}),
            **({} if of.stands is None else {"original_stands": of.stands}),
        }
        item["_log"]["reason_language"] = of.reason_language if entry.reason else ""
    if entry.rating:
        item["tags"] = [entry.rating.label]
        item["_claim_review"] = entry.claim_review
    return item
