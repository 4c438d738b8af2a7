"""Other eyes decide on a proposed verdict: approve it, send it back, and take an approval back."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import BlindRating, Claim, Review, State, VerdictVersion
from claims.models.content import is_as_proposed
from claims.pipeline import _typed
from claims.pipeline._deciding import decided, labels, need_newest, need_ticked
from claims.pipeline._rights import need
from claims.pipeline._schedules import call_off_pending
from claims.pipeline.review import ticks
from claims.workflow import IllegalMove, advance, has_contributed, in_words, locked

# What an approval vouches for, each one a column of Review.
STANDARDS = ("attributed", "primary", "both_sides", "independent", "dates_right")
# What else can have to change; "evidence" and "evidence N", by the number it is cited by.
PASSAGES = ("rating", "statement", "summary", "explanation", "evidence")


def under_review(claim: Claim) -> VerdictVersion:
    """The version that the reviewer decides on: the newest."""
    version = claim.versions.originals().order_by("-number").first()
    if version is None:
        raise IllegalMove(_("Nothing has been proposed for this claim yet."))
    return version


def standards() -> dict[str, str]:
    """Each of `STANDARDS` with its words."""
    return labels(STANDARDS)


@transaction.atomic
def approve(
    *, claim: Claim, actor: User, version: int, vouches: Collection[str], note: str = ""
) -> Review:
    """Approves version number `version`; the quorum's last approval moves the claim on.

    `vouches`: the standards, of `STANDARDS`, that the reviewer has looked at one by one and found
    kept. All of them, or the approval is refused.
    """
    proposed = for_review(claim, actor, version)
    _need_blind_rating(proposed, actor)
    if proposed.blind and BlindRating.objects.disagreeing(proposed).exists():
        raise IllegalMove(
            _(
                "A reviewer who had not seen the proposal rated this claim otherwise, so it cannot "
                "be approved as it is. Send it back; the author sees both ratings."
            )
        )
    need_ticked(STANDARDS, vouches)
    if not is_as_proposed(proposed):
        raise IllegalMove(
            _(
                "The claim, its positions or its evidence changed after it was proposed, so what "
                "stands here is not what would be published. Send it back to be proposed again."
            )
        )
    given = dict.fromkeys(STANDARDS, True)
    review = decided(proposed, actor, Review.Decision.APPROVE, note, **given)
    approvals = proposed.reviews.filter(decision=Review.Decision.APPROVE).count()
    advance(
        claim,
        "approve" if approvals >= proposed.quorum else "second",
        actor=actor,
        reason=note,
        data={"version": proposed.number, "approvals": approvals, "quorum": proposed.quorum},
    )
    ticks.drop(claim=claim, person=actor)
    return review


@transaction.atomic
def send_back(
    *,
    claim: Claim,
    actor: User,
    version: int,
    reason: str,
    points: Collection[str] = (),
    passages: Collection[str] = (),
) -> Review:
    """Sends version number `version` back to its author with a reason.

    `points`: which of `STANDARDS` is not kept; `passages`: which of `PASSAGES`, or "evidence N", has
    to change. Both may be empty; whatever else is named is refused.
    """
    if not in_words(reason):
        raise IllegalMove(_("Say why it goes back: the author needs to know what to change."))
    proposed = for_review(claim, actor, version)
    _need_blind_rating(proposed, actor)
    pieces = {f"evidence {piece['number']}" for piece in proposed.content["evidence"]}
    if not set(points) <= set(STANDARDS) or not set(passages) <= {*PASSAGES, *pieces}:
        raise IllegalMove(_("This version has no such part. Look at it again, and choose anew."))
    _typed.saved(claim, actor, _typed.SEND_BACK)
    review = decided(
        proposed,
        actor,
        Review.Decision.SEND_BACK,
        reason,
        passages=sorted(set(passages)),
        **dict.fromkeys(points, False),
    )
    named = [name for name in STANDARDS if name in points] + review.passages
    advance(
        claim,
        "send_back",
        actor=actor,
        reason=reason,
        to=_back_to(claim),
        data={"version": proposed.number, **({"change": named} if named else {})},
    )
    ticks.drop(claim=claim, person=actor)
    return review


@transaction.atomic
def reopen(*, claim: Claim, actor: User, reason: str) -> None:
    """approved → back to work; its approvals are void with the next version, and a time set for its
    publication is called off."""
    now = locked(claim.pk)
    call_off_pending(now, why=_("The claim was taken back to research."), language=now.language)
    advance(
        claim,
        "reopen",
        actor=actor,
        reason=reason,
        to=_back_to(claim),
    )


def for_review(claim: Claim, actor: User, version: int) -> VerdictVersion:
    """The version in review, if it is number `version` and this person may decide on it now.

    What is decided on is a version, so that is what must not have changed meanwhile: another
    approval or a remark on the claim is no reason to refuse. Where the claim has left review, its
    number of moves stays as the caller saw it, and the move is refused with its new state.
    """
    need(actor, permissions.REVIEW)
    now = locked(claim.pk)
    proposed = under_review(claim)
    need_newest(proposed, version)
    if proposed.author_id == actor.pk or has_contributed(actor, claim):
        raise PermissionDenied(
            _("You had a hand in this verdict, so somebody else has to review it.")
        )
    if proposed.reviews.filter(reviewer=actor).exists():
        raise IllegalMove(_("You have already decided on this version."))
    if now.state == State.IN_REVIEW:
        claim.moves = now.moves
    return proposed


def _need_blind_rating(proposed: VerdictVersion, actor: User) -> None:
    if proposed.blind and not proposed.blind_ratings.filter(reviewer=actor).exists():
        raise IllegalMove(
            _("Rate the claim yourself first. The proposal is opened to you after that.")
        )


def _back_to(claim: Claim) -> State:
    """Where work goes on: what is public already is being corrected, anything else researched."""
    return State.CORRECTING if claim.publications.exists() else State.RESEARCHING
