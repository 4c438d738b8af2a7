"""Choosing evidence on the claim page: add, change, order, take off."""

from __future__ import annotations

from copy import copy
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.claim_forms import EvidenceForm
from claims.admin.claim_page import (
    find_claim,
    found_as_evidence,
    number,
    person,
    posted,
    render_claim,
)
from claims.admin.refusals import Refusal, attempt
from claims.models import Claim, Evidence
from claims.pipeline import review


@posted()
def add(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    form = EvidenceForm(request.POST, claim=claim)
    refusal = _checked(form) or attempt(
        "evidence",
        lambda: review.add_evidence(claim=claim, actor=person(request), **form.cleaned_data),
    )
    return _answer(request, claim, refusal, form, _("Evidence added."))


@posted()
def use(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Makes a source's find evidence at once, so that its page is copied, and opens it for the rest."""
    claim = find_claim(request, claim_id)
    fields = found_as_evidence(claim, request.POST.get("use"))
    if not fields:
        gone = _("That find is no longer there. Ask the source again.")
        return _answer(request, claim, Refusal("evidence", [gone], 409), None, "")
    piece = claim.evidence.filter(url=fields["url"]).first()
    if piece is None:
        form = EvidenceForm(fields, claim=claim)
        chosen: list[Evidence] = []
        if form.is_valid():
            refusal = attempt(
                "evidence",
                lambda: chosen.append(
                    review.add_evidence(claim=claim, actor=person(request), **form.cleaned_data)
                ),
            )
        else:
            refusal = _checked(form)
        if refusal:
            return _answer(request, claim, refusal, form, "")
        (piece,) = chosen
        messages.success(request, _("Evidence added; its page is being copied. Say what it does."))
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    return redirect(f"{page}?edit={piece.pk}#evidence-form")


@posted()
def change(request: HttpRequest, claim_id: int, piece_id: int) -> HttpResponse:
    claim, piece = _find(request, claim_id, piece_id)
    form = EvidenceForm(request.POST, instance=copy(piece), claim=claim)
    refusal = _checked(form)
    changes = {} if refusal else _changes(piece, form)
    if changes:
        refusal = attempt(
            "evidence",
            lambda: review.change_evidence(
                piece=piece,
                actor=person(request),
                seen=number(request.POST.get("moves")) or 0,
                **changes,
            ),
        )
    return _answer(request, claim, refusal, form, _("Evidence changed."))


@posted()
def remove(request: HttpRequest, claim_id: int, piece_id: int) -> HttpResponse:
    claim, piece = _find(request, claim_id, piece_id)
    refusal = attempt(
        "evidence", partial(review.remove_evidence, piece=piece, actor=person(request))
    )
    return _answer(
        request,
        claim,
        refusal,
        None,
        _("Taken off the claim: “%(title)s”. What it said stays in the history.")
        % {"title": piece.title},
    )


@posted()
def order(request: HttpRequest, claim_id: int, piece_id: int) -> HttpResponse:
    """One place up (up=1) or down."""
    claim, piece = _find(request, claim_id, piece_id)
    refusal = attempt(
        "evidence",
        partial(
            review.move_evidence,
            piece=piece,
            actor=person(request),
            up=request.POST.get("up") == "1",
        ),
    )
    return _answer(request, claim, refusal, None, "")


def _find(request: HttpRequest, claim_id: int, piece_id: int) -> tuple[Claim, Evidence]:
    claim = find_claim(request, claim_id)
    return claim, get_object_or_404(claim.evidence, pk=piece_id)


def _checked(form: EvidenceForm) -> Refusal | None:
    return (
        None
        if form.is_valid()
        else Refusal("evidence", [_("Not saved. Look at the marked fields.")], 422)
    )


def _changes(piece: Evidence, form: EvidenceForm) -> dict[str, Any]:
    return {
        name: value
        for name, value in form.cleaned_data.items()
        if name != "lookup" and value != getattr(piece, name)
    }


def _answer(
    request: HttpRequest,
    claim: Claim,
    refusal: Refusal | None,
    form: EvidenceForm | None,
    done: str,
) -> HttpResponse:
    if refusal:
        return render_claim(
            request, find_claim(request, claim.pk), refusal=refusal, evidence_form=form
        )
    if done:
        messages.success(request, done)
    return redirect(reverse("admin:claims_claim_change", args=[claim.pk]) + "#evidence")
