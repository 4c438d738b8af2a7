"""One claim on one page: who says what, what was found, the verdict being written, its history.

The page asks `workflow.open_actions` what this person may do and offers exactly that. A refusal is
shown where it happened, with what was typed still in its field.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import wraps
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.db.models.expressions import BaseExpression
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims import permissions, workflow
from claims.admin import (
    claim_history,
    copies,
    found_pages,
    lookup_panel,
    match_panel,
    precedents,
    sent_back,
    talk_room,
    translation_panel,
    writing_room,
)
from claims.admin.citations import cited, paragraphs
from claims.admin.claim_forms import (
    ClaimForm,
    DraftForm,
    EvidenceForm,
    from_hit,
    people_for,
    recheck_day,
    tomorrow,
)
from claims.admin.refusals import Refusal
from claims.admin.second_factor_gate import policy
from claims.admin.site import page
from claims.admin.timeline import line
from claims.admin.timeline import stands as stands
from claims.models import (
    Claim,
    Draft,
    Evidence,
    Language,
    State,
)
from claims.models.addresses import verdict_url
from claims.pipeline import lookup, naming, outlets, publishing, review, telling

# Moves that take a sentence of their own; they unfold a small form.
WITH_REASON = ("dismiss", "restore", "wait", "resume", "reopen")
# Moves that a page of their own asks about first.
PUBLISHING = ("publish", "correct", "drop_correction", "retract")
NEWEST_MOVES = 8


def find_claim(
    request: HttpRequest, claim_id: int, *besides: str, **asked: BaseExpression
) -> Claim:
    """The claim, if this person may see it, with what belongs to it (`besides`: more of that, `asked`:
    what else is asked of it); 404 otherwise."""
    return get_object_or_404(
        Claim.objects.filter(permissions.visible(request.user))
        .select_related("article", "assignee", "matching", "membership__head", *besides)
        .annotate(**asked),
        pk=claim_id,
    )


def as_seen(request: HttpRequest, claim: Claim) -> Claim:
    """The claim as the page was when the button on it was pressed: a move made since is noticed."""
    claim.moves = number(request.POST.get("moves")) or 0
    return claim


def person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the site lets nobody else in
    return request.user


def posted(
    room: str = "claims_claim_change",
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that only a POST may run. A refused form is answered at the action's own address; who
    comes back there by a reload or a change of language is led to the page it belongs to."""

    def dress(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, claim_id: int, **rest: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, claim_id, **rest)
            return redirect(f"admin:{room}", claim_id)

        return answer

    return dress


@require_safe
def claim_page(request: HttpRequest, claim_id: int) -> HttpResponse:
    me = person(request)
    news = Exists(telling.unread_about(OuterRef("pk"), me))
    claim = find_claim(request, claim_id, "draft__rating", "draft__changed_by", news=news)
    if claim.news:  # type: ignore[attr-defined]
        telling.seen(person=me, claim=claim)
    draft = getattr(claim, "draft", None) or Draft(claim=claim)
    return render_claim(request, claim, read=draft)


def render_claim(
    request: HttpRequest,
    claim: Claim,
    *,
    read: Draft | None = None,
    refusal: Refusal | None = None,
    claim_form: ClaimForm | None = None,
    draft_form: DraftForm | None = None,
    evidence_form: EvidenceForm | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """The page with whatever form was refused in place of its untouched twin. `read`: the draft, where it
    was read with the claim; after a refusal it is read anew, for somebody may have been quicker."""
    # Whoever has yet to rate blind sees nothing of what is proposed.
    sealed = permissions.is_sealed(request.user, claim)
    draft = Draft(claim=claim) if sealed else read or draft_of(claim)
    prefetch_related_objects(
        [claim], "lookups", Prefetch("evidence", copies.with_copies(Evidence.objects.all()))
    )
    evidence = copies.attached(claim.evidence.all())
    printers = outlets.printers(evidence)
    for piece in evidence:
        setattr(piece, "printer", printers.get(piece.pk))  # noqa: B010 - not a field
    numbers = set(range(1, len(evidence) + 1))
    around = match_panel.near(claim)
    publication = next((one for one in around.own if one.version.translates_id is None), None)
    actions = workflow.open_actions(request.user, claim)
    found_stands = stands(claim)
    positions = [stand.position for stand in found_stands]
    chain = claim_history.chain(claim)
    people = people_for(claim)
    response = page(
        request,
        "desk/claim.html",
        section="queue",
        title=claim.statement,
        claim=claim,
        actions=actions,
        simple=_moves(actions, ("accept", "start", "unaccept")),
        with_reason=_moves(actions, WITH_REASON),
        publishing=_moves(actions, PUBLISHING),
        **rights(request, claim),
        line=line(claim, found_stands),
        **talk_room.context(claim, request.user, found_stands, draft, sealed=sealed, people=people),
        lookups=lookup_panel.panel(claim),
        matches=match_panel.panel(claim, around),
        questions=naming.questions(claim, positions),
        outside=lookup.outside_if_accepted(claim),
        evidence=evidence,
        groups=len({piece.independence_group for piece in evidence}),
        dangling=sorted(cited(draft.explanation) - numbers),
        hidden_cited=sorted(
            number
            for number, piece in enumerate(evidence, start=1)
            if piece.withheld and number in cited(draft.explanation)
        ),
        removing=number(request.GET.get("remove")),
        draft=draft,
        sealed=sealed,
        requirements=review.missing_or_met(
            None if draft.pk is None else draft,
            evidence,
            positioned=bool(positions),
            minimum=policy(request).evidence_minimum,
        ),
        sent_back=sent_back.newest(claim),
        precedents=precedents.precedents(claim, around),
        **writing_room.context(
            claim,
            person(request),
            draft=draft,
            evidence=evidence,
            people=people,
            actions=actions,
            **rights(request, claim),
            refusal=refusal,
            draft_form=draft_form,
            claim_form=claim_form,
            evidence_form=evidence_form,
            asked_for=_asked_for_form(request, claim, evidence),
        ),
        paragraphs=paragraphs(draft.explanation, numbers),
        publication=publication,
        translations=translation_panel.panel(claim, around.own) if publication else [],
        pending=publishing.pending(claim) if claim.state == State.APPROVED else None,
        public_url=publication and verdict_url(publication.verdict_number, publication.language),
        history=claim_history.rows(chain, NEWEST_MOVES, sealed=sealed),
        broken=workflow.broken_in(chain),
        refusal=refusal,
        typed=typed or {},
        tomorrow=tomorrow(),
        recheck=recheck_day(claim),
        overdue=claim.due_at is not None and claim.due_at < timezone.now(),
    )
    response.status_code = refusal.status if refusal else 200
    return response


def rights(request: HttpRequest, claim: Claim) -> dict[str, bool]:
    """Whether the controls for writing are shown: at all, and for what would be published."""
    may_write = permissions.may(request.user, permissions.RESEARCH)
    return {"may_write": may_write, "editable": may_write and claim.state in review.EDITABLE}


def draft_of(claim: Claim) -> Draft:
    """The claim's draft, or an unsaved empty one: looking at a page writes nothing."""
    found = Draft.objects.filter(claim=claim).select_related("rating", "changed_by").first()
    return found or Draft(claim=claim)


def _moves(actions: list[str], names: tuple[str, ...]) -> list[tuple[str, workflow.Move]]:
    return [(name, workflow.TRANSITIONS[name]) for name in actions if name in names]


def _asked_for_form(
    request: HttpRequest, claim: Claim, evidence: list[Evidence]
) -> EvidenceForm | None:
    """The evidence form that the address asks for: ?add, ?edit=PIECE."""
    if piece := next((p for p in evidence if str(p.pk) == request.GET.get("edit")), None):
        return EvidenceForm(instance=copy(piece), claim=claim)
    if "add" in request.GET:
        return EvidenceForm(claim=claim)
    return None


def found_as_evidence(claim: Claim, use: str | None) -> dict[str, Any]:
    """The evidence form's values from a source's find ("LOOKUP-HIT") and from what was read on its
    page; {} where there is no such find."""
    lookup_id, _dash, hit = (use or "").partition("-")
    lookup = claim.lookups.filter(pk=number(lookup_id) or 0).first()
    found = from_hit(lookup, number(hit) or 0) if lookup else {}
    if not found:
        return {}
    found |= found_pages.as_evidence(claim, found["url"])
    if found["quote_language"] not in Language.values:
        found["quote_language"] = ""
    return found | {"title": found["title"] or found["url"]}


def number(text: str | None) -> int | None:
    """A row's number from an address: ASCII digits, no more than a database takes."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else None
