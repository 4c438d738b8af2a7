"""What the claim's page shows because people work on it at the same time: who is there, whose turn it
is, and each form with the right words in it."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.contrib.auth.models import User

from claims.admin import working_copies
from claims.admin.claim_forms import ClaimForm, DraftForm, EvidenceForm
from claims.admin.refusals import Refusal
from claims.admin.working_copies import Difference, differences, saved_values
from claims.models import Claim, Draft, Evidence
from claims.pipeline import together


def context(
    claim: Claim,
    person: User,
    *,
    draft: Draft,
    evidence: list[Evidence],
    people: list[User],
    actions: list[str],
    editable: bool,
    may_write: bool,
    refusal: Refusal | None,
    draft_form: DraftForm | None,
    claim_form: ClaimForm | None,
    evidence_form: EvidenceForm | None,
    asked_for: EvidenceForm | None,
) -> dict[str, Any]:
    """For the claim's template. A form that was just refused keeps what was just typed; any other has
    the working copy in it, if there is one. `held`: somebody else is writing the verdict, so its form
    is only shown."""
    company = together.at(claim=claim, person=person)
    typed_now = {
        together.VERDICT: draft_form,
        together.CLAIM: claim_form,
        "": evidence_form,
    }
    occupied = {form for form, typed in typed_now.items() if typed is not None}
    if evidence_form is not None:
        piece = evidence_form.instance.pk
        occupied.add(together.of_piece(piece) if piece else together.EVIDENCE)
    held = editable and company.writer is not None and draft_form is None
    unsaved = working_copies.on_the_page(
        claim,
        person,
        draft=draft,
        writable=editable,
        held=held,
        noted=may_write,
        evidence_form=asked_for if evidence_form is None else None,
        pieces=evidence,
        moves=actions,
        people=people,
        occupied=occupied,
    )
    return {
        "company": company,
        "held": held,
        "unsaved": unsaved,
        "draft_form": draft_form
        or unsaved.draft_form
        or (DraftForm(draft=draft) if editable else None),
        "claim_form": claim_form
        or unsaved.claim_form
        or ClaimForm(instance=copy(claim), people=people),
        "evidence_form": evidence_form or unsaved.evidence_form or asked_for,
        "versus": {**unsaved.versus, **_lost(claim, draft, people, refusal, typed_now)},
    }


def _lost(
    claim: Claim,
    draft: Draft,
    people: list[User],
    refusal: Refusal | None,
    typed_now: dict[str, Any],
) -> dict[str, list[Difference]]:
    """How what was refused because somebody was quicker differs from what they saved."""
    if refusal is None or not refusal.lost_race:
        return {}
    if refusal.where == "draft" and (form := typed_now[together.VERDICT]):
        return {together.VERDICT: differences(form, saved_values(DraftForm(draft=draft)))}
    if refusal.where == "edit" and (form := typed_now[together.CLAIM]):
        saved = saved_values(ClaimForm(instance=copy(claim), people=people))
        return {together.CLAIM: differences(form, saved)}
    if refusal.where == "evidence" and (form := typed_now[""]) and form.instance.pk:
        piece = Evidence.objects.filter(pk=form.instance.pk, claim=claim).first()
        if piece:
            saved = saved_values(EvidenceForm(instance=piece, claim=claim))
            return {together.of_piece(piece.pk): differences(form, saved)}
    return {}
