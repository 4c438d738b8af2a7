"""Other eyes on a translation: whether it says what the original says."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Review, VerdictVersion
from claims.models.content import is_as_proposed
from claims.pipeline._deciding import decided, labels, need_newest, need_ticked
from claims.pipeline._rights import need
from claims.pipeline.translating.reading import Standing, has_contributed, one, original_of
from claims.workflow import IllegalMove, in_words, locked, note

# What an approval of a translation vouches for, each one a column of Review.
POINTS = ("same_meaning", "names_right")


def points() -> dict[str, str]:
    """Each of `POINTS` with its words."""
    return labels(POINTS)


@transaction.atomic
def approve(
    *,
    claim: Claim,
    language: str,
    actor: User,
    version: int,
    vouches: Collection[str],
    remark: str = "",
) -> Review:
    """Approves version number `version`. It may be published once it has its quorum."""
    now, proposed = _for_review(claim, language, actor, version)
    need_ticked(POINTS, vouches)
    if not is_as_proposed(proposed):
        raise IllegalMove(_("This is not what was proposed. Send it back to be proposed again."))
    given = dict.fromkeys(POINTS, True)
    review = decided(proposed, actor, Review.Decision.APPROVE, remark, **given)
    approvals = proposed.reviews.filter(decision=Review.Decision.APPROVE).count()
    note(
        now,
        "approve_translation",
        actor=actor,
        data={
            "version": proposed.number,
            "language": language,
            "approvals": approvals,
            "quorum": proposed.quorum,
        },
    )
    claim.moves = now.moves
    return review


@transaction.atomic
def send_back(*, claim: Claim, language: str, actor: User, version: int, reason: str) -> Review:
    """Sends it back to its translator with a reason, also where it is approved already: until it is
    public, one reviewer who finds a mistake is enough."""
    if not in_words(reason):
        raise IllegalMove(_("Say why it goes back: the translator needs to know what to change."))
    now, proposed = _for_review(claim, language, actor, version)
    review = decided(proposed, actor, Review.Decision.SEND_BACK, reason)
    note(
        now,
        "send_back_translation",
        actor=actor,
        data={"version": proposed.number, "language": language, "name": in_words(reason)},
    )
    claim.moves = now.moves
    return review


def _for_review(
    claim: Claim, language: str, actor: User, version: int
) -> tuple[Claim, VerdictVersion]:
    need(actor, permissions.REVIEW)
    now = locked(claim.pk)
    found = one(now, language)
    if found is None or found.version is None:
        raise IllegalMove(_("Nothing has been proposed in this language yet."))
    proposed = found.version
    need_newest(proposed, version)
    if found.standing not in (Standing.IN_REVIEW, Standing.APPROVED):
        if found.publication is None or found.publication.version_id != proposed.pk:
            raise IllegalMove(_("It was sent back; its translator proposes it again."))
        raise IllegalMove(_("This version is public already."))
    if original_of(now).version_id != proposed.translates_id:
        raise IllegalMove(
            _("The original has been changed since. The translation has to be brought up to date.")
        )
    if proposed.author_id == actor.pk or has_contributed(actor, now, language):
        raise PermissionDenied(
            _("You had a hand in this translation, so somebody else has to review it.")
        )
    if any(review.reviewer_id == actor.pk for review in found.reviews):
        raise IllegalMove(_("You have already decided on this version."))
    return now, proposed
