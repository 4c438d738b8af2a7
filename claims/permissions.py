"""Who may, and which rows a person may see.

Django's superuser passes every predicate here; what must bind superusers too is a constraint or a
trigger (migration 0002).
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db.models import Q

Person = User | AnonymousUser | AbstractBaseUser

INTAKE = "claims.intake"
RESEARCH = "claims.research"
REVIEW = "claims.review"
PUBLISH = "claims.publish"
ADMINISTER = "claims.administer"


def may(user: Person, permission: str) -> bool:
    return isinstance(user, User) and user.is_active and user.has_perm(permission)


def is_on_the_desk(user: Person) -> bool:
    return (
        isinstance(user, User)
        and user.is_active
        and user.is_staff
        and any(user.has_perm(p) for p in (RESEARCH, REVIEW, PUBLISH, ADMINISTER))
    )


def visible(user: Person) -> Q:
    """The articles, claims and their rows that this person may see: the desk sees all, nobody else
    sees any. What the public sees is a Publication, never one of these rows."""
    return Q() if is_on_the_desk(user) else Q(pk__in=[])
