"""What was collected from an outlet's feed comes in as an article: by itself, or by a person's click."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Article, CollectedItem
from claims.pipeline.intake import checks
from claims.pipeline.intake.errors import IntakeError
from claims.pipeline.intake.fetching import read_page
from claims.pipeline.intake.limits import MAX_TITLE
from claims.pipeline.intake.receiving import Received, need_intake, receive
from claims.sources._http import Door

log = logging.getLogger(__name__)

# In one turn: a feed that suddenly holds thousands of entries must not flood the desk at once.
AT_ONCE = 20


def take_in_due(most: int = AT_ONCE) -> int:
    """Takes in what watched feeds have brought, at most so many; gives how many were dealt with.

    May run twice at once: an item is locked, and its text is one article however often it comes.
    """
    due = CollectedItem.objects.to_be_taken_in().order_by("pk").values_list("pk", flat=True)
    return sum(_by_itself(pk) for pk in due[:most])


@transaction.atomic
def _by_itself(pk: int) -> bool:
    item = (
        CollectedItem.objects.to_be_taken_in()
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("feed__outlet")
        .filter(pk=pk)
        .first()
    )
    if item is None:
        return False
    item.wanted = False
    try:
        with transaction.atomic():
            item.article = _received(item, None).article
    except IntakeError as error:
        item.reason = _not_taken_in(error.message)
    except Exception:
        # Whatever an entry does to the intake, the others come in.
        log.exception("collected item %s could not be taken in", pk)
        item.reason = _not_taken_in(_("An error in our own code. The log of the worker has it."))
    item.save(update_fields=["wanted", "article", "reason"])
    return True


def _not_taken_in(why: str) -> str:
    return (_("Not taken in: %(why)s") % {"why": why})[:500]


def take_in(*, item: CollectedItem, actor: User, door: Door | None = None) -> Received:
    """Makes an article of what was collected. If its page has not been read, it is fetched now: the
    feed's own words are no article. Twice is once. Raises IntakeError and PermissionDenied."""
    need_intake(actor)
    if item.links is None:
        page, found = read_page(item.url, door)
        item.text, item.url = found.text, page.final_url
        item.links = [{"url": url, "text": words} for url, words in found.links]
    received = _received(item, actor)
    CollectedItem.objects.filter(pk=item.pk).update(article=received.article, wanted=False)
    return received


def _received(item: CollectedItem, actor: User | None) -> Received:
    return receive(
        text=item.text,
        published_on=_day(item),
        published_confirmed=False,
        channel=Article.Channel.FEED,
        received_by=actor,
        outlet=item.feed.outlet.name,
        url=item.url,
        title=checks.one_line(item.title, MAX_TITLE),
        links=[(link["url"], link["text"]) for link in item.links or ()],
    )


def _day(item: CollectedItem) -> date:
    """The day the feed or the page says; without one, or with one that has not come, the day on
    which it was first seen. A person has to confirm it either way."""
    first_seen = timezone.localdate(item.collected_at)
    if item.published_at is None:
        return first_seen
    day = timezone.localdate(item.published_at)
    return day if day <= first_seen + timedelta(days=1) else first_seen
