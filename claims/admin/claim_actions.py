"""What is pressed on the claim page: moves, the claim's own fields, the draft."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin import text_areas
from claims.admin.claim_forms import ClaimForm, DraftForm, ReasonForm, people_for
from claims.admin.claim_page import (
    as_seen,
    draft_of,
    find_claim,
    person,
    posted,
    render_claim,
)
from claims.admin.refusals import Refusal, attempt
from claims.models import Claim, Draft
from claims.pipeline import review
from claims.workflow import TRANSITIONS

MOVES: dict[str, Callable[..., None]] = {
    "accept": review.accept,
    "unaccept": review.unaccept,
    "start": review.start,
    "dismiss": review.dismiss,
    "restore": review.restore,
    "wait": review.wait,
    "resume": review.resume,
    "reopen": review.reopen,
}


@posted()
def move(request: HttpRequest, claim_id: int, action: str) -> HttpResponse:
    """One of MOVES. A reason and a date come along where the move takes them."""
    claim = as_seen(request, find_claim(request, claim_id))
    form = ReasonForm(request.POST)
    typed = {name: text_areas.typed(request.POST, name) for name in ("reason", "until")}
    act = partial(MOVES[action], claim=claim, actor=person(request))
    if TRANSITIONS[action].reason:
        act = partial(act, reason=typed["reason"])
    refusal = None
    if action == "wait":
        until = form.cleaned_data.get("until") if form.is_valid() else None
        if until is None:
            refusal = Refusal(action, [_("Choose the day on which to check again.")], 422)
        act = partial(act, until=until)
    refusal = refusal or attempt(action, act)
    if refusal:
        return render_claim(request, find_claim(request, claim_id), refusal=refusal, typed=typed)
    messages.success(
        request,
        _("Done: the claim is now “%(state)s”.") % {"state": claim.get_state_display()},
    )
    return redirect(_address(claim))


@posted()
def edit(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    form = ClaimForm(request.POST, instance=copy(claim), people=people_for(claim))
    if not form.is_valid():
        return render_claim(
            request,
            claim,
            refusal=Refusal("edit", [_("Not saved. Look at the marked fields.")], 422),
            claim_form=form,
        )
    changes = form.changes()
    if not changes:
        return redirect(_address(claim))
    refusal = attempt(
        "edit",
        lambda: review.edit_claim(
            claim=claim,
            actor=person(request),
            revision=form.cleaned_data["revision"],
            changes=changes,
        ),
    )
    if refusal:
        return render_claim(
            request, find_claim(request, claim_id), refusal=refusal, claim_form=form
        )
    messages.success(request, _("Saved."))
    return redirect(_address(claim))


@posted()
def draft(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Saves the verdict, and with then=propose sends it to review. What was typed is saved even if
    the verdict still lacks something."""
    claim = find_claim(request, claim_id)
    form = DraftForm(request.POST, draft=draft_of(claim))
    if not form.is_valid():
        return render_claim(
            request,
            claim,
            refusal=Refusal("draft", [_("Not saved. Look at the marked fields.")], 422),
            draft_form=form,
        )
    saved: list[Draft] = []
    refusal = attempt("draft", lambda: saved.append(_save(claim, request, form)))
    if refusal:
        return render_claim(request, claim, refusal=refusal, draft_form=form)
    if request.POST.get("then") == "propose":
        seen = as_seen(request, copy(claim))
        refusal = attempt(
            "propose",
            partial(review.propose, claim=seen, actor=person(request), revision=saved[0].revision),
        )
        if refusal:
            return render_claim(request, find_claim(request, claim_id), refusal=refusal)
        messages.success(request, _("Sent to review. Somebody else decides on it now."))
        return redirect(_address(claim))
    messages.success(request, _("Draft saved."))
    return redirect(_address(claim) + "#verdict")


def _save(claim: Claim, request: HttpRequest, form: DraftForm) -> Draft:
    return review.save_draft(
        claim=claim,
        actor=person(request),
        revision=form.cleaned_data["revision"],
        rating=form.cleaned_data["rating"],
        summary=form.cleaned_data["summary"],
        explanation=form.cleaned_data["explanation"],
        no_primary_reason=form.cleaned_data["no_primary_reason"],
    )


def _address(claim: Claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])
