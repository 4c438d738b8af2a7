"""Who has a claim open, and who of them is writing its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Presence
from claims.pipeline._rights import EDITABLE, need, need_editable
from claims.workflow import locked, note

# Whoever gives no sign for so long is gone; a page gives one every 30 s.
ALIVE = timedelta(minutes=2)
# A sign that says nothing new is not written down before the last one is this old.
QUIET = timedelta(seconds=20)
# A page that is left may be on its way to itself: a save leads back to it.
A_MOMENT = timedelta(seconds=12)


@dataclass(frozen=True)
class Company:
    """Those at one claim, as one of them sees it. `others`: everybody else, who came first first;
    `mine`: their own sign, None where they gave none."""

    others: list[Presence]
    mine: Presence | None = None

    @property
    def writer(self) -> Presence | None:
        """Who else is writing the verdict."""
        return next((one for one in self.others if one.writing_since), None)

    @property
    def holding(self) -> bool:
        return self.mine is not None and self.mine.writing_since is not None

    @property
    def taken(self) -> bool:
        """Whether the draft was taken over from them, and they have not been at it since."""
        return self.mine is not None and self.mine.taken_by_id is not None


def at(*, claim: Claim, person: User) -> Company:
    """Who is there now; writes nothing."""
    present = list(
        Presence.objects.filter(claim=claim, seen_at__gt=timezone.now() - ALIVE)
        .select_related("person", "taken_by")
        .order_by("pk")
    )
    return Company(
        others=[one for one in present if one.person_id != person.pk],
        mine=next((one for one in present if one.person_id == person.pk), None),
    )


def look(*, claim: Claim, person: User, writing: bool = False) -> Company:
    """A sign that this person has the claim open. `writing`: they are typing its verdict, and hold it
    from now on unless somebody else does. Who is there now comes back.

    Raises PermissionDenied for somebody who is not of the desk.
    """
    if not permissions.is_on_the_desk(person):
        raise PermissionDenied(_("Only people of the desk see who is at a claim."))
    now = timezone.now()
    # Two windows of one person may both be the first.
    mine, new = Presence.objects.get_or_create(claim=claim, person=person)
    if not new and mine.seen_at < now - ALIVE:
        # They are back after they were gone: what they held or lost then is over.
        _mark(mine, seen_at=now, writing_since=None, taken_by=None, taken_at=None)
    elif mine.seen_at < now - QUIET:
        _mark(mine, seen_at=now)
    if writing and mine.writing_since is None:
        _hold(claim, mine, now)
    return at(claim=claim, person=person)


@transaction.atomic
def take_over(*, claim: Claim, actor: User) -> Company:
    """Takes the draft from whoever is writing it: they are told, what they typed stays theirs as a
    working copy, and the claim's history says it. Where nobody holds it now, it is simply held.

    Raises IllegalMove, PermissionDenied or StaleState.
    """
    need(actor, permissions.RESEARCH)
    now_claim = locked(claim.pk)
    need_editable(now_claim)
    now = timezone.now()
    _let_the_gone_go(claim, now)
    held = (
        Presence.objects.filter(claim=claim, writing_since__isnull=False)
        .exclude(person=actor)
        .select_related("person")
        .first()
    )
    if held is not None:
        _mark(held, writing_since=None, taken_by=actor, taken_at=now)
        note(
            now_claim,
            "take_over",
            actor=actor,
            data={
                "from": held.person_id,
                "name": held.person.get_full_name() or held.person.get_username(),
            },
        )
        claim.moves = now_claim.moves
    Presence.objects.update_or_create(
        claim=claim,
        person=actor,
        defaults={"seen_at": now, "writing_since": now, "taken_by": None, "taken_at": None},
    )
    return at(claim=claim, person=actor)


def leave(*, claim: Claim, person: User) -> None:
    """They have closed the page, or are on their way from it to itself: they are gone in a moment,
    unless this page or another window of theirs gives a sign meanwhile."""
    gone_at = timezone.now() - ALIVE + A_MOMENT
    Presence.objects.filter(claim=claim, person=person, seen_at__gt=gone_at).update(seen_at=gone_at)


def sweep(now: datetime) -> None:
    """Takes away the signs of those who are long gone; writes nothing where there are none."""
    gone = Presence.objects.filter(seen_at__lt=now - 5 * ALIVE)
    if gone.exists():
        gone.delete()


def _hold(claim: Claim, mine: Presence, now: datetime) -> None:
    """`mine` is the writer's sign, unless it is somebody else's turn or not theirs to write."""
    if not permissions.may(mine.person, permissions.RESEARCH) or claim.state not in EDITABLE:
        return
    _let_the_gone_go(claim, now)
    if Presence.objects.filter(claim=claim, writing_since__isnull=False).exists():
        return
    try:
        with transaction.atomic():
            _mark(mine, writing_since=now, taken_by=None, taken_at=None)
    except IntegrityError:
        pass  # somebody else began in the same moment; the page says who


def _let_the_gone_go(claim: Claim, now: datetime) -> None:
    """Nobody holds a draft who gives no sign: a closed laptop must not stop the work."""
    Presence.objects.filter(
        claim=claim, writing_since__isnull=False, seen_at__lte=now - ALIVE
    ).update(writing_since=None)


def _mark(sign: Presence, **values: object) -> None:
    Presence.objects.filter(pk=sign.pk).update(**values)
    for name, value in values.items():
        setattr(sign, name, value)
