"""One reading through the whole history and the verdict log, to see that nothing was altered."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class AuditQuerySet(models.QuerySet["Audit"]):
    def due(self, at: datetime | None = None) -> AuditQuerySet:
        return self.filter(ended_at=None, next_at__lte=at or timezone.now())


class Audit(models.Model):
    """`total` chains of moves, `done` of them read, in the order (subject, subject_id) up to
    `place`. `broken` is null, or what the first fault was: {"where": "chain" with subject,
    subject_id and number, or "log" with `why`}, or why it could not be read to its end, which says
    nothing of what stands there: {"where": "outage", "why"}. Rows stay: when the history was
    looked at is part of it."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    place = models.JSONField(default=list)
    broken = models.JSONField(null=True, blank=True)
    # When a worker may take it; moved ahead as a lease while one has it.
    next_at = models.DateTimeField(default=timezone.now)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cancelled"], condition=Q(ended_at=None), name="audit_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"audit of {self.started_at:%Y-%m-%d %H:%M}"
