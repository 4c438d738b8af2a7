"""What is pressed on the review page: rate blind, tick, approve, send back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from claims import permissions
from claims.admin import text_areas
from claims.admin.claim_page import as_seen, find_claim, number, person, posted
from claims.admin.refusals import Refusal, attempt
from claims.admin.review_page import Typed, render_review, say
from claims.admin.review_standards import standards
from claims.models import Claim, State
from claims.pipeline import review


@posted("claim-review")
def approve(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = as_seen(request, find_claim(request, claim_id))
    typed = _typed(request)
    refusal = attempt(
        "approve",
        lambda: review.approve(
            claim=claim, actor=person(request), version=typed.seen, vouches=typed.vouches or ()
        ),
    )
    if refusal:
        _remember(request, claim, typed)
        return render_review(request, find_claim(request, claim_id), refusal=refusal, typed=typed)
    if claim.state == State.APPROVED:
        messages.success(request, _("Approved. It can be published now."))
    else:
        messages.success(request, _("Approved. Another reviewer has to approve it too."))
    return redirect("admin:review")


@posted("claim-review")
def send_back(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = as_seen(request, find_claim(request, claim_id))
    typed = _typed(request)
    refusal = attempt(
        "send_back",
        lambda: review.send_back(
            claim=claim,
            actor=person(request),
            version=typed.seen,
            reason=typed.reason,
            points=typed.points,
            passages=typed.passages,
        ),
    )
    if refusal:
        return render_review(request, find_claim(request, claim_id), refusal=refusal, typed=typed)
    messages.success(request, _("Sent back with your reason."))
    return redirect("admin:review")


@posted("claim-review")
def rate(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Stores the blind rating; only then the proposal is sent."""
    claim = as_seen(request, find_claim(request, claim_id))
    typed = _typed(request)
    refusal = attempt(
        "rate",
        lambda: review.rate_blind(
            claim=claim,
            actor=person(request),
            version=typed.seen,
            rating=typed.rating,
            reason=typed.reason,
        ),
    )
    if refusal:
        return render_review(request, find_claim(request, claim_id), refusal=refusal, typed=typed)
    messages.success(request, _("Your rating is stored. The proposal is open to you now."))
    return redirect("admin:claim-review", claim_id)


@posted("claim-review")
def tick(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Keeps what is ticked, while it is ticked, and answers with the line beside the button."""
    claim = find_claim(request, claim_id)
    typed = _typed(request)
    kept: list[frozenset[str]] = []
    refusal: Refusal | None = attempt("tick", lambda: kept.append(_keep(request, claim, typed)))
    version = claim.versions.originals().order_by("-number").first()
    if not request.headers.get("HX-Request"):
        return redirect("admin:claim-review", claim_id)
    replaced = version is None or version.number != typed.seen or claim.state != State.IN_REVIEW
    closed = replaced or permissions.is_sealed(request.user, claim)
    context: dict[str, object] = {"claim": claim, "refusal": refusal, "replaced": closed}
    if version is not None and not closed:
        reviews = list(version.reviews.select_related("reviewer"))
        conflicts = list(version.blind_ratings.exclude(rating=version.rating_id))
        ticked = kept[0] if kept else frozenset()
        context["say"] = say(
            standards(claim, version.content), ticked, review.quorum(version, reviews), conflicts
        )
    return render(request, "desk/parts/review_say.html", context)


def _keep(request: HttpRequest, claim: Claim, typed: Typed) -> frozenset[str]:
    return review.keep(
        claim=claim, person=person(request), version=typed.seen, vouches=typed.vouches or ()
    )


def _remember(request: HttpRequest, claim: Claim, typed: Typed) -> None:
    """A refused approval keeps its ticks over a reload as well."""
    attempt("tick", lambda: _keep(request, claim, typed))


def _typed(request: HttpRequest) -> Typed:
    asked = request.POST
    return Typed(
        reason=text_areas.typed(asked, "reason"),
        vouches=[name for name in review.STANDARDS if name in asked.getlist("vouches")],
        points=asked.getlist("points")[:20],
        passages=asked.getlist("passages")[:200],
        rating=asked.get("rating", "").replace("\x00", "")[:50],
        seen=number(asked.get("version")) or 0,
    )
