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
    pending = ScheduledPublication.objects.pending().select_related("set_by")
    times = {row.claim_id: row for row in pending.originals().filter(claim__in=ready)}
    timed_translations = list(
        pending.translations()
        .filter(seen)
        .select_related("claim", "version__author", "version__rating")[:MOST]
    )
    by_itself = {row.version_id for row in timed_translations}
    translations = [
        one
        for one in translating.ready(MOST)
        if one.version is not None and one.version.pk not in by_itself
    ]
    failed = _failed([*ready, *(one.claim for one in translations)])
    response = page(
        request,
        "desk/publishing.html",
        section="publishing",
        title=_("Publishing"),
        ready=[
            (claim, version, actions, failed.get((claim.pk, version.language)))
            for claim, version, actions in _with_versions(
                request, [claim for claim in ready if claim.pk not in times]
            )
        ],
        timed=[
            (claim, version, times[claim.pk], actions)
            for claim, version, actions in _with_versions(
                request, [claim for claim in ready if claim.pk in times]
            )
        ],
        timed_translations=timed_translations,
        times_set=len(times) + len(timed_translations),
        translations=[(one, failed.get((one.claim.pk, one.language))) for one in translations],
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


def _failed(claims: list[Claim]) -> dict[tuple[int, str], ScheduledPublication]:
    """By claim and language: the newest time, where it came and the verdict could not go out."""
    newest = {
        (row.claim_id, row.version.language): row
        for row in ScheduledPublication.objects.filter(claim__in=claims)
        .select_related("version")
        .defer("version__content")
        .order_by("pk")
    }
    return {
        which: row
        for which, row in newest.items()
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
