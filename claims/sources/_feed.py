"""An RSS or Atom feed, read from bytes by feedparser; nothing is loaded from the network for it."""

import io
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
from django.utils.translation import gettext as _

from claims.sources._snippet import plain
from claims.sources._text import Unreadable, refuse_binary

ACCEPT = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/xml",
    "text/xml",
    # Said of feeds by servers that do not know better.
    "text/html",
    "text/plain",
    "application/octet-stream",
)
MAX_BYTES = 3 * 1024 * 1024
# feedparser takes some 50 µs a tag, whatever it says: sixty thousand are three seconds.
MAX_TAGS = 60_000
# The newest stand first in a feed; longer ones are whole archives.
MAX_ENTRIES = 200
MAX_ID, MAX_URL, MAX_TITLE, MAX_TEXT, MAX_UPDATED = 500, 2000, 500, 20_000, 100

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Entry:
    """`guid`: the feed's own name for it, its address where it has none. `text`: the feed's words,
    without markup. `updated`: what the feed says of its last change, as it says it."""

    guid: str
    url: str
    title: str
    text: str
    published: datetime | None
    updated: str


@dataclass(frozen=True)
class Feed:
    """`entries`: in the feed's order, each guid once; those without a usable address are left out
    and counted in `skipped`."""

    title: str
    entries: tuple[Entry, ...]
    skipped: int


def parse(body: bytes, *, url: str, content_type: str = "") -> Feed:
    """`url`: where it was fetched, which relative addresses count from; `content_type`: as the
    server sent it, charset included. Raises Unreadable for what is no feed."""
    if len(body) > MAX_BYTES:
        raise Unreadable(
            _("The feed is %(size)d bytes long; at most %(limit)d are read.")
            % {"size": len(body), "limit": MAX_BYTES}
        )
    refuse_binary(body)
    if body.count(b"<") > MAX_TAGS:
        raise Unreadable(
            _("The feed holds more than %d tags and is not read. Ask the outlet for a shorter one.")
            % MAX_TAGS
        )
    if _ENTITY.search(body):
        # No feed needs entities of its own; one that has some may be built to swell.
        raise Unreadable(_("The feed defines entities of its own, and is not read for safety."))
    # A stream: bytes would be tried as the name of a file first.
    found = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-location": url, "content-type": content_type},
    )
    if not found.get("version"):
        raise Unreadable(
            _(
                "There is no RSS or Atom feed at this address. Look for the feed's own address on "
                "the outlet's site; it often ends in /rss, /feed or .xml."
            )
        )
    entries: dict[str, Entry] = {}
    skipped = 0
    for one in found.entries[:MAX_ENTRIES]:
        entry = _entry(one, url)
        if entry is None:
            skipped += 1
        else:
            entries.setdefault(entry.guid, entry)
    return Feed(_clean(found.feed.get("title", ""), MAX_TITLE), tuple(entries.values()), skipped)


def _entry(one: Any, base: str) -> Entry | None:
    address = _address(one.get("link", "") or one.get("id", ""), base)
    if not address:
        return None
    contents = [part.get("value", "") for part in one.get("content", ())]
    words = max([*contents, one.get("summary", "")], key=len)
    return Entry(
        guid=_NO_TEXT.sub("", one.get("id", ""))[:MAX_ID] or address[:MAX_ID],
        url=address,
        title=_clean(one.get("title", ""), MAX_TITLE),
        text=_clean(words, MAX_TEXT),
        published=_instant(one.get("published_parsed") or _own(one, "updated_parsed")),
        updated=_NO_TEXT.sub("", _own(one, "updated") or one.get("published", ""))[:MAX_UPDATED],
    )


def _own(one: Any, key: str) -> Any:
    # Asked by its own `get`, feedparser answers with the other date, and warns of it.
    return dict.get(one, key)


def _address(value: str, base: str) -> str:
    """Absolute, or "" for none and for one that is not of the web."""
    if not value.strip():
        return ""
    try:
        absolute = urljoin(base, value.strip())
        parts = urlsplit(absolute)
    except ValueError:
        return ""
    usable = (
        parts.scheme in ("http", "https")
        and parts.hostname
        and parts.username is None
        and len(absolute) <= MAX_URL
        and not _NO_TEXT.search(absolute)
    )
    return absolute if usable else ""


def _clean(markup: str, limit: int) -> str:
    return _NO_TEXT.sub("", plain(markup))[:limit]


def _instant(parsed: struct_time | None) -> datetime | None:
    """feedparser gives UTC."""
    if parsed is None:
        return None
    try:
        found = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    # At the ends of time it can be told in no other time zone.
    return found if MINYEAR < found.year < MAXYEAR else None
