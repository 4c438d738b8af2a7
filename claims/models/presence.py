"""Who has which claim open, and what they have typed but not yet saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from claims.models.claims import Claim


class Presence(models.Model):
    """One person before one claim's page. `writing_since`: they hold the draft, until they leave or
    somebody takes it over."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="present")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)
    writing_since = models.DateTimeField(null=True, blank=True)
    # Set when somebody else took the draft over from them: who it was.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "person"], name="presence_once"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=models.Q(writing_since__isnull=False),
                name="presence_one_writer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.claim_id}"


class WorkingCopy(models.Model):
    """What one person has typed into one form of one claim and not saved. Kept for them alone; gone
    when they save or drop it. `base` is the revision they began from."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    form = models.CharField(max_length=24)
    fields = models.JSONField(default=dict)
    base = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "person", "form"], name="working_copy_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.form} {self.claim_id}"
