"""What people are told, where, and what they would rather not hear."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim


class Notification(models.Model):
    """One thing one person is told, once: `key` names the event, and a second telling of the same
    event to the same person is refused. The words are made when it is read, in the reader's
    language, from `kind`, `claim`, `actor` and `data`."""

    class Kind(models.TextChoices):
        ASSIGNED = "assigned", _("assigned to me")
        SENT_BACK = "sent_back", _("sent back to me")
        APPROVED = "approved", _("my verdict approved")
        PUBLISHED = "published", _("my verdict published")
        TO_REVIEW = "to_review", _("to be reviewed")
        OVERDUE = "overdue", _("overdue")
        SEEN_AGAIN = "seen_again", _("seen again")
        RECHECK = "recheck", _("date has come")
        COMMENT = "comment", _("a comment for me")
        RULE = "rule", _("a rule told me")
        ANSWER = "answer", _("an answer or a complaint came")
        SECURITY = "security", _("my sign-in was changed")
        SCHEDULED = "scheduled", _("scheduled publication failed or done")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=120)
    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    # When it went out in a digest, or when it was decided that it need not.
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notification_once")]
        indexes = [
            models.Index(
                fields=["person"], name="notification_unread", condition=Q(read_at__isnull=True)
            ),
            models.Index(fields=["at"], name="notification_unmailed", condition=Q(mailed_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.key}"


class NotificationChoice(models.Model):
    """What one person chose for one kind. No row: on the desk and in the digest."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_choices"
    )
    kind = models.CharField(max_length=12, choices=Notification.Kind.choices)
    on_desk = models.BooleanField(_("on the desk"), default=True)
    by_mail = models.BooleanField(_("in the digest"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notification_choice_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
