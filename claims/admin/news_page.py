"""News: what happened that concerns this person, unread first, and the bell that counts it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims import permissions
from claims.admin import exporting, listed_files, second_factor_gate
from claims.admin.claim_page import number, person
from claims.admin.site import desk, page, unread_news
from claims.models import Notification
from claims.pipeline import telling
from claims.pipeline.telling import words
from claims.templatetags.desk import day

# Unread at once; older ones of them come up as these are read.
UNREAD_SHOWN = 100
READ_SHOWN = 40

ICONS = {
    Notification.Kind.ASSIGNED: "inbox",
    Notification.Kind.SENT_BACK: "corner-up-left",
    Notification.Kind.APPROVED: "check-check",
    Notification.Kind.PUBLISHED: "newspaper",
    Notification.Kind.TO_REVIEW: "eye",
    Notification.Kind.OVERDUE: "circle-alert",
    Notification.Kind.SEEN_AGAIN: "history",
    Notification.Kind.RECHECK: "hourglass",
    Notification.Kind.COMMENT: "message-square",
    Notification.Kind.RULE: "split",
    Notification.Kind.ANSWER: "message-square",
    Notification.Kind.SECURITY: "lock",
    Notification.Kind.SCHEDULED: "clock",
}


@dataclass(frozen=True)
class Told:
    """One piece of news as it is shown."""

    news: Notification

    @property
    def icon(self) -> str:
        return ICONS[Notification.Kind(self.news.kind)]

    @property
    def sentence(self) -> str:
        return telling.sentence(self.news)

    @property
    def quote(self) -> str:
        return words.quote_of(self.news)

    @property
    def url(self) -> str:
        return words.path_of(self.news)


@dataclass(frozen=True)
class Day:
    label: str
    told: list[Told]


@require_safe
def news(request: HttpRequest) -> HttpResponseBase:
    if form := exporting.asked(request.GET.get("as")):
        return listed_files.news(_rows(request), form)
    return page(request, "desk/news.html", section="news", title=_("News"), **_listed(request))


@require_POST
def read_one(request: HttpRequest, news_id: int) -> HttpResponse:
    telling.mark_read(person=person(request), number=news_id)
    return _again(request)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything that the page showed when the button was pressed."""
    upto = number(request.POST.get("upto")) or 0
    telling.mark_all_read(person=person(request), upto=upto)
    return _again(request)


@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The bell alone, once a minute. It asks nobody to sign in: a page left open past the end of
    its session must keep what is typed on it."""
    if not permissions.is_on_the_desk(request.user) or second_factor_gate.led_away(request):
        return HttpResponse(status=204)
    return render(request, "desk/parts/bell.html", {"unread_news": unread_news(request.user)})


def _again(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        context = {**desk.each_context(request), **_listed(request), "bell_out_of_band": True}
        return render(request, "desk/parts/news_list.html", context)
    return HttpResponseRedirect(reverse("admin:news"))


def _rows(request: HttpRequest) -> QuerySet[Notification]:
    return (
        telling.shown_to(person(request))
        .select_related("actor", "claim__article")
        .defer("claim__article__text", "claim__article__sentences")
        .order_by("-pk")
    )


def _listed(request: HttpRequest) -> dict[str, object]:
    rows = _rows(request)
    fresh = list(rows.filter(read_at__isnull=True)[:UNREAD_SHOWN])
    read = rows.filter(read_at__isnull=False)
    before = number(request.GET.get("before"))
    if before is not None:
        read = read.filter(pk__lt=before)
    old = list(read[: READ_SHOWN + 1])
    more = len(old) > READ_SHOWN
    old = old[:READ_SHOWN]
    return {
        "fresh": _by_day(fresh),
        "old": _by_day(old),
        "upto": fresh[0].pk if fresh else 0,
        "older": old[-1].pk if more else None,
        "paging": before is not None,
    }


def _by_day(rows: Iterable[Notification]) -> list[Day]:
    ordered = sorted(rows, key=lambda one: (one.at, one.pk), reverse=True)
    grouped = groupby(ordered, key=lambda one: timezone.localdate(one.at))
    return [Day(_named(on), [Told(one) for one in told]) for on, told in grouped]


def _named(on: date) -> str:
    today = timezone.localdate()
    if on == today:
        return _("Today")
    return _("Yesterday") if on == today - timedelta(days=1) else day(on)
