"""What waits for review, the longest waiting first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin import exporting
from claims.admin.claim_page import person
from claims.admin.site import at_most, page
from claims.models import BlindRating, Claim, Review, VerdictVersion
from claims.pipeline import translating

MOST = 100
CHUNK = 200
COLUMNS = (
    "claim", "statement", "language", "version", "proposed", "author", "rating", "approvals",
    "quorum", "due", "late", "sealed", "open_to_me", "confidential",
)  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """One claim in review. `sealed`: what is proposed is not shown before this person has rated;
    `rated`: they have, and still have to decide."""

    claim: Claim
    version: VerdictVersion
    contributed: bool
    decided: bool
    sealed: bool
    rated: bool
    late: bool

    @property
    def open_to_me(self) -> bool:
        return not self.contributed and not self.decided


@require_safe
def waiting(request: HttpRequest) -> HttpResponseBase:
    """`?mine`: only those that this person may decide on."""
    user = person(request)
    may_review = permissions.may(user, permissions.REVIEW)
    only_mine = "mine" in request.GET and may_review
    newest = VerdictVersion.objects.originals().filter(claim=OuterRef("pk")).order_by("-number")
    claims = (
        Claim.objects.awaiting_review()
        .filter(permissions.visible(user))
        .annotate(
            newest=Subquery(newest.values("pk")[:1]),
            proposed_at=Subquery(newest.values("created_at")[:1]),
            contributed=Exists(permissions.hand_in(OuterRef("pk"), user)),
        )
        .annotate(
            decided=Exists(Review.objects.filter(version=OuterRef("newest"), reviewer=user)),
            rated=Exists(BlindRating.objects.filter(version=OuterRef("newest"), reviewer=user)),
        )
        .select_related("article")
        .order_by("proposed_at", "pk")
    )
    mine = claims.filter(contributed=False, decided=False)
    if form := exporting.asked(request.GET.get("as")):
        listed = (mine if only_mine else claims).iterator(chunk_size=CHUNK)
        whole = exporting.with_confidential(request, "reviews")
        lines = exporting.discreet(
            _all_rows(request, listed),
            _cells,
            lambda one: one.claim.confidential and not whole,
            COLUMNS,
            "statement",
        )
        return exporting.table("reviews", COLUMNS, lines, form=form)
    shown = list((mine if only_mine else claims)[: MOST + 1])
    return page(
        request,
        "desk/review_list.html",
        section="review",
        title=_("Review"),
        rows=_rows(request, shown[:MOST]),
        more=len(shown) > MOST,
        translations=translating.to_review(user, MOST),
        only_mine=only_mine,
        may_review=may_review,
        all_count=at_most(claims),
        mine_count=at_most(mine),
    )


def _all_rows(request: HttpRequest, claims: Iterator[Claim]) -> Iterator[Waiting]:
    while some := list(islice(claims, CHUNK)):
        yield from _rows(request, some)


def _cells(one: Waiting) -> tuple[object, ...]:
    """What is proposed is left out where this person has not rated yet."""
    author = one.version.author
    return (
        one.claim.pk,
        one.claim.statement,
        one.claim.language,
        one.version.number,
        one.version.created_at,
        author.get_full_name() or author.get_username(),
        "" if one.sealed else one.version.rating.slug,
        "" if one.sealed else getattr(one.version, "approvals"),  # noqa: B009 - annotated
        one.version.quorum,
        one.claim.due_at,
        one.late,
        one.sealed,
        one.open_to_me,
        one.claim.confidential,
    )


def _rows(request: HttpRequest, claims: list[Claim]) -> list[Waiting]:
    now = timezone.now()
    numbers = [claim.pk for claim in claims]
    versions = {
        version.claim_id: version
        for version in VerdictVersion.objects.filter(
            pk__in=[getattr(claim, "newest") for claim in claims]  # noqa: B009 - annotated
        )
        .select_related("author", "rating")
        .annotate(approvals=Count("reviews", filter=Q(reviews__decision=Review.Decision.APPROVE)))
    }
    sealed = set(
        Claim.objects.filter(permissions.sealed(request.user), pk__in=numbers).values_list(
            "pk", flat=True
        )
    )
    return [
        Waiting(
            claim,
            versions[claim.pk],
            contributed=getattr(claim, "contributed"),  # noqa: B009 - annotated
            decided=getattr(claim, "decided"),  # noqa: B009 - annotated
            rated=getattr(claim, "rated"),  # noqa: B009 - annotated
            sealed=claim.pk in sealed,
            late=claim.due_at is not None and claim.due_at < now,
        )
        for claim in claims
    ]
