"""Times set for publishing, as far as every stage needs them: whatever takes a claim out of its
approval calls off what was to go out by itself."""

from __future__ import annotations

from django.utils import timezone

from claims.models import Claim, ScheduledPublication


def call_off_pending(claim: Claim, *, why: str) -> bool:
    """Calls off what is pending for the claim, which the caller has locked. The caller's own move is
    what the history tells; this writes none."""
    return bool(
        ScheduledPublication.objects.filter(
            claim=claim, state=ScheduledPublication.State.PENDING
        ).update(state=ScheduledPublication.State.CANCELLED, ended_at=timezone.now(), why=why[:500])
    )
