"""Asking the watched feeds: conditionally, with patience, each entry noted once.

A feed is taken by moving its `next_at` ahead as a lease and counting the attempt, which is the
fence: whoever comes back late writes nothing. The network is waited for outside any transaction.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import CollectedItem, WatchedFeed
from claims.pipeline._door import door as the_desks_door
from claims.pipeline.collecting._outcome import next_try, searchable
from claims.sources import _feed
from claims.sources._http import Door, FetchError
from claims.sources._text import Unreadable

log = logging.getLogger(__name__)

AT_ONCE = 8
LEASE = timedelta(minutes=2)
NOT_MODIFIED, GONE = 304, 410


@dataclass(frozen=True)
class Look:
    """What a feed answered. `feed` None: it has not changed since. `final_url` is where it stands
    now; `etag` and `modified` are to be sent back with the next question."""

    feed: _feed.Feed | None
    final_url: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True)
class Failure:
    """`gone`: the server says that there is no feed here any more."""

    message: str
    retry_after: float | None = None
    gone: bool = False


def look_at(url: str, *, etag: str = "", modified: str = "", door: Door | None = None) -> Look:
    """Reads a feed without keeping anything. Raises FetchError and Unreadable, in words."""
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    try:
        page = (door or the_desks_door()).get(
            url,
            headers={name: value for name, value in asked.items() if value},
            max_bytes=_feed.MAX_BYTES,
            accept=_feed.ACCEPT,
        )
    except FetchError as error:
        if error.status == NOT_MODIFIED:
            return Look(None, url, etag, modified)
        raise
    feed = _feed.parse(
        page.body, url=page.final_url, content_type=page.headers.get("content-type", "")
    )
    return Look(
        feed,
        page.final_url,
        _fitting(page.headers.get("etag", ""), 300),
        _fitting(page.headers.get("last-modified", ""), 100),
    )


def read_due(most: int = AT_ONCE, door: Door | None = None) -> int:
    """Reads the feeds that are due, at most so many, all at once; gives how many."""
    feeds = _take(most)
    if not feeds:
        return 0
    way_out = door or the_desks_door()
    with ThreadPoolExecutor(max_workers=len(feeds)) as pool:
        outcomes = list(pool.map(lambda feed: _ask(feed, way_out), feeds))
    for feed, outcome in zip(feeds, outcomes, strict=True):
        _store(feed, outcome)
    return len(feeds)


def _take(most: int) -> list[WatchedFeed]:
    now = timezone.now()
    with transaction.atomic():
        taken = list(
            WatchedFeed.objects.due(now)
            .select_for_update(skip_locked=True)
            .order_by("next_at", "pk")
            .values_list("pk", flat=True)[:most]
        )
        feeds = WatchedFeed.objects.filter(pk__in=taken)
        feeds.update(attempts=F("attempts") + 1, next_at=now + LEASE)
        return list(feeds.select_related("outlet"))


def _ask(feed: WatchedFeed, door: Door) -> Look | Failure:
    try:
        return look_at(feed.url, etag=feed.etag, modified=feed.modified, door=door)
    except FetchError as error:
        return Failure(error.message, error.retry_after, gone=error.status == GONE)
    except Unreadable as error:
        return Failure(error.message)
    except Exception:
        # Whatever a feed does to its parser, the others are read.
        log.exception("feed %s could not be read", feed.pk)
        return Failure(_("An error in our own code for this feed. The log of the worker has it."))


@transaction.atomic
def _store(feed: WatchedFeed, outcome: Look | Failure) -> None:
    held = (
        WatchedFeed.objects.select_for_update()
        .filter(pk=feed.pk, attempts=feed.attempts, next_at=feed.next_at)
        .first()
    )
    if held is None:
        return
    now = timezone.now()
    if isinstance(outcome, Failure):
        held.reason = outcome.message[:500]
        held.next_at = next_try(now, held.attempts, outcome.retry_after)
        if outcome.gone:
            held.active = False
            held.reason = _(
                "The server says this feed is gone for good (410), so it is not watched any more. "
                "Look for the outlet's new feed and add that."
            )
        held.save(update_fields=["reason", "next_at", "active"])
        return
    if outcome.feed is not None:
        _note(held, feed.outlet.language, outcome.feed.entries, now)
        held.etag, held.modified = outcome.etag, outcome.modified
    held.succeeded_at, held.reason, held.attempts = now, "", 0
    held.next_at = now + timedelta(minutes=held.every_minutes)
    held.save(update_fields=["etag", "modified", "succeeded_at", "reason", "attempts", "next_at"])


def _note(feed: WatchedFeed, language: str, entries: Iterable[_feed.Entry], now: datetime) -> None:
    """New entries become rows, and those that the feed has changed are to be fetched again."""
    by_guid = {entry.guid: entry for entry in entries}
    known = {item.guid: item for item in feed.items.filter(guid__in=by_guid)}
    new = [
        CollectedItem(
            feed=feed,
            guid=entry.guid,
            url=entry.url,
            title=entry.title,
            text=entry.text,
            folded=searchable(entry.title, entry.text, language),
            published_at=entry.published,
            updated=entry.updated,
            collected_at=now,
            wanted=_comes_in(feed, entry),
            next_at=now,
        )
        # The oldest first, so that the newest stands on top of every list.
        for entry in reversed(by_guid.values())
        if entry.guid not in known
    ]
    CollectedItem.objects.bulk_create(new, ignore_conflicts=True)
    changed = [
        item
        for item in known.values()
        if by_guid[item.guid].updated and by_guid[item.guid].updated != item.updated
    ]
    for item in changed:
        entry = by_guid[item.guid]
        item.updated, item.title = entry.updated, entry.title or item.title
        item.next_at, item.attempts, item.reason = now, 0, ""
    CollectedItem.objects.bulk_update(
        changed, ["updated", "title", "next_at", "attempts", "reason"]
    )


def _comes_in(feed: WatchedFeed, entry: _feed.Entry) -> bool:
    """Whether a new entry is to be an article by itself. Of what a feed held when it was added,
    only that which is newer than its adding."""
    if not feed.takes_in:
        return False
    first_reading = feed.succeeded_at is None
    return not first_reading or (entry.published is not None and entry.published > feed.added_at)


def _fitting(value: str, limit: int) -> str:
    """A header that does not fit is not kept: cut, it would mean something else."""
    return value if len(value) <= limit and value.isprintable() else ""
