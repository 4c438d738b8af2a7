"""The outlets' feeds: which are watched, how they do, and adding one after a look at it.

Everybody on the desk sees them. Which feeds are watched is a source of the desk and decided by
administrators, also because a feed may bring articles in that nobody asked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims import permissions
from claims.admin.claim_page import person
from claims.admin.refusals import attempt
from claims.admin.site import page
from claims.models import CollectedItem, Language, Outlet, WatchedFeed
from claims.pipeline import collecting
from claims.sources._http import FetchError
from claims.sources._text import Unreadable

WEEK = timedelta(days=7)
SUGGESTED = 200
# Entries of a feed that is tried.
SHOWN = 8


class FeedForm(forms.Form):
    url = forms.URLField(
        label=gettext_lazy("Address of the feed"),
        max_length=2000,
        assume_scheme="https",
        widget=forms.TextInput(
            attrs={"class": "in", "dir": "ltr", "inputmode": "url", "placeholder": "https://"}
        ),
        help_text=gettext_lazy("RSS or Atom; it often ends in /rss, /feed or .xml."),
        error_messages={
            "invalid": gettext_lazy("This is no web address. Begin with http:// or https://.")
        },
    )
    outlet = forms.CharField(
        label=gettext_lazy("Outlet"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "in", "list": "outlets", "dir": "auto"}),
        help_text=gettext_lazy("Whose feed it is. A new name makes a new outlet."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=Language.choices,
        widget=forms.Select(attrs={"class": "in"}),
        help_text=gettext_lazy("Of a new outlet. Each article's own is recognised."),
    )
    every_minutes = forms.IntegerField(
        label=gettext_lazy("Looked at every (minutes)"),
        min_value=5,
        max_value=10_080,
        initial=30,
        widget=forms.NumberInput(attrs={"class": "in", "min": 5, "max": 10_080}),
    )
    takes_in = forms.BooleanField(
        label=gettext_lazy("Each new article comes to the desk"),
        required=False,
        help_text=gettext_lazy(
            "Otherwise its articles are only collected, for the search. What the feed holds today "
            "is collected either way and does not come in."
        ),
    )


@dataclass
class Standing:
    """One feed, and what it brought in the last seven days."""

    feed: WatchedFeed
    collected: int = 0
    taken_in: int = 0
    unread: int = 0


@dataclass(frozen=True)
class Tried:
    """What a feed said when it was tried: its title and first entries, or why nothing came."""

    look: collecting.Look | None = None
    trouble: str = ""
    entries: tuple[Any, ...] = field(default=())


@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    form = FeedForm(request.POST if request.method == "POST" else None)
    tried, refusal = None, None
    if form.is_bound and form.is_valid():
        if request.POST.get("do") == "try":
            tried = _tried(request, form.cleaned_data["url"])
        else:
            refusal = attempt(
                "add", partial(collecting.add, **form.cleaned_data, actor=person(request))
            )
            if refusal is None:
                messages.success(request, _("The feed is watched from now on; it is read at once."))
                return redirect("admin:feeds")
    for name in form.errors if form.is_bound else ():
        if name in form.fields:
            form.fields[name].widget.attrs |= {
                "aria-invalid": "true",
                "aria-describedby": f"id_{name}_error",
            }
    response = page(
        request,
        "desk/feeds.html",
        section="articles",
        title=_("Watched feeds"),
        rows=_standings(),
        form=form,
        open_form=form.is_bound,
        tried=tried,
        refusal=refusal,
        outlets=Outlet.objects.order_by("name").values_list("name", flat=True)[:SUGGESTED],
        now=timezone.now(),
    )
    if refusal is not None:
        response.status_code = refusal.status
    elif form.is_bound and not form.is_valid():
        response.status_code = 422
    return response


CHANGES: dict[str, dict[str, bool]] = {
    "on": {"active": True},
    "off": {"active": False},
    "take-in": {"takes_in": True},
    "collect-only": {"takes_in": False},
}


def change(request: HttpRequest, feed_id: int, what: str) -> HttpResponse:
    """One of CHANGES, or "read": now instead of when it is due."""
    feed = get_object_or_404(WatchedFeed, pk=feed_id)
    if request.method != "POST":
        return redirect("admin:feeds")
    actor = person(request)
    refusal = attempt(
        what,
        partial(collecting.read_now, feed=feed, actor=actor)
        if what == "read"
        else partial(collecting.change, feed=feed, actor=actor, **CHANGES[what]),
    )
    if refusal is not None:
        for message in refusal.messages:
            messages.error(request, message)
    elif what == "read":
        messages.success(request, _("The feed is being read; look again in a moment."))
    else:
        messages.success(request, _("Changed."))
    return redirect("admin:feeds")


def _tried(request: HttpRequest, url: str) -> Tried:
    if not permissions.may(request.user, permissions.ADMINISTER):
        return Tried(trouble=_("Which feeds are watched is for administrators."))
    try:
        look = collecting.look_at(url)
    except (FetchError, Unreadable) as error:
        return Tried(trouble=error.message)
    return Tried(look, entries=look.feed.entries[:SHOWN] if look.feed else ())


def _standings() -> list[Standing]:
    """Two queries; the counts read no further back than a week."""
    feeds = WatchedFeed.objects.select_related("outlet").order_by("outlet__name", "url")
    rows = {feed.pk: Standing(feed) for feed in feeds}
    newest = CollectedItem.objects.filter(collected_at__gte=timezone.now() - WEEK)
    collected: Counter[int] = Counter()
    for feed_id, article_id, next_at, reason in newest.order_by().values_list(
        "feed", "article", "next_at", "reason"
    ):
        collected[feed_id] += 1
        if row := rows.get(feed_id):
            row.collected += 1
            row.taken_in += article_id is not None
            row.unread += bool(reason) and next_at is None and article_id is None
    return list(rows.values())
