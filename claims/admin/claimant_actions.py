"""Who a claimant is, said on the claim's page: this is them, none of these, not after all."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.claim_page import find_claim, person, posted, render_claim
from claims.admin.refusals import attempt
from claims.models import Claim, Claimant
from claims.pipeline import naming


@posted()
def identify(request: HttpRequest, claim_id: int, claimant_id: int) -> HttpResponse:
    """`entity`, and each name to be kept as `name`: its language, a colon, the name."""
    claim, claimant = _find(request, claim_id, claimant_id)
    names = [(code, name) for code, _colon, name in map(_parted, request.POST.getlist("name"))]
    return _answer(
        request,
        claim,
        lambda: naming.identify(
            claim=claim,
            claimant=claimant,
            actor=person(request),
            entity=request.POST.get("entity", ""),
            names=names,
        ),
        _("Noted who “%(name)s” is. You can take it back here.") % {"name": claimant.name},
    )


@posted()
def forget(request: HttpRequest, claim_id: int, claimant_id: int) -> HttpResponse:
    claim, claimant = _find(request, claim_id, claimant_id)
    return _answer(
        request,
        claim,
        lambda: naming.forget(claim=claim, claimant=claimant, actor=person(request)),
        _("Taken back: nobody is said to be “%(name)s”.") % {"name": claimant.name},
    )


@posted()
def reject(request: HttpRequest, claim_id: int, claimant_id: int) -> HttpResponse:
    """None of these; with again=1 they are shown after all."""
    claim, claimant = _find(request, claim_id, claimant_id)
    again = request.POST.get("again") == "1"
    return _answer(
        request,
        claim,
        lambda: naming.reject(claim=claim, claimant=claimant, actor=person(request), again=again),
        "" if again else _("Noted. These are not offered for this claimant again."),
    )


def _parted(text: str) -> tuple[str, str, str]:
    return text.partition(":")


def _find(request: HttpRequest, claim_id: int, claimant_id: int) -> tuple[Claim, Claimant]:
    return find_claim(request, claim_id), get_object_or_404(Claimant, pk=claimant_id)


def _answer(request: HttpRequest, claim: Claim, act: Callable[[], None], done: str) -> HttpResponse:
    refusal = attempt("claimants", act)
    if refusal:
        return render_claim(request, find_claim(request, claim.pk), refusal=refusal)
    if done:
        messages.success(request, done)
    return redirect(reverse("admin:claims_claim_change", args=[claim.pk]) + "#claimants")
