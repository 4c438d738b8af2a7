"""The words that sources are asked with: made from the claim, or an editor's own."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Lookup, State
from claims.pipeline.lookup.asking import DEADLINE, NOT_YET, may_be_asked, usable
from claims.pipeline.lookup.questions import question
from claims.sources.base import Source
from claims.workflow import IllegalMove

LONGEST = 500


@transaction.atomic
def set_words(*, claim: Claim, actor: User, source: str, words: str) -> bool:
    """Keeps an editor's words for one source and asks it with them; "" has them made again.

    Gives whether the source is asked now: for a found claim, outside sources wait until somebody
    accepts it. Raises ValidationError for too many words, IllegalMove where the source cannot be
    asked for this claim, or not in words.
    """
    if not permissions.may(actor, permissions.RESEARCH):
        raise PermissionDenied(_("Asking sources is for editors."))
    known = usable().get(source)
    if known is None or not known.takes_words:
        raise IllegalMove(_("No usable source “%s” is asked in words.") % source)
    words = " ".join(words.split())
    if len(words) > LONGEST:
        raise ValidationError(
            _("These are %(length)d characters; at most %(limit)d are asked.")
            % {"length": len(words), "limit": LONGEST}
        )
    at_once = may_be_asked(known, claim)
    if not at_once and (claim.state != State.FOUND or not may_be_accepted(known, claim)):
        raise IllegalMove(
            _(
                "This source is not asked for this claim: nobody wants the claim, its article is "
                "confidential, or the source does not serve its language."
            )
        )
    now = timezone.now()
    fields = {
        "terms": words if words and words != known.asks(question(claim, "")) else None,
        "state": Lookup.State.WAITING,
        "attempts": 0,
        "next_at": now if at_once else NOT_YET,
        "reason": "",
        "requested_at": now,
        "requested_by": actor,
        "deadline_at": now + DEADLINE if at_once else None,
        # Whoever asks with the old words at this moment writes nothing any more.
        "started_at": None,
        "finished_at": None,
    }
    Lookup.objects.update_or_create(claim=claim, source=source, defaults=fields)
    return at_once


def may_be_accepted(source: Source, claim: Claim) -> bool:
    """Whether the source will be asked once an editor wants the claim."""
    return claim.language in source.languages and not (
        source.sends_text_to_third_party and claim.confidential
    )
