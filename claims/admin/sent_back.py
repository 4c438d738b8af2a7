"""What a reviewer sent back, for its author: why, which standards and parts, and both ratings."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Subquery
from django.template.defaultfilters import capfirst
from django.utils.translation import gettext as _

from claims.models import BlindRating, Claim, Review, State
from claims.pipeline import review as reviewing
from claims.templatetags.desk import digits


@dataclass(frozen=True)
class Part:
    """One thing that has to change, and where on the claim page it is."""

    words: str
    anchor: str


@dataclass(frozen=True)
class SentBack:
    """`points` and `parts`: what has to change. `otherwise`: blind ratings that say something else
    than what was proposed."""

    review: Review
    points: list[str]
    parts: list[Part]
    otherwise: list[BlindRating]


def newest(claim: Claim) -> SentBack | None:
    """The reviewer's answer that the author now works on, if the newest version was sent back."""
    if claim.state not in (State.RESEARCHING, State.CORRECTING):
        return None
    newest = claim.versions.originals().order_by("-number").values("pk")[:1]
    found = (
        Review.objects.filter(version=Subquery(newest), decision=Review.Decision.SEND_BACK)
        .select_related("reviewer", "version__rating", "version__author")
        .first()
    )
    if found is None:
        return None
    words = reviewing.standards()
    return SentBack(
        review=found,
        points=[
            capfirst(words[name]) for name in reviewing.STANDARDS if getattr(found, name) is False
        ],
        parts=parts(found.passages),
        otherwise=list(
            BlindRating.objects.disagreeing(found.version).select_related("reviewer", "rating")
        )
        if found.version.blind
        else [],
    )


def parts(names: list[str]) -> list[Part]:
    """Parts of a version by the names that `review.PASSAGES` and "evidence N" give them, in the
    order of the page."""
    words = {
        "rating": (_("the rating"), "verdict"),
        "statement": (_("the statement"), "main"),
        "summary": (_("the summary"), "verdict"),
        "explanation": (_("the explanation"), "verdict"),
        "evidence": (_("evidence is missing"), "evidence"),
    }
    pieces = sorted(
        int(number)
        for kind, _space, number in (name.partition(" ") for name in names)
        if kind == "evidence" and number.isdigit()
    )
    return [Part(*words[name]) for name in reviewing.PASSAGES if name in names] + [
        Part(digits(_("evidence %(n)s") % {"n": number}), f"e{number}") for number in pieces
    ]
