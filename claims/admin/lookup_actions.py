"""What is pressed in the panel of sources: ask again, choose the words, have a page read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from claims.admin import lookup_panel, text_areas
from claims.admin.claim_page import find_claim, person, posted, render_claim, rights
from claims.admin.refusals import Refusal, attempt
from claims.models import Claim
from claims.pipeline import lookup, reading


@require_http_methods(["GET", "HEAD", "POST"])
def lookups(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The panel by itself, as the page asks for it while something is under way; a POST asks again,
    one source or all."""
    claim = find_claim(request, claim_id)
    if request.method != "POST":
        return _panel(request, claim)
    chosen = request.POST.getlist("source")
    return _done(
        request,
        claim,
        lambda: lookup.request(claim=claim, actor=person(request), sources=chosen or None),
    )


@posted()
def words(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The words one source is asked with; `made` has them made from the claim again."""
    claim = find_claim(request, claim_id)
    typed = "" if "made" in request.POST else text_areas.typed(request.POST, "words")
    return _done(
        request,
        claim,
        partial(
            lookup.set_words,
            claim=claim,
            actor=person(request),
            source=request.POST.get("source", ""),
            words=typed,
        ),
    )


@posted()
def read_page(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    return _done(
        request,
        claim,
        partial(
            reading.request, claim=claim, actor=person(request), url=request.POST.get("url", "")
        ),
    )


def _done(request: HttpRequest, claim: Claim, act: Callable[[], object]) -> HttpResponse:
    """Does it, and shows the panel: alone where the page asked for it alone."""
    refusal = attempt("lookups", act)
    if not getattr(request, "htmx", False):
        if refusal:
            return render_claim(request, claim, refusal=refusal)
        return redirect(reverse("admin:claims_claim_change", args=[claim.pk]) + "#lookups")
    return _panel(request, claim, refusal)


def _panel(request: HttpRequest, claim: Claim, refusal: Refusal | None = None) -> HttpResponse:
    return render(
        request,
        "desk/parts/lookups.html",
        {
            "claim": claim,
            "lookups": lookup_panel.panel(claim),
            "refusal": refusal,
            **rights(request, claim),
        },
        status=refusal.status if refusal else 200,
    )
