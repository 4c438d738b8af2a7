"""What colleagues and outside experts say about a claim while it is being checked."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim
from claims.models.verdicts import VerdictVersion


class ExpertLink(models.Model):
    """A read-only page on one claim for somebody outside, and one comment from them. Only a hash of
    its token is kept: the address is shown once, when it is made."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="expert_links")
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("for whom"), max_length=120)
    note = models.CharField(
        _("what you ask them"), max_length=500, blank=True, help_text=_("They read it.")
    )
    # The summary and the explanation as they are written now, beside the claim and its evidence.
    shares_draft = models.BooleanField(_("with the verdict as it is being written"), default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("ends"))
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="expert_link_has_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="expert_link_ends_after_it_began", condition=Q(expires_at__gt=F("made_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def new_secret() -> str:
        return secrets.token_urlsafe(32)


class Comment(models.Model):
    """A remark on a claim, or on words of it; its text never changes (trigger).

    `field` and `quote` anchor it: which text it is about ("" for the claim as a whole), and the
    words, with the offsets they had (code points, end exclusive) in the text as it was then. An
    answer has a `parent`, which itself has none. Exactly one of `author` and `link` wrote it.
    """

    class Field(models.TextChoices):
        CLAIM = "", _("the claim")
        STATEMENT = "statement", _("the statement")
        SUMMARY = "summary", _("the summary")
        EXPLANATION = "explanation", _("the explanation")
        ARTICLE = "article", _("the article")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="comments")
    version = models.ForeignKey(
        VerdictVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answers"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    link = models.OneToOneField(
        ExpertLink, on_delete=models.PROTECT, null=True, blank=True, related_name="comment"
    )
    field = models.CharField(max_length=12, choices=Field.choices, blank=True)
    quote = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(_("comment"))
    # Colleagues called by @name in the text.
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="comment_has_one_writer",
                condition=Q(author__isnull=False, link__isnull=True)
                | Q(author__isnull=True, link__isnull=False),
            ),
            models.CheckConstraint(
                name="comment_is_anchored_whole",
                condition=Q(start__isnull=True, end__isnull=True, quote="")
                | (Q(end__gt=F("start")) & ~Q(field="") & ~Q(quote="")),
            ),
            models.CheckConstraint(
                name="comment_resolved_by_somebody",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False, parent__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
