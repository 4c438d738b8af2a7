"""What an administrator does about a person or a machine besides names and roles: handing their claims
over, unbinding them from the organisation's sign-in, and making a token."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import OPEN_STATES, ApiToken, Claim, Identity, Scope, State, Transition
from claims.workflow import IllegalMove, StaleState, in_words, note, record

_NEEDS = {Scope.INTAKE: permissions.INTAKE}


def held_by(person: User) -> QuerySet[Claim]:
    """Their claims that somebody still has to do something about, the oldest first."""
    held = Claim.objects.filter(assignee=person, state__in=(State.FOUND, *OPEN_STATES))
    return held.order_by("pk")


def takers() -> QuerySet[User]:
    """Who may be given claims: the people of the desk who may research."""
    return User.objects.with_perm(permissions.RESEARCH).filter(is_staff=True)


@transaction.atomic
def hand_over(*, person: User, to: User | None, actor: User) -> int:
    """Gives all that this person still has to do to another, or to nobody. Each claim keeps it in its
    own history. Says how many."""
    _need(actor)
    if to is not None and (to.pk == person.pk or not takers().filter(pk=to.pk).exists()):
        raise IllegalMove(_("Choose somebody else who may research claims."))
    claims = list(held_by(person).select_for_update(no_key=True))
    names = [person.get_username(), to.get_username() if to else ""]
    for claim in claims:
        Claim.objects.filter(pk=claim.pk).update(assignee=to, revision=claim.revision + 1)
        note(claim, "edit", actor=actor, data={"assignee": names})
    if claims:
        _note(
            "hand_over_claims",
            actor,
            person=person.pk,
            name=names[0],
            to=to.pk if to else None,
            claims=[claim.pk for claim in claims],
        )
    return len(claims)


@transaction.atomic
def unbind(*, person: User, identity: int, actor: User) -> None:
    """The provider's account no longer signs this person in. It may bind again by its address."""
    _need(actor)
    row = Identity.objects.select_for_update().filter(user=person, pk=identity).first()
    if row is None:
        raise StaleState(_("That account is unbound already."))
    if person.is_superuser and not actor.is_superuser:
        raise PermissionDenied(_("Only a superuser changes a superuser."))
    _note(
        "unbind_identity",
        actor,
        person=person.pk,
        name=person.get_username(),
        issuer=row.issuer,
        subject=row.subject,
    )
    row.delete()


@transaction.atomic
def make_token(
    *, name: str, scope: str, owner: User, days: int | None, actor: User
) -> tuple[ApiToken, str]:
    """The token and its secret, which nobody can see again."""
    _need(actor)
    name = in_words(name)
    if not 0 < len(name) <= 120 or not name.isprintable():
        raise IllegalMove(_("Give the token a name on one line, up to 120 characters."))
    if scope not in Scope.values:
        raise IllegalMove(_("Choose what the token may do."))
    if not permissions.may(owner, _NEEDS[Scope(scope)]):
        raise IllegalMove(
            _("%(name)s may not do this, so a token in their name could not either.")
            % {"name": owner.get_username()}
        )
    secret, now = ApiToken.new_secret(), timezone.now()
    token = ApiToken.objects.create(
        name=name,
        sha256=ApiToken.digest(secret),
        scope=scope,
        owner=owner,
        created_at=now,
        expires_at=now + timedelta(days=days) if days else None,
    )
    _note("make_token", actor, token=token.pk, scope=scope, owner=owner.pk, days=days)
    return token, secret


def _need(actor: User) -> None:
    if not permissions.may(actor, permissions.ADMINISTER):
        raise PermissionDenied(_("This is for administrators."))


def _note(action: str, actor: User, **data: object) -> None:
    record(Transition.Subject.DESK, 0, action, actor=actor, data=data)
