"""The queue: every claim somebody still has to do something about, the most urgent first. As a list,
as a board by state, and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin import exporting, keyset, queue_chips, queue_rows, queue_saved
from claims.admin.article_page import REASONS
from claims.admin.claim_page import person
from claims.admin.counting import counted, told
from claims.admin.queue_bulk import last_done
from claims.admin.queue_filters import TABS, Filters
from claims.admin.site import page
from claims.models import OPEN_STATES, Article, Claim, Comment, Match, State

CARDS = 12
COLUMNS = (
    "id", "state", "priority", "harm", "check_worthiness", "language", "kind", "topic",
    "statement", "claimants", "contested", "article", "title", "outlet", "published_on",
    "address", "confidential", "assigned_to", "due", "check_again_on", "found", "changed",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """`more`: the address of its list, where not all stand in the column."""

    state: State
    claims: list[Claim]
    count: str
    more: str
    more_there: bool


@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    user, now = person(request), timezone.now()
    filters = Filters.read(request.GET)
    if form := exporting.asked(request.GET.get("as")):
        return exporting.table("queue", COLUMNS, _lines(request, filters, user, now), form=form)
    if request.GET.get("view") == "board":
        return _board(request, filters, user, now)
    cut = queue_rows.page_of(filters, user, request.GET, now=now)
    _count_comments(cut.rows)
    return page(
        request,
        "desk/queue.html",
        **_around(request, filters, user, now, view=""),
        claims=cut.rows,
        seen_before=_seen_before(cut.rows),
        before=cut.before and filters.query(before=cut.before),
        after=cut.after and filters.query(after=cut.after),
        size=keyset.SIZE,
    )


def _board(request: HttpRequest, filters: Filters, user: User, now: datetime) -> HttpResponse:
    shown = [state for state in (State.FOUND, *OPEN_STATES) if state in filters.states]
    firsts = {state: queue_rows.first_of(filters, user, state, CARDS, now=now) for state in shown}
    rows, _few = queue_rows.narrowed(filters, user, now=now)
    numbers = counted(**{state.value: rows.filter(state=state) for state in shown})
    keys = keyset.keys_among(list(firsts.values()))
    cards = queue_rows.ordered(queue_rows.with_company(Claim.objects.filter(pk__in=keys)))
    _count_comments(cards)
    of: dict[str, list[Claim]] = {state: [] for state in shown}
    for claim in cards:
        of[claim.state].append(claim)
    return page(
        request,
        "desk/queue_board.html",
        **_around(request, filters, user, now, view="board"),
        # Without a card, the page says what to do instead of showing empty columns.
        columns=cards
        and [
            Column(
                state,
                of[state],
                told(numbers[state.value]),
                filters.query(state=state.value),
                numbers[state.value] > CARDS,
            )
            for state in shown
        ],
        seen_before=_seen_before(keys),
        cards=CARDS,
    )


def _around(
    request: HttpRequest, filters: Filters, user: User, now: datetime, *, view: str
) -> dict[str, Any]:
    """What stands above both views of the queue."""
    mine = Claim.objects.filter(permissions.visible(user))
    saved = queue_saved.shown(filters, user, view, request.GET.get("saved", ""))
    numbers = counted(
        **{
            # Where an index of its own finds few, none of the states may lead astray.
            tab.name: mine.filter(tab.asks(user)).exclude(
                state__in=[state for state in State if state not in tab.states]
            )
            if tab.few
            else mine.filter(tab.asks(user), state__in=tab.states)
            for tab in TABS
        }
    )
    return {
        "section": "queue",
        "title": _("Queue"),
        "view": view,
        "takes_confidential": permissions.may_take_out_the_confidential(user),
        "filters": filters,
        "tab": filters.chosen,
        "tabs": [
            (tab, told(numbers[tab.name]), Filters(tab=tab.name).query(view=view)) for tab in TABS
        ],
        "words": filters.q,
        "kept": filters.values() | ({"view": view} if view else {}),
        "chips": queue_chips.chips(filters, user, view),
        "choices": queue_chips.choices(filters, user),
        "saved": saved,
        "saved_now": any(one.now for one in saved),
        "as_list": filters.query(),
        "as_board": filters.query(view="board"),
        "may_write": permissions.may(user, permissions.RESEARCH),
        "reasons": REASONS,
        "people": queue_chips.people(),
        "levels": Claim.Priority.choices[::-1],
        "done": last_done(request),
        "here": request.get_full_path(),
        "now": now,
    }


def _count_comments(claims: Iterable[Claim]) -> None:
    """Sets `open_comments` on each: the threads that nobody has closed. One query for all."""
    rows = list(claims)
    talk = Comment.objects.filter(
        claim__in=[claim.pk for claim in rows], parent=None, resolved_at=None
    )
    numbers = dict(
        talk.order_by().values("claim").annotate(n=Count("pk")).values_list("claim", "n")
    )
    for claim in rows:
        setattr(claim, "open_comments", numbers.get(claim.pk, 0))  # noqa: B010 - not a field


def _seen_before(claims: Any) -> set[int]:
    """Those among them that the machine thinks repeat an earlier one."""
    return set(Match.objects.suggested().filter(claim__in=claims).values_list("claim", flat=True))


def _lines(
    request: HttpRequest, filters: Filters, user: User, now: datetime
) -> Iterator[Sequence[object]]:
    claims = queue_rows.all_of(filters, user, now=now)
    if exporting.with_confidential(request, "queue"):
        return (_exported(claim, frozenset()) for claim in claims)
    # Who speaks in another, confidential article that says the same is left out as well.
    closed = frozenset(Article.objects.filter(confidential=True).values_list("pk", flat=True))
    return exporting.discreet(
        claims,
        lambda claim: _exported(claim, closed),
        lambda claim: claim.article_id in closed,
        COLUMNS,
        "statement",
    )


def _exported(claim: Claim, closed: frozenset[int]) -> tuple[object, ...]:
    seen = next(iter(claim.article.appearances.all()), None)
    said = [
        str(one.claimant)
        for one in claim.everybodys
        if one.claimant is not None and one.article_id not in closed
    ]
    assignee = claim.assignee
    return (
        claim.pk,
        claim.state,
        claim.priority,
        claim.severity,
        round(claim.checkworthiness, 4),
        claim.language,
        claim.kind,
        claim.topic,
        claim.statement,
        list(dict.fromkeys(said)),
        claim.contested,
        claim.article_id,
        claim.article.title,
        seen.outlet.name if seen and seen.outlet else "",
        seen.published_on if seen else None,
        reverse("admin:claims_claim_change", args=[claim.pk]),
        claim.article.confidential,
        (assignee.get_full_name() or assignee.get_username()) if assignee else "",
        claim.due_at,
        claim.recheck_on,
        claim.created_at,
        claim.changed_at,
    )
