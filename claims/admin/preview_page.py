"""What readers and machines would get, exactly, and what stands in the way of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import feeds, permissions, workflow
from claims.admin.claim_page import find_claim
from claims.admin.publishing_acts import FRAME
from claims.admin.site import page
from claims.models import Claim, Publication, VerdictVersion
from claims.models.addresses import absolute
from claims.pipeline import publishing

# Where on the claim's page each kind of finding is mended.
PLACES = {"claim": "", "verdict": "#verdict", "evidence": "#evidence"}


@dataclass(frozen=True)
class Advice:
    """A finding with the address at which it is mended; none for what another person has to do."""

    finding: publishing.Finding
    href: str


@require_safe
def preview(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The newest version of the verdict, or with ?language= of a translation, as it would go out."""
    claim = find_claim(request, claim_id)
    if permissions.is_sealed(request.user, claim):
        raise Http404(_("You rate this claim before you see the proposal."))
    versions = _versions(claim)
    version = versions.get(request.GET.get("language", "")) or versions.get(claim.language)
    if version is None:
        raise Http404(_("Nothing has been proposed for this claim yet."))
    publication = publishing.would_be(version)
    found = publishing.findings(publication)
    with translation.override(publication.language):
        machines = _for_machines(publication)
    response = page(
        request,
        "desk/preview.html",
        section="publishing",
        title=_("Preview: %(claim)s") % {"claim": version.content["statement"]},
        claim=claim,
        version=version,
        versions=versions,
        publication=publication,
        out=not publication._state.adding,
        findings=advice(claim, found),
        blocked=any(one.blocks for one in found),
        frame=reverse("preview", args=[version.pk, "page"]),
        card=reverse("preview", args=[version.pk, "card"]),
        actions=workflow.open_actions(request.user, claim),
        **machines,
    )
    response._csp_update = FRAME  # type: ignore[attr-defined]
    return response


def advice(claim: Claim, found: list[publishing.Finding]) -> list[Advice]:
    base = reverse("admin:claims_claim_change", args=[claim.pk])
    scale = reverse("admin:claims_rating_changelist")
    return [
        Advice(
            one,
            base + PLACES[one.where]
            if one.where in PLACES
            else scale
            if one.where == "scale"
            else "",
        )
        for one in found
    ]


def _versions(claim: Claim) -> dict[str, VerdictVersion]:
    """The newest version in each language, the verdict's own first."""
    rows = claim.versions.select_related("rating", "author", "translates", "claim").order_by(
        "number"
    )
    newest = {row.language: row for row in rows}
    own = newest.pop(claim.language, None)
    return ({claim.language: own} if own else {}) | newest


def _for_machines(publication: Publication) -> dict[str, Any]:
    """The markup and the feeds' entries; empty, with the reason, where they cannot be made."""
    try:
        markup = publishing.markup_of(publication)
        entry = publishing.entry_of(publication)
    except ValueError:
        return {"markup": "", "entries": []}
    return {
        "markup": json.dumps(markup, ensure_ascii=False, indent=2) if markup else "",
        "entries": [
            (
                form.LABEL,
                file_name,
                form.render(
                    publishing.feed_head(
                        language=publication.language, self_url=absolute(f"/feeds/{file_name}")
                    ),
                    [entry],
                ).decode(),
            )
            for file_name, form in feeds.registry().items()
        ],
    }
