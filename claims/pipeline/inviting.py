"""Asking a new colleague in by e-mail: an account without a password, and a link to choose one."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from claims import permissions
from claims.languages import manners
from claims.models import Invitation, Language, Profile, Transition
from claims.pipeline import desk
from claims.workflow import IllegalMove, StaleState, in_words, record

DAYS = 7
# Longer than a mail server may take.
LEASE = timedelta(minutes=2)
WAITS = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2))

log = logging.getLogger(__name__)


@transaction.atomic
def invite(
    *,
    username: str,
    email: str,
    roles: Iterable[Group],
    language: str,
    actor: User,
    first_name: str = "",
    last_name: str = "",
) -> Invitation:
    """Makes the account with its roles, and has the letter sent in that language. Raises
    PermissionDenied, IllegalMove, or ValidationError for a name that is taken or no name."""
    _need(actor)
    roles, email = list(roles), in_words(email)
    if not settings.MAIL_IS_SET_UP:
        raise IllegalMove(
            _(
                "This desk has no mail server, so no letter can be sent. Add the person with a "
                "password instead, or have EMAIL_URL set."
            )
        )
    validate_email(email)
    if User.objects.filter(email__iexact=email).exists():
        raise IllegalMove(_("An account with this e-mail address is here already."))
    if not roles:
        raise IllegalMove(_("Give at least one role: without one nobody can come in."))
    person = User(
        username=in_words(username), email=email, first_name=first_name, last_name=last_name
    )
    person.set_unusable_password()
    person.full_clean()
    if User.objects.filter(username__iexact=person.username).exists():
        raise IllegalMove(_("Somebody has this user name already. Choose another one."))
    desk.save_person(person=person, roles=roles, actor=actor)
    Profile.objects.update_or_create(user=person, defaults={"language": Language(language)})
    now = timezone.now()
    invitation = Invitation.objects.create(
        person=person, made_by=actor, made_at=now, expires_at=now + timedelta(days=DAYS)
    )
    _note("invite_person", actor, person)
    return invitation


@transaction.atomic
def send_again(*, invitation: int, actor: User) -> None:
    """Another letter with another link; the one before works no more from now on."""
    _need(actor)
    row = _open(invitation)
    now = timezone.now()
    row.sha256, row.sent_at, row.reason, row.attempts = None, None, "", 0
    row.next_at, row.expires_at = now, now + timedelta(days=DAYS)
    row.save()
    _note("invite_again", actor, row.person)


@transaction.atomic
def withdraw(*, invitation: int, actor: User) -> None:
    """The link works no more, and the account is closed."""
    _need(actor)
    row = _open(invitation)
    row.withdrawn_at, row.sha256, row.next_at = timezone.now(), None, None
    row.save()
    User.objects.filter(pk=row.person_id).update(is_active=False)
    _note("withdraw_invitation", actor, row.person)


def look_up(secret: str) -> Invitation | None:
    """The invitation whose link this is, while it holds."""
    return (
        Invitation.objects.open()
        .filter(
            sha256=Invitation.digest(secret),
            expires_at__gt=timezone.now(),
            person__is_active=True,
        )
        .select_related("person__profile")
        .first()
    )


@transaction.atomic
def accept(*, secret: str, password: str) -> User:
    """The person has chosen a password; the link works no more. Raises StaleState where it has ended
    or was used meanwhile, ValidationError for a password that is too weak."""
    found = look_up(secret)
    row = found and Invitation.objects.select_for_update(of=("self",)).filter(pk=found.pk).first()
    if row is None or look_up(secret) is None:
        raise StaleState(_("This link has ended, or was used already. Ask for another one."))
    person = row.person
    validate_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    row.used_at, row.sha256, row.next_at = timezone.now(), None, None
    row.save()
    _note("accept_invitation", person, person)
    return person


def mail_due() -> None:
    """Sends the letters that are due, each with a new link. One that a worker died over is sent again,
    and the link of the first is then worth nothing."""
    for row in Invitation.objects.due().select_related("person__profile", "made_by")[:100]:
        secret, lease = Invitation.new_secret(), timezone.now() + LEASE
        mine = Invitation.objects.open().filter(pk=row.pk)
        taken = mine.filter(next_at=row.next_at).update(
            next_at=lease, attempts=F("attempts") + 1, sha256=Invitation.digest(secret)
        )
        if not taken:
            continue
        try:
            _letter(row, secret).send()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            log.warning("an invitation was not sent: %s", error)
            wait = WAITS[min(row.attempts, len(WAITS) - 1)]
            mine.filter(next_at=lease).update(
                next_at=timezone.now() + wait, sha256=None, reason=str(error)[:300]
            )
        else:
            mine.filter(next_at=lease).update(next_at=None, sent_at=timezone.now(), reason="")


def _letter(row: Invitation, secret: str) -> EmailMessage:
    language = row.person.profile.language
    with translation.override(language):
        context = {
            "desk": settings.DESK_NAME,
            "name": row.person.get_full_name() or row.person.get_username(),
            "username": row.person.get_username(),
            "who": row.made_by.get_full_name() or row.made_by.get_username(),
            "address": settings.SITE_URL + reverse("admin:invitation", args=[secret]),
            "days": manners.figures(DAYS),
        }
        return EmailMessage(
            _("%(desk)s: your account") % {"desk": settings.DESK_NAME},
            render_to_string("mail/invitation.txt", context),
            to=[row.person.email],
            headers={"Auto-Submitted": "auto-generated"},
        )


def _open(invitation: int) -> Invitation:
    row = (
        Invitation.objects.open()
        .select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=invitation)
        .first()
    )
    if row is None:
        raise StaleState(_("It was used or withdrawn meanwhile. Look again."))
    return row


def _need(actor: User) -> None:
    if not permissions.may(actor, permissions.ADMINISTER):
        raise PermissionDenied(_("This is for administrators."))


def _note(action: str, actor: User, person: User) -> None:
    data = {"person": person.pk, "name": person.get_username()}
    record(Transition.Subject.DESK, 0, action, actor=actor, data=data)
