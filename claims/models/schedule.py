"""A verdict that is to go out at a time somebody set."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim
from claims.models.verdicts import VerdictVersion


class ScheduledPublicationQuerySet(models.QuerySet["ScheduledPublication"]):
    def pending(self) -> ScheduledPublicationQuerySet:
        return self.filter(state=ScheduledPublication.State.PENDING)

    def due(self, at: datetime | None = None) -> ScheduledPublicationQuerySet:
        """Whose time has come."""
        return self.pending().filter(at__lte=at or timezone.now())

    def originals(self) -> ScheduledPublicationQuerySet:
        return self.filter(version__translates__isnull=True)

    def translations(self) -> ScheduledPublicationQuerySet:
        return self.filter(version__translates__isnull=False)

    def into(self, language: str) -> ScheduledPublicationQuerySet:
        """Of the verdict in this language: the original's is its own."""
        return self.filter(version__language=language)


class ScheduledPublication(models.Model):
    """An approved version, the verdict's own or a translation, that goes out by itself. Whoever set
    the time publishes it: their rights are asked for again when it comes. At most one is pending for
    a version; a new time calls off the one before in the same language."""

    class State(models.TextChoices):
        PENDING = "pending", _("goes out by itself")
        DONE = "done", _("went out")
        CANCELLED = "cancelled", _("called off")
        FAILED = "failed", _("could not go out")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="schedules")
    version = models.ForeignKey(VerdictVersion, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("goes out at"))
    # What publishing asks for at once: the kind of change and its reason for readers.
    data = models.JSONField(default=dict)
    embargo = models.CharField(_("embargo: why, and agreed with whom"), max_length=300, blank=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PENDING)
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)

    objects = ScheduledPublicationQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"], name="schedule_due", condition=Q(state="pending"))]
        constraints = [
            models.UniqueConstraint(
                fields=["version"], condition=Q(state="pending"), name="schedule_one_pending"
            ),
            models.CheckConstraint(
                name="schedule_ends_at_a_time",
                condition=Q(state="pending", ended_at__isnull=True)
                | (~Q(state="pending") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.at:%Y-%m-%d %H:%M}"
