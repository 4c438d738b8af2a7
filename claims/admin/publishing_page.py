"""Into the open and what may happen there: publish, correct, retract. Each asks first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import permissions, workflow
from claims.admin import exporting, listed_files
from claims.admin.publishing_acts import opened, openings
from claims.admin.refusals import Refusal
from claims.admin.site import page
from claims.models import (
    Claim,
    FurtherAppearance,
    LogEntry,
    Publication,
    ScheduledPublication,
    State,
    VerdictVersion,
)
from claims.models.addresses import verdict_url
from claims.pipeline import matching, translating

MOST = 100
LISTED = 20


@require_safe
def publishing_page(request: HttpRequest) -> HttpResponseBase:
    if form := exporting.asked(request.GET.get("as")):
        return listed_files.publications(form)
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
    times = {row.claim_id: row for row in ScheduledPublication.objects.pending()[:MOST]}
    response = page(
        request,
        "desk/publishing.html",
        section="publishing",
        title=_("Publishing"),
        ready=_with_versions(request, [claim for claim in ready if claim.pk not in times]),
        timed=[
            (claim, version, times[claim.pk], actions)
            for claim, version, actions in _with_versions(
                request, [claim for claim in ready if claim.pk in times]
            )
        ],
        failed=_failed(ready),
        translations=translating.ready(MOST),
        correcting=[
            (claim, opened(moves.get(claim.pk)), workflow.open_actions(request.user, claim))
            for moves in [openings(correcting)]
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


def _with_versions(
    request: HttpRequest, claims: list[Claim]
) -> list[tuple[Claim, VerdictVersion, list[str]]]:
    versions = {
        version.claim_id: version
        for version in VerdictVersion.objects.originals()
        .filter(claim__in=[claim.pk for claim in claims])
        .select_related("rating", "author")
        .prefetch_related("reviews__reviewer")
        .order_by("number")
    }
    return [
        (claim, versions[claim.pk], workflow.open_actions(request.user, claim)) for claim in claims
    ]


def _failed(claims: list[Claim]) -> dict[int, ScheduledPublication]:
    """The newest time of each of these claims, where it came and the verdict could not go out."""
    newest = {
        row.claim_id: row
        for row in ScheduledPublication.objects.filter(claim__in=claims).order_by("pk")
    }
    return {
        claim: row
        for claim, row in newest.items()
        if row.state == ScheduledPublication.State.FAILED
    }


def _offers(request: HttpRequest, publication: Publication) -> list[str]:
    if publication.version.translates_id is not None:
        may = permissions.may(request.user, permissions.PUBLISH)
        standing = publication.kind != LogEntry.Kind.RETRACTION
        return ["retract_translation"] if may and standing else []
    return [
        action
        for action in workflow.open_actions(request.user, publication.claim)
        if action in ("correct", "retract")
    ]
