"""What came in, unchanged, and where it was seen."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.desk import Language, Outlet
from claims.models.plans import literally

models.TextField.register_lookup(Length, "length")


class ArticleQuerySet(models.QuerySet["Article"]):
    def due_for_splitting(self, at: datetime | None = None) -> ArticleQuerySet:
        """Articles that no worker has finished splitting and that nobody holds at the moment. A newer
        version waits for the older one, whose claims go on in it."""
        at = at or timezone.now()
        unsplit = literally([Article.Split.WAITING, Article.Split.RUNNING])
        older = Article.objects.filter(pk=OuterRef("supersedes"), split_state__in=unsplit)
        return self.filter(~Exists(older), split_state__in=unsplit, split_next_at__lte=at)


class Article(models.Model):
    """An article's text exactly as received, code point for code point.

    The text, its hash and its language-independent identity never change (trigger); a changed page
    is a new article that supersedes this one. `split_*` is the to-do note of the splitting stage:
    a worker that takes the article moves `split_next_at` ahead as its lease.
    """

    class Channel(models.TextChoices):
        PASTE = "paste", _("pasted")
        URL = "url", _("web address")
        FILE = "file", _("file")
        API = "api", _("API")
        FEED = "feed", _("feed")

    class Split(models.TextChoices):
        WAITING = "waiting", _("waiting to be split")
        RUNNING = "running", _("being split")
        DONE = "done", _("split")
        FAILED = "failed", _("could not be split")

    text = models.TextField(_("text"))
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    channel = models.CharField(_("came in as"), max_length=8, choices=Channel.choices)
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_("Nothing of it is ever sent to an outside source."),
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    split_state = models.CharField(max_length=8, choices=Split.choices, default=Split.WAITING)
    split_next_at = models.DateTimeField(default=timezone.now)
    split_attempts = models.PositiveSmallIntegerField(default=0)
    split_error = models.CharField(max_length=500, blank=True)
    sentences = models.JSONField(default=list, editable=False)
    # Where the page it was read off linked to, in order: [{"url", "text"}]; null: not read off one.
    links = models.JSONField(null=True, blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                fields=["split_next_at"],
                name="article_due",
                condition=Q(split_state__in=["waiting", "running"]),
            ),
            models.Index(fields=["-received_at", "-id"], name="article_newest"),
        ]
        constraints = [
            models.CheckConstraint(name="article_has_text", condition=Q(text__length__gt=0)),
            models.CheckConstraint(
                name="article_supersedes_another",
                condition=Q(supersedes__isnull=True) | ~Q(supersedes=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"

    @property
    def first_seen(self) -> Appearance | None:
        return self.appearances.order_by("published_on", "pk").first()


class Appearance(models.Model):
    """One outlet, address and day under which an article's text was seen."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="appearances")
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, null=True, blank=True, related_name="appearances"
    )
    url = models.URLField(_("address"), max_length=2000, blank=True)
    published_on = models.DateField(_("published on"))
    published_confirmed = models.BooleanField(
        _("day confirmed by a person"),
        default=True,
        help_text=_("A date read off a page counts as unconfirmed until somebody looks at it."),
    )
    seen_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["published_on", "pk"]
        indexes = [models.Index(fields=["url"], name="appearance_url")]
        constraints = [
            models.CheckConstraint(
                name="appearance_url_is_http",
                condition=Q(url="") | Q(url__startswith="http://") | Q(url__startswith="https://"),
                violation_error_message=_("Give an address that starts with http:// or https://."),
            ),
            models.UniqueConstraint(
                models.F("article"),
                Coalesce(models.F("outlet"), Value(0)),
                models.F("url"),
                models.F("published_on"),
                name="appearance_once",
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(str(part) for part in (self.outlet, self.published_on, self.url) if part)
