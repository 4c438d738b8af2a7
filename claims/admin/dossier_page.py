"""A claim's dossier: what will be in it, and the file itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims import permissions
from claims.admin import text_areas
from claims.admin.claim_page import find_claim, person
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.models import Claim
from claims.pipeline import dossier


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_page(request: HttpRequest, claim_id: int) -> HttpResponseBase:
    claim = find_claim(request, claim_id)
    if request.method != "POST":
        return _render(request, claim)
    made: list[dossier.Bundle] = []
    purpose = text_areas.typed(request.POST, "purpose")
    refusal = attempt(
        "dossier",
        lambda: made.append(dossier.make(claim=claim, actor=person(request), purpose=purpose)),
    )
    if refusal:
        return _render(request, claim, refusal, purpose)
    (bundle,) = made
    return StreamingHttpResponse(
        bundle.pieces,
        content_type="application/zip",
        headers={
            "Content-Disposition": content_disposition_header(True, bundle.name),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _render(
    request: HttpRequest, claim: Claim, refusal: Refusal | None = None, purpose: str = ""
) -> HttpResponse:
    actor = person(request)
    response = page(
        request,
        "desk/dossier.html",
        section="queue",
        title=_("Dossier"),
        claim=claim,
        extent=dossier.extent(claim),
        may_make=dossier.may(actor, claim),
        sealed=permissions.is_sealed(actor, claim),
        refusal=refusal,
        purpose=purpose,
    )
    response.status_code = refusal.status if refusal else 200
    return response
