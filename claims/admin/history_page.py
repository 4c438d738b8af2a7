"""The whole history of a claim: every row of its chain, with what was before and after."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from claims import permissions, workflow
from claims.admin import claim_history, keyset
from claims.admin.claim_history import Row
from claims.admin.claim_page import NEWEST_MOVES, find_claim
from claims.admin.site import page
from claims.admin.version_diff import VersionDiff, differences
from claims.models import Claim, Comment, Transition


@dataclass(frozen=True)
class Told:
    """A row with what stands elsewhere about it: the comment, or how the version that was proposed
    differs from the one before."""

    row: Row
    comment: Comment | None = None
    diff: VersionDiff | None = None


@require_safe
def history(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The page; for htmx the panel of the newest rows, as the claim's page has it."""
    claim = find_claim(request, claim_id)
    chain = claim_history.chain(claim)
    broken = workflow.broken_in(chain)
    sealed = permissions.is_sealed(request.user, claim)
    if HtmxDetails(request):
        context = {
            "claim": claim,
            "broken": broken,
            "history": claim_history.rows(chain, NEWEST_MOVES, sealed=sealed),
        }
        return render(request, "desk/parts/history.html", context)
    kind = request.GET.get("kind", "")
    if kind not in claim_history.KINDS:
        kind = "all"
    moves = Transition.objects.filter(
        subject=Transition.Subject.CLAIM, subject_id=claim.pk
    ).select_related("actor")
    cut = keyset.cut(claim_history.of_kind(moves, kind), ["number"], request.GET)
    return page(
        request,
        "desk/history.html",
        section="queue",
        title=_("The whole history"),
        claim=claim,
        broken=broken,
        kinds=claim_history.KINDS.items(),
        kind=kind,
        rows=told(claim, cut.rows, sealed=sealed),
        before=cut.before and f"?kind={kind}&before={cut.before}",
        after=cut.after and f"?kind={kind}&after={cut.after}",
    )


def told(claim: Claim, moves: list[Transition], *, sealed: bool) -> list[Told]:
    """The rows with their comments and the differences between versions. Two queries."""
    numbers = {move.data["version"] for move in moves if move.action == "propose"}
    wanted = numbers | {number - 1 for number in numbers}
    versions = (
        {} if sealed else {one.number: one for one in claim.versions.filter(number__in=wanted)}
    )
    comments = {}
    if not sealed:
        comments = Comment.objects.in_bulk(
            [move.data["comment"] for move in moves if "comment" in move.data]
        )
    found = []
    for move in moves:
        row = claim_history.read(move)
        diff = None
        if move.action == "propose":
            before, after = (versions.get(move.data["version"] - step) for step in (1, 0))
            if before and after:
                diff = differences(before.content, after.content)
        found.append(
            Told(
                claim_history.without_words(row) if sealed else row,
                comment=comments.get(move.data.get("comment", 0)),
                diff=diff,
            )
        )
    return found
