"""How long from intake to verdict: from the article's arrival to the first publication."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from claims.admin.figures.periods import Period
from claims.admin.figures.shapes import (
    ENOUGH,
    Column,
    Columns,
    Figure,
    Part,
    few,
    length,
    quantile,
    slot,
    week_of,
)
from claims.models import LogEntry, Publication

HOUR = timedelta(hours=1)


def numbers(period: Period) -> list[list[timedelta]]:
    """How long each verdict took, week by week. One query."""
    rows = Publication.objects.filter(
        kind=LogEntry.Kind.ORIGINAL, published_at__gte=period.start
    ).order_by()
    weeks: list[list[timedelta]] = [[] for _week in range(period.weeks)]
    for out, came in rows.values_list("published_at", "claim__article__received_at").iterator():
        weeks[period.week(out)].append(max(out - came, timedelta()))
    return weeks


def figure(period: Period) -> Figure:
    weeks = numbers(period)
    every = [took for week in weeks for took in week]
    half, most = quantile(every, 0.5), quantile(every, 0.9)
    answer = short = aside = ""
    if half is not None and most is not None and len(every) >= ENOUGH:
        said = {"half": length(half), "most": length(most)}
        answer = (
            _("Half of the verdicts took %(half)s or less, nine of ten %(most)s or less.") % said
        )
        short = length(half)
        aside = _("half of the verdicts; nine of ten within %(most)s") % said
    return Figure(
        "turnaround",
        _("How long from intake to verdict?"),
        _("From the arrival of the article to the first publication of the verdict."),
        [_("week"), _("verdicts"), _("half within, hours"), _("nine of ten within, hours")],
        [
            [monday, len(week), _hours(week, 0.5), _hours(week, 0.9)]
            for monday, week in zip(period.mondays, weeks, strict=True)
        ],
        answer=answer,
        short=short,
        aside=aside,
        too_few="" if answer else few(len(every)),
        weeks=_drawn(period, weeks) if every else None,
    )


def _hours(week: list[timedelta], of: float) -> float | None:
    took = quantile(week, of)
    return None if took is None else round(took / HOUR, 1)


def _drawn(period: Period, weeks: list[list[timedelta]]) -> Columns:
    """A solid column up to the median, an open one up to the ninth of ten."""
    tops = [quantile(week, 0.9) or timedelta() for week in weeks]
    top = max(*tops, HOUR)
    columns = []
    for place, (monday, week, most) in enumerate(zip(period.mondays, weeks, tops, strict=True)):
        half = quantile(week, 0.5)
        parts = []
        title = f"{week_of(monday)}: –"
        if half is not None:
            x, width = slot(place, period.weeks)
            outer, inner = (max(1.0, round(100 * took / top, 2)) for took in (most, half))
            tone = "teal" if place == period.weeks - 1 else "ink"
            parts = [
                Part(x, round(100 - outer, 2), width, outer, "range"),
                Part(x, round(100 - inner, 2), width, inner, tone),
            ]
            title = _("%(week)s: half within %(half)s, nine of ten within %(most)s") % {
                "week": week_of(monday), "half": length(half), "most": length(most),
            }  # fmt: skip
        columns.append(Column(title, parts))
    return Columns(columns, period.first, length(top))
