"""The queue's rows in its order, at a cost that its length does not raise.

The order is that of an index within each state, so the first rows of each state are taken and put in
line together. What few claims answer to (rare words, a small outlet) is looked up first and put in
order then; what many answer to is met soon on the way along an index of all states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Prefetch

from claims import permissions
from claims.admin import keyset
from claims.admin.queue_filters import Filters, among, unindexed
from claims.languages.anywhere import words_anywhere
from claims.models import Appearance, Claim, ClaimWords, State
from claims.models.claims import ClaimQuerySet
from claims.models.words import some

ORDER = ("priority", "checkworthiness", "pk")
# Of so many claims a page is put in order at once; more are looked through in the queue's order.
FEW = 4000
# An article's claims stand side by side, and many of them are read as quickly as a few claims.
FEW_ARTICLES = 600
# While a word is being typed, its beginning finds; a shorter one would find everything.
SHORTEST_BEGINNING = 2
EXPORTED = 500


def page_of(
    filters: Filters,
    user: User,
    cursor: Mapping[str, str],
    *,
    now: datetime,
    size: int = keyset.SIZE,
) -> keyset.Page[Claim]:
    return keyset.cut_among(
        branches(filters, user, now=now), with_company(Claim.objects.all()), ORDER, cursor, size
    )


def all_of(filters: Filters, user: User, *, now: datetime) -> Iterator[Claim]:
    """Every row of the list, a page at a time."""
    parts = branches(filters, user, now=now)
    company = with_company(Claim.objects.all())
    cut = keyset.cut_among(parts, company, ORDER, {}, EXPORTED)
    yield from cut.rows
    while cut.after:
        cut = keyset.cut_among(parts, company, ORDER, {"after": cut.after}, EXPORTED)
        yield from cut.rows


def first_of(
    filters: Filters, user: User, state: State, number: int, *, now: datetime
) -> ClaimQuerySet:
    """For a column of the board: the first of one state."""
    return ordered(narrowed(filters, user, now=now)[0].filter(state=state))[:number]


def branches(filters: Filters, user: User, *, now: datetime) -> list[ClaimQuerySet]:
    """Lists that together are the list, each of which an index has in order or that are short."""
    rows, few = narrowed(filters, user, now=now)
    if few or filters.scattered:
        return [rows.filter(among(filters.states))]
    return [rows.filter(state=state) for state in filters.states]


def narrowed(filters: Filters, user: User, *, now: datetime) -> tuple[ClaimQuerySet, bool]:
    """All that is asked but the states; and whether at most FEW claims can answer to it."""
    rows = Claim.objects.filter(permissions.visible(user))
    few = filters.chosen.few
    if filters.outlet:
        printed = Appearance.objects.order_by().values_list("article", flat=True)
        articles = list(printed.filter(outlet=int(filters.outlet))[: FEW_ARTICLES + 1])
        if len(articles) <= FEW_ARTICLES:
            rows, few = rows.filter(article__in=articles), True
        else:
            # Asked of each article: an outlet's own index would lead to all it has printed.
            its = printed.filter(unindexed("outlet_id", int(filters.outlet)))
            rows = rows.filter(Exists(its.filter(article=OuterRef("article"))))
    if filters.q:
        words = words_anywhere(filters.q)
        begun = bool(words) and len(words[-1]) >= SHORTEST_BEGINNING
        keys = some(ClaimWords, words, FEW + 1, begun=begun)
        if len(keys) <= FEW:
            rows, few = rows.filter(pk__in=keys), True
        else:
            for word in words[:-1]:
                rows = rows.filter(words__folded__contains=f" {word} ")
            rows = rows.filter(words__folded__contains=f" {words[-1]}" + ("" if begun else " "))
    return filters.narrow(rows, user, now=now, few=few), few


def ordered(rows: ClaimQuerySet) -> ClaimQuerySet:
    return rows.order_by(*(f"-{key}" for key in ORDER))


def with_company(rows: ClaimQuerySet) -> ClaimQuerySet:
    """With everything a row of the list shows, in a number of queries that the rows do not raise."""
    return (
        rows.with_positions()
        .select_related("assignee", "article")
        .defer("article__text", "article__sentences", "article__links", "reasons", "unresolved")
        .prefetch_related(
            Prefetch(
                "article__appearances",
                queryset=Appearance.objects.select_related("outlet").order_by("published_on", "pk"),
            ),
        )
    )
