"""Who is told of every publication, and what became of telling them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.log import LogEntry


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def told(self) -> WebhookQuerySet:
        """Those that are told of what is published now."""
        return self.filter(active=True)


class Webhook(models.Model):
    """An address of somebody else's that is told of every entry of the verdict log, after the
    Standard Webhooks specification. Its secret is sealed (pipeline/_sealing) and shown once."""

    name = models.CharField(_("for whom"), max_length=120)
    url = models.URLField(_("address"), max_length=2000)
    secret = models.TextField(editable=False)
    active = models.BooleanField(_("is told"), default=True)
    # Why it is told no more, in words; "" while it is.
    ended_why = models.CharField(max_length=500, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["url"], name="webhook_once_per_address"),
            models.CheckConstraint(name="webhook_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="webhook_url_is_http",
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime | None = None) -> DeliveryQuerySet:
        """To be sent now: waiting ones whose time has come, and sent ones whose worker did not come
        back before its lease ran out."""
        return self.filter(
            state=Delivery.State.WAITING, next_at__lte=at or timezone.now(), webhook__active=True
        )


class Delivery(models.Model):
    """One entry of the log for one webhook: the note of what is to be sent, written in the
    transaction that published it. `next_at` is the to-do note and, while it is sent, the lease;
    `attempts` the fence. No entry: a trial that an administrator asked for."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GAVE_UP = "gave_up", _("gave up")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    entry = models.ForeignKey(
        LogEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="deliveries"
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What the address answered last: the HTTP status, and in words where it did not work.
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=Q(state="waiting"))
        ]
        constraints = [
            models.UniqueConstraint(fields=["webhook", "entry"], name="delivery_once_per_entry"),
            models.CheckConstraint(
                name="delivery_gave_up_says_why", condition=~Q(state="gave_up") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="delivery_ends_at_a_time",
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id} ← {self.entry_id}"
