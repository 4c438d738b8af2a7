"""Times set for publishing, as far as every stage needs them: whatever takes a claim out of its
approval calls off what was to go out by itself."""

from __future__ import annotations

from django.utils import timezone

from claims.models import Claim, ScheduledPublication


def call_off_pending(claim: Claim, *, why: str, language: str | None) -> None:
    """Calls off what is pending for the claim, which the caller has locked, in `language`; in all of
    them where it is None. The caller's own move is what the history tells; this writes none."""
    rows = ScheduledPublication.objects.pending().filter(claim=claim)
    if language is not None:
        rows = rows.into(language)
    ended = {"state": ScheduledPublication.State.CANCELLED, "ended_at": timezone.now()}
    rows.update(**ended, why=why[:500])
