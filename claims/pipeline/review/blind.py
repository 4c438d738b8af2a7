"""The blind second rating: what a reviewer would have said before they saw the proposal."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import BlindRating, Claim, Rating, State
from claims.pipeline.review.deciding import for_review
from claims.workflow import IllegalMove, StaleState, in_words, locked, note


@transaction.atomic
def rate_blind(
    *, claim: Claim, actor: User, version: int, rating: str, reason: str = ""
) -> BlindRating:
    """Stores what `actor` rates version number `version` with, by the rating's slug, before they
    have seen it. Once, and for good; from then on the proposal is open to them."""
    proposed = for_review(claim, actor, version)
    now = locked(claim.pk)
    if now.state != State.IN_REVIEW:
        raise StaleState(
            _("Somebody else moved this claim meanwhile. It is now “%(state)s”.")
            % {"state": now.get_state_display()},
            now=now.state,
        )
    if not proposed.blind:
        raise IllegalMove(_("This version is open to you: it asks for no rating of your own."))
    if proposed.blind_ratings.filter(reviewer=actor).exists():
        raise IllegalMove(_("You have rated this version already; a rating stays as it was given."))
    chosen = Rating.objects.in_use().filter(slug=rating).first()
    if chosen is None:
        raise IllegalMove(_("Choose one of the ratings."))
    stored = BlindRating.objects.create(
        version=proposed,
        reviewer=actor,
        author_id=proposed.author_id,
        rating=chosen,
        reason=in_words(reason),
    )
    note(now, "rate_blind", actor=actor, data={"version": proposed.number, "rating": chosen.slug})
    claim.refresh_from_db(fields=["moves", "changed_at"])
    return stored
