"""What happened, and whom it concerns, before it is asked who may be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from claims import permissions
from claims.models import Notification


@dataclass(frozen=True)
class Event:
    """`key` names it among all events; `people` are numbers of users, None among them allowed."""

    kind: Notification.Kind
    key: str
    claim: int
    at: datetime
    people: frozenset[int | None]
    actor: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Audience:
    """Who works on the desk now, and who of them may do what."""

    desk: frozenset[int]
    researchers: frozenset[int]
    reviewers: frozenset[int]
    publishers: frozenset[int]


def audience() -> Audience:
    """In four queries, as `permissions.is_on_the_desk` and `permissions.may` have it."""
    able = {
        permission: frozenset(
            User.objects.with_perm(permission).filter(is_staff=True).values_list("pk", flat=True)
        )
        for permission in (
            permissions.RESEARCH,
            permissions.REVIEW,
            permissions.PUBLISH,
            permissions.ADMINISTER,
        )
    }
    return Audience(
        desk=frozenset().union(*able.values()),
        researchers=able[permissions.RESEARCH],
        reviewers=able[permissions.REVIEW],
        publishers=able[permissions.PUBLISH],
    )


def those(*people: int | Iterable[int] | None) -> frozenset[int | None]:
    """One set of single people and of groups of them."""
    found: set[int | None] = set()
    for one in people:
        found |= {one} if one is None or isinstance(one, int) else set(one)
    return frozenset(found)
