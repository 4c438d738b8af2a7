"""Who may, and which rows a person may see.

Django's superuser passes every predicate here; what must bind superusers too is a constraint or a
trigger (migration 0002).
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, Permission, User
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from claims.models import BlindRating, Claim, Contribution, Review, State, VerdictVersion

Person = User | AnonymousUser | AbstractBaseUser

INTAKE = "claims.intake"
RESEARCH = "claims.research"
REVIEW = "claims.review"
PUBLISH = "claims.publish"
ADMINISTER = "claims.administer"


class Backend(ModelBackend):
    """Django's own, which asks four times on every page what is asked here in two queries: who this
    is, with their profile, and what they may, by themselves and by their groups."""

    def get_user(self, user_id: int) -> User | None:
        found = User.objects.select_related("profile").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or user_obj.is_superuser or obj:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):
            own = User.user_permissions.through.objects.filter(user=user_obj)
            groups = Group.permissions.through.objects.filter(group__user=user_obj)
            found = Permission.objects.filter(
                Q(pk__in=own.values("permission")) | Q(pk__in=groups.values("permission"))
            )
            names = found.order_by().values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {f"{app}.{name}" for app, name in names}
        held: set[str] = user_obj._perm_cache
        return held


def may(user: Person, permission: str) -> bool:
    return isinstance(user, User) and user.is_active and user.has_perm(permission)


def is_on_the_desk(user: Person) -> bool:
    return (
        isinstance(user, User)
        and user.is_active
        and user.is_staff
        and any(user.has_perm(p) for p in (RESEARCH, REVIEW, PUBLISH, ADMINISTER))
    )


def may_take_out_the_confidential(user: Person) -> bool:
    """Who stands for what the desk says in public decides what of a confidential article leaves it."""
    return may(user, REVIEW) or may(user, PUBLISH)


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


def fresh_eyes(user: User) -> Q:
    """The claims that this person had no hand in since the last publication, and whose newest
    version they have not decided on."""
    newest = VerdictVersion.objects.originals().filter(claim=OuterRef(OuterRef("pk")))
    decided = Review.objects.filter(
        version=Subquery(newest.order_by("-number").values("pk")[:1]), reviewer=user
    )
    return ~Q(Exists(hand_in(OuterRef("pk"), user))) & ~Q(Exists(decided))


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
