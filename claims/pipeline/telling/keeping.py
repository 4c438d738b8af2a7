"""The rows of news: written once for each person, read, and counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from claims.models import Claim, Notification, NotificationChoice
from claims.pipeline.telling.events import Audience, Event


def keep(events: Sequence[Event], who: Audience) -> None:
    """Writes a row for everybody whom an event concerns: who works on the desk, did not do it
    themselves, and has not been told already. Three queries.

    A kind somebody wants neither on the desk nor by mail is written as read and settled, so that
    it is not derived again.
    """
    wanted = [
        (event, person)
        for event in events
        for person in event.people
        if person is not None and person in who.desk and person != event.actor
    ]
    if not wanted:
        return
    # Splitting an article again withdraws claims that nobody has worked on.
    claims = set(
        Claim.objects.filter(pk__in={event.claim for event, _person in wanted}).values_list(
            "pk", flat=True
        )
    )
    choices = {
        (choice.person_id, choice.kind): choice
        for choice in NotificationChoice.objects.filter(
            person__in={person for _event, person in wanted}
        )
    }
    now = timezone.now()
    rows = []
    for event, person in wanted:
        if event.claim not in claims:
            continue
        choice = choices.get((person, event.kind.value))
        by_mail = choice is None or choice.by_mail
        rows.append(
            Notification(
                person_id=person,
                kind=event.kind,
                key=event.key,
                claim_id=event.claim,
                actor_id=event.actor,
                data=event.data,
                at=event.at,
                read_at=now if choice and not choice.on_desk and not by_mail else None,
                mailed_at=None if by_mail else now,
            )
        )
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def shown_to(person: User) -> QuerySet[Notification]:
    """Their news of the kinds they want on the desk."""
    hidden = NotificationChoice.objects.filter(person=person, on_desk=False).values("kind")
    return Notification.objects.filter(person=person).exclude(kind__in=hidden)


def unread_of(person: User) -> QuerySet[Notification]:
    return shown_to(person).filter(read_at__isnull=True)


def mark_read(*, person: User, number: int) -> None:
    """One of this person's own news; another's, or none, is left alone."""
    own = Notification.objects.filter(pk=number, person=person, read_at__isnull=True)
    own.update(read_at=timezone.now())


def mark_all_read(*, person: User, upto: int) -> None:
    """All that the page showed: what came later than number `upto` stays unread."""
    unread_of(person).filter(pk__lte=upto).update(read_at=timezone.now())


def unread_about(claim: Any, person: User) -> QuerySet[Notification]:
    """A person's unread news about a claim; that may be a number or an OuterRef."""
    return Notification.objects.filter(claim=claim, person=person, read_at__isnull=True)


def seen(*, person: User, claim: Claim) -> None:
    """They look at the claim's page: its news is read. Most pages have none: whoever shows one asks
    `unread_about` first, so that looking writes nothing."""
    unread_about(claim.pk, person).update(read_at=timezone.now())
