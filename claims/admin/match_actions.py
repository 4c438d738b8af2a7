"""What is pressed about a match, and the two claims side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin import match_panel
from claims.admin.claim_page import find_claim, person, posted, render_claim, rights, stands
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.models import Claim, Match, Publication
from claims.models.addresses import verdict_url
from claims.pipeline import matching


@require_safe
def panel(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The panel by itself, as the page asks for it while the claim is being compared."""
    claim = find_claim(request, claim_id)
    context = {"claim": claim, "matches": match_panel.panel(claim), **rights(request, claim)}
    return render(request, "desk/parts/matches.html", context)


@require_safe
def side_by_side(request: HttpRequest, claim_id: int, match_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    return _side_by_side(request, claim, get_object_or_404(claim.matches, pk=match_id))


def _side_by_side(
    request: HttpRequest, claim: Claim, match: Match, refusal: Refusal | None = None
) -> HttpResponse:
    (found,) = match_panel.read(claim.matches.filter(pk=match.pk))
    public = found.publication
    response = page(
        request,
        "desk/match.html",
        section="queue",
        title=_("Seen before?"),
        claim=claim,
        found=found,
        seen=claim.article.first_seen,
        stands=stands(claim),
        their_stands=stands(found.head) if found.head else [],
        public_url=public and verdict_url(public.verdict_number, public.language),
        may_publish=permissions.may(request.user, permissions.PUBLISH),
        refusal=refusal,
        **rights(request, claim),
    )
    response.status_code = refusal.status if refusal else 200
    return response


@posted()
def decide(request: HttpRequest, claim_id: int, match_id: int) -> HttpResponse:
    """`decision`: what the two are to one another (same, contradicts, related), reject, or undo."""
    claim = find_claim(request, claim_id)
    match = claim.matches.filter(pk=match_id).first()
    if match is None:
        gone = _("This suggestion is gone: the claim was compared again. Here is what it found.")
        return render_claim(request, claim, refusal=Refusal("matches", [gone], 409))
    decision = request.POST.get("decision", "")
    act = _acts(match, request).get(decision)
    if act is None:
        return render_claim(
            request,
            claim,
            refusal=Refusal("matches", [_("Choose what the two are to one another.")], 422),
        )
    refusal = attempt("matches", act)
    if refusal and request.POST.get("from") == "side":
        return _side_by_side(request, claim, match, refusal)
    if refusal:
        return render_claim(request, find_claim(request, claim_id), refusal=refusal)
    messages.success(request, _done(match, decision))
    return redirect(reverse("admin:claims_claim_change", args=[claim_id]) + "#matches")


def _acts(match: Match, request: HttpRequest) -> dict[str, Callable[[], object]]:
    actor = person(request)
    return {
        **{
            relation: partial(matching.confirm, match=match, actor=actor, relation=relation)
            for relation in Match.Relation.values
        },
        "reject": partial(matching.reject, match=match, actor=actor),
        "undo": partial(matching.undo, match=match, actor=actor),
    }


def _done(match: Match, decision: str) -> str:
    if decision == "reject":
        return _("Not the same. This pair is not offered again.")
    if decision == "undo":
        return _("Undone. The pair is a suggestion again.")
    if decision != Match.Relation.SAME or match.earlier is None:
        return _("Kept: %(relation)s.") % {"relation": match.get_relation_display()}
    head = match.membership.head
    public = Publication.objects.standing().filter(claim=head).first()
    if public is None:
        return _("It is part of claim %(number)d now.") % {"number": head.pk}
    if head.further_appearances.shown().filter(article=match.claim.article_id).exists():
        return _("Answered: verdict %(number)d lists this article as a further appearance.") % {
            "number": public.verdict_number
        }
    if match.claim.confidential:
        return _(
            "Answered by verdict %(number)d. The article is confidential: it is not named."
        ) % {"number": public.verdict_number}
    return _(
        "Answered by verdict %(number)d. A publisher decides whether it lists this article."
    ) % {"number": public.verdict_number}
