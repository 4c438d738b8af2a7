"""The queue: every claim somebody still has to do something about, the most urgent first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin import keyset
from claims.admin.site import at_most, page
from claims.languages import SERVED, fold
from claims.models import (
    OPEN_STATES,
    Appearance,
    Claim,
    ClaimantName,
    Language,
    Match,
    Position,
    State,
)
from claims.models.claims import ClaimQuerySet

ORDER = ("priority", "checkworthiness", "pk")
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Tab:
    name: str
    label: Promise
    pick: Callable[[ClaimQuerySet, permissions.Person], ClaimQuerySet]
    empty: Promise


TABS = (
    Tab(
        "open",
        gettext_lazy("Open"),
        lambda claims, _user: claims.open(),
        gettext_lazy("Nothing is open. Accept claims of an article, or bring an article in."),
    ),
    Tab(
        "mine",
        gettext_lazy("Mine"),
        lambda claims, user: claims.open().filter(assignee_id=user.pk),
        gettext_lazy("Nothing is assigned to you. Take a claim that is nobody's."),
    ),
    Tab(
        "nobody",
        gettext_lazy("Nobody's"),
        lambda claims, _user: claims.open().filter(assignee=None),
        gettext_lazy("Every open claim has somebody who looks after it."),
    ),
    Tab(
        "contested",
        gettext_lazy("Contested"),
        lambda claims, _user: claims.contested_ones().filter(
            state__in=[*OPEN_STATES, State.FOUND], carried_from=None
        ),
        gettext_lazy("No claim has positions on both sides at the moment."),
    ),
    Tab(
        "again",
        gettext_lazy("Seen again"),
        lambda claims, _user: claims.filter(pk__in=Match.objects.seen_again().values("claim")),
        gettext_lazy("No new article repeats a claim that has a public verdict."),
    ),
    Tab(
        "returning",
        gettext_lazy("Coming back this week"),
        lambda claims, _user: claims.filter(recheck_on__lte=timezone.localdate() + SOON),
        gettext_lazy("No claim waits for a date within the next seven days."),
    ),
    Tab(
        "found",
        gettext_lazy("Found, not decided"),
        lambda claims, _user: claims.undecided(),
        gettext_lazy("Every claim that was found has been decided on."),
    ),
    Tab(
        "all",
        gettext_lazy("All"),
        lambda claims, _user: claims,
        gettext_lazy("There is no claim yet. Bring an article in: its claims will stand here."),
    ),
)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    mine = Claim.objects.filter(permissions.visible(request.user))
    words = " ".join(asked.get("q", "").split())[:200]
    # A search looks everywhere unless a tab was chosen.
    tab = next((tab for tab in TABS if tab.name == asked.get("tab")), TABS[-1 if words else 0])
    state = asked["state"] if asked.get("state") in State.values else ""
    language = asked["language"] if asked.get("language") in Language.values else ""
    rows = tab.pick(mine, request.user)
    if state:
        rows = rows.filter(state=state)
    if language:
        rows = rows.filter(language=language)
    if words:
        rows = rows.filter(_matching(words))
    kept = {"tab": tab.name, "state": state, "language": language, "q": words}
    cut = keyset.cut(_with_company(rows), ORDER, asked)
    return page(
        request,
        "desk/queue.html",
        section="queue",
        title=_("Queue"),
        tabs=[(one, at_most(one.pick(mine, request.user))) for one in TABS],
        tab=tab,
        state=state,
        language=language,
        words=words,
        states=State.choices,
        languages=Language.choices,
        claims=cut.rows,
        seen_before=set(
            Match.objects.suggested().filter(claim__in=cut.rows).values_list("claim", flat=True)
        ),
        before=_query(kept, before=cut.before),
        after=_query(kept, after=cut.after),
        without_state=_query(kept, state=""),
        without_language=_query(kept, language=""),
        kept=kept,
        now=timezone.now(),
        size=keyset.SIZE,
    )


def _with_company(rows: ClaimQuerySet) -> ClaimQuerySet:
    """With everything a row of the list shows, in a number of queries that the rows do not raise."""
    return (
        rows.with_positions()
        .select_related("assignee", "article")
        .defer("article__text", "article__sentences")
        .prefetch_related(
            Prefetch(
                "article__appearances",
                queryset=Appearance.objects.select_related("outlet").order_by("published_on", "pk"),
            ),
        )
    )


def _matching(words: str) -> Q:
    """Claims whose statement, claimant, outlet or article's title holds these words."""
    claimants = Q(claimant__name__icontains=words)
    for code in SERVED:
        if folded := fold(words, code):
            claimants |= Q(claimant__language=code, claimant__folded__contains=folded)
    named = ClaimantName.objects.filter(claimant=OuterRef("claimant"), name__icontains=words)
    said = Position.objects.filter(claim=OuterRef("pk")).filter(claimants | Exists(named))
    seen = Appearance.objects.filter(article=OuterRef("article"), outlet__name__icontains=words)
    return (
        Q(statement__icontains=words)
        | Q(article__title__icontains=words)
        | Q(Exists(said))
        | Q(Exists(seen))
    )


def _query(kept: dict[str, str], **changed: str) -> str:
    """The query string of the list with something changed; "" where that something is a cursor
    that there is not."""
    if any(key in ("before", "after") and not value for key, value in changed.items()):
        return ""
    return "?" + urlencode({key: value for key, value in (kept | changed).items() if value})
