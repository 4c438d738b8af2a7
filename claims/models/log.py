"""The verdict log's rows: leaves, bodies, inner hashes, the head; and what was published in them.

Format and guarantees: C2SP tlog-tiles and tlog-checkpoint over RFC 6962 hashes (see claims/tlog).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from claims.models.claims import Claim
from claims.models.desk import Language
from claims.models.verdicts import VerdictVersion


class LogEntry(models.Model):
    """One leaf: the header's exact bytes and what can be read off them. Append-only (trigger)."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("first publication")
        UPDATE = "update", _("update")
        CORRECTION = "correction", _("correction")
        RETRACTION = "retraction", _("retraction")
        TRANSLATION = "translation", _("translation")
        ERASURE = "erasure", _("erasure")
        AUDIT = "audit", _("audit")
        KEY = "key", _("key")

    # The log's own business: they change nothing that readers see.
    OWN = (Kind.AUDIT, Kind.KEY)

    number = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    header = models.BinaryField()
    body_sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    # Only for kind erasure: the entry whose body the law ordered away.
    erases = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="erased_by"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="log_erasure_names_its_entry",
                condition=Q(kind="erasure", erases__isnull=False)
                | (~Q(kind="erasure") & Q(erases__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class LogBody(models.Model):
    """A leaf's body, apart, because only the body may ever go, and only with its erasure entry."""

    entry = models.OneToOneField(
        LogEntry, on_delete=models.PROTECT, primary_key=True, related_name="body"
    )
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.entry_id)


class LogNode(models.Model):
    """The hash of one complete subtree: level 0 are the leaves. Append-only (trigger)."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="log_node_once")]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class LogHead(models.Model):
    """The one row that orders the log. Locked as the last lock of every publish transaction."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    size = models.PositiveBigIntegerField(default=0)
    root = models.CharField(max_length=64, blank=True)
    checkpoint = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="log_head_is_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.size)


class AuditEntry(models.Model):
    """A day's end that an entry of kind `audit` vouches for: all moves before `until` (midnight UTC).
    Append-only (trigger)."""

    entry = models.OneToOneField(
        LogEntry, on_delete=models.PROTECT, primary_key=True, related_name="audit"
    )
    until = models.DateTimeField(unique=True)

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def readable(self) -> PublicationQuerySet:
        """All but those whose text an order of law has withdrawn from the log."""
        return self.filter(entry__erased_by__isnull=True)

    def current(self) -> PublicationQuerySet:
        """The newest word on each verdict, in each language; a retraction is one."""
        return self.filter(replaced_by__isnull=True)

    def in_force(self) -> PublicationQuerySet:
        """Current verdicts that have not been retracted, be it that the law has withdrawn their text:
        what a correction or a retraction replaces."""
        return self.current().exclude(kind=LogEntry.Kind.RETRACTION)

    def standing(self) -> PublicationQuerySet:
        """Those of them that readers can read."""
        return self.in_force().readable()

    def originals(self) -> PublicationQuerySet:
        """Those that rule on a claim; the others say the same in another language."""
        return self.filter(version__translates__isnull=True)

    def translations(self) -> PublicationQuerySet:
        return self.filter(version__translates__isnull=False)

    def told_in(self, language: str) -> PublicationQuerySet:
        """Each verdict once for readers of this language: its standing translation where there is
        one, else the original."""
        translated = (
            Publication.objects.standing()
            .translations()
            .filter(verdict_number=OuterRef("verdict_number"), language=language)
        )
        return self.filter(
            Q(language=language) | (Q(version__translates__isnull=True) & ~Exists(translated))
        )

    def newest_first(self) -> PublicationQuerySet:
        return (
            self.readable()
            .order_by("-entry_id")
            .select_related("entry", "version", "version__rating")
        )


class Publication(models.Model):
    """A verdict version in the open: frozen (trigger), one row per log entry.

    `verdict_number` is N of the public address /v/N, given once; `version_number` counts this
    verdict's publications in this language from 1.
    """

    entry = models.OneToOneField(
        LogEntry, on_delete=models.PROTECT, primary_key=True, related_name="publication"
    )
    kind = models.CharField(max_length=12, choices=LogEntry.Kind.choices)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="publications")
    version = models.ForeignKey(
        VerdictVersion, on_delete=models.PROTECT, related_name="publications"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    verdict_number = models.PositiveIntegerField()
    version_number = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=Language.choices)
    byline = models.CharField(max_length=120, blank=True)
    # Statement and summary in the search form of claims.languages.fold.
    folded = models.TextField(editable=False)
    reason = models.TextField(_("reason"), blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-entry"]
        indexes = [models.Index(fields=["kind", "published_at"], name="publication_kind_at")]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict_number", "language", "version_number"],
                name="publication_address_once",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=~Q(kind="retraction"),
                name="publication_once_per_version",
            ),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(kind="original"), name="publication_one_original"
            ),
            models.UniqueConstraint(
                fields=["verdict_number"],
                condition=Q(kind="original"),
                name="publication_number_never_reused",
            ),
            models.CheckConstraint(
                name="publication_replaces_unless_first",
                condition=Q(kind__in=["original", "translation"], replaces__isnull=True)
                | Q(
                    kind__in=["update", "correction", "retraction"],
                    replaces__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="publication_change_says_why",
                condition=~Q(kind__in=["update", "correction", "retraction"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="publication_replaces_an_earlier_one",
                condition=Q(replaces__isnull=True) | Q(replaces__lt=F("entry")),
            ),
        ]

    def __str__(self) -> str:
        return f"/v/{self.verdict_number}/{self.version_number}"

    @property
    def erasure(self) -> LogEntry | None:
        """The entry that withdrew this text by order of law."""
        return getattr(self.entry, "erased_by", None)
