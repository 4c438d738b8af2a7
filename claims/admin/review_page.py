"""Deciding on a proposed verdict: what changed, what it rests on, approve or send back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import permissions, workflow
from claims.admin import text_areas
from claims.admin.citations import cited, paragraphs
from claims.admin.claim_page import as_seen, find_claim, number, person, posted, stands
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.admin.version_diff import differences
from claims.models import Claim, Contribution, Policy, Publication, Review, State, VerdictVersion
from claims.models.content import published_evidence
from claims.pipeline import review
from claims.templatetags.desk import digits

MOST = 100


@dataclass(frozen=True)
class Standard:
    """One of the desk's standards and what this version has to show for it. `met` is None where
    only a reader of the evidence can tell."""

    met: bool | None
    text: str | Promise
    shown: str


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Every verdict that awaits a reviewer, the longest waiting first."""
    claims = (
        Claim.objects.awaiting_review()
        .filter(permissions.visible(request.user))
        .with_contested()
        .select_related("article")
        .order_by("changed_at", "pk")
    )
    rows = list(claims[: MOST + 1])
    versions = {
        version.claim_id: version
        for version in VerdictVersion.objects.originals()
        .filter(claim__in=[row.pk for row in rows[:MOST]])
        .select_related("author", "rating")
        .annotate(approvals=Count("reviews", filter=Q(reviews__decision=Review.Decision.APPROVE)))
        .order_by("number")
    }
    mine = _contributed_to(request, [row.pk for row in rows])
    return page(
        request,
        "desk/review_list.html",
        section="review",
        title=_("Review"),
        waiting=[(row, versions[row.pk], row.pk in mine) for row in rows[:MOST]],
        more=len(rows) > MOST,
        may_review=permissions.may(request.user, permissions.REVIEW),
    )


@require_safe
def review_page(request: HttpRequest, claim_id: int) -> HttpResponse:
    return _render(request, find_claim(request, claim_id))


@posted("claim-review")
def approve(request: HttpRequest, claim_id: int) -> HttpResponse:
    return _decide(request, claim_id, "approve")


@posted("claim-review")
def send_back(request: HttpRequest, claim_id: int) -> HttpResponse:
    return _decide(request, claim_id, "send_back")


def _decide(request: HttpRequest, claim_id: int, action: str) -> HttpResponse:
    claim = as_seen(request, find_claim(request, claim_id))
    reason = text_areas.typed(request.POST, "reason")
    version = number(request.POST.get("version")) or 0
    if action == "approve":
        act: partial[Review] = partial(
            review.approve,
            claim=claim,
            actor=person(request),
            version=version,
            vouches=request.POST.getlist("vouches"),
            note=reason,
        )
    else:
        act = partial(
            review.send_back, claim=claim, actor=person(request), version=version, reason=reason
        )
    if refusal := attempt(action, act):
        return _render(request, find_claim(request, claim_id), refusal=refusal, reason=reason)
    if action == "send_back":
        messages.success(request, _("Sent back with your reason."))
    elif claim.state == State.APPROVED:
        messages.success(request, _("Approved. It can be published now."))
    else:
        messages.success(request, _("Approved. Another reviewer has to approve it too."))
    return redirect("admin:review")


def _render(
    request: HttpRequest,
    claim: Claim,
    *,
    refusal: Refusal | None = None,
    reason: str = "",
) -> HttpResponse:
    version = (
        claim.versions.originals().select_related("author", "rating").order_by("-number").first()
    )
    context: dict[str, Any] = {}
    if version is not None:
        context = _about(request, claim, version)
    response = page(
        request,
        "desk/review.html",
        section="review",
        title=_("Review: %(claim)s") % {"claim": claim.statement},
        claim=claim,
        version=version,
        actions=workflow.open_actions(request.user, claim),
        refusal=refusal,
        reason=reason,
        vouchable=review.standards().items(),
        vouched=request.POST.getlist("vouches"),
        **context,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _about(request: HttpRequest, claim: Claim, version: VerdictVersion) -> dict[str, Any]:
    content = version.content
    reviews = list(version.reviews.select_related("reviewer"))
    base, public = _base(claim, version)
    diff = differences(base.content, content) if base else None
    contributors = list(
        User.objects.filter(
            pk__in=claim.contributions.filter(
                language="", publications=claim.publications.originals().count()
            ).values("user")
        )
    )
    return {
        "content": content,
        "base": base,
        "base_is_public": public,
        "diff": diff,
        "new_evidence": diff.new_evidence if diff else set(),
        "paragraphs": paragraphs(
            version.explanation, {piece["number"] for piece in content["evidence"]}
        ),
        "groups": len({piece["group"] for piece in content["evidence"]}),
        "standards": standards(content),
        "stands": stands(claim),
        "reviews": reviews,
        "approvals": sum(one.decision == Review.Decision.APPROVE for one in reviews),
        "mine": next((one for one in reviews if one.reviewer_id == request.user.pk), None),
        "contributors": contributors,
        "contributed": request.user in contributors or version.author_id == request.user.pk,
        "may_review": permissions.may(request.user, permissions.REVIEW),
        "sent_back": Review.objects.filter(version=base, decision=Review.Decision.SEND_BACK)
        .select_related("reviewer")
        .first()
        if base
        else None,
    }


def standards(content: dict[str, Any]) -> list[Standard]:
    """The desk's standards, each with what the version itself has to show for it."""
    evidence = content["evidence"]
    primary = [str(piece["number"]) for piece in evidence if piece["primary"]]
    groups = {piece["group"] for piece in evidence}
    speakers = [p["claimant"]["name"] for p in content["positions"] if p["claimant"]]
    other_side = [p for p in content["positions"] if p["stance"] != "asserts"]
    against = [piece for piece in evidence if piece["relation"] == "refutes"]
    dates = [date["text"] for position in content["positions"] for date in position["dates"]]
    named = cited(content["explanation"])
    unseen = named - {piece["number"] for piece in published_evidence(content)}
    return [
        Standard(
            bool(speakers),
            _("The claim is attributed to who made it"),
            _(", ").join(dict.fromkeys(speakers)) or _("nobody is named"),
        ),
        Standard(
            bool(primary) or bool(content["no_primary_reason"]),
            _("A primary source, or the reason why there is none"),
            _("evidence %(numbers)s") % {"numbers": digits(_(", ").join(primary))}
            if primary
            else content["no_primary_reason"] or _("neither"),
        ),
        Standard(
            len(groups) >= Policy.current().evidence_minimum,
            _("The evidence is independent of each other"),
            _("groups: %(names)s") % {"names": _(", ").join(sorted(groups))},
        ),
        Standard(
            bool(named) and not unseen,
            _("What is cited is there for readers to see"),
            _("not there for readers: %(numbers)s")
            % {"numbers": digits(_(", ").join(str(number) for number in sorted(unseen)))}
            if unseen
            else _("citations: %(numbers)s")
            % {"numbers": digits(_(", ").join(str(number) for number in sorted(named)))}
            if named
            else _("the explanation cites nothing"),
        ),
        Standard(
            bool(other_side or against),
            _("What speaks against the claim was looked for"),
            _("positions against: %(positions)s, evidence against: %(evidence)s")
            % {"positions": digits(len(other_side)), "evidence": digits(len(against))},
        ),
        Standard(
            None,
            _("The dates are right"),
            _(", ").join(dict.fromkeys(dates)) or _("the claim names none"),
        ),
    ]


def _base(claim: Claim, version: VerdictVersion) -> tuple[VerdictVersion | None, bool]:
    """What the version is compared with, and whether that is what the public reads now: readers
    will meet the difference to the public version, not the one to a draft they never saw."""
    public = (
        Publication.objects.standing()
        .filter(claim=claim, language=version.language)
        .exclude(version=version)
        .select_related("version")
        .first()
    )
    if public is not None:
        return public.version, True
    return (
        claim.versions.originals().filter(number__lt=version.number).order_by("-number").first(),
        False,
    )


def _contributed_to(request: HttpRequest, claims: list[int]) -> set[int]:
    """Those of the claims that this person had a hand in since the last publication."""
    published = dict(
        Publication.objects.originals()
        .filter(claim__in=claims)
        .order_by()
        .values_list("claim")
        .annotate(number=Count("pk"))
    )
    return {
        claim
        for claim, publications in Contribution.objects.filter(
            claim__in=claims, user=person(request), language=""
        ).values_list("claim_id", "publications")
        if publications == published.get(claim, 0)
    }
