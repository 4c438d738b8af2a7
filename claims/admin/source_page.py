"""The sources: what each sends, how it did, what it may be asked for now, and trying one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import redis
from django.contrib.auth.models import User
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import sources
from claims.admin import source_health
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.models import Lookup, Policy
from claims.pipeline import _traffic as traffic
from claims.pipeline import lookup
from claims.sources.base import Source

REASONS = 3
ANSWERED = (Lookup.State.ANSWERED, Lookup.State.NOTHING)


@dataclass(frozen=True)
class Standing:
    """One source. `last`: its newest answered lookup, `trouble` the newest that was not, whatever
    came after; `reasons`: why it gave up in the last day, each with how often. `traffic` is None
    when Redis does not answer, and for our own data, whose rate nobody limits."""

    source: Source
    health: source_health.Health
    missing: list[str]
    spent: int
    traffic: traffic.State | None
    last: Lookup | None
    trouble: Lookup | None
    reasons: list[tuple[str, int]]


@dataclass(frozen=True)
class Tried:
    trial: lookup.Trial | None
    refusal: Refusal | None


@require_safe
def source_page(request: HttpRequest) -> HttpResponse:
    return _render(request)


def try_source(request: HttpRequest, name: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("admin:sources")
    if name not in sources.registry():
        raise Http404
    assert isinstance(request.user, User)  # the site lets nobody else in
    person, made = request.user, []
    refusal = attempt("try", lambda: made.append(lookup.try_source(name=name, actor=person)))
    tried = Tried(made[0] if made else None, refusal)
    if not getattr(request, "htmx", False):
        return _render(request, tried={name: tried})
    (standing,), redis_gone = _standings([name])
    # Also a refusal is what the row then shows: htmx swaps nothing that comes as an error.
    return render(
        request,
        "desk/parts/source.html",
        {"one": standing, "tried": tried, "redis_gone": redis_gone, **_common(request)},
    )


def _render(request: HttpRequest, tried: dict[str, Tried] | None = None) -> HttpResponse:
    standings, redis_gone = _standings(sources.registry())
    outcome = next(iter((tried or {}).values()), None)
    response = page(
        request,
        "desk/sources.html",
        section="administration",
        title=_("Sources"),
        rows=[(one, (tried or {}).get(one.source.name)) for one in standings],
        redis_gone=redis_gone,
        spent=lookup.spent_today(timezone.now()).total(),
        budget=Policy.current().third_party_budget,
        **_common(request),
    )
    if outcome and outcome.refusal:
        response.status_code = outcome.refusal.status
    return response


def _common(request: HttpRequest) -> dict[str, object]:
    return {
        "may_try": lookup.may_try(request.user),
        "failures_that_close": traffic.FAILURES,
        "now": timezone.now(),
    }


def _standings(names: Iterable[str]) -> tuple[list[Standing], bool]:
    """The named sources in alphabetical order, and whether Redis does not answer."""
    wanted = {name: source for name, source in sources.registry().items() if name in set(names)}
    now = timezone.now()
    health = {one.name: one for one in source_health.last_day(now)}
    spent = lookup.spent_today(now)
    states: dict[str, traffic.State] = {}
    redis_gone = False
    try:
        states = traffic.state([n for n, s in wanted.items() if s.sends_text_to_third_party])
    except redis.RedisError:
        redis_gone = True
    return [
        Standing(
            source=source,
            health=health[name],
            missing=lookup.missing_settings(source),
            spent=spent[name],
            traffic=states.get(name),
            last=_newest(name).filter(state__in=ANSWERED).first(),
            trouble=_newest(name).exclude(reason="").exclude(state__in=ANSWERED).first(),
            reasons=_reasons(name, since=now - source_health.DAY) if health[name].gave_up else [],
        )
        for name, source in wanted.items()
    ], redis_gone


def _newest(name: str) -> QuerySet[Lookup]:
    return Lookup.objects.filter(source=name, started_at__isnull=False).order_by("-started_at")


def _reasons(name: str, *, since: datetime) -> list[tuple[str, int]]:
    gave_up = Lookup.objects.filter(source=name, state=Lookup.State.GAVE_UP, finished_at__gte=since)
    counted = gave_up.order_by().values("reason").annotate(n=Count("pk"))
    return list(counted.order_by("-n", "reason").values_list("reason", "n")[:REASONS])
