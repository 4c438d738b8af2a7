"""Into the open and what may happen there: publish, correct, retract. Each asks first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from claims import permissions, workflow
from claims.admin import text_areas
from claims.admin.citations import paragraphs
from claims.admin.claim_forms import ReasonForm
from claims.admin.claim_page import as_seen, find_claim, person
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.models import (
    Claim,
    FurtherAppearance,
    LogEntry,
    Publication,
    State,
    Transition,
    VerdictVersion,
)
from claims.models.addresses import verdict_url
from claims.models.content import published_evidence, published_explanation
from claims.pipeline import matching, publishing

MOST = 100
LISTED = 20


@dataclass(frozen=True)
class Act:
    """One thing a publisher may do, with what it does said beforehand."""

    do: Callable[..., object]
    question: Promise
    done: Promise
    risky: bool = False


ACTS: dict[str, Act] = {
    "publish": Act(
        publishing.publish,
        gettext_lazy("Publish this verdict?"),
        gettext_lazy("Published. Readers, feeds and the verdict log have it now."),
    ),
    "correct": Act(
        publishing.correct,
        gettext_lazy("Correct this verdict?"),
        gettext_lazy("Open for correction. What is public stays until the new version is out."),
    ),
    "drop_correction": Act(
        publishing.drop_correction,
        gettext_lazy("Drop this correction?"),
        gettext_lazy("Correction dropped. What was public has not changed."),
    ),
    "retract": Act(
        publishing.retract,
        gettext_lazy("Retract this verdict?"),
        gettext_lazy("Retracted. The page now shows that it was, and why."),
        risky=True,
    ),
}


@require_safe
def publishing_page(request: HttpRequest) -> HttpResponse:
    return render_page(request)


def render_page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with what was refused on it."""
    seen = permissions.visible(request.user)
    ready = list(
        Claim.objects.awaiting_publication()
        .filter(seen)
        .select_related("article")
        .order_by("changed_at", "pk")[:MOST]
    )
    correcting = list(
        Claim.objects.filter(seen, state=State.CORRECTING).order_by("changed_at", "pk")[:MOST]
    )
    out = list(Publication.objects.current().newest_first().select_related("claim")[: MOST + 1])
    response = page(
        request,
        "desk/publishing.html",
        section="publishing",
        title=_("Publishing"),
        ready=_with_versions(request, ready),
        correcting=[
            (claim, _opened(moves.get(claim.pk)), workflow.open_actions(request.user, claim))
            for moves in [_openings(correcting)]
            for claim in correcting
        ],
        publications=[
            (
                publication,
                verdict_url(publication.verdict_number, publication.language),
                _offers(request, publication),
            )
            for publication in out[:MOST]
        ],
        more=len(out) > MOST,
        waiting=[
            (member, member.claim.article.appearances.all()) for member in matching.waiting(MOST)
        ],
        listed=FurtherAppearance.objects.shown()
        .select_related("claim", "article", "listed_by")
        .order_by("-listed_at", "-pk")[:LISTED],
        may_publish=permissions.may(request.user, permissions.PUBLISH),
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, claim_id: int, action: str) -> HttpResponse:
    """Asks before (GET) and does (POST) one of ACTS."""
    claim = find_claim(request, claim_id)
    if request.method != "POST":
        return _ask(request, claim, action)
    form = ReasonForm(request.POST)
    typed = {name: text_areas.typed(request.POST, name) for name in form.fields}
    do = partial(ACTS[action].do, claim=as_seen(request, claim), actor=person(request))
    if action == "correct":
        do = partial(do, kind=typed["kind"])
    if workflow.TRANSITIONS[action].reason:
        do = partial(do, reason=typed["reason"])
    if refusal := attempt(action, do):
        return _ask(request, find_claim(request, claim_id), action, refusal, typed)
    messages.success(request, str(ACTS[action].done))
    return redirect("admin:publishing")


@require_safe
def preview(request: HttpRequest, claim_id: int) -> HttpResponse:
    """What readers would get, exactly: the frozen content of the newest version, less what is
    withheld. For the desk alone, and never kept by a browser or a proxy (admin_view says so)."""
    claim = find_claim(request, claim_id)
    if permissions.is_sealed(request.user, claim):
        messages.info(
            request, _("Rate the claim yourself first. The proposal is opened after that.")
        )
        return redirect("admin:claim-review", claim.pk)
    version = _newest(claim)
    if version is None:
        raise Http404(_("Nothing has been proposed for this claim yet."))
    return page(
        request,
        "desk/preview.html",
        section="publishing",
        title=_("Preview: %(claim)s") % {"claim": version.content["statement"]},
        claim=claim,
        version=version,
        **as_published(version),
    )


def as_published(version: VerdictVersion) -> dict[str, Any]:
    """The frozen content ready for a template: withheld evidence is gone, and so are its links."""
    evidence = published_evidence(version.content)
    return {
        "content": version.content,
        "evidence": evidence,
        "appearances": [
            {**seen, "published_on": date.fromisoformat(seen["published_on"])}
            for seen in version.content["appearances"]
        ],
        "paragraphs": paragraphs(
            published_explanation(version.content), {piece["number"] for piece in evidence}
        ),
    }


def _ask(
    request: HttpRequest,
    claim: Claim,
    action: str,
    refusal: Refusal | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    # What is in review is no publisher's matter yet, and sealed from whoever has yet to rate it.
    version = None if permissions.is_sealed(request.user, claim) else _newest(claim)
    response = page(
        request,
        "desk/publishing_act.html",
        section="publishing",
        title=ACTS[action].question,
        claim=claim,
        action=action,
        act=ACTS[action],
        label=workflow.TRANSITIONS[action].label,
        needs_reason=workflow.TRANSITIONS[action].reason,
        open=action in workflow.open_actions(request.user, claim),
        version=version,
        standing=Publication.objects.current()
        .filter(claim=claim)
        .select_related("version__rating")
        .first(),
        opened=_opened(_openings([claim]).get(claim.pk)) if action != "correct" else None,
        kinds=[
            (kind.value, kind.label) for kind in (LogEntry.Kind.CORRECTION, LogEntry.Kind.UPDATE)
        ],
        refusal=refusal,
        typed=typed or {},
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _newest(claim: Claim) -> VerdictVersion | None:
    return claim.versions.select_related("rating", "author").order_by("-number").first()


def _with_versions(
    request: HttpRequest, claims: list[Claim]
) -> list[tuple[Claim, VerdictVersion, list[str]]]:
    versions = {
        version.claim_id: version
        for version in VerdictVersion.objects.filter(claim__in=[claim.pk for claim in claims])
        .select_related("rating", "author")
        .prefetch_related("reviews__reviewer")
        .order_by("number")
    }
    return [
        (claim, versions[claim.pk], workflow.open_actions(request.user, claim)) for claim in claims
    ]


@dataclass(frozen=True)
class Opened:
    """Why a published verdict is being changed, and as what readers will see it."""

    kind: str
    reason: str


def _openings(claims: list[Claim]) -> dict[int, Transition]:
    return {
        move.subject_id: move
        for move in Transition.objects.filter(
            subject=Transition.Subject.CLAIM,
            subject_id__in=[claim.pk for claim in claims],
            action="correct",
        ).order_by("number")
    }


def _opened(move: Transition | None) -> Opened | None:
    if move is None:
        return None
    return Opened(str(LogEntry.Kind(move.data["kind"]).label), move.reason)


def _offers(request: HttpRequest, publication: Publication) -> list[str]:
    return [
        action
        for action in workflow.open_actions(request.user, publication.claim)
        if action in ("correct", "retract")
    ]
