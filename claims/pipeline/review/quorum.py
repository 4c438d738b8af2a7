"""Whose approval a version has, and whose it can still get."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet

from claims import permissions
from claims.models import Review, VerdictVersion
from claims.permissions import hand_in


@dataclass(frozen=True)
class Quorum:
    """`may`: who can still decide on it, `contributed`: who cannot because they had a hand in it."""

    need: int
    approved: list[Review]
    may: list[User]
    contributed: list[User]

    @property
    def have(self) -> int:
        return len(self.approved)

    @property
    def left(self) -> int:
        return max(0, self.need - self.have)

    @property
    def out_of_reach(self) -> bool:
        """Whether too few people are left who may approve it."""
        return self.left > len(self.may)


def quorum(version: VerdictVersion, reviews: Iterable[Review]) -> Quorum:
    """Of a version, with its reviews as read with their reviewers. Two queries."""
    reviews = list(reviews)
    decided = {one.reviewer_id for one in reviews}
    contributed = list(
        User.objects.filter(Exists(hand_in(version.claim_id, OuterRef("pk")))).order_by("pk")
    )
    excluded = decided | {user.pk for user in contributed} | {version.author_id}
    return Quorum(
        need=version.quorum,
        approved=[one for one in reviews if one.decision == Review.Decision.APPROVE],
        may=[user for user in _reviewers() if user.pk not in excluded],
        contributed=contributed,
    )


def _reviewers() -> QuerySet[User]:
    people: QuerySet[User] = User.objects.with_perm(
        permissions.REVIEW, backend="django.contrib.auth.backends.ModelBackend"
    )
    return people.filter(is_staff=True).order_by("first_name", "username", "pk")
