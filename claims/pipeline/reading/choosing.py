"""Which of the pages that sources named are read for a claim: the best few, by title and snippet.

A note without a score is a candidate. It gets one when its page is chosen; the others are dropped
and remain what they were, finds that nobody has read.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import In
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import WANTED_STATES, Claim, Lookup, Reading
from claims.models.plans import Unindexed
from claims.similarity import embedding
from claims.workflow import IllegalMove

# Pages that are read for one claim by themselves; an editor may have more of them read.
PAGES = 8
CLAIMS = 20
# A source that has failed once is not waited for, nor one that is asked later than this.
SOON = timedelta(seconds=5)
# What an editor asked for has no rank; it goes first.
ASKED_FOR = 1.0


def waiting_for_choice(now: datetime) -> QuerySet[Claim]:
    """Claims with candidates, of which every source has answered or has been waited for."""
    candidates = Reading.objects.unfinished().filter(
        state=Reading.State.WAITING, score__isnull=True
    )
    overdue = candidates.filter(claim=OuterRef("pk"), next_at__lte=now)
    open_lookups = Lookup.objects.filter(
        Q(state=Lookup.State.RUNNING, attempts=1)
        | Q(state=Lookup.State.WAITING, attempts=0, next_at__lte=now + SOON),
        claim=OuterRef("pk"),
    )
    return Claim.objects.filter(
        Q(Exists(overdue)) | ~Q(Exists(open_lookups)),
        In(Unindexed("state"), list(WANTED_STATES)),
        # From the candidates, which are few: asked of each, every wanted claim would be looked at.
        pk__in=candidates.order_by().values("claim"),
        article__confidential=False,
    )


def choose(limit: int = CLAIMS) -> int:
    """Chooses for at most so many claims; gives how many pages are to be read. May run twice."""
    chosen = 0
    for claim in waiting_for_choice(timezone.now()).order_by("pk")[:limit]:
        chosen += _choose(claim)
    return chosen


def _choose(claim: Claim) -> int:
    candidates = list(claim.readings.filter(state=Reading.State.WAITING, score__isnull=True))
    snippets = {
        hit["url"]: hit.get("snippet", "")
        for row in claim.lookups.filter(state=Lookup.State.ANSWERED)
        for hit in row.hits
    }
    own, *vectors = embedding.vectors(
        [claim.statement, *(f"{one.title} {snippets.get(one.url, '')}" for one in candidates)]
    )
    nearness = [float(vector @ own) for vector in vectors]
    ranked = sorted(zip(nearness, candidates, strict=True), key=lambda pair: -pair[0])
    with transaction.atomic():
        # Two that choose at once for one claim would choose twice as many.
        Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        free = PAGES - claim.readings.filter(score__isnull=False).count()
        chosen = 0
        for near, one in ranked:
            note = Reading.objects.filter(
                pk=one.pk, state=Reading.State.WAITING, score__isnull=True
            )
            if chosen < free:
                chosen += note.update(score=max(near, 0.0), next_at=timezone.now())
            else:
                note.delete()
    return chosen


@transaction.atomic
def request(*, claim: Claim, actor: User, url: str) -> None:
    """Has one page read, or read again, that a source named for this claim.

    Raises IllegalMove where nothing may be fetched for the claim, or no source named the page.
    """
    if not permissions.may(actor, permissions.RESEARCH):
        raise PermissionDenied(_("Having pages read is for editors."))
    if claim.state not in WANTED_STATES or claim.confidential:
        raise IllegalMove(
            _("Pages are read once a claim is in the queue, and never for a confidential article.")
        )
    hit = next(
        (hit for row in claim.lookups.all() for hit in row.hits if hit.get("url") == url), None
    )
    if hit is None or not url.startswith(("https://", "http://")) or len(url) > 2000:
        raise IllegalMove(_("No source named this page for the claim. Ask the sources first."))
    now = timezone.now()
    note, is_new = Reading.objects.get_or_create(
        claim=claim,
        url=url,
        defaults={"title": hit.get("title", "")[:500], "score": ASKED_FOR, "next_at": now},
    )
    if not is_new:
        Reading.objects.filter(pk=note.pk).exclude(state=Reading.State.RUNNING).update(
            state=Reading.State.WAITING, attempts=0, reason="", score=ASKED_FOR, next_at=now
        )
