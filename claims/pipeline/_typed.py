"""What has been saved need not be kept apart any longer: every stage that saves a person's words ends
with this, in the same transaction."""

from __future__ import annotations

from django.contrib.auth.models import User

from claims.models import Claim, Presence, WorkingCopy

VERDICT, CLAIM, EVIDENCE, SEND_BACK = "verdict", "claim", "evidence", "send_back"
TRANSLATION = "translation"
# The standards that a reviewer has ticked: kept in the same way, and no words of anybody's.
TICKS = "review"


def saved(claim: Claim, actor: User, form: str) -> None:
    """`actor` saved `form` of the claim: their working copy of it goes, and whoever saved the verdict
    is not writing it until they type again."""
    WorkingCopy.objects.filter(claim=claim, person=actor, form=form).delete()
    if form == VERDICT:
        Presence.objects.filter(claim=claim, person=actor, writing_since__isnull=False).update(
            writing_since=None
        )


def of_piece(piece_id: int) -> str:
    """The name of the form in which a piece of evidence is changed."""
    return f"{EVIDENCE}-{piece_id}"


def of_language(language: str) -> str:
    """The name of the form in which the verdict is put into a language."""
    return f"{TRANSLATION}-{language}"
