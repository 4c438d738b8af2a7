"""Changes of the desk itself: its policy, its people and what they may do, the keys of machines.

Each leaves a Transition in the desk's own chain, before and after included, in the transaction
that makes the change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import ApiToken, Policy, Rating, Transition
from claims.workflow import IllegalMove, record

POLICY_FIELDS = (
    "quorum", "evidence_minimum", "blind_rating", "second_factor", "answer_days",
    "third_party_budget",
)  # fmt: skip
PERSON_FIELDS = ("username", "first_name", "last_name", "email", "is_active", "is_staff")
RATING_FIELDS = (
    "slug", "order", "mark", "is_truth", "value", "best", "worst", "active",
    "label_ar", "label_tr", "label_en",
)  # fmt: skip


@transaction.atomic
def change_policy(*, actor: User, **values: int) -> Policy:
    """Sets fields of the desk's policy. Raises ValidationError for a value out of its bounds.

    A claim already in review keeps the quorum it was proposed under.
    """
    _need(actor)
    policy = Policy.objects.select_for_update().get_or_create(pk=1)[0]
    before = _values(policy, POLICY_FIELDS)
    for name in POLICY_FIELDS:
        setattr(policy, name, values.get(name, getattr(policy, name)))
    policy.full_clean()
    changes = _changes(before, _values(policy, POLICY_FIELDS))
    if changes:
        policy.move = _note("change_policy", actor, changes=changes).number
        policy.save()
    return policy


@transaction.atomic
def save_person(*, person: User, roles: Iterable[Group], actor: User) -> None:
    """Stores a person, new or changed, with exactly these roles. Whoever has a role may sign in to
    the desk; nobody becomes a superuser here, and only a superuser changes one."""
    _need(actor)
    # Not the key: whoever holds the policy may be about to sign the history with this very person.
    old = User.objects.select_for_update(no_key=True).filter(pk=person.pk).first()
    if old is not None and old.is_superuser and not actor.is_superuser:
        raise PermissionDenied(_("Only a superuser changes a superuser."))
    if old is not None and old.pk == actor.pk and not person.is_active:
        raise IllegalMove(_("You cannot lock yourself out. Ask another administrator."))
    before = _person(old) if old is not None else {}
    roles = list(roles)
    person.is_superuser = old.is_superuser if old is not None else False
    person.is_staff = bool(roles) or person.is_superuser
    person.save()
    person.groups.set(roles)
    _note(
        "change_person" if old is not None else "add_person",
        actor,
        person=person.pk,
        changes=_changes(before, _person(person)),
    )


@transaction.atomic
def note_password(*, person: User, actor: User) -> None:
    """That an administrator gave a person a new password; never which."""
    _need(actor)
    _note("change_password", actor, person=person.pk)


@transaction.atomic
def save_rating(*, rating: Rating, actor: User) -> None:
    """Stores a step of the scale. What is published keeps the labels it was published with."""
    _need(actor)
    old = Rating.objects.select_for_update().filter(pk=rating.pk).first()
    before = _values(old, RATING_FIELDS) if old is not None else {}
    rating.save()
    _note(
        "change_rating" if old is not None else "add_rating",
        actor,
        rating=rating.slug,
        changes=_changes(before, _values(rating, RATING_FIELDS)),
    )


@transaction.atomic
def revoke_token(*, token: ApiToken, actor: User) -> None:
    """The machine is refused from now on. It cannot be taken back: make a new token instead."""
    _need(actor)
    now = ApiToken.objects.select_for_update().get(pk=token.pk)
    if now.revoked_at is not None:
        raise IllegalMove(_("This token was revoked already."))
    now.revoked_at = timezone.now()
    now.save(update_fields=["revoked_at"])
    _note("revoke_token", actor, token=now.pk, name=now.name)
    token.revoked_at = now.revoked_at


def take_out_the_confidential(*, actor: User, what: str, query: str) -> None:
    """That somebody makes a file of a list with what is confidential in it. Raises PermissionDenied for
    whoever may not."""
    if not permissions.may_take_out_the_confidential(actor):
        raise PermissionDenied(
            _(
                "What is confidential goes into a file that a reviewer or a publisher asks for. Make "
                "the file without it, or ask one of them."
            )
        )
    _note("export_confidential", actor, name=what, query=query)


def _need(actor: User) -> None:
    if not permissions.may(actor, permissions.ADMINISTER):
        raise PermissionDenied(_("This is for administrators."))


def _note(action: str, actor: User, **data: Any) -> Transition:
    return record(Transition.Subject.DESK, 0, action, actor=actor, data=data)


def _values(row: Policy | Rating | User, fields: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields}


def _person(person: User) -> dict[str, Any]:
    roles = sorted(person.groups.values_list("name", flat=True))
    return {**_values(person, PERSON_FIELDS), "roles": roles}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """name → [before, after] of what is not the same; None before for what is new."""
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if name not in before or before[name] != value
    }
