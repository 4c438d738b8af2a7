"""Today: what waits for me, what came in, what is contested, how the sources are."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin import article_list, copies, match_panel, source_health, waiting
from claims.admin.site import at_most, page
from claims.models import (
    OPEN_STATES,
    Article,
    Claim,
    Publication,
    State,
)

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SHOWN = 5


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # the site lets nobody else in
    now = timezone.now()
    mine = Claim.objects.filter(permissions.visible(request.user))
    articles = list(
        article_list.with_appearances(
            Article.objects.filter(permissions.visible(request.user))
        ).order_by("-received_at", "-pk")[:SHOWN]
    )
    article_list.count_claims(articles)
    contested = mine.contested_ones().filter(
        state__in=[*OPEN_STATES, State.FOUND], carried_from=None
    )
    return page(
        request,
        "desk/today.html",
        section="today",
        title=_("Today"),
        now=now,
        again=match_panel.alerts(SHOWN),
        items=waiting.waiting_for(request.user, now=now),
        came_in=mine.filter(created_at__gte=now - DAY).count(),
        finished=Publication.objects.filter(published_at__gte=now - DAY).count(),
        articles=articles,
        busy=any(a.split_state in (Article.Split.WAITING, Article.Split.RUNNING) for a in articles),
        contested=contested.with_positions().order_by("-priority", "-checkworthiness", "-pk")[
            :SHOWN
        ],
        contested_count=at_most(contested),
        undecided=at_most(mine.undecided()),
        returning=mine.filter(
            recheck_on__isnull=False, recheck_on__lte=timezone.localdate() + WEEK
        ).order_by("recheck_on")[:SHOWN],
        worn=copies.worn(request.user),
        sources=source_health.last_day(now),
        ages=waiting.ages(mine.open(), now=now),
    )
