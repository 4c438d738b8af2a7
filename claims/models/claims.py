"""One proposition the desk may check, and who stands where on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article
from claims.models.desk import Language


class State(models.TextChoices):
    FOUND = "found", _("found")
    QUEUED = "queued", _("in the queue")
    RESEARCHING = "researching", _("being researched")
    WAITING = "waiting", _("waiting for a date")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    CORRECTING = "correcting", _("being corrected")
    RETRACTED = "retracted", _("retracted")
    DISMISSED = "dismissed", _("dismissed")


class Kind(models.TextChoices):
    EVENT = "event", _("event")
    QUANTITY = "quantity", _("quantity")
    PREDICTION = "prediction", _("prediction")
    POSITION = "position", _("position")
    BACKGROUND = "background", _("background")
    OPINION = "opinion", _("opinion")


class Origin(models.TextChoices):
    MACHINE = "machine", _("found by the splitter")
    EDITOR = "editor", _("added by an editor")


class Claimant(models.Model):
    """Who speaks: a person, an organisation, an outlet, or an anonymous source."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        OUTLET = "outlet", _("outlet")
        ANONYMOUS = "anonymous", _("anonymous source")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=300)
    folded = models.CharField(max_length=300, editable=False)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    wikidata_id = models.CharField(_("Wikidata id"), max_length=20, blank=True)
    # The same party under its other row: whoever looks for this one is led there. One step, never
    # a chain.
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        editable=False,
    )

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["language", "folded"], name="claimant_once"),
            models.CheckConstraint(
                name="claimant_wikidata_form",
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                violation_error_message=_("A Wikidata id looks like Q42."),
            ),
            models.CheckConstraint(
                name="claimant_merged_into_another",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClaimantName(models.Model):
    """The same claimant's name in another language or spelling."""

    claimant = models.ForeignKey(Claimant, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    name = models.CharField(_("name"), max_length=300)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            models.UniqueConstraint(
                fields=["claimant", "language", "name"], name="claimant_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ClaimQuerySet(models.QuerySet["Claim"]):
    def open(self) -> ClaimQuerySet:
        """Everything somebody still has to do something about."""
        return self.filter(state__in=OPEN_STATES)

    def undecided(self) -> ClaimQuerySet:
        """Found, and neither wanted nor dismissed yet. What goes on from an older version of the
        page is decided there."""
        return self.filter(state=State.FOUND, carried_from=None)

    def awaiting_review(self) -> ClaimQuerySet:
        return self.filter(state=State.IN_REVIEW)

    def awaiting_publication(self) -> ClaimQuerySet:
        return self.filter(state=State.APPROVED)

    def with_positions(self) -> ClaimQuerySet:
        """With what `Claim.everybodys` reads, in as many queries for a hundred as for one."""
        return self.prefetch_related(*everybodys_positions())

    def contested_ones(self) -> ClaimQuerySet:
        return self.filter(contested=True)


_ORDER = ("-priority", "-checkworthiness", "-id")


class Claim(models.Model):
    """A proposition found in an article.

    `state` and `moves` change only together and only with a Transition row of the same number
    (trigger); `revision` counts edits of the editable fields and refuses a lost update.
    """

    class Priority(models.IntegerChoices):
        LOW = 1, _("low")
        NORMAL = 2, _("normal")
        HIGH = 3, _("high")

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims")
    # The same words in the version of the article that this one's article supersedes.
    carried_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        editable=False,
    )
    statement = models.TextField(
        _("statement"), help_text=_("The claim on its own. Up to 75 characters read best.")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.FOUND, editable=False
    )
    moves = models.PositiveIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    origin = models.CharField(
        max_length=8, choices=Origin.choices, default=Origin.MACHINE, editable=False
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    checkable = models.BooleanField(_("checkable"), default=True)
    checkworthiness = models.FloatField(_("check-worthiness"), default=0)
    reasons = models.JSONField(_("why"), default=list, blank=True)
    # As the splitter read the words: of a prediction, the last day it speaks of; and words of the
    # statement that point at something it does not name. Null: it never said.
    checkable_from = models.DateField(
        _("can be checked from"), null=True, blank=True, editable=False
    )
    unresolved = models.JSONField(null=True, blank=True, editable=False)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.NORMAL
    )
    severity = models.PositiveSmallIntegerField(
        _("harm if believed"), choices=Priority.choices, default=Priority.NORMAL
    )
    topic = models.CharField(_("topic"), max_length=80, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_claims",
        verbose_name=_("assigned to"),
    )
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    recheck_on = models.DateField(_("check again on"), null=True, blank=True)
    # Positions on both sides of it, its members' among them: kept by triggers on what it follows from.
    contested = models.BooleanField(db_default=False, editable=False)
    # The machine suggests that it repeats a claim whose verdict is public: kept by triggers, too.
    seen_again = models.BooleanField(db_default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-pk"]
        permissions = [
            ("intake", "Can bring articles in"),
            ("research", "Can accept, research and propose verdicts"),
            ("review", "Can review verdicts"),
            ("publish", "Can publish, correct and retract"),
            ("administer", "Can change people, scales and policies"),
        ]
        indexes = [
            # The queue's order within each state, and within what it is narrowed to most often.
            models.Index(fields=["state", *_ORDER], name="queue"),
            # The same over all states, for what is scattered among them.
            models.Index(fields=[*_ORDER, "state"], name="queue_all"),
            models.Index(fields=["assignee", "state", *_ORDER], name="queue_assigned"),
            models.Index(fields=["language", "state", *_ORDER], name="queue_language"),
            models.Index(fields=["topic", "state", *_ORDER], name="queue_topic"),
            models.Index(
                fields=["state", *_ORDER, "carried_from"],
                name="queue_contested",
                condition=Q(contested=True),
            ),
            models.Index(
                fields=["state", *_ORDER], name="queue_seen_again", condition=Q(seen_again=True)
            ),
            # By time, and with the order, so that what a period finds is sorted without its rows.
            models.Index(fields=["state", "created_at", *_ORDER], name="claim_state_age"),
            models.Index(
                fields=["recheck_on"], name="claim_recheck", condition=Q(recheck_on__isnull=False)
            ),
            models.Index(
                fields=["state", "due_at", *_ORDER],
                name="claim_due",
                condition=Q(due_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="claim_checkworthiness_0_to_1",
                condition=Q(checkworthiness__gte=0, checkworthiness__lte=1),
            ),
            models.CheckConstraint(name="claim_has_statement", condition=~Q(statement="")),
            models.CheckConstraint(
                name="claim_waits_until_a_date",
                condition=~Q(state="waiting") | Q(recheck_on__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_state_known", condition=Q(state__in=[s for s, _l in State.choices])
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def confidential(self) -> bool:
        return self.article.confidential

    @property
    def everybodys(self) -> list[Position]:
        """Its own positions and then those of its members, for lists of claims
        (`with_positions`); where one claim is read, `Position.objects.of`."""
        members = [member.claim for member in self.members.all()]
        return [position for claim in (self, *members) for position in claim.positions.all()]


def everybodys_positions() -> list[models.Prefetch[str]]:
    """What `with_positions` prefetches, for claims that have been read already
    (`django.db.models.prefetch_related_objects`)."""
    positions = Position.objects.select_related("claimant")
    return [
        models.Prefetch("positions", positions),
        models.Prefetch("members__claim__positions", positions),
    ]


# Claims that somebody wants: the only ones whose text may leave the house, and for which pages are
# read (guard 9).
WANTED_STATES = (State.QUEUED, State.RESEARCHING, State.WAITING, State.CORRECTING)
OPEN_STATES = (
    State.QUEUED,
    State.RESEARCHING,
    State.WAITING,
    State.IN_REVIEW,
    State.APPROVED,
    State.CORRECTING,
)


class PositionQuerySet(models.QuerySet["Position"]):
    def of(self, claim: Claim) -> PositionQuerySet:
        """Everybody's position on a claim: its own and those of its members, its own first."""
        members = claim.members.values_list("claim", flat=True)
        # Two queries: in one, a database reads all positions to find a few.
        return self.filter(claim__in=[claim.pk, *members]).order_by(
            "claim_id", "article_id", "start", "pk"
        )


class Position(models.Model):
    """One party's stance on a claim in one article.

    All offsets are code points into the article's text, end exclusive; `text` equals that slice
    (trigger). No claimant: the article itself vouches for it.
    """

    class Stance(models.TextChoices):
        ASSERTS = "asserts", _("asserts")
        DENIES = "denies", _("denies")
        DOUBTS = "doubts", _("doubts")

    class Form(models.TextChoices):
        DIRECT = "direct", _("direct quotation")
        INDIRECT = "indirect", _("reported speech")
        NARRATION = "narration", _("the article's own words")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="positions")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="positions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    stance = models.CharField(_("stance"), max_length=8, choices=Stance.choices)
    form = models.CharField(_("form"), max_length=10, choices=Form.choices)
    claimant = models.ForeignKey(
        Claimant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("claimant"),
    )
    claimant_start = models.PositiveIntegerField(null=True, blank=True)
    claimant_end = models.PositiveIntegerField(null=True, blank=True)
    via = models.CharField(_("reported by"), max_length=300, blank=True)
    cue = models.CharField(_("cue"), max_length=100, blank=True)
    cue_start = models.PositiveIntegerField(null=True, blank=True)
    cue_end = models.PositiveIntegerField(null=True, blank=True)
    dates = models.JSONField(_("dates"), default=list, blank=True)
    # Field → {"by": rule, "sure": 0…1}, as the splitter said; a field a person set is not in it.
    provenance = models.JSONField(null=True, blank=True, editable=False)
    origin = models.CharField(
        max_length=8, choices=Origin.choices, default=Origin.MACHINE, editable=False
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(name="position_span_not_empty", condition=Q(end__gt=F("start"))),
            models.UniqueConstraint(
                fields=["claim", "article", "start", "end", "stance"], name="position_once"
            ),
            models.CheckConstraint(
                name="position_claimant_span",
                condition=Q(claimant_start__isnull=True, claimant_end__isnull=True)
                | Q(claimant_end__gt=F("claimant_start")),
            ),
            models.CheckConstraint(
                name="position_cue_span",
                condition=Q(cue_start__isnull=True, cue_end__isnull=True)
                | Q(cue_end__gt=F("cue_start")),
            ),
        ]

    def __str__(self) -> str:
        return self.text
