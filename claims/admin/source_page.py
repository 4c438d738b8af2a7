"""The sources: what each sends, how it did, what it may be asked for now, and trying one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import redis
from django.contrib.auth.models import User
from django.db.models import Count, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import sources
from claims.admin import source_health
from claims.admin.refusals import Refusal, attempt
from claims.admin.second_factor_gate import policy
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
    (standing,), redis_gone = _standings([name], lookup.spent_today(timezone.now()))
    # Also a refusal is what the row then shows: htmx swaps nothing that comes as an error.
    return render(
        request,
        "desk/parts/source.html",
        {"one": standing, "tried": tried, "redis_gone": redis_gone, **_common(request)},
    )


def _render(request: HttpRequest, tried: dict[str, Tried] | None = None) -> HttpResponse:
    spent = lookup.spent_today(timezone.now())
    standings, redis_gone = _standings(sources.registry(), spent)
    outcome = next(iter((tried or {}).values()), None)
    response = page(
        request,
        "desk/sources.html",
        section="administration",
        title=_("Sources"),
        rows=[(one, (tried or {}).get(one.source.name)) for one in standings],
        redis_gone=redis_gone,
        spent=spent.total(),
        budget=policy(request).third_party_budget,
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


def _standings(names: Iterable[str], spent: Counter[str]) -> tuple[list[Standing], bool]:
    """The named sources in alphabetical order, and whether Redis does not answer. `spent`: what of the
    day's budget went to which."""
    wanted = {name: source for name, source in sources.registry().items() if name in set(names)}
    now = timezone.now()
    health = {one.name: one for one in source_health.last_day(now)}
    newest = _newest(wanted)
    reasons = _reasons(since=now - source_health.DAY)
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
            last=newest.get(("last", name)),
            trouble=newest.get(("trouble", name)),
            reasons=reasons.get(name, [])[:REASONS],
        )
        for name, source in wanted.items()
    ], redis_gone


def _newest(names: Iterable[str]) -> dict[tuple[str, str], Lookup]:
    """("last", source) → its newest answer, ("trouble", source) → its newest failure. Two queries."""
    wanted = {}
    for number, name in enumerate(names):
        rows = Lookup.objects.filter(source=name, started_at__isnull=False).order_by("-started_at")
        answered = rows.filter(state__in=ANSWERED)
        failed = rows.exclude(reason="").exclude(state__in=ANSWERED)
        wanted[f"last{number}"] = ("last", name), answered
        wanted[f"trouble{number}"] = ("trouble", name), failed
    # Each by its own index: of all lookups together, a database would look at every one.
    asked = {key: Subquery(rows.values("pk")[:1]) for key, (_key, rows) in wanted.items()}
    found = Policy.objects.annotate(**asked).values(*asked).get(pk=1)
    read = Lookup.objects.in_bulk([pk for pk in found.values() if pk])
    return {wanted[key][0]: read[pk] for key, pk in found.items() if pk}


def _reasons(*, since: datetime) -> dict[str, list[tuple[str, int]]]:
    """Source → why it gave up, and how often, the most frequent first."""
    gave_up = Lookup.objects.filter(state=Lookup.State.GAVE_UP, finished_at__gte=since)
    counted = gave_up.order_by().values("source", "reason").annotate(n=Count("pk"))
    found: dict[str, list[tuple[str, int]]] = {}
    for row in counted.order_by("-n", "reason"):
        found.setdefault(row["source"], []).append((row["reason"], row["n"]))
    return found
