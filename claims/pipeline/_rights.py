"""What every stage that lets people change a claim asks first, and what it leaves behind."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Contribution, State
from claims.workflow import IllegalMove

# While these hold, what would be published may be changed; in review and after it may not.
EDITABLE = (
    State.FOUND,
    State.QUEUED,
    State.RESEARCHING,
    State.WAITING,
    State.CORRECTING,
)


def need(actor: User, permission: str) -> None:
    if not permissions.may(actor, permission):
        raise PermissionDenied(
            _("Your role does not include this. Ask an administrator for the right to do it.")
        )


def need_editable(claim: Claim) -> None:
    if claim.state not in EDITABLE:
        raise IllegalMove(
            _(
                "This claim is “%(state)s”, so its verdict cannot be changed now. Load the page again: it "
                "says what can be done."
            )
            % {"state": claim.get_state_display()}
        )


def contributed(claim: Claim, actor: User) -> None:
    Contribution.objects.get_or_create(
        claim=claim, user=actor, language="", publications=claim.publications.originals().count()
    )


def contributed_too(those_of: Claim, to: Claim) -> None:
    """Words of one claim have become another's: whoever had a hand in them has one in that, too."""
    theirs = those_of.contributions.filter(
        language="", publications=those_of.publications.originals().count()
    )
    for contribution in theirs.select_related("user"):
        contributed(to, contribution.user)
