"""Who may, and which rows a person may see.

Django's superuser passes every predicate here; what must bind superusers too is a constraint or a
trigger (migration 0002).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from claims.models import BlindRating, Claim, Contribution, Review, State, VerdictVersion

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


def hand_in(claim: Any, user: Any) -> QuerySet[Contribution]:
    """A person's hand in what a claim would publish next; each may be a number or an OuterRef."""
    return (
        Contribution.objects.filter(claim=claim, user=user, language="")
        .annotate(
            published=Count(
                "claim__publications", filter=Q(claim__publications__version__translates=None)
            )
        )
        .filter(publications=F("published"))
    )


def sealed(user: Person) -> Q:
    """The claims whose proposal is still closed to this person: they may review it, the desk asks
    them to rate the claim first, and they have not (docs/decisions/0006). Whoever shows what a
    proposal says (rating, summary, explanation, draft, its difference) asks this first."""
    if not may(user, REVIEW):
        return Q(pk__in=[])
    assert isinstance(user, User)
    newer = VerdictVersion.objects.originals().filter(
        claim=OuterRef("claim"), number__gt=OuterRef("number")
    )
    mine = {"version": OuterRef("pk"), "reviewer": user}
    proposal = (
        VerdictVersion.objects.originals()
        .filter(claim=OuterRef("pk"), blind=True)
        .exclude(author=user)
        .exclude(Exists(newer))
        .exclude(Exists(BlindRating.objects.filter(**mine)))
        .exclude(Exists(Review.objects.filter(**mine)))
    )
    return (
        Q(state=State.IN_REVIEW) & Q(Exists(proposal)) & ~Q(Exists(hand_in(OuterRef("pk"), user)))
    )


def is_sealed(user: Person, claim: Claim) -> bool:
    """The same of one claim."""
    return (
        claim.state == State.IN_REVIEW and Claim.objects.filter(sealed(user), pk=claim.pk).exists()
    )
