"""Who was asked, and who complained: the desk's letters in and out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim, Claimant
from claims.models.desk import Language, Outlet
from claims.models.log import Publication


class Contact(models.Model):
    """One request: a reply asked of somebody before the verdict, or a correction asked of an outlet
    after it. Never deleted (trigger); who changed what stands in the claim's chain."""

    class Kind(models.TextChoices):
        REPLY = "reply", _("asked for a reply")
        CORRECTION = "correction", _("asked for a correction")

    class Outcome(models.TextChoices):
        OPEN = "open", _("no answer yet")
        ANSWERED = "answered", _("answered")
        DECLINED = "declined", _("declined to answer")
        UNREACHABLE = "unreachable", _("could not be reached")
        CORRECTED = "corrected", _("corrected")
        REFUSED = "refused", _("refused to correct")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(_("what for"), max_length=10, choices=Kind.choices)
    whom = models.CharField(_("who was asked"), max_length=200)
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    how = models.CharField(
        _("how"), max_length=200, blank=True, help_text=_("By e-mail, by telephone, in person …")
    )
    question = models.TextField(_("what was asked"), blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    until = models.DateTimeField(_("answer wanted by"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome.choices, default=Outcome.OPEN
    )
    answer = models.TextField(_("what they said"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["until"], name="contact_open", condition=Q(outcome="open"))]
        constraints = [
            models.CheckConstraint(name="contact_names_somebody", condition=~Q(whom="")),
            models.CheckConstraint(
                name="contact_answer_is_told",
                condition=~Q(outcome="answered") | ~Q(answer=""),
                violation_error_message=_("Write what they said."),
            ),
        ]

    def __str__(self) -> str:
        return self.whom


class Complaint(models.Model):
    """A reader's report of an error in a publication, tracked to its answer. Never deleted (trigger).

    `sha256` is of the secret by which the reader sees how it stands; "" where the desk entered it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("to be answered")
        UPHELD = "upheld", _("upheld: we correct")
        REJECTED = "rejected", _("not upheld")

    publication = models.ForeignKey(
        Publication, on_delete=models.PROTECT, related_name="complaints"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ARABIC
    )
    text = models.TextField(_("what is wrong"))
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    due_on = models.DateField(_("answer by"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "due_on"], name="complaint_due")]
        constraints = [
            models.CheckConstraint(name="complaint_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="complaint_is_answered_whole",
                condition=Q(state="open", answered_by__isnull=True, answered_at__isnull=True)
                | (
                    ~Q(state="open")
                    & ~Q(answer="")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                ),
                violation_error_message=_("A decision needs its answer to the reader."),
            ),
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(sha256=""), name="complaint_secret_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
