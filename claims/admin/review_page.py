"""Deciding on a proposed verdict: what changed, what it rests on, approve or send back.

Where the desk asks for a blind rating, whoever has yet to give theirs gets another page, made without
a word of the proposal (`_sealed`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import capfirst
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin import copies, discussion, match_panel
from claims.admin.citations import cited, paragraphs
from claims.admin.claim_page import find_claim, person, stands
from claims.admin.precedents import precedents
from claims.admin.refusals import Refusal
from claims.admin.review_standards import nowhere_for_readers, standards
from claims.admin.site import page
from claims.admin.version_diff import differences
from claims.admin.working_copies import Unsaved
from claims.models import (
    BlindRating,
    Claim,
    Position,
    Publication,
    Rating,
    Review,
    State,
    VerdictVersion,
    WorkingCopy,
)
from claims.pipeline import review, together
from claims.templatetags.desk import digits

# A verdict goes back and forth a few times; nobody compares with what is older.
MOST = 30


@dataclass(frozen=True)
class Typed:
    """What came with a decision that was refused, so that nothing of it is lost."""

    reason: str = ""
    vouches: Collection[str] | None = None
    points: Collection[str] = ()
    passages: Collection[str] = ()
    rating: str = ""
    seen: int = 0


@dataclass(frozen=True)
class Say:
    """The line beside the approve button: what is still missing, and what the press will do."""

    missing: list[str]
    done: int
    total: int
    quorum: review.Quorum
    conflicts: bool


@require_safe
def review_page(request: HttpRequest, claim_id: int) -> HttpResponse:
    return render_review(request, find_claim(request, claim_id))


def render_review(
    request: HttpRequest,
    claim: Claim,
    *,
    refusal: Refusal | None = None,
    typed: Typed | None = None,
) -> HttpResponse:
    """The page as it is for this person now, with what was refused in its place."""
    typed = typed or Typed()
    versions = list(
        claim.versions.originals().select_related("author", "rating").order_by("-number")[:MOST]
    )
    version = versions[0] if versions else None
    found = stands(claim)
    template, context = "desk/review.html", {}
    blind = _blind_ratings(version)
    if version is not None and _is_sealed(request, claim, version, blind):
        template, context = "desk/review_blind.html", _sealed(claim, version)
    elif version is not None:
        seen = typed.seen if refusal and refusal.lost_race else 0
        context = {
            "version": version,
            "blind": blind,
            **_opened(request, claim, versions, blind, typed, seen),
        }
    response = page(
        request,
        template,
        section="review",
        title=_("Review: %(claim)s") % {"claim": claim.statement},
        claim=claim,
        refusal=refusal,
        typed=typed,
        stands=found,
        contested=len({one.position.stance == Position.Stance.ASSERTS for one in found}) == 2,
        late=claim.due_at is not None and claim.due_at < timezone.now(),
        **context,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _blind_ratings(version: VerdictVersion | None) -> list[BlindRating]:
    if version is None or not version.blind:
        return []
    return list(version.blind_ratings.select_related("reviewer", "rating"))


def _is_sealed(
    request: HttpRequest, claim: Claim, version: VerdictVersion, blind: list[BlindRating]
) -> bool:
    if not version.blind or any(one.reviewer_id == request.user.pk for one in blind):
        return False
    return permissions.is_sealed(request.user, claim)


def _sealed(claim: Claim, version: VerdictVersion) -> dict[str, Any]:
    """What may be seen before one's own rating: the evidence, and who proposed something when."""
    pieces = version.content["evidence"]
    return {
        "proposal": {
            "number": version.number,
            "author": version.author,
            "at": version.created_at,
            "need": version.quorum,
        },
        "pieces": _with_copies(claim, pieces),
        "groups": len({piece["group"] for piece in pieces}),
        "ratings": Rating.objects.in_use(),
    }


def _opened(
    request: HttpRequest,
    claim: Claim,
    versions: list[VerdictVersion],
    blind: list[BlindRating],
    typed: Typed,
    seen: int,
) -> dict[str, Any]:
    """`versions`: the newest first. `seen`: the number of the one that the reviewer was reading when
    it was replaced."""
    version, *older = versions
    content = version.content
    base, public = _base(claim, version, older, seen)
    said = list(
        Review.objects.filter(version__in=[one for one in (version, base) if one])
        .select_related("reviewer")
        .order_by("pk")
    )
    reviews = [one for one in said if one.version_id == version.pk]
    diff = differences(base.content, content) if base else None
    quorum = review.quorum(version, reviews)
    points = standards(claim, content)
    ticked, typed_before = _kept(claim, person(request), version)
    kept_reason = str(typed_before.fields.get("reason", "")) if typed_before else ""
    if typed.vouches is not None and typed.seen == version.number:
        ticked = frozenset(typed.vouches)
    conflicts = [one for one in blind if one.rating_id != version.rating_id]
    own_blind = next((one for one in blind if one.reviewer_id == request.user.pk), None)
    named = cited(content["explanation"])
    return {
        "content": content,
        "discussion": discussion.panel(claim, request.user, version, sealed=False),
        "version_shown": version,
        "base": base,
        "base_is_public": public,
        "base_is_what_they_read": bool(base and base.number == seen),
        "diff": diff,
        "new_evidence": diff.new_evidence if diff else set(),
        "paragraphs": paragraphs(
            version.explanation, {piece["number"] for piece in content["evidence"]}
        ),
        "pieces": _with_copies(claim, content["evidence"]),
        "cited": named,
        "nowhere": nowhere_for_readers(content),
        "groups": len({piece["group"] for piece in content["evidence"]}),
        "standards": points,
        "ticked": ticked,
        "say": say(points, ticked, quorum, conflicts),
        "reviews": reviews,
        "quorum": quorum,
        "may_decide": claim.state == State.IN_REVIEW and quorum.open_to(request.user),
        "mine": next((one for one in reviews if one.reviewer_id == request.user.pk), None),
        "contributed": request.user in quorum.contributed or version.author_id == request.user.pk,
        "may_review": permissions.may(request.user, permissions.REVIEW),
        "conflicts": conflicts,
        "back": Typed(
            reason=typed.reason or kept_reason or (own_blind.reason if own_blind else ""),
            points=typed.points,
            passages=typed.passages or (["rating"] if conflicts else []),
        ),
        "passages": passages(content),
        "unsaved": unsaved(typed_before, refused=bool(typed.reason)),
        "precedents": precedents(claim, match_panel.near(claim)),
        "sent_back": next(
            (
                one
                for one in said
                if base and one.version_id == base.pk and one.decision == Review.Decision.SEND_BACK
            ),
            None,
        ),
    }


def say(
    points: Sequence[Any], ticked: Collection[str], quorum: review.Quorum, conflicts: Sequence[Any]
) -> Say:
    missing = [point.text for point in points if point.name not in ticked]
    return Say(missing, len(points) - len(missing), len(points), quorum, bool(conflicts))


def _kept(
    claim: Claim, user: User, version: VerdictVersion
) -> tuple[frozenset[str], WorkingCopy | None]:
    """What this person has ticked for this version, and the reason that they typed and did not send."""
    copies = {one.form: one for one in WorkingCopy.objects.filter(claim=claim, person=user)}
    ticks = copies.get(review.TICKS)
    return review.ticked(ticks, version.number), copies.get(together.SEND_BACK)


def unsaved(copy: WorkingCopy | None, *, refused: bool) -> Unsaved:
    """The reason that was typed and not sent, for `{% keeps %}`."""
    if copy is None:
        return Unsaved()
    shown = {} if refused else {copy.form: copy}
    return Unsaved(shown=shown, windows={copy.form: copy.window})


def passages(content: dict[str, Any]) -> list[tuple[str, str]]:
    """The parts of a version that can be named as having to change, each with its words."""
    words = {
        "rating": _("the rating"),
        "statement": _("the statement"),
        "summary": _("the summary"),
        "explanation": _("the explanation"),
        "evidence": _("evidence is missing"),
    }
    return [(name, capfirst(words[name])) for name in review.PASSAGES] + [
        (f"evidence {piece['number']}", digits(_("Evidence %(n)s") % {"n": piece["number"]}))
        for piece in content["evidence"]
    ]


def _with_copies(claim: Claim, pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Frozen pieces, each with `live`: the row it was made of, which knows the kept copy."""
    live = {one.url: one for one in copies.attached(copies.with_copies(claim.evidence.all()))}
    return [{**piece, "live": live.get(piece["url"])} for piece in pieces]


def _base(
    claim: Claim, version: VerdictVersion, older: list[VerdictVersion], seen: int
) -> tuple[VerdictVersion | None, bool]:
    """What the version is compared with, and whether that is what the public reads now: readers
    will meet the difference to the public version, not the one to a draft they never saw. Whoever
    was reading another one meanwhile meets the difference to that."""
    if 0 < seen < version.number:
        return next((one for one in older if one.number == seen), None), False
    public = (
        Publication.objects.standing()
        .filter(claim=claim, language=version.language)
        .exclude(version=version)
        .select_related("version")
        .first()
    )
    if public is not None:
        return public.version, True
    return next(iter(older), None), False
