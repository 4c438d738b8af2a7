"""Proposing a verdict, and other eyes deciding on it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Draft, Policy, Position, Profile, Review, State, VerdictVersion
from claims.models.content import digest_of, is_as_proposed, would_publish
from claims.pipeline._rights import need
from claims.workflow import (
    IllegalMove,
    StaleState,
    advance,
    has_contributed,
    in_words,
    locked,
)

# What an approval vouches for, each one a column of Review.
STANDARDS = ("attributed", "primary", "both_sides", "independent", "dates_right")


@dataclass(frozen=True)
class Requirement:
    """One thing that a verdict needs before it can go to review."""

    met: bool
    text: str


def requirements(claim: Claim) -> list[Requirement]:
    """What the verdict needs before it can go to review, met or not, in the order of the page."""
    draft = Draft.objects.filter(claim=claim).first()
    evidence = list(claim.evidence.all())
    groups = {piece.independence_group for piece in evidence}
    minimum = Policy.current().evidence_minimum
    return [
        Requirement(bool(draft and draft.rating_id), _("a rating")),
        Requirement(bool(draft and draft.summary), _("a summary")),
        Requirement(bool(draft and draft.explanation), _("an explanation")),
        Requirement(Position.objects.of(claim).exists(), _("the claim's position")),
        Requirement(
            len(groups) >= minimum,
            _("%(minimum)d independent pieces of evidence (%(have)d so far)")
            % {"minimum": minimum, "have": len(groups)},
        ),
        Requirement(
            any(piece.primary for piece in evidence) or bool(draft and draft.no_primary_reason),
            _("a primary source, or the reason why there is none"),
        ),
    ]


@transaction.atomic
def propose(*, claim: Claim, actor: User, revision: int | None = None) -> VerdictVersion:
    """Freezes the draft into a version by `actor` and sends it to review.

    `revision` is the draft's as the author last saw it: nobody signs what somebody else has
    written a moment ago (StaleState).
    """
    need(actor, permissions.RESEARCH)
    now = locked(claim.pk)
    if missing := [requirement.text for requirement in requirements(now) if not requirement.met]:
        raise IllegalMove(
            _("The verdict still needs: %(missing)s.") % {"missing": _("; ").join(missing)}
        )
    draft = Draft.objects.select_related("rating", "changed_by").get(claim=now)
    assert draft.rating is not None
    if revision is not None and draft.revision != revision:
        raise StaleState(
            _("%(who)s saved this verdict meanwhile. Compare both versions, then save again.")
            % {"who": draft.changed_by and (draft.changed_by.get_full_name() or draft.changed_by)}
        )
    policy = Policy.current()
    content = would_publish(
        now,
        rating=draft.rating,
        summary=draft.summary,
        explanation=draft.explanation,
        no_primary_reason=draft.no_primary_reason,
        byline=Profile.byline_of(actor.pk),
    )
    version = VerdictVersion.objects.create(
        claim=now,
        number=(now.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        language=now.language,
        author=actor,
        rating=draft.rating,
        summary=draft.summary,
        explanation=draft.explanation,
        content=content,
        digest=digest_of(content),
        quorum=policy.quorum,
        blind=policy.blind_rating,
    )
    advance(
        claim,
        "propose",
        actor=actor,
        data={"version": version.number, "digest": version.digest, "rating": draft.rating.slug},
    )
    return version


def under_review(claim: Claim) -> VerdictVersion:
    """The version that the reviewer decides on: the newest."""
    version = claim.versions.order_by("-number").first()
    if version is None:
        raise IllegalMove(_("Nothing has been proposed for this claim yet."))
    return version


def standards() -> dict[str, str]:
    """Each of `STANDARDS` with its words."""
    fields = {field.name: field for field in Review._meta.fields}
    return {name: str(fields[name].verbose_name) for name in STANDARDS}


@transaction.atomic
def approve(
    *, claim: Claim, actor: User, version: int, vouches: Collection[str], note: str = ""
) -> Review:
    """Approves version number `version`; the quorum's last approval moves the claim on.

    `vouches`: the standards, of `STANDARDS`, that the reviewer has looked at one by one and found
    kept. All of them, or the approval is refused.
    """
    proposed = _for_review(claim, actor, version)
    if missing := [label for name, label in standards().items() if name not in vouches]:
        raise IllegalMove(
            _("Not ticked yet: %(standards)s. Tick each standard that you looked at, or send back.")
            % {"standards": _("; ").join(missing)}
        )
    if not is_as_proposed(proposed):
        raise IllegalMove(
            _(
                "The claim, its positions or its evidence changed after it was proposed, so what "
                "stands here is not what would be published. Send it back to be proposed again."
            )
        )
    review = Review.objects.create(
        version=proposed,
        reviewer=actor,
        author_id=proposed.author_id,
        digest=proposed.digest,
        decision=Review.Decision.APPROVE,
        reason=in_words(note),
        **dict.fromkeys(STANDARDS, True),
    )
    approvals = proposed.reviews.filter(decision=Review.Decision.APPROVE).count()
    advance(
        claim,
        "approve" if approvals >= proposed.quorum else "second",
        actor=actor,
        reason=note,
        data={"version": proposed.number, "approvals": approvals, "quorum": proposed.quorum},
    )
    return review


@transaction.atomic
def send_back(*, claim: Claim, actor: User, version: int, reason: str) -> Review:
    """Sends version number `version` back to its author with a reason."""
    if not in_words(reason):
        raise IllegalMove(_("Say why it goes back: the author needs to know what to change."))
    proposed = _for_review(claim, actor, version)
    review = Review.objects.create(
        version=proposed,
        reviewer=actor,
        author_id=proposed.author_id,
        digest=proposed.digest,
        decision=Review.Decision.SEND_BACK,
        reason=in_words(reason),
    )
    advance(
        claim,
        "send_back",
        actor=actor,
        reason=reason,
        to=_back_to(claim),
        data={"version": proposed.number},
    )
    return review


def reopen(*, claim: Claim, actor: User, reason: str) -> None:
    """approved → back to work; its approvals are void with the next version."""
    advance(
        claim,
        "reopen",
        actor=actor,
        reason=reason,
        to=_back_to(claim),
    )


def _back_to(claim: Claim) -> State:
    """Where work goes on: what is public already is being corrected, anything else researched."""
    return State.CORRECTING if claim.publications.exists() else State.RESEARCHING


def _for_review(claim: Claim, actor: User, version: int) -> VerdictVersion:
    need(actor, permissions.REVIEW)
    locked(claim.pk)
    proposed = under_review(claim)
    if proposed.number != version:
        raise StaleState(
            _("Version %(seen)d is no longer the one in review; version %(now)d is. Read it first.")
            % {"seen": version, "now": proposed.number},
            now=str(proposed.number),
        )
    if proposed.author_id == actor.pk or has_contributed(actor, claim):
        raise PermissionDenied(
            _("You had a hand in this verdict, so somebody else has to review it.")
        )
    if proposed.reviews.filter(reviewer=actor).exists():
        raise IllegalMove(_("You have already decided on this version."))
    return proposed
