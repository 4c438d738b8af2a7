"""How people keep their queue: the filters they save, and the rules that sort what comes in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim
from claims.models.desk import Language, Outlet


class SavedFilter(models.Model):
    """A view of the queue under a name. `query` is the queue's own query string, without a cursor."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)
    shared = models.BooleanField(_("for the whole desk"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="filter_name_once",
                violation_error_message=_("You have a filter of this name already."),
            ),
            models.CheckConstraint(name="filter_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Rule(models.Model):
    """When a new claim meets every condition that is set, everything that is set is done to it.

    Conditions left empty ask nothing; a rule without any condition, or that does nothing, is no
    rule.
    """

    name = models.CharField(_("name"), max_length=80, unique=True)
    active = models.BooleanField(_("in force"), default=True)
    # When …
    words = models.CharField(
        _("names"),
        max_length=200,
        blank=True,
        help_text=_("Words that stand in the claim, in its title or in who says it."),
    )
    outlet = models.ForeignKey(
        Outlet,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("comes from"),
    )
    language = models.CharField(_("is in"), max_length=2, choices=Language.choices, blank=True)
    seen_again = models.BooleanField(_("repeats what has a verdict"), default=False)
    contested = models.BooleanField(_("is contested"), default=False)
    worth_at_least = models.FloatField(
        _("scores at least"), null=True, blank=True, help_text=_("From 0 to 1.")
    )
    # … then
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assign to"),
    )
    topic = models.CharField(_("set the topic"), max_length=80, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("set the priority"), choices=Claim.Priority.choices, null=True, blank=True
    )
    severity = models.PositiveSmallIntegerField(
        _("set the harm"), choices=Claim.Priority.choices, null=True, blank=True
    )
    notify = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", verbose_name=_("tell")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="rule_worth_0_to_1",
                condition=Q(worth_at_least__isnull=True)
                | Q(worth_at_least__gte=0, worth_at_least__lte=1),
                violation_error_message=_("The score lies between 0 and 1."),
            ),
            models.CheckConstraint(
                name="rule_asks_something",
                condition=~Q(
                    words="",
                    outlet__isnull=True,
                    language="",
                    seen_again=False,
                    contested=False,
                    worth_at_least__isnull=True,
                ),
                violation_error_message=_("Set at least one condition."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RuleApplication(models.Model):
    """That a rule was applied to a claim: once, whatever runs twice."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="applications")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="rules_applied")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "claim"], name="rule_applied_once")]

    def __str__(self) -> str:
        return f"{self.rule_id} → {self.claim_id}"
