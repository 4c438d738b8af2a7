"""Whose approval a version has, and whose it can still get."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from claims import permissions
from claims.models import Review, VerdictVersion


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

    def open_to(self, user: object) -> bool:
        """Whether this person may decide, as far as can be told beforehand."""
        return user in self.may

    @property
    def out_of_reach(self) -> bool:
        """Whether too few people are left who may approve it."""
        return self.left > len(self.may)


def quorum(version: VerdictVersion, reviews: Iterable[Review]) -> Quorum:
    """Of a version, with its reviews as read with their reviewers. One query."""
    reviews = list(reviews)
    reviewers: QuerySet[User] = User.objects.with_perm(permissions.REVIEW)
    people = list(
        User.objects.annotate(
            reviews_here=Exists(reviewers.filter(pk=OuterRef("pk"), is_staff=True)),
            hand=Exists(permissions.hand_in(version.claim_id, OuterRef("pk"))),
        )
        .filter(Q(reviews_here=True) | Q(hand=True))
        .order_by("first_name", "username", "pk")
    )
    closed = {one.reviewer_id for one in reviews} | {version.author_id}
    return Quorum(
        need=version.quorum,
        approved=[one for one in reviews if one.decision == Review.Decision.APPROVE],
        may=[one for one in people if one.reviews_here and not one.hand and one.pk not in closed],
        contributed=[one for one in people if one.hand],
    )
