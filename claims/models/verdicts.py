"""A rating with its reasons: the draft people write in, frozen versions, and their reviews."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim
from claims.models.desk import Language, Rating


class Draft(models.Model):
    """The verdict being written. `revision` refuses the second of two saves (compare-and-set)."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="draft")
    rating = models.ForeignKey(
        Rating,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rating"),
    )
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    no_primary_reason = models.CharField(
        _("why there is no primary source"), max_length=300, blank=True
    )
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return self.summary


class TranslationDraft(models.Model):
    """A public verdict being put into another language. `of` is the version it translates: where that
    is no longer the public one, the draft says so. Proposed, it becomes a VerdictVersion like any."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="translation_drafts")
    of = models.ForeignKey("VerdictVersion", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    statement = models.TextField(_("statement"), blank=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    no_primary_reason = models.CharField(
        _("why there is no primary source"), max_length=300, blank=True
    )
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [
            models.UniqueConstraint(fields=["claim", "language"], name="translation_draft_once")
        ]

    def __str__(self) -> str:
        return self.summary


class Contribution(models.Model):
    """Who had a hand in what would be published: saved the draft, chose or changed evidence, edited
    the statement or a position. Append-only (trigger). Until the next publication a contributor is
    no reviewer of this claim, whoever presses "propose" in the end (trigger on Review). A hand in a
    translation is one in that language alone."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # "" for the original; a translation's language for a hand in that.
    language = models.CharField(max_length=2, choices=Language.choices, blank=True, default="")
    # How many publications it had at the time (of a claim: those that are no translations):
    # contributions count until the next one.
    publications = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "user", "language", "publications"], name="contribution_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.claim_id}"


class VerdictVersionQuerySet(models.QuerySet["VerdictVersion"]):
    def originals(self) -> VerdictVersionQuerySet:
        """Those that rule on the claim; the others put a public one into another language."""
        return self.filter(translates__isnull=True)

    def into(self, language: str) -> VerdictVersionQuerySet:
        """The translations into a language."""
        return self.filter(translates__isnull=False, language=language)


class VerdictVersion(models.Model):
    """A proposal, frozen (trigger): one author, and everything that would be published.

    `content` is `claims.models.content.would_publish(...)`; `digest` is SHA-256 over its RFC 8785
    form. `quorum` is the desk's quorum when it was proposed.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=Language.choices)
    translates = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="translations"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="authored_versions"
    )
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="+")
    summary = models.CharField(_("summary"), max_length=300)
    explanation = models.TextField(_("explanation"))
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    quorum = models.PositiveSmallIntegerField()
    # Whether the desk asked for a blind second rating when it was proposed.
    blind = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = VerdictVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict version")
        verbose_name_plural = _("verdict versions")
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="version_once_per_number"),
            models.CheckConstraint(
                name="version_is_complete",
                condition=~Q(summary="") & ~Q(explanation="") & ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="version_quorum_1_to_3", condition=Q(quorum__gte=1, quorum__lte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}/{self.number}"


class Review(models.Model):
    """One reviewer's decision on one version. Carries the version's author and digest, so that the
    database itself can refuse a reviewer who is the author (check constraint), one who wrote any
    version since the last published one, and a review of something else (triggers)."""

    class Decision(models.TextChoices):
        APPROVE = "approve", _("approves")
        SEND_BACK = "send_back", _("sends back")

    version = models.ForeignKey(VerdictVersion, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    decision = models.CharField(max_length=9, choices=Decision.choices)
    reason = models.TextField(_("reason"), blank=True)
    # What an approval vouches for, point by point. Null: given before the desk asked for them. Of
    # what was sent back, False: this has to change; null: nothing was said about it.
    attributed = models.BooleanField(_("every claim is attributed"), null=True)
    primary = models.BooleanField(_("a primary source, or a reason why none"), null=True)
    both_sides = models.BooleanField(_("both sides were sought"), null=True)
    independent = models.BooleanField(_("the evidence is independent"), null=True)
    dates_right = models.BooleanField(_("the dates are right"), null=True)
    # Of a translation it vouches for these instead.
    same_meaning = models.BooleanField(
        _("it says what the original says, no more and no less"), null=True
    )
    names_right = models.BooleanField(_("names, numbers and dates are the original's"), null=True)
    # Which parts have to change, of what was sent back: "summary", "evidence 2" …
    passages = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        indexes = [models.Index(fields=["created_at"], name="review_at")]
        constraints = [
            models.CheckConstraint(
                name="review_needs_four_eyes",
                condition=~Q(reviewer=F("author")),
                violation_error_message=_("Nobody reviews what they wrote."),
            ),
            models.UniqueConstraint(
                fields=["version", "reviewer"], name="review_once_per_reviewer"
            ),
            models.CheckConstraint(
                name="review_send_back_says_why",
                condition=~Q(decision="send_back") | ~Q(reason=""),
                violation_error_message=_("Say why it goes back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} {self.decision} {self.version}"


class BlindRatingQuerySet(models.QuerySet["BlindRating"]):
    def disagreeing(self, version: VerdictVersion) -> BlindRatingQuerySet:
        """Those that say something else than the version they were given for."""
        return self.filter(version=version).exclude(rating=version.rating_id)


class BlindRating(models.Model):
    """What a reviewer would have rated before they saw the proposal. Append-only (trigger); carries
    the version's author, so that the database itself can refuse them."""

    version = models.ForeignKey(
        VerdictVersion, on_delete=models.PROTECT, related_name="blind_ratings"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, related_name="+", verbose_name=_("rating")
    )
    reason = models.TextField(_("in one sentence, why"), blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = BlindRatingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "reviewer"], name="blind_rating_once"),
            models.CheckConstraint(
                name="blind_rating_needs_four_eyes", condition=~Q(reviewer=F("author"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} → {self.version_id}"
