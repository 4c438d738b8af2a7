"""Letters that ask a new colleague in: each a link that works once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> InvitationQuerySet:
        """Neither used nor withdrawn; its link may have ended."""
        return self.filter(used_at=None, withdrawn_at=None)

    def due(self, at: datetime | None = None) -> InvitationQuerySet:
        """Whose letter is to be sent."""
        return self.open().filter(next_at__lte=at or timezone.now())


class Invitation(models.Model):
    """An account that somebody was made, and has yet to choose the password of.

    The letter with the link is written by a worker, who also makes the link's secret: only its hash
    is kept, and a letter that is sent again has another one. `next_at`: when a worker may send it,
    moved ahead as a lease while one does; null once it is sent.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitation"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # Null before the first letter, and from the moment that another one is asked for.
    sha256 = models.CharField(max_length=64, unique=True, null=True)
    sent_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True, default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Why the last letter did not go out.
    reason = models.CharField(max_length=300, blank=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_ends_after_it_began", condition=Q(expires_at__gt=F("made_at"))
            ),
            models.CheckConstraint(
                name="invitation_used_or_withdrawn",
                condition=Q(used_at=None) | Q(withdrawn_at=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], name="invitation_due", condition=Q(next_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"

    @staticmethod
    def new_secret() -> str:
        return secrets.token_urlsafe(32)

    @staticmethod
    def digest(secret: str) -> str:
        return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
