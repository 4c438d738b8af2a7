"""A body that the law orders away: gone from the log, with an entry that says by which order."""

from __future__ import annotations

import json

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import LogBody, LogEntry, Publication, Transition
from claims.pipeline.publishing import files, log
from claims.workflow import IllegalMove, in_words, record


@transaction.atomic
def erase(*, number: int, ground: str, actor: User) -> LogEntry:
    """Removes entry `number`'s body from the log and from every page, feed and answer made of it; the
    new entry names it and the ground, which everybody reads. Nothing brings the body back.

    Raises IllegalMove for an entry that has no body to remove, PermissionDenied.
    """
    if not permissions.may(actor, permissions.ADMINISTER):
        raise PermissionDenied(_("This is for administrators."))
    if not in_words(ground):
        raise IllegalMove(_("Name the order: readers will see on which ground the text is gone."))
    if LogEntry.objects.filter(
        number=number, kind__in=[*LogEntry.OWN, LogEntry.Kind.ERASURE]
    ).exists():
        raise IllegalMove(
            _("Entry %(n)d is the log's own: it has no text of a verdict.") % {"n": number}
        )
    data = {"entry": number, "ground": in_words(ground)}
    record(Transition.Subject.DESK, 0, "erase", actor=actor, reason=in_words(ground), data=data)
    log.lock()
    entry = LogEntry.objects.filter(number=number).select_related("erased_by").first()
    if entry is None:
        raise IllegalMove(_("The log has no entry %(n)d.") % {"n": number})
    if hasattr(entry, "erased_by"):
        raise IllegalMove(
            _("The body of entry %(n)d has been withdrawn already, by entry %(by)d.")
            % {"n": number, "by": entry.erased_by.number}
        )
    row = log.append(
        kind=LogEntry.Kind.ERASURE,
        id=json.loads(bytes(entry.header))["id"],
        at=log.next_time(),
        body={"ground": in_words(ground)},
        replaces=number,
        erases=entry,
    )
    LogBody.objects.filter(entry_id=number).delete()
    # At once; and should this process end before it, `files.write_due` writes the page anew.
    transaction.on_commit(lambda: files.take_away(number))
    return row


def also_there(number: int) -> list[Publication]:
    """The other publications of the same verdict whose bodies are still there: an order about one
    wording mostly means them all."""
    of = Publication.objects.filter(entry_id=number).values("verdict_number")
    return list(
        Publication.objects.readable()
        .filter(verdict_number__in=of)
        .exclude(entry_id=number)
        .order_by("entry_id")
    )
