"""A second factor: set up, asked for, removed, and taken away by an administrator.

The app shows six figures for 30 seconds; the desk takes those of the step before and after too, each
at most once. Ten recovery codes sign in once each where the app is gone.
"""

from __future__ import annotations

import hmac
import logging
import unicodedata

import pyotp
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Notification, Policy, RecoveryCode, SecondFactor, Transition
from claims.pipeline import _sealing as sealing
from claims.pipeline.signing_in import sessions, throttling
from claims.workflow import IllegalMove, StaleState, in_words, record

STEP = 30
DRIFT = 1
CODES = 10

log = logging.getLogger(__name__)


def required() -> bool:
    """Whether the desk's policy asks everybody for one."""
    return Policy.objects.filter(pk=1, second_factor=True).exists()


def has_one(user: User) -> bool:
    return SecondFactor.objects.filter(user=user).exists()


def new_secret() -> str:
    """160 random bits in base32, as apps take them."""
    return pyotp.random_base32()


def address(user: User, secret: str, *, desk_name: str) -> str:
    """otpauth://…, what the picture says."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.get_username(), issuer_name=desk_name)


@transaction.atomic
def confirm(*, user: User, secret: str, code: str) -> list[str]:
    """The app shows the right code, so it is the person's second factor from now on. Answers with the
    recovery codes: nobody sees them again. Raises IllegalMove for a wrong code."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if has_one(user):
        raise StaleState(
            _("You have a second factor already. Remove it before you set up another.")
        )
    step = _step_of(secret, code, after=0)
    if step is None:
        raise IllegalMove(
            _(
                "This is not the code the app shows now. Check the clock of your telephone, and "
                "type the six figures before they change."
            )
        )
    sealed = _sealed(user, secret)
    factor = SecondFactor.objects.create(user=user, secret=sealed, last_step=step)
    codes = _new_codes(factor)
    _note("set_second_factor", user, user)
    return codes


def enter(*, user: User, code: str = "", recovery: str = "") -> None:
    """The second step of signing in. Raises TooOften, or IllegalMove for a code that is wrong or was
    used before."""
    keys = throttling.of_code(user.pk)
    throttling.count(keys)
    if recovery.strip():
        _use_recovery(user, recovery)
    else:
        _take(user, code)
    throttling.forgive(keys)


def new_codes(*, user: User, code: str) -> list[str]:
    """Ten new recovery codes; the old ones are worth nothing any more."""
    enter(user=user, code=code)
    with transaction.atomic():
        factor = SecondFactor.objects.select_for_update().get(user=user)
        factor.codes.all().delete()
        codes = _new_codes(factor)
        _note("new_recovery_codes", user, user)
    return codes


def remove(*, user: User, password: str, code: str = "", recovery: str = "") -> None:
    """The person's own doing: both factors once more. Not where the desk asks everybody for one."""
    if required():
        raise IllegalMove(
            _("This desk asks everybody for a second factor. An administrator can reset yours.")
        )
    if not has_one(user):
        raise StaleState(_("You have no second factor."))
    if user.has_usable_password():
        keys = throttling.of_code(user.pk)
        throttling.count(keys)
        if not user.check_password(password):
            raise IllegalMove(_("This is not your password."))
        throttling.forgive(keys)
    enter(user=user, code=code, recovery=recovery)
    with transaction.atomic():
        SecondFactor.objects.filter(user=user).delete()
        _note("remove_second_factor", user, user)


@transaction.atomic
def reset(*, person: User, actor: User, reason: str) -> None:
    """An administrator takes another person's second factor away, because their app is gone. They are
    signed out everywhere, and told; at the next sign-in they set up a new one."""
    if not permissions.may(actor, permissions.ADMINISTER):
        raise PermissionDenied(_("This is for administrators."))
    if person.pk == actor.pk:
        raise IllegalMove(_("You cannot reset your own. Remove it on your security page."))
    if person.is_superuser and not actor.is_superuser:
        raise PermissionDenied(_("Only a superuser changes a superuser."))
    if not in_words(reason):
        raise IllegalMove(_("Say why, and how you know that it is they who ask."))
    deleted, _rows = SecondFactor.objects.filter(user=person).delete()
    if not deleted:
        raise StaleState(_("This person has no second factor."))
    written = _note("reset_second_factor", actor, person, reason=in_words(reason))
    sessions.end_all(person, by=actor)
    _tell(person, actor, "reset", written)


def left(user: User) -> int:
    """How many recovery codes are unused."""
    return RecoveryCode.objects.filter(factor__user=user, used_at=None).count()


@transaction.atomic
def _take(user: User, code: str) -> None:
    factor = SecondFactor.objects.select_for_update().filter(user=user).first()
    if factor is None:
        raise StaleState(_("Your second factor was reset meanwhile. Sign in anew."))
    step = _step_of(_opened(factor), code, after=factor.last_step)
    if step is None:
        raise IllegalMove(
            _("This code is not right, or was used already. Wait for the next one the app shows.")
        )
    factor.last_step = step
    factor.save(update_fields=["last_step"])


@transaction.atomic
def _use_recovery(user: User, recovery: str) -> None:
    taken = RecoveryCode.objects.filter(
        factor__user=user, sha256=RecoveryCode.digest(recovery), used_at=None
    ).update(used_at=timezone.now())
    if not taken:
        raise IllegalMove(_("This recovery code is not right, or was used already."))
    written = _note("use_recovery_code", user, user)
    _tell(user, user, "recovery", written, left=left(user))


def _step_of(secret: str, code: str, *, after: int) -> int | None:
    """The time step whose code this is, or None. Figures of any script are figures."""
    figures = "".join(
        str(unicodedata.digit(sign, 0)) if sign.isdigit() else sign
        for sign in code
        if not sign.isspace()
    )
    if len(figures) != 6 or not figures.isascii():
        return None
    now = int(timezone.now().timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    found = None
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step), figures) and step > after:
            found = step
    return found


def _new_codes(factor: SecondFactor) -> list[str]:
    codes = [RecoveryCode.new() for _n in range(CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, sha256=RecoveryCode.digest(code)) for code in codes
    )
    return codes


def _sealed(user: User, secret: str) -> str:
    try:
        return sealing.seal(secret, context=sealing.of_factor(user.pk))
    except sealing.FieldKeyError as error:
        raise _no_key(error) from error


def _opened(factor: SecondFactor) -> str:
    try:
        return sealing.unseal(factor.secret, context=sealing.of_factor(factor.user_id))
    except sealing.FieldKeyError as error:
        raise _no_key(error) from error


def _no_key(error: sealing.FieldKeyError) -> IllegalMove:
    log.error("second factors cannot be used: %s", error)
    return IllegalMove(
        _(
            "The desk cannot read its key for second factors now, so no code can be checked. Use a "
            "recovery code, and tell whoever runs the server: “manage.py check --deploy” says more."
        )
    )


def _note(action: str, actor: User, person: User, reason: str = "") -> Transition:
    data = {"person": person.pk, "name": person.get_username()}
    return record(Transition.Subject.DESK, 0, action, actor=actor, reason=reason, data=data)


def _tell(person: User, actor: User, what: str, move: Transition, **data: int) -> None:
    Notification.objects.get_or_create(
        person=person,
        key=f"security:{move.number}",
        defaults={
            "kind": Notification.Kind.SECURITY,
            "actor": actor,
            "data": {"what": what, **data},
        },
    )
