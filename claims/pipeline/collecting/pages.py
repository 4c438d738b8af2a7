"""Fetching the pages of collected entries: as robots.txt allows, a few of one outlet at a time."""

from __future__ import annotations

import functools
import logging
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import CollectedItem
from claims.pipeline._door import door as the_desks_door
from claims.pipeline.collecting._outcome import next_try, searchable
from claims.sources import _page
from claims.sources._http import Door, FetchError
from claims.sources._robots import Robots
from claims.sources._text import Unreadable

log = logging.getLogger(__name__)

AT_ONCE = 24
# Of one feed in one turn, one after the other; its other entries wait for the next turn.
OF_ONE_FEED = 3
TURN = timedelta(seconds=15)
# Three pages of twenty seconds and their robots.txt.
LEASE = timedelta(minutes=2)
ATTEMPTS = 4
SECONDS_A_PAGE = 15.0


@dataclass(frozen=True)
class Fetched:
    url: str
    page: _page.Article


@dataclass(frozen=True)
class Failure:
    message: str
    permanent: bool = True
    retry_after: float | None = None


@dataclass(frozen=True)
class Later:
    """Not asked yet: the site wants a pause between two pages."""

    seconds: float


Outcome = Fetched | Failure | Later


def fetch_due(most: int = AT_ONCE, door: Door | None = None) -> int:
    """Fetches the pages of entries that are due, at most so many; gives how many were dealt with."""
    items = _take(most)
    by_site: dict[str, list[CollectedItem]] = defaultdict(list)
    for item in items:
        by_site[urlsplit(item.url).netloc].append(item)
    if not by_site:
        return 0
    robots = _robots() if door is None else Robots(door)
    way_out = door or the_desks_door()
    with ThreadPoolExecutor(max_workers=len(by_site)) as pool:
        for site, outcomes in zip(
            by_site.values(),
            pool.map(lambda site: _visit(site, robots, way_out), by_site.values()),
            strict=True,
        ):
            for item, outcome in zip(site, outcomes, strict=True):
                _store(item, outcome)
    return len(items)


@functools.cache
def _robots() -> Robots:
    """One for the process, so that a site is asked for its robots.txt once an hour."""
    return Robots(the_desks_door())


def _take(most: int) -> list[CollectedItem]:
    now = timezone.now()
    with transaction.atomic():
        due = CollectedItem.objects.due(now)
        due.filter(attempts__gte=ATTEMPTS).update(
            next_at=None, wanted=False, reason=_("The worker died every time it read this page.")
        )
        taken: list[int] = []
        later: list[int] = []
        of_feed: dict[int, int] = defaultdict(int)
        for pk, feed in (
            due.select_for_update(skip_locked=True)
            .order_by("next_at", "pk")
            .values_list("pk", "feed")[: most * 10]
        ):
            of_feed[feed] += 1
            fits = of_feed[feed] <= OF_ONE_FEED and len(taken) < most
            (taken if fits else later).append(pk)
        CollectedItem.objects.filter(pk__in=later).update(next_at=now + TURN)
        CollectedItem.objects.filter(pk__in=taken).update(
            attempts=F("attempts") + 1, next_at=now + LEASE
        )
        return list(
            CollectedItem.objects.filter(pk__in=taken).select_related("feed__outlet", "article")
        )


def _visit(items: Sequence[CollectedItem], robots: Robots, door: Door) -> list[Outcome]:
    """One site's pages, one after the other."""
    outcomes: list[Outcome] = []
    wait = 0.0
    for item in items:
        if wait:
            outcomes.append(Later(wait * len(outcomes)))
            continue
        try:
            wait = robots.pause(item.url)
            page = door.get(
                item.url,
                accept=_page.ACCEPT,
                total_seconds=SECONDS_A_PAGE,
                led=robots.pause,
            )
            found = _page.extract(page.body, url=page.final_url, charset=page.charset, links=True)
            outcomes.append(Fetched(page.final_url, found))
        except FetchError as error:
            outcomes.append(Failure(error.message, error.permanent, error.retry_after))
        except Unreadable as error:
            outcomes.append(Failure(error.message))
        except Exception:
            # Whatever a page does to its reader, the others are read.
            log.exception("page of collected item %s could not be read", item.pk)
            outcomes.append(
                Failure(_("An error in our own code for this page. The log of the worker has it."))
            )
    return outcomes


@transaction.atomic
def _store(item: CollectedItem, outcome: Outcome) -> None:
    held = (
        CollectedItem.objects.select_for_update(of=("self",))
        .select_related("article")
        .filter(pk=item.pk, attempts=item.attempts, next_at=item.next_at)
        .first()
    )
    if held is None:
        return
    now = timezone.now()
    if isinstance(outcome, Fetched):
        _keep(held, item.feed.outlet.language, outcome)
    elif isinstance(outcome, Later):
        held.next_at, held.attempts = now + timedelta(seconds=outcome.seconds), item.attempts - 1
    elif outcome.permanent or held.attempts >= ATTEMPTS:
        # The feed's own words stay, for the search; they are no article.
        held.next_at, held.wanted = None, False
        held.reason = outcome.message[:500]
    else:
        held.next_at = next_try(now, held.attempts, outcome.retry_after)
        held.reason = outcome.message[:500]
    held.save()


def _keep(held: CollectedItem, language: str, outcome: Fetched) -> None:
    found = outcome.page
    held.text = found.text
    held.title = held.title or found.title[:500]
    held.folded = searchable(held.title, found.text, language)
    held.links = [{"url": url, "text": words} for url, words in found.links]
    if len(outcome.url) <= 2000:
        held.url = outcome.url
    if held.published_at is None and found.published is not None:
        held.published_at = datetime.combine(found.published, time(12), UTC)
    # It is an article already, and the outlet has changed it since: the next version comes in.
    if held.article is not None and held.article.text.split() != found.text.split():
        held.wanted = True
    held.next_at, held.attempts, held.reason = None, 0, ""
