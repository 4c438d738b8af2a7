"""Where a person is signed in, and ending it from afar."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import SignIn, Transition
from claims.workflow import StaleState, record

# How old "last seen" may be: a row is not written at every request.
SEEN_EVERY = timedelta(minutes=10)


def entered(*, user: User, session_key: str, address: str, agent: str, how: str) -> SignIn:
    """Somebody signed in. `how`: password, code, recovery or provider."""
    row, _new = SignIn.objects.update_or_create(
        session_key=session_key,
        defaults={
            "user": user,
            "address": address[:45],
            "agent": agent.replace("\x00", "")[:300],
            "how": how,
            "seen_at": timezone.now(),
        },
    )
    return row


def seen(session_key: str) -> None:
    SignIn.objects.filter(session_key=session_key).update(seen_at=timezone.now())


def moved(*, before: str, after: str) -> None:
    """The same browser has a new session key, as after a change of password."""
    SignIn.objects.filter(session_key=before).update(session_key=after)


def of(user: User) -> list[SignIn]:
    """Where this person is signed in now, the last seen first."""
    rows = list(SignIn.objects.filter(user=user)[:100])
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    SignIn.objects.filter(pk__in=[row.pk for row in rows if row.session_key not in alive]).delete()
    return [row for row in rows if row.session_key in alive]


@transaction.atomic
def end(*, user: User, sign_in: int) -> None:
    """Signs this person out in one browser of theirs."""
    row = SignIn.objects.select_for_update().filter(user=user, pk=sign_in).first()
    if row is None:
        raise StaleState(_("That browser is signed out already."))
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()
    _noted(user, 1, by=user)


def end_others(*, user: User, keep: str) -> int:
    """Signs this person out everywhere but in the session `keep`. Says in how many places."""
    return end_all(user, keep=keep, by=user)


@transaction.atomic
def end_all(user: User, *, by: User, keep: str = "") -> int:
    # All sessions are looked through: also those from before the desk kept a list of them.
    live = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=keep)
    theirs = [
        one.session_key
        for one in live.iterator()
        if one.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=theirs).delete()
    SignIn.objects.filter(user=user).exclude(session_key=keep).delete()
    if theirs:
        _noted(user, len(theirs), by=by)
    return len(theirs)


def _noted(user: User, places: int, *, by: User) -> None:
    data = {"person": user.pk, "name": user.get_username(), "places": places}
    record(Transition.Subject.DESK, 0, "end_sessions", actor=by, data=data)
