"""Taking back what was just done on the article's page: an acceptance or a dismissal.

The page that comes after names the claims in its address (?undo=12.13): nothing is stored, and a
reload offers only what can still be undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.refusals import Refusal, attempt
from claims.models import Article, Claim, State, Transition
from claims.pipeline import review
from claims.templatetags.desk import digits

MOST = 200


def offered(article: Article, asked: str) -> list[Claim]:
    """Those of the claims in `asked` ("12.13") that were accepted or dismissed last of all."""
    ids = {
        int(one)
        for one in asked.split(".")[:MOST]
        if one.isascii() and one.isdigit() and len(one) < 18
    }
    if not ids:
        return []
    claims = Claim.objects.filter(
        article=article, pk__in=ids, state__in=(State.QUEUED, State.DISMISSED), moves__gt=0
    ).order_by("pk")
    newest = {
        row.subject_id: row
        for row in Transition.objects.filter(
            subject=Transition.Subject.CLAIM, subject_id__in=ids
        ).order_by("number")
    }
    return [claim for claim in claims if _is_last(claim, newest.get(claim.pk))]


def undo(request: HttpRequest, claims: Iterable[Claim], actor: User) -> list[Refusal]:
    """Takes each back; one that is refused does not hold the others."""
    refusals, done = [], 0
    for claim in claims:
        if claim.state == State.DISMISSED:
            reason = _("The dismissal was taken back.")
            act = partial(review.restore, claim=claim, actor=actor, reason=reason)
        else:
            act = partial(review.unaccept, claim=claim, actor=actor)
        if refusal := attempt(f"claim-{claim.pk}", act):
            refusals.append(refusal)
        else:
            done += 1
    if done:
        text = ngettext(
            "Undone: %(count)s claim waits for a decision again.",
            "Undone: %(count)s claims wait for a decision again.",
            done,
        )
        messages.success(request, text % {"count": digits(done)})
    elif not refusals:
        messages.warning(request, _("There is nothing to undo: something has happened since."))
    return refusals


def in_address(claims: Iterable[Claim]) -> str:
    return ".".join(str(claim.pk) for claim in claims)


def _is_last(claim: Claim, move: Transition | None) -> bool:
    """Whether the claim's last move is one that can be undone here, and by this door."""
    if move is None or "merged_into" in move.data:
        return False
    return move.action == {State.QUEUED: "accept", State.DISMISSED: "dismiss"}[State(claim.state)]
