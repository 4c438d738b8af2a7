"""Atom 1.0 (RFC 4287). An entry's id is the verdict's: the newest entry with it is what stands."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils.encoding import iri_to_uri
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.xmlutils import SimplerXMLGenerator

from claims.feeds import _text
from claims.feeds.base import Entry, FeedHead

LABEL = _("Atom")
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
FILE_NAME = "atom.xml"


class VerdictAtom(Atom1Feed):
    def latest_post_date(self) -> datetime:
        # Django says "now" for an empty feed: other bytes, and another ETag, at every request.
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:fh": _text.HISTORY}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        _text.add_pages(handler, self.feed["head"], "link")

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["entry"].language}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        handler.addQuickElement("content", _text.html(entry), {"type": "html"})
        frozen = {"rel": "memento", "href": iri_to_uri(entry.version_url)}
        handler.addQuickElement("link", "", frozen)
        if entry.translation:
            # An address of schema.org's for the relation, as RFC 4287 (4.2.7.2) lets one say what the
            # registered ones do not.
            original = {
                "rel": "https://schema.org/translationOfWork",
                "href": iri_to_uri(entry.translation.version_url or entry.translation.url),
                "hreflang": entry.translation.language,
            }
            handler.addQuickElement("link", "", original)
        scheme = f"{self.feed['link'].rstrip('/')}/"
        handler.addQuickElement("category", "", {"scheme": scheme + "kind", "term": entry.kind})
        if entry.translation and entry.translation.older:
            handler.addQuickElement(
                "category", "", {"scheme": scheme + "translation", "term": "older"}
            )
        if entry.rating:
            rating = {"term": entry.rating.slug, "label": entry.rating.label}
            handler.addQuickElement("category", "", {"scheme": scheme + "rating", **rating})


def render(head: FeedHead, entries: Sequence[Entry]) -> bytes:
    """`published` is the verdict's first publication, `updated` this entry's."""
    head = _text.fitted(head)
    feed = VerdictAtom(
        title=head.title,
        link=head.site_url,
        description=head.description,
        subtitle=head.description,
        language=head.language,
        author_name=head.publisher,
        author_link=head.site_url,
        feed_url=head.self_url,
        feed_guid=head.self_url,
        feed_copyright=head.licence or None,
        head=head,
    )
    for entry in map(_text.fitted, entries):
        feed.add_item(
            title=_text.title(entry),
            link=entry.url,
            description=escape(entry.summary if entry.rating else entry.reason),
            pubdate=entry.first_published_at.astimezone(UTC),
            updateddate=entry.published_at.astimezone(UTC),
            unique_id=entry.id,
            entry=entry,
        )
    out = io.BytesIO()
    feed.write(out, "utf-8")
    return out.getvalue()
