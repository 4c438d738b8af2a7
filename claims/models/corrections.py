"""What people changed about the splitter's work, kept as labelled examples."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article


class Correction(models.Model):
    """One decision or correction by a person. Append-only (trigger).

    `before` and `after` are {"claims": […]} in the fields of `manage.py split --json`, each with
    the number of its claim's row as "claim" and of its position as "id"; `after` carries the
    "reason" where one was given. `splitter` is the version of the rules that last split the
    article, "" where that is not known.
    """

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        UNACCEPT = "unaccept", _("acceptance taken back")
        DISMISS = "dismiss", _("dismissed")
        RESTORE = "restore", _("brought back")
        MERGE = "merge", _("merged")
        UNMERGE = "unmerge", _("merge undone")
        SPLIT = "split", _("split in two")
        RESPAN = "respan", _("words marked anew")
        ADD = "add", _("added")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    splitter = models.CharField(max_length=16, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("correction of the splitter")
        verbose_name_plural = _("corrections of the splitter")
        ordering = ["pk"]
        indexes = [models.Index(fields=["at"], name="correction_at")]
        constraints = [
            models.CheckConstraint(
                name="correction_kind_known",
                condition=models.Q(
                    kind__in=[
                        "accept", "unaccept", "dismiss", "restore", "merge", "unmerge", "split",
                        "respan", "add",
                    ]
                ),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
