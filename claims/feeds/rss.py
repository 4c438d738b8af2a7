"""RSS 2.0. Each publication is an item of its own, so that readers show a retraction as news."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.feedgenerator import Rss201rev2Feed, rfc3339_date
from django.utils.translation import gettext_lazy as _
from django.utils.xmlutils import SimplerXMLGenerator

from claims.feeds import _text
from claims.feeds.base import Entry, FeedHead

LABEL = _("RSS")
CONTENT_TYPE = "application/rss+xml; charset=utf-8"
FILE_NAME = "rss.xml"


class VerdictRss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        return {
            **super().rss_attributes(),
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:fh": _text.HISTORY,
        }

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        _text.add_pages(handler, self.feed["head"], "atom:link")

    def latest_post_date(self) -> datetime:
        # Django says "now" for an empty feed: other bytes, and another ETag, at every request.
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        handler.addQuickElement("atom:updated", rfc3339_date(entry.published_at))
        handler.addQuickElement("dc:identifier", entry.id)
        handler.addQuickElement("dc:language", entry.language)
        handler.addQuickElement("dc:type", entry.kind)
        if entry.translation:
            original = entry.translation.version_url or entry.translation.url
            handler.addQuickElement("dc:source", original)


def render(head: FeedHead, entries: Sequence[Entry]) -> bytes:
    """`guid` is the entry's frozen page; the verdict it belongs to is in `dc:identifier`, the version
    that a translation is of in `dc:source`."""
    head = _text.fitted(head)
    feed = VerdictRss(
        title=head.title,
        link=head.site_url,
        description=head.description,
        language=head.language,
        feed_url=head.self_url,
        feed_copyright=head.licence or None,
        head=head,
    )
    for entry in map(_text.fitted, entries):
        feed.add_item(
            title=_text.title(entry),
            link=entry.url,
            description=_text.html(entry),
            author_name=head.publisher,
            pubdate=entry.published_at.astimezone(UTC),
            unique_id=entry.version_url,
            unique_id_is_permalink=True,
            categories=[entry.rating.label] if entry.rating else [],
            entry=entry,
        )
    out = io.BytesIO()
    feed.write(out, "utf-8")
    return out.getvalue()
