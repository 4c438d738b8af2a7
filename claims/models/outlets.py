"""The outlets' feeds the desk watches, and what has been collected from them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article
from claims.models.desk import Outlet


class WatchedFeedQuerySet(models.QuerySet["WatchedFeed"]):
    def due(self, at: datetime | None = None) -> WatchedFeedQuerySet:
        at = at or timezone.now()
        return self.filter(active=True, next_at__lte=at)


class WatchedFeed(models.Model):
    """One RSS or Atom feed of an outlet. `next_at` is the to-do note and the lease, `attempts` the
    readings since it last answered.

    What it brings is collected and can be searched; with `takes_in` each new article also comes to
    the desk by itself. `etag` and `modified` are what the server said last.
    """

    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, related_name="feeds", verbose_name=_("outlet")
    )
    url = models.URLField(_("address of the feed"), max_length=2000, unique=True)
    takes_in = models.BooleanField(
        _("each new article comes to the desk"),
        default=False,
        help_text=_("Otherwise its articles are only collected, for the search."),
    )
    active = models.BooleanField(_("watched"), default=True)
    every_minutes = models.PositiveIntegerField(_("looked at every (minutes)"), default=30)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    etag = models.CharField(max_length=300, blank=True, editable=False)
    modified = models.CharField(max_length=100, blank=True, editable=False)
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    succeeded_at = models.DateTimeField(_("last read"), null=True, blank=True, editable=False)
    reason = models.CharField(_("last failure"), max_length=500, blank=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = WatchedFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("watched feed")
        verbose_name_plural = _("watched feeds")
        ordering = ["outlet", "url"]
        indexes = [models.Index(fields=["next_at"], name="feed_due", condition=Q(active=True))]
        constraints = [
            models.CheckConstraint(
                name="feed_url_is_http",
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"),
                violation_error_message=_("Give an address that starts with http:// or https://."),
            ),
            models.CheckConstraint(
                name="feed_every_5_minutes_at_most",
                condition=Q(every_minutes__gte=5),
                violation_error_message=_("A feed is looked at every 5 minutes at most."),
            ),
        ]

    def __str__(self) -> str:
        return self.url


class CollectedItemQuerySet(models.QuerySet["CollectedItem"]):
    def due(self, at: datetime | None = None) -> CollectedItemQuerySet:
        at = at or timezone.now()
        return self.filter(next_at__lte=at)

    def to_be_taken_in(self) -> CollectedItemQuerySet:
        """Those that come to the desk by themselves, and whose page has been read."""
        return self.filter(wanted=True, next_at__isnull=True)


class CollectedItem(models.Model):
    """One entry of a feed. `next_at`: its page is still to be fetched; null when there is nothing
    to do. `text` is the page's article, or the feed's own words as long as `links` is null.
    `folded`: its first words and the title's, folded, for the search. `wanted`: to be taken in by
    itself once its page has been read; `article` is what it became."""

    feed = models.ForeignKey(WatchedFeed, on_delete=models.PROTECT, related_name="items")
    guid = models.CharField(max_length=500)
    url = models.URLField(_("address"), max_length=2000)
    title = models.CharField(_("title"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    folded = models.TextField(editable=False, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    updated = models.CharField(max_length=100, blank=True)
    collected_at = models.DateTimeField(default=timezone.now)
    # Where the page linked to: [{"url", "text"}]; null while no page of it has been read.
    links = models.JSONField(null=True, blank=True, editable=False)
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    wanted = models.BooleanField(default=False, editable=False)
    next_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)

    objects = CollectedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("collected article")
        verbose_name_plural = _("collected articles")
        ordering = ["-collected_at", "-pk"]
        indexes = [
            models.Index(fields=["next_at"], name="item_due", condition=Q(next_at__isnull=False)),
            models.Index(fields=["wanted"], name="item_wanted", condition=Q(wanted=True)),
            models.Index(fields=["-collected_at", "-id"], name="item_newest"),
            models.Index(fields=["url"], name="item_url"),
        ]
        constraints = [models.UniqueConstraint(fields=["feed", "guid"], name="item_once")]

    def __str__(self) -> str:
        return self.title or self.url
