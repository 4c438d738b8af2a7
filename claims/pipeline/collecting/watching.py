"""Which feeds the desk watches: an administrator's decision, kept in the desk's own history."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Outlet, Transition, WatchedFeed
from claims.workflow import IllegalMove, record

FIELDS = ("active", "takes_in", "every_minutes")


@transaction.atomic
def add(
    *, url: str, outlet: str, language: str, takes_in: bool, every_minutes: int, actor: User
) -> WatchedFeed:
    """Watches a feed from now on; its outlet is made where it is new. Raises ValidationError for an
    address that cannot be one, IllegalMove where the feed is watched already."""
    _need(actor)
    if WatchedFeed.objects.filter(url=url).exists():
        raise IllegalMove(_("This feed is in the list already."))
    known = Outlet.objects.filter(name__iexact=outlet).order_by("pk").first()
    feed = WatchedFeed(
        outlet=known or Outlet.objects.create(name=outlet, language=language),
        url=url,
        takes_in=takes_in,
        every_minutes=every_minutes,
        added_by=actor,
    )
    feed.full_clean()
    feed.save()
    _note("add_feed", actor, feed, {name: [None, getattr(feed, name)] for name in FIELDS})
    return feed


@transaction.atomic
def change(*, feed: WatchedFeed, actor: User, **values: Any) -> None:
    """Sets `active`, `takes_in` or `every_minutes`. What is watched again is read at once."""
    _need(actor)
    held = WatchedFeed.objects.select_for_update().get(pk=feed.pk)
    changes = {
        name: [getattr(held, name), values[name]]
        for name in FIELDS
        if name in values and getattr(held, name) != values[name]
    }
    if not changes:
        return
    for name, (_before, after) in changes.items():
        setattr(held, name, after)
    if "active" in changes and held.active:
        held.next_at, held.attempts, held.reason = timezone.now(), 0, ""
    held.full_clean(exclude=["added_by"])
    held.save()
    _note("change_feed", actor, held, changes)


def read_now(*, feed: WatchedFeed, actor: User) -> None:
    """Makes the feed due, and unlearns its last answer so that it is read whole."""
    _need(actor)
    due = WatchedFeed.objects.filter(pk=feed.pk, active=True).update(
        next_at=timezone.now(), attempts=0, etag="", modified=""
    )
    if not due:
        raise IllegalMove(_("This feed is switched off. Switch it on; then it is read at once."))


def _need(actor: User) -> None:
    if not permissions.may(actor, permissions.ADMINISTER):
        raise PermissionDenied(_("Which feeds are watched is for administrators."))


def _note(action: str, actor: User, feed: WatchedFeed, changes: dict[str, Any]) -> None:
    data = {"feed": feed.pk, "url": feed.url, "outlet": feed.outlet.name, "changes": changes}
    record(Transition.Subject.DESK, 0, action, actor=actor, data=data)
