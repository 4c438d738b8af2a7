"""A tour through the desk in five minutes: its own pages, one after the other, with a word at each.

The step stands in the address (`?tour=3`), so that going back is the browser's business. Whether
somebody took it, or waved it away, stands in their profile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from claims.models import Article, Claim, Profile, State


@dataclass(frozen=True)
class Step:
    """`where`: the page's address, or None where there is nothing to show there yet."""

    where: Callable[[], str | None]
    title: Promise
    words: Promise


def _named(name: str) -> Callable[[], str]:
    return lambda: reverse(f"admin:{name}")


def _article() -> str | None:
    found = Article.objects.filter(split_state=Article.Split.DONE).order_by("-received_at").first()
    return reverse("admin:article", args=[found.pk]) if found else None


def _claim() -> str | None:
    working = (State.RESEARCHING, State.QUEUED)
    found = Claim.objects.filter(state__in=working).order_by("-priority", "-pk").first()
    return reverse("admin:claims_claim_change", args=[found.pk]) if found else None


STEPS = (
    Step(
        _named("index"),
        _("Today"),
        _(
            "Here you begin. What waits for you stands first, the most pressing on top, and each "
            "item says why it is yours now."
        ),
    ),
    Step(
        _named("article-new"),
        _("An article comes in"),
        _(
            "Paste a text, give an address, or choose files. It is kept exactly as it came, and "
            "split into claims by itself."
        ),
    ),
    Step(
        _article,
        _("Its claims"),
        _(
            "Each claim is marked where it stands, with who says it. A report and its denial are "
            "joined. Accept what should be checked, dismiss the rest."
        ),
    ),
    Step(
        _named("queue"),
        _("The queue"),
        _(
            "What was accepted is here, as a list or as a board. Search, narrow, save a view, tick "
            "several. Press ? for the keys."
        ),
    ),
    Step(
        _claim,
        _("One claim"),
        _(
            "Who says what, what the sources found, the evidence, and the verdict you write. What "
            "you type is kept while you type."
        ),
    ),
    Step(
        _named("review"),
        _("Other eyes"),
        _(
            "Nobody reviews what they had a hand in. A reviewer looks at each standard, then "
            "approves or sends back with the reason."
        ),
    ),
    Step(
        _named("publishing"),
        _("Into the open"),
        _(
            "A publisher sees the page as readers will, and publishes it now or at a set time. What "
            "is out is corrected in public, never changed in silence."
        ),
    ),
    Step(
        _named("settings"),
        _("Yours"),
        _(
            "Language, figures, calendar, light or dark, and what you are told. The bell above has "
            "your news; the “?” beside it explains the page that is open."
        ),
    ),
)


@dataclass(frozen=True)
class Panel:
    """One step as its page shows it; "" where there is none before or after."""

    number: int
    of: int
    step: Step
    before: str
    after: str


def panel(request: HttpRequest) -> Panel | None:
    """The step that the address asks for, on whatever page."""
    asked = request.GET.get("tour", "")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:3]) <= len(STEPS)):
        return None
    number = int(asked[:3])
    return Panel(
        number,
        len(STEPS),
        STEPS[number - 1],
        _address(range(number - 1, 0, -1)),
        _address(range(number + 1, len(STEPS) + 1)),
    )


@require_POST
def tour(request: HttpRequest) -> HttpResponse:
    """Begins it, or ends it wherever somebody is; either way it is offered no more."""
    assert isinstance(request.user, User)  # the site lets nobody else in
    # Whoever has no profile yet keeps the language that they read this in.
    profile, _made = Profile.objects.get_or_create(
        user=request.user, defaults={"language": get_language() or settings.LANGUAGE_CODE}
    )
    Profile.objects.filter(pk=profile.pk).update(toured_at=timezone.now())
    if request.POST.get("do") == "start":
        return redirect(_address(range(1, len(STEPS) + 1)))
    return redirect("admin:index")


def _address(numbers: range) -> str:
    """Of the first step among these that has something to show; "" where none has."""
    for number in numbers:
        if where := STEPS[number - 1].where():
            return f"{where}?tour={number}"
    return ""
