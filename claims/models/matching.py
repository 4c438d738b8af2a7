"""The same thing seen before: pairs the machine suggests, and what people made of them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article
from claims.models.claims import Claim, State
from claims.models.log import Publication
from claims.models.lookups import ImportedCheck
from claims.models.plans import literally


class MatchingQuerySet(models.QuerySet["Matching"]):
    def due(self, at: datetime | None = None) -> MatchingQuerySet:
        """Claims to be compared now, and those whose worker did not come back in time."""
        at = at or timezone.now()
        return self.filter(
            state__in=literally([Matching.State.WAITING, Matching.State.RUNNING]), next_at__lte=at
        )


class Matching(models.Model):
    """The to-do note of comparing one claim with all earlier ones; `next_at` is also the lease.

    `statement_sha256` is of the statement that was compared: another statement is compared anew.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being compared")
        DONE = "done", _("compared")
        GAVE_UP = "gave_up", _("gave up")

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="matching")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    statement_sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MatchingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_at"],
                name="matching_due",
                condition=Q(state__in=["waiting", "running"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.get_state_display()}"


class MatchQuerySet(models.QuerySet["Match"]):
    def suggested(self) -> MatchQuerySet:
        return self.filter(state=Match.State.SUGGESTED)

    def seen_again(self) -> MatchQuerySet:
        """Suggested repetitions of claims whose verdict is public, in claims still to be decided
        on."""
        return (
            self.suggested()
            .alias(head=Coalesce("earlier__membership__head_id", "earlier_id"))
            .filter(
                # Asked of each: in a list of all, a database would read every publication.
                Exists(Publication.objects.standing().filter(claim=OuterRef("head"))),
                relation=Match.Relation.SAME,
                claim__state__in=[State.FOUND, State.QUEUED, State.RESEARCHING],
            )
        )


class Match(models.Model):
    """A claim, and an earlier claim or somebody else's published check of the same matter.

    `score` is the probability, 0…1, that both are about the same matter; `reasons` are what agrees
    and what conflicts, as the guard against contradictions found it. Once a person has decided,
    `relation`, `score` and `reasons` stay as they were then (trigger).
    """

    class Relation(models.TextChoices):
        SAME = "same", _("the same claim")
        CONTRADICTS = "contradicts", _("contradicts it")
        RELATED = "related", _("related")

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("suggested")
        CONFIRMED = "confirmed", _("confirmed")
        REJECTED = "rejected", _("rejected")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="matches")
    earlier = models.ForeignKey(
        Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="later_matches"
    )
    check_found = models.ForeignKey(
        ImportedCheck, on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )
    relation = models.CharField(_("relation"), max_length=11, choices=Relation.choices)
    score = models.FloatField(_("score"))
    reasons = models.JSONField(_("why"), default=list)
    method = models.CharField(max_length=40)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.SUGGESTED
    )
    suggested_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["-score", "pk"]
        indexes = [
            models.Index(
                fields=["-suggested_at"], name="match_newest", condition=Q(state="suggested")
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="match_with_one_thing",
                condition=Q(earlier__isnull=False, check_found__isnull=True)
                | Q(earlier__isnull=True, check_found__isnull=False),
            ),
            # One order for a pair, so that it can neither be offered twice nor be rejected by half.
            models.CheckConstraint(
                name="match_newer_to_older",
                condition=Q(earlier__isnull=True) | Q(earlier__lt=F("claim")),
            ),
            models.UniqueConstraint(fields=["claim", "earlier"], name="match_once_per_pair"),
            models.UniqueConstraint(fields=["claim", "check_found"], name="match_once_per_check"),
            models.CheckConstraint(
                name="match_score_0_to_1", condition=Q(score__gte=0, score__lte=1)
            ),
            models.CheckConstraint(
                name="match_decided_by_somebody",
                condition=Q(state="suggested", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    state__in=["confirmed", "rejected"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.relation} {self.earlier_id or self.check_found_id}"


class ClusterMember(models.Model):
    """A claim that a person found to be the same as an older one, its head. No chains: a head is
    no member, and a member no head (triggers). Its positions stay its own and are read with the
    head's."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="membership")
    head = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="members")
    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="membership")
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("member of a cluster")
        verbose_name_plural = _("members of clusters")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.CheckConstraint(name="member_of_an_older", condition=Q(head__lt=F("claim")))
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.head_id}"


class FurtherAppearanceQuerySet(models.QuerySet["FurtherAppearance"]):
    def shown(self) -> FurtherAppearanceQuerySet:
        """What stands with a verdict now, for all to see."""
        return self.filter(withdrawn_at__isnull=True, article__confidential=False)

    def of_verdict(self, number: int) -> FurtherAppearanceQuerySet:
        """What is shown with the verdict of this public number."""
        return self.shown().filter(claim__publications__verdict_number=number)


class FurtherAppearance(models.Model):
    """Another article that repeats a claim with a published verdict, listed on the verdict's page
    by somebody who may publish; `withdrawn_*` takes it off again, the row stays."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="further_appearances")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    match = models.OneToOneField(Match, on_delete=models.PROTECT, related_name="listing")
    listed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    listed_at = models.DateTimeField(default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FurtherAppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("further appearance")
        verbose_name_plural = _("further appearances")
        ordering = ["-listed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "article"], name="further_appearance_once"),
            models.CheckConstraint(
                name="further_appearance_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.article}"
