"""What the sources were asked and answered, and what an editor chose of it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim
from claims.models.desk import Language
from claims.models.plans import literally
from claims.models.snapshots import Snapshot


class LookupQuerySet(models.QuerySet["Lookup"]):
    def unfinished(self) -> LookupQuerySet:
        return self.filter(state__in=literally([Lookup.State.WAITING, Lookup.State.RUNNING]))

    def due(self, at: datetime | None = None) -> LookupQuerySet:
        """Lookups to be asked now: waiting ones whose time has come, and running ones whose worker
        did not come back before its lease ran out."""
        return self.unfinished().filter(next_at__lte=at or timezone.now())


class Lookup(models.Model):
    """One source asked about one claim. `next_at` is the to-do note and, while running, the lease."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("asking")
        ANSWERED = "answered", _("answered")
        NOTHING = "nothing", _("nothing found")
        GAVE_UP = "gave_up", _("gave up")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lookups")
    source = models.CharField(_("source"), max_length=40)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_at = models.DateTimeField(default=timezone.now)
    # What an editor wants asked instead of what is made from the claim; null: as it is made.
    terms = models.CharField(_("words to ask"), max_length=500, null=True, blank=True)
    asked = models.TextField(_("what was asked"), blank=True)
    hits = models.JSONField(_("what came back"), default=list)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    # Whoever has not answered by then is given up; null: no deadline.
    deadline_at = models.DateTimeField(null=True, blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = LookupQuerySet.as_manager()

    class Meta:
        verbose_name = _("lookup")
        verbose_name_plural = _("lookups")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["source", "next_at"],
                name="lookup_due",
                condition=Q(state__in=["waiting", "running"]),
            ),
            models.Index(fields=["source", "started_at"], name="lookup_started"),
            models.Index(fields=["finished_at"], name="lookup_finished"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "source"], name="lookup_once_per_source"),
            models.CheckConstraint(
                name="lookup_gave_up_says_why", condition=~Q(state="gave_up") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.get_state_display()}"


class LookupsDue(models.Model):
    """A note that a claim may be without lookups: it is new, or what decides whom it may be sent to
    has changed. Triggers write it, so that nobody has to look at all claims to find these."""

    claim_id = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "lookups due"

    def __str__(self) -> str:
        return str(self.claim_id)


class ReadingQuerySet(models.QuerySet["Reading"]):
    def unfinished(self) -> ReadingQuerySet:
        return self.filter(state__in=literally([Reading.State.WAITING, Reading.State.RUNNING]))

    def due(self, at: datetime | None = None) -> ReadingQuerySet:
        return self.unfinished().filter(next_at__lte=at or timezone.now())


class Reading(models.Model):
    """One page a source named, read for its best passage on the claim. `next_at` is the to-do note
    and, while running, the lease.

    `passage` stands at `start` in the page's extracted text (code points); `score` is how near it
    is to the claim, 0…1. `hint` is a machine's guess for an editor, never evidence. Pages with one
    `origin` are copies of one story and count as one independent source.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being read")
        READ = "read", _("read")
        GAVE_UP = "gave_up", _("could not be read")

    class Hint(models.TextChoices):
        SUPPORTS = "supports", _("seems to support it")
        DENIES = "denies", _("seems to deny it")
        MENTIONS = "mentions", _("mentions it")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="readings")
    url = models.URLField(_("address"), max_length=2000)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=500, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    language = models.CharField(max_length=2, blank=True)
    passage = models.TextField(blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    hint = models.CharField(max_length=8, choices=Hint.choices, blank=True)
    why = models.JSONField(default=list)
    later = models.BooleanField(_("later than the claim"), default=False)
    origin = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a page")
        verbose_name_plural = _("readings of pages")
        ordering = ["-score", "pk"]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="reading_due",
                condition=Q(state__in=["waiting", "running"]),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "url"], name="reading_once_per_page"),
            models.CheckConstraint(
                name="reading_gave_up_says_why", condition=~Q(state="gave_up") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url


class ImportedCheckQuerySet(models.QuerySet["ImportedCheck"]):
    def due(self, at: datetime | None = None) -> ImportedCheckQuerySet:
        """Checks that the desk's claims have not been held against yet."""
        return self.filter(next_at__lte=at or timezone.now())


class ImportedCheck(models.Model):
    """Somebody else's published check, from ClaimReview data. Theirs, never shown as ours.

    `next_at` is the to-do note of holding the desk's claims against it and, while somebody does so,
    the lease; null: done.
    """

    publisher = models.CharField(_("publisher"), max_length=300)
    url = models.URLField(_("address"), max_length=2000)
    claim = models.TextField(_("claim"))
    claim_sha256 = models.CharField(max_length=64, editable=False)
    claimant = models.CharField(_("claimant"), max_length=300, blank=True)
    rating = models.CharField(_("their rating"), max_length=300)
    language = models.CharField(_("language"), max_length=2, blank=True, choices=Language.choices)
    reviewed_on = models.DateField(_("checked on"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=500, blank=True)
    folded = models.TextField(editable=False)
    imported_at = models.DateTimeField(default=timezone.now, editable=False)
    next_at = models.DateTimeField(null=True, blank=True, default=timezone.now, editable=False)

    objects = ImportedCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported check")
        verbose_name_plural = _("imported checks")
        ordering = ["-reviewed_on", "-pk"]
        indexes = [
            models.Index(fields=["next_at"], name="check_due", condition=Q(next_at__isnull=False))
        ]
        constraints = [
            models.UniqueConstraint(fields=["url", "claim_sha256"], name="imported_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.claim}"


class Evidence(models.Model):
    """What an editor chose. Withheld evidence counts in review and is never published."""

    class Relation(models.TextChoices):
        SUPPORTS = "supports", _("supports the claim")
        REFUTES = "refutes", _("refutes the claim")
        CONTEXT = "context", _("context")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    url = models.URLField(_("address"), max_length=2000)
    title = models.CharField(_("title"), max_length=500)
    publisher = models.CharField(_("published by"), max_length=300, blank=True)
    quote = models.TextField(_("quotation"), blank=True)
    quote_language = models.CharField(
        _("language of the quotation"), max_length=2, blank=True, choices=Language.choices
    )
    relation = models.CharField(_("what it does"), max_length=8, choices=Relation.choices)
    primary = models.BooleanField(_("primary source"), default=False)
    independence_group = models.CharField(
        _("independence group"),
        max_length=40,
        help_text=_("Pieces that rest on the same origin share a group and count once."),
    )
    withheld = models.BooleanField(_("withheld from publication"), default=False)
    note = models.TextField(_("note for colleagues"), blank=True)
    # The quotation's place in the kept copy's text, code points, end exclusive; of a PDF its page,
    # counted from 1.
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    quote_start = models.PositiveIntegerField(null=True, blank=True)
    quote_end = models.PositiveIntegerField(null=True, blank=True)
    page = models.PositiveIntegerField(_("page"), null=True, blank=True)
    lookup = models.ForeignKey(
        Lookup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_url_is_http",
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"),
                violation_error_message=_("Give an address that starts with http:// or https://."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def quote_lost(self) -> bool:
        """Whether there is a kept copy and it does not have these words."""
        kept = self.snapshot is not None and self.snapshot.state == Snapshot.State.KEPT
        return kept and bool(self.quote) and self.quote_start is None

    def place_quote(self, start: int | None = None) -> None:
        """Sets where the quotation stands in the kept copy; `start` is where it was selected."""
        place = self.snapshot.place_of(self.quote, start) if self.snapshot else None
        self.quote_start, self.quote_end, self.page = place or (None, None, None)
