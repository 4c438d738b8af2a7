"""Today: what waits for me, what came in, what is contested, how the sources are.

Its live parts ask for themselves once a minute and are answered with nothing (204) while nothing
has changed, so that the page is quiet and the focus stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.auth.models import User
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin import article_list, copies, match_panel, source_health, waiting
from claims.admin.claim_page import person
from claims.admin.counting import counted, told
from claims.admin.figures import ages
from claims.admin.site import page
from claims.models import OPEN_STATES, Article, Claim, LogEntry, Publication, State
from claims.models.claims import everybodys_positions

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SHOWN = 5


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    user, now = person(request), timezone.now()
    mine = Claim.objects.filter(permissions.visible(user))
    contested = mine.contested_ones().filter(
        state__in=[*OPEN_STATES, State.FOUND], carried_from=None
    )
    # Of every state and kind: the indexes begin with them and go on with the time.
    numbers = counted(
        came_in=mine.filter(state__in=State.values, created_at__gte=now - DAY),
        finished=Publication.objects.filter(
            kind__in=LogEntry.Kind.values, published_at__gte=now - DAY
        ),
        contested=contested,
        **ages.groups(now),
    )
    items = waiting.waiting_for(user, now=now)
    disputed = list(contested.order_by("-priority", "-checkworthiness", "-pk")[:SHOWN])
    prefetch_related_objects([*(item.claim for item in items), *disputed], *everybodys_positions())
    return page(
        request,
        "desk/today.html",
        section="today",
        title=_("Today"),
        now=now,
        again=match_panel.alerts(SHOWN),
        numbers={name: told(number) for name, number in numbers.items()},
        came_in=numbers["came_in"],
        finished=numbers["finished"],
        waiting=_waiting(user, items, now),
        arrived=_arrived(user),
        sources=_live("desk/parts/today_sources.html", {"names": source_health.names()}),
        contested=disputed,
        returning=mine.filter(
            recheck_on__isnull=False, recheck_on__lte=timezone.localdate() + WEEK
        ).order_by("recheck_on")[:SHOWN],
        worn=copies.worn(user),
        age_bars=ages.bars(ages.read(numbers)),
    )


@require_safe
def waiting_part(request: HttpRequest) -> HttpResponse:
    user, now = person(request), timezone.now()
    items = waiting.waiting_for(user, now=now)
    prefetch_related_objects([item.claim for item in items], *everybodys_positions())
    return _if_new(request, _waiting(user, items, now))


@require_safe
def came_in_part(request: HttpRequest) -> HttpResponse:
    return _if_new(request, _arrived(person(request)))


@require_safe
def sources_part(request: HttpRequest) -> HttpResponse:
    return _if_new(request, _sources(timezone.now()))


@dataclass(frozen=True)
class Live:
    """A part of the page as HTML, and what tells it from another state of the same part."""

    html: SafeString
    mark: str
    busy: bool = False


def _live(template: str, context: dict[str, object], busy: bool = False) -> Live:
    html = render_to_string(template, context)
    return Live(html, sha256(html.encode()).hexdigest()[:16], busy)


def _if_new(request: HttpRequest, part: Live) -> HttpResponse:
    if request.GET.get("mark") == part.mark:
        return HttpResponse(status=204)
    name = request.resolver_match.url_name if request.resolver_match else ""
    return render(request, "desk/parts/today_live.html", {"part": part, "name": name})


def _waiting(user: User, items: list[waiting.Item], now: datetime) -> Live:
    may_take_in = permissions.may(user, permissions.INTAKE)
    context = {"items": items, "now": now, "may_take_in": may_take_in}
    return _live("desk/parts/today_waiting.html", context)


def _arrived(user: User) -> Live:
    articles = list(
        article_list.with_appearances(Article.objects.filter(permissions.visible(user))).order_by(
            "-received_at", "-pk"
        )[:SHOWN]
    )
    article_list.count_claims(articles)
    working = (Article.Split.WAITING, Article.Split.RUNNING)
    busy = any(article.split_state in working for article in articles)
    return _live("desk/parts/today_came_in.html", {"articles": articles}, busy)


def _sources(now: datetime) -> Live:
    return _live("desk/parts/today_sources.html", {"sources": source_health.last_day(now)})
