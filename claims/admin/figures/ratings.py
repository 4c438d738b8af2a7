"""What was ruled, by rating and by the week in which the verdict first went out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from claims.admin.figures.periods import Period
from claims.admin.figures.shapes import Bar, Figure, Key, few, line, stacked, week_of
from claims.models import LogEntry, Publication, Rating
from claims.templatetags.desk import digits


def first_published(period: Period) -> QuerySet[Publication]:
    return Publication.objects.filter(
        kind=LogEntry.Kind.ORIGINAL, published_at__gte=period.start
    ).order_by()


def verdicts(period: Period) -> QuerySet[Any]:
    """The verdicts that first went out in the period, each once, as they stand now; without those
    that were retracted. `first_at` is when it first went out."""
    originals = first_published(period)
    return (
        Publication.objects.standing()
        .filter(claim__in=originals.values("claim"), version__translates=None)
        .annotate(
            first_at=Subquery(
                Publication.objects.filter(kind=LogEntry.Kind.ORIGINAL, claim=OuterRef("claim"))
                .order_by()
                .values("published_at")[:1]
            )
        )
        .order_by()
    )


@dataclass(frozen=True)
class Ruled:
    """`weeks`: how often each rating, by its number, week by week. `ratings`: those that occur and
    those on offer, in the scale's order."""

    weeks: list[Counter[int]]
    ratings: list[Rating]

    @property
    def totals(self) -> Counter[int]:
        return sum(self.weeks, Counter())


def numbers(period: Period) -> Ruled:
    """Two queries."""
    weeks: list[Counter[int]] = [Counter() for _week in range(period.weeks)]
    rows = verdicts(period).values_list("first_at", "version__rating")
    at: datetime
    for at, rating in rows.iterator():
        weeks[period.week(at)][rating] += 1
    used = {rating for week in weeks for rating in week}
    return Ruled(weeks, [r for r in Rating.objects.all() if r.active or r.pk in used])


def figure(period: Period) -> Figure:
    ruled = numbers(period)
    totals = ruled.totals
    every = totals.total()
    answer = ""
    if every:
        most = max(ruled.ratings, key=lambda rating: totals[rating.pk])
        answer = _("Of %(all)s verdicts, %(n)s are “%(rating)s”, more than any other.") % {
            "all": digits(every), "n": digits(totals[most.pk]), "rating": most,
        }  # fmt: skip
        if list(totals.values()).count(totals[most.pk]) > 1:
            answer = _("%(all)s verdicts; no rating stands out.") % {"all": digits(every)}
    titles = [
        f"{week_of(monday)}: {digits(week.total())}"
        for monday, week in zip(period.mondays, ruled.weeks, strict=True)
    ]
    columns = [[(week[r.pk], r.mark, r.mark) for r in ruled.ratings] for week in ruled.weeks]
    longest = max(totals.values(), default=0)
    return Figure(
        "ratings",
        _("What did we rule?"),
        _("A verdict counts once, in the week in which it first went out, with the rating that "
          "stands today. Retracted verdicts are left out."),
        [_("week"), *[str(rating) for rating in ruled.ratings], _("all")],
        [
            [monday, *[week[rating.pk] for rating in ruled.ratings], week.total()]
            for monday, week in zip(period.mondays, ruled.weeks, strict=True)
        ],
        answer=answer,
        too_few="" if every else few(0),
        weeks=stacked(columns, titles, period.first) if every else None,
        legend=[Key(str(r), totals[r.pk], rating=r) for r in ruled.ratings] if every else (),
        bars=[
            Bar(
                str(rating),
                line([(totals[rating.pk], rating.mark, rating.mark)], longest),
                digits(totals[rating.pk]),
                rating=rating,
            )
            for rating in ruled.ratings
            if totals[rating.pk] or rating.active
        ]
        if every
        else (),
    )  # fmt: skip
