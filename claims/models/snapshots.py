"""Our own copies of what stands on the web, and whether it still stands there."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claims import OPEN_STATES, Claim, State
from claims.models.plans import literally

# A copy as young as this serves whoever chooses the same page.
SHARED = timedelta(days=1)


# How often a page is looked at again.
WATCHED_EVERY = timedelta(days=7)
# While a worker looks at a page again, nobody else does.
CHECK_LEASE = timedelta(seconds=120)


class Place(NamedTuple):
    """Where words stand in a copy's text: code points, end exclusive; `page` of a PDF, from 1."""

    start: int
    end: int
    page: int | None


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def wanted(self, url: str, by: User | None) -> Snapshot:
        """A copy of this address: the note that one is to be made, unless one is being made or was
        lately. Call it in the transaction that needs it."""
        lately = Q(state=Snapshot.State.KEPT, fetched_at__gt=timezone.now() - SHARED)
        coming = Q(state__in=[Snapshot.State.WAITING, Snapshot.State.RUNNING])
        # Locked: a worker that keeps it now must see the evidence that is to rest on it.
        young = self.filter(lately | coming, url=url).select_for_update()
        shared = young.order_by("-pk").first()
        return shared or self.create(url=url, requested_by=by)

    def due(self, at: datetime | None = None) -> SnapshotQuerySet:
        """Copies to be made now, and those whose worker did not come back in time."""
        at = at or timezone.now()
        return self.filter(
            state__in=literally([Snapshot.State.WAITING, Snapshot.State.RUNNING]), next_at__lte=at
        )

    def due_for_checking(self, at: datetime | None = None) -> SnapshotQuerySet:
        at = at or timezone.now()
        return self.filter(state=Snapshot.State.KEPT, check_next_at__lte=at)

    def resting(self) -> SnapshotQuerySet:
        """Copies whose page is looked at again by itself, because somebody rests on them. A
        confidential claim's pages are not visited by themselves before its verdict is public."""
        public = [State.PUBLISHED, State.CORRECTING]
        at_work = [State.FOUND, *(state for state in OPEN_STATES if state not in public)]
        return self.filter(
            Q(evidence__claim__state__in=public)
            | Q(evidence__claim__state__in=at_work, evidence__claim__article__confidential=False)
        ).distinct()

    def watch(self, claim: Claim) -> int:
        """Has the pages on which a verdict now rests in public looked at again from now on."""
        notes = self.filter(evidence__claim=claim, state=Snapshot.State.KEPT, check_next_at=None)
        return notes.update(check_next_at=timezone.now() + WATCHED_EVERY)

    def due_for_archiving(self, at: datetime | None = None) -> SnapshotQuerySet:
        """Copies that the Internet Archive is to be asked for and may be: never the address of a
        confidential claim's evidence, nor of withheld evidence, nor before the claim is wanted."""
        at = at or timezone.now()
        may_be_told = {
            "evidence__withheld": False,
            "evidence__claim__article__confidential": False,
            "evidence__claim__state__in": [*OPEN_STATES, State.PUBLISHED],
        }
        chosen = Snapshot.objects.order_by().filter(pk=OuterRef("pk"), **may_be_told)
        newer = SnapshotCheck.objects.order_by().filter(
            newer=OuterRef("pk"), **{f"snapshot__{name}": v for name, v in may_be_told.items()}
        )
        return self.filter(
            Exists(chosen) | Exists(newer), state=Snapshot.State.KEPT, archive_next_at__lte=at
        )


class Snapshot(models.Model):
    """One copy of one address: the response as a WARC file, its text, when, and its SHA-256.

    `next_at` is the to-do note and, while running, the lease. A kept copy never changes (trigger);
    what a later look finds is in `SnapshotCheck` rows, and a changed page is another snapshot.
    `sha256` is of the decoded body. `pages`: for a PDF, the offset in `text` where each page
    begins. `check_next_at` and `archive_next_at` are to-do notes of their own; null: nothing to do.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be copied")
        RUNNING = "running", _("being copied")
        KEPT = "kept", _("kept")
        GAVE_UP = "gave_up", _("could not be copied")

    class Standing(models.TextChoices):
        THERE = "there", _("unchanged")
        CHANGED = "changed", _("changed since")
        MOVED = "moved", _("moved")
        GONE = "gone", _("gone")
        UNREACHABLE = "unreachable", _("not reached")

    url = models.URLField(_("address"), max_length=2000)
    final_url = models.URLField(_("where it led"), max_length=2000, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    next_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)
    pages = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    warc = models.FileField(upload_to="snapshots/%Y/%m/%d", blank=True, max_length=300)
    fetched_at = models.DateTimeField(_("copied"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    standing = models.CharField(
        _("on the web"), max_length=11, choices=Standing.choices, default=Standing.THERE
    )
    checked_at = models.DateTimeField(_("last looked at"), null=True, blank=True)
    check_next_at = models.DateTimeField(null=True, blank=True)
    archive_url = models.URLField(_("copy at the Internet Archive"), max_length=2000, blank=True)
    archive_job = models.CharField(max_length=100, blank=True)
    archive_attempts = models.PositiveSmallIntegerField(default=0)
    archive_next_at = models.DateTimeField(null=True, blank=True)
    archive_reason = models.CharField(max_length=500, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="snapshot_due",
                condition=Q(state__in=["waiting", "running"]),
            ),
            models.Index(
                fields=["check_next_at"],
                name="snapshot_check_due",
                condition=Q(check_next_at__isnull=False),
            ),
            models.Index(
                fields=["archive_next_at"],
                name="snapshot_archive_due",
                condition=Q(archive_next_at__isnull=False),
            ),
            # Today asks for the few whose page is not what it was, in these very words.
            models.Index(
                fields=["standing"],
                name="snapshot_worn",
                condition=Q(standing__in=["changed", "moved", "gone"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="snapshot_url_is_http",
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"),
            ),
            models.CheckConstraint(
                name="snapshot_kept_is_whole",
                condition=~Q(state="kept")
                | (Q(fetched_at__isnull=False) & ~Q(sha256="") & ~Q(warc="")),
            ),
            models.CheckConstraint(
                name="snapshot_gave_up_says_why", condition=~Q(state="gave_up") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url

    @property
    def settled(self) -> bool:
        return self.state in (Snapshot.State.KEPT, Snapshot.State.GAVE_UP)

    @property
    def being_looked_at(self) -> bool:
        """Whether its page is to be looked at now, or somebody is on the way."""
        soon = timezone.now() + CHECK_LEASE
        return self.check_next_at is not None and self.check_next_at <= soon

    def place_of(self, quote: str, start: int | None = None) -> Place | None:
        """Where the text has these very words: at `start` if they stand there, else for the first
        time; None where it does not have them."""
        if not quote or self.state != Snapshot.State.KEPT:
            return None
        if start is None or self.text[start : start + len(quote)] != quote:
            start = self.text.find(quote)
        return None if start < 0 else self._place(start, start + len(quote))

    def place_of_words(self, words: str) -> Place | None:
        """As `place_of`, for words typed or pasted with other white space between them."""
        typed = words.split()
        if not typed or self.state != Snapshot.State.KEPT:
            return None
        found = re.search(r"\s+".join(map(re.escape, typed)), self.text)
        return None if found is None else self._place(found.start(), found.end())

    def _place(self, start: int, end: int) -> Place:
        return Place(start, end, bisect_right(self.pages, start) if self.pages else None)


class SnapshotCheck(models.Model):
    """One later look at a copied page, and what was found. `newer` is the copy of a changed one."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="checks")
    found = models.CharField(max_length=11, choices=Snapshot.Standing.choices)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    moved_to = models.URLField(max_length=2000, blank=True)
    newer = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("look at a page")
        verbose_name_plural = _("looks at pages")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.snapshot_id}: {self.get_found_display()}"
