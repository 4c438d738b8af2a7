"""Other eyes on a translation, and a publisher's hand: review, publish, retract."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from claims import permissions
from claims.admin.citations import paragraphs
from claims.admin.claim_page import number, person
from claims.admin.publishing_acts import bounds
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.admin.text_areas import typed
from claims.admin.translation_page import find
from claims.admin.translation_panel import STANDINGS
from claims.admin.version_diff import differences
from claims.languages import label
from claims.models import Claim, LogEntry, State, VerdictVersion
from claims.models.addresses import verdict_url
from claims.pipeline import publishing, translating
from claims.pipeline.translating import Standing, Translation


@require_safe
def review_page(request: HttpRequest, claim_id: int, language: str) -> HttpResponse:
    return _review(request, *find(request, claim_id, language))


def approve(request: HttpRequest, claim_id: int, language: str) -> HttpResponse:
    return _decide(
        request,
        claim_id,
        language,
        partial(
            translating.approve,
            vouches=request.POST.getlist("vouches"),
            remark=typed(request.POST, "reason"),
        ),
        _("Approved."),
    )


def send_back(request: HttpRequest, claim_id: int, language: str) -> HttpResponse:
    return _decide(
        request,
        claim_id,
        language,
        partial(translating.send_back, reason=typed(request.POST, "reason")),
        _("Sent back with your reason."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, claim_id: int, language: str) -> HttpResponse:
    """Asks before (GET), saying what readers will see, and does it (POST)."""
    claim, found = find(request, claim_id, language)
    if request.method != "POST":
        return ask(request, claim, found, "publish")
    act = partial(
        publishing.publish_translation,
        claim=claim,
        language=language,
        actor=person(request),
        version=number(request.POST.get("version")) or 0,
        kind=request.POST.get("kind", ""),
        reason=typed(request.POST, "reason"),
    )
    if refusal := attempt("publish", act):
        return ask(request, *find(request, claim_id, language), "publish", refusal)
    messages.success(request, _("Published. Readers, feeds and the verdict log have it now."))
    return redirect("admin:publishing")


@require_http_methods(["GET", "HEAD", "POST"])
def retract(request: HttpRequest, claim_id: int, language: str) -> HttpResponse:
    claim, found = find(request, claim_id, language)
    if request.method != "POST":
        return ask(request, claim, found, "retract")
    act = partial(
        publishing.retract_translation,
        claim=claim,
        language=language,
        actor=person(request),
        reason=typed(request.POST, "reason"),
    )
    if refusal := attempt("retract", act):
        return ask(request, *find(request, claim_id, language), "retract", refusal)
    messages.success(request, _("Retracted. The page in this language now shows it, and why."))
    return redirect("admin:publishing")


def _decide(
    request: HttpRequest,
    claim_id: int,
    language: str,
    act: Callable[..., Any],
    done: str,
) -> HttpResponse:
    if request.method != "POST":
        return redirect("admin:translation-review", claim_id, language)
    claim, _found = find(request, claim_id, language)
    refusal = attempt(
        "decide",
        partial(
            act,
            claim=claim,
            language=language,
            actor=person(request),
            version=number(request.POST.get("version")) or 0,
        ),
    )
    if refusal:
        return _review(request, *find(request, claim_id, language), refusal)
    messages.success(request, done)
    return redirect("admin:review")


def _review(
    request: HttpRequest, claim: Claim, found: Translation, refusal: Refusal | None = None
) -> HttpResponse:
    version = found.version
    context: dict[str, Any] = {}
    if version is not None and version.translates is not None:
        context = {
            "original": version.translates,
            "ours": _cited(version),
            "theirs": _cited(version.translates),
            "changes": _changes(found, version),
            "mine": any(one.reviewer_id == request.user.pk for one in found.reviews),
            "contributed": version.author_id == request.user.pk
            or translating.has_contributed(person(request), claim, found.language),
        }
    may_review = permissions.may(request.user, permissions.REVIEW)
    response = page(
        request,
        "desk/translation_review.html",
        section="review",
        title=_("Review of the translation into %(language)s")
        % {"language": label(found.language)},
        claim=claim,
        translation=found,
        version=version,
        standing=STANDINGS[found.standing],
        points=translating.points().items(),
        ticked=request.POST.getlist("vouches"),
        reason=typed(request.POST, "reason"),
        may_review=may_review,
        open=may_review
        and found.standing in (Standing.IN_REVIEW, Standing.APPROVED)
        and not found.behind
        and claim.state == State.PUBLISHED
        and not context.get("mine")
        and not context.get("contributed"),
        refusal=refusal,
        **context,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def ask(
    request: HttpRequest,
    claim: Claim,
    found: Translation,
    action: str,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """What the act does, what readers will see of it, and the form that does it."""
    version = found.version
    may = permissions.may(request.user, permissions.PUBLISH)
    findings: list[publishing.Finding] = []
    if action == "publish":
        ready = found.standing == Standing.APPROVED and not found.behind
        open_now = may and ready and claim.state == State.PUBLISHED
        if version is not None and open_now:
            kind = LogEntry.Kind.UPDATE if found.public else ""
            findings = publishing.findings(publishing.would_be(version, kind=kind))
    else:
        open_now = may and found.public
    response = page(
        request,
        "desk/translation_act.html",
        section="publishing",
        title=_("Publish this translation?")
        if action == "publish"
        else _("Retract this translation?"),
        claim=claim,
        translation=found,
        version=version,
        language_label=label(found.language),
        action=action,
        open=open_now and not any(one.blocks for one in findings),
        findings=findings,
        kinds=[
            (kind.value, kind.label) for kind in (LogEntry.Kind.CORRECTION, LogEntry.Kind.UPDATE)
        ]
        if found.public
        else [],
        public_url=found.publication
        and verdict_url(found.publication.verdict_number, found.language),
        may_publish=may,
        pending=publishing.pending(claim, found.language) if action == "publish" else None,
        bounds=bounds(),
        refusal=refusal,
        typed={name: typed(request.POST, name) for name in ("kind", "reason", "at", "embargo")},
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _cited(version: VerdictVersion) -> list[Any]:
    return paragraphs(
        version.explanation, {piece["number"] for piece in version.content["evidence"]}
    )


def _changes(found: Translation, version: VerdictVersion) -> Any:
    """Against what readers of this language have now, or against the version before."""
    before = found.publication.version if found.public and found.publication else None
    if before is None or before.pk == version.pk:
        before = (
            version.claim.versions.into(found.language)
            .filter(number__lt=version.number)
            .order_by("-number")
            .first()
        )
    return differences(before.content, version.content) if before else None
