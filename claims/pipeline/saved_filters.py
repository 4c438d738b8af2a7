"""The views of the queue that people keep: everybody's own, and those they share with the desk.

A shared one may be used by everybody and changed by its owner alone.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import SavedFilter
from claims.workflow import IllegalMove, in_words

# A list of more is no help to anybody.
MOST = 40


def usable_by(person: User) -> QuerySet[SavedFilter]:
    """Their own first, then those that others share."""
    return SavedFilter.objects.filter(Q(owner=person) | Q(shared=True)).select_related("owner")


@transaction.atomic
def save_filter(*, actor: User, name: str, query: str, shared: bool = False) -> SavedFilter:
    """Keeps a view of the queue under a name. Raises ValidationError for a name that is empty, too
    long or taken, IllegalMove where the person has too many."""
    _need(actor)
    if SavedFilter.objects.filter(owner=actor).count() >= MOST:
        raise IllegalMove(
            _("You have %(most)d filters. Delete one that you no longer use.") % {"most": MOST}
        )
    row = SavedFilter(owner=actor, name=in_words(name), query=query, shared=shared)
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def change_filter(
    *, row: SavedFilter, actor: User, name: str, shared: bool, query: str | None = None
) -> SavedFilter:
    """Renames, shares or narrows one's own. Raises ValidationError, PermissionDenied."""
    now = _own(row, actor)
    now.name, now.shared = in_words(name), shared
    if query is not None:
        now.query = query
    now.full_clean()
    now.save()
    return now


@transaction.atomic
def delete_filter(*, row: SavedFilter, actor: User) -> None:
    _own(row, actor).delete()


def _own(row: SavedFilter, actor: User) -> SavedFilter:
    _need(actor)
    now = SavedFilter.objects.select_for_update().filter(pk=row.pk).first()
    if now is None:
        raise IllegalMove(_("This filter was deleted meanwhile."))
    if now.owner_id != actor.pk:
        raise PermissionDenied(
            _("This filter is %(who)s’s. You can use it, and save one of your own beside it.")
            % {"who": now.owner.get_full_name() or now.owner.get_username()}
        )
    return now


def _need(actor: User) -> None:
    if not permissions.is_on_the_desk(actor):
        raise PermissionDenied(_("This is for people of the desk."))
