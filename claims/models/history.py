"""The audit trail: who moved what from where to where, when and why."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import rfc8785
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Transition(models.Model):
    """One move. Append-only (trigger) and hash-chained per subject.

    `hash` is SHA-256 over the RFC 8785 form of every other field, `previous` being the hash of the
    subject's move before ("" for the first). `number` counts from 1 per subject without gaps.
    """

    class Subject(models.TextChoices):
        CLAIM = "claim", _("claim")
        ARTICLE = "article", _("article")
        DESK = "desk", _("desk")

    subject = models.CharField(max_length=8, choices=Subject.choices)
    subject_id = models.PositiveBigIntegerField(default=0)
    number = models.PositiveIntegerField()
    action = models.CharField(_("action"), max_length=24)
    from_state = models.CharField(max_length=12, blank=True)
    to_state = models.CharField(max_length=12, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(_("details"), default=dict)
    at = models.DateTimeField(_("when"), default=timezone.now)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("history")
        ordering = ["subject", "subject_id", "number"]
        indexes = [models.Index(fields=["-at"], name="transition_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id", "number"], name="transition_once_per_number"
            ),
            models.CheckConstraint(
                name="transition_first_has_no_previous",
                condition=Q(number=1, previous="") | (Q(number__gt=1) & ~Q(previous="")),
            ),
            models.CheckConstraint(
                name="transition_desk_is_one_subject",
                condition=~Q(subject="desk") | Q(subject_id=0),
            ),
            models.CheckConstraint(
                name="transition_needs_its_reason",
                condition=~Q(
                    action__in=[
                        "dismiss",
                        "restore",
                        "wait",
                        "resume",
                        "send_back",
                        "reopen",
                        "correct",
                        "drop_correction",
                        "retract",
                    ]
                )
                | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id} #{self.number} {self.action}"


def chain_hash(row: Transition) -> str:
    """SHA-256 over the RFC 8785 form of everything in the row but the hash itself."""
    return hashlib.sha256(chain_form(row)).hexdigest()


def chain_form(row: Transition) -> bytes:
    """What a move's hash is made over."""
    return rfc8785.dumps(
        {
            "subject": str(row.subject),
            "subject_id": row.subject_id,
            "number": row.number,
            "action": row.action,
            "from_state": str(row.from_state),
            "to_state": str(row.to_state),
            "actor": row.actor_id,
            "reason": row.reason,
            "data": row.data,
            "at": _instant(row.at),
            "previous": row.previous,
        }
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
