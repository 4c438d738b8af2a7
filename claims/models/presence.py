"""Who has which claim open, and what they have typed but not yet saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.models.claims import Claim


class Presence(models.Model):
    """One person before one claim's page. `writing_since`: they hold the draft, until they save it,
    leave, give no sign any more, or somebody takes it over. It is a sign, not a lock: what is saved
    is guarded by the draft's revision."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="present")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)
    writing_since = models.DateTimeField(null=True, blank=True)
    # Set when somebody else took the draft over from them: who it was, and when.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "person"], name="presence_once"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=models.Q(writing_since__isnull=False),
                name="presence_one_writer",
            ),
            models.CheckConstraint(
                name="presence_taken_is_not_held",
                condition=models.Q(taken_by__isnull=True, taken_at__isnull=True)
                | models.Q(
                    taken_by__isnull=False, taken_at__isnull=False, writing_since__isnull=True
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.claim_id}"


class WorkingCopy(models.Model):
    """What one person has typed into one form of one claim and not saved. Kept for them alone; gone
    when they save or drop it. `base` is the revision they began from; `window` the page it was typed
    in, and `turn` which of that page's sendings this is: they may overtake each other."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=24)
    fields = models.JSONField(default=dict)
    base = models.PositiveIntegerField(default=0)
    window = models.CharField(max_length=36, blank=True)
    turn = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "person", "form"], name="working_copy_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.form} {self.claim_id}"
