"""The desk itself: its people's preferences, its rating scale, its policy, the outlets it reads."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from claims.languages.manners import Manner


class Language(models.TextChoices):
    ARABIC = "ar", _("Arabic")
    TURKISH = "tr", _("Turkish")
    ENGLISH = "en", _("English")


class Profile(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile"
    )
    language = models.CharField(
        _("language of the desk"),
        max_length=2,
        choices=Language.choices,
        default=Language.ARABIC,
    )
    byline = models.CharField(
        _("byline"),
        max_length=120,
        blank=True,
        help_text=_("Published instead of the desk's name. Empty: only the desk is named."),
    )

    class Digits(models.TextChoices):
        LATIN = "latn", _("1 2 3")
        ARABIC = "arab", _("١ ٢ ٣")

    class Calendar(models.TextChoices):
        GREGORIAN = "gregorian", _("Gregorian")
        LEVANTINE = "levantine", _("Gregorian, Levantine months")
        HIJRI = "hijri", _("Hijri beside Gregorian")

    class Digest(models.TextChoices):
        NEVER = "never", _("never")
        DAILY = "daily", _("every morning")
        HOURLY = "hourly", _("every hour, when there is something")

    digits = models.CharField(
        _("figures"),
        max_length=4,
        choices=Digits.choices,
        blank=True,
        help_text=_("Empty: as the language has them."),
    )
    calendar = models.CharField(
        _("calendar"), max_length=9, choices=Calendar.choices, default=Calendar.GREGORIAN
    )
    theme = models.CharField(
        _("appearance"),
        max_length=5,
        choices=[("auto", _("as the system")), ("light", _("light")), ("dark", _("dark"))],
        default="auto",
    )
    digest = models.CharField(
        _("news by e-mail"), max_length=6, choices=Digest.choices, default=Digest.DAILY
    )
    # Before this no digest goes out: the lease of who sends it, the pause after one, the wait after
    # a failure.
    digest_at = models.DateTimeField(null=True, blank=True, editable=False)
    digest_failures = models.PositiveSmallIntegerField(default=0, editable=False)
    digest_reason = models.CharField(max_length=300, blank=True, editable=False)
    # When the tour through the desk was taken or waved away.
    toured_at = models.DateTimeField(null=True, blank=True, editable=False)

    # One of the demo desk's people, whose password stood on a screen: no production with them.
    demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    @property
    def manner(self) -> Manner:
        return Manner(digits=self.digits, calendar=self.calendar)

    @classmethod
    def byline_of(cls, user_id: int) -> str:
        """What this person chose to be named by; "" for the desk's name."""
        own = cls.objects.filter(user=user_id).values_list("byline", flat=True).first()
        return own or ""


class Outlet(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    homepage = models.URLField(_("homepage"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ARABIC
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters, as in ISO 3166: SY, TR.")
    )
    ownership = models.CharField(
        _("who owns it"), max_length=500, blank=True, help_text=_("Owner, funding, affiliation.")
    )
    trusted = models.BooleanField(
        _("trusted as evidence"), null=True, blank=True, help_text=_("Unknown until decided.")
    )
    trusted_why = models.CharField(_("why, or why not"), max_length=500, blank=True)
    trusted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    trusted_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="outlet_country_form",
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"),
                violation_error_message=_("A country is two capital letters, such as SY."),
            ),
            models.CheckConstraint(
                name="outlet_trust_is_reasoned",
                condition=Q(trusted__isnull=True)
                | (~Q(trusted_why="") & Q(trusted_by__isnull=False, trusted_at__isnull=False)),
                violation_error_message=_("Say why the outlet is trusted or not."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RatingQuerySet(models.QuerySet["Rating"]):
    def in_use(self) -> RatingQuerySet:
        return self.filter(active=True)


class Rating(models.Model):
    """One step of the desk's scale. Only truth ratings carry a number (best = nearest to true)."""

    class Mark(models.TextChoices):
        TRUE = "true", _("disc with tick")
        MOSTLY = "mostly", _("ring with tick")
        MISLEADING = "misleading", _("half-filled diamond")
        FALSE = "false", _("square with cross")
        UNVERIFIABLE = "unverifiable", _("broken ring with question mark")
        NOT_YET = "not-yet", _("hourglass in a ring")
        SATIRE = "satire", _("mask")

    slug = models.SlugField(_("short name"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    mark = models.CharField(_("mark and colour"), max_length=12, choices=Mark.choices)
    is_truth = models.BooleanField(_("says how true the claim is"))
    value = models.SmallIntegerField(_("value"), null=True, blank=True)
    best = models.SmallIntegerField(_("best value"), null=True, blank=True)
    worst = models.SmallIntegerField(_("worst value"), null=True, blank=True)
    label_ar = models.CharField(_("label in Arabic"), max_length=40)
    label_tr = models.CharField(_("label in Turkish"), max_length=40)
    label_en = models.CharField(_("label in English"), max_length=40)
    description_ar = models.CharField(_("description in Arabic"), max_length=300, blank=True)
    description_tr = models.CharField(_("description in Turkish"), max_length=300, blank=True)
    description_en = models.CharField(_("description in English"), max_length=300, blank=True)
    active = models.BooleanField(_("offered to editors"), default=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("rating scale")
        ordering = ["order", "slug"]
        constraints = [
            models.CheckConstraint(
                name="rating_numbers_all_or_none",
                condition=Q(
                    is_truth=True,
                    value__isnull=False,
                    best__isnull=False,
                    worst__isnull=False,
                )
                | Q(is_truth=False, value__isnull=True, best__isnull=True, worst__isnull=True),
                violation_error_message=_(
                    "A truth rating needs a value, a best and a worst; any other rating has none."
                ),
            ),
            models.CheckConstraint(
                name="rating_value_on_its_scale",
                condition=Q(value__isnull=True)
                | Q(
                    value__gte=F("worst"),
                    value__lte=F("best"),
                    worst__lt=F("best"),
                ),
                violation_error_message=_("The value lies between the worst and the best."),
            ),
        ]

    def __str__(self) -> str:
        return self.label(get_language() or "ar")

    def label(self, language: str) -> str:
        return str(getattr(self, f"label_{language[:2]}", self.label_en))

    def description(self, language: str) -> str:
        return str(getattr(self, f"description_{language[:2]}", self.description_en))


class Policy(models.Model):
    """What the desk asks of a verdict. One row; changed only through a Transition of the desk."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    quorum = models.PositiveSmallIntegerField(
        _("reviewers who must approve"),
        default=1,
        help_text=_("1 to 3. A claim already in review keeps the quorum it was proposed under."),
    )
    evidence_minimum = models.PositiveSmallIntegerField(
        _("independent pieces of evidence"), default=2
    )
    blind_rating = models.BooleanField(
        _("reviewers rate before they see the proposal"),
        default=False,
        help_text=_("A claim already in review keeps what it was proposed under."),
    )
    second_factor = models.BooleanField(_("everybody signs in with a second factor"), default=False)
    answer_days = models.PositiveSmallIntegerField(_("days to answer a complaint"), default=14)
    third_party_budget = models.PositiveIntegerField(
        _("requests to outside sources a day"),
        default=2000,
        help_text=_("When it is spent, outside lookups wait until the next day."),
    )

    # The desk's Transition that made it what it is (trigger); 0 for what the migration put in.
    move = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policy")
        constraints = [
            models.CheckConstraint(name="policy_is_one_row", condition=Q(id=1)),
            models.CheckConstraint(
                name="policy_quorum_1_to_3",
                condition=Q(quorum__gte=1, quorum__lte=3),
                violation_error_message=_("The quorum is 1, 2 or 3 reviewers."),
            ),
            models.CheckConstraint(
                name="policy_answers_within_1_to_90_days",
                condition=Q(answer_days__gte=1, answer_days__lte=90),
                violation_error_message=_("Complaints are answered within 1 to 90 days."),
            ),
            models.CheckConstraint(
                name="policy_evidence_1_to_9",
                condition=Q(evidence_minimum__gte=1, evidence_minimum__lte=9),
                violation_error_message=_("Ask for 1 to 9 independent pieces of evidence."),
            ),
        ]

    def __str__(self) -> str:
        return capfirst(str(_("policy")))

    @classmethod
    def current(cls) -> Policy:
        return cls.objects.get_or_create(pk=1)[0]
