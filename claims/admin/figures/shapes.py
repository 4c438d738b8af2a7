"""What a figure is made of, before it is drawn: templates/desk/parts/figure_*.html draw it.

Drawings have no words in them, so that a right-to-left page can turn them round whole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Rating
from claims.templatetags.desk import day, digits

# With fewer than so many cases a median or a share says nothing.
ENOUGH = 5

Cell = str | int | float | date | None


@dataclass(frozen=True)
class Part:
    """A rectangle, in hundredths of the drawing. `tone` ends the class f-…; `pattern` is the mark of a rating, so that it is told
    without its colour."""

    x: float
    y: float
    width: float
    height: float
    tone: str
    pattern: str = ""


@dataclass(frozen=True)
class Column:
    """One week: what it says, and its rectangles."""

    title: str
    parts: Sequence[Part]


@dataclass(frozen=True)
class Columns:
    """Weeks side by side, the oldest first. `top` is what the full height stands for."""

    columns: Sequence[Column]
    first: date
    top: str


@dataclass(frozen=True)
class Bar:
    """One line: its name, its parts from left to right, and its number in words."""

    label: str | Promise
    parts: Sequence[Part]
    number: str
    rating: Rating | None = None
    late: bool = False


@dataclass(frozen=True)
class Key:
    """One entry of the legend, with a rating's mark or a plain tone."""

    label: str
    number: int
    rating: Rating | None = None
    tone: str = ""


@dataclass(frozen=True)
class Figure:
    """`answer` answers `question` in a sentence; without one, `too_few` says how little there is.
    `short` is the answer in a word or two. `columns` and `rows` are the table and the file."""

    slug: str
    question: str
    note: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    answer: str = ""
    short: str = ""
    aside: str = ""
    too_few: str = ""
    weeks: Columns | None = None
    bars: Sequence[Bar] = ()
    legend: Sequence[Key] = ()
    more: int = 0
    dots: Sequence[bool] = field(default=())

    @property
    def said(self) -> str:
        return self.answer or self.too_few


def length(took: timedelta) -> str:
    """As long as it took, in the words of a person: hours up to two days, then days."""
    hours = took.total_seconds() / 3600
    if hours < 1:
        return _("less than an hour")
    if hours < 48:
        number = round(hours)
        return ngettext("%(n)s hour", "%(n)s hours", number) % {"n": digits(number)}
    number = round(hours / 24)
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": digits(number)}


def share(part: int, whole: int) -> str:
    """A percentage, rounded so that neither "all" nor "none" is said of what is not."""
    number = round(100 * part / max(whole, 1))
    if 0 < part < whole:
        number = max(1, min(99, number))
    return digits(_("%(n)s%%") % {"n": number})


def quantile(values: Sequence[timedelta], of: float) -> timedelta | None:
    """The nearest rank: a value that really occurred, and that this share does not exceed."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(of * len(ranked)) - 1)] if ranked else None


def stacked(
    weeks: Sequence[Sequence[tuple[int, str, str]]], titles: Sequence[str], first: date
) -> Columns:
    """A column for each week out of (number, tone, pattern), laid on one another from below."""
    top = max((sum(number for number, _t, _p in week) for week in weeks), default=0)
    columns = []
    for place, (week, title) in enumerate(zip(weeks, titles, strict=True)):
        x, width = slot(place, len(weeks))
        floor = 100.0
        parts = []
        for number, tone, pattern in week:
            if number:
                height = round(100 * number / top, 2)
                floor = round(floor - height, 2)
                parts.append(Part(x, floor, width, height, tone, pattern))
        columns.append(Column(title, parts))
    return Columns(columns, first, digits(top) if top else "")


def slot(place: int, of: int) -> tuple[float, float]:
    """Where the column of a week stands, and how wide it is."""
    step = 100 / of
    width = min(step * 0.8, 8)
    return round(step * place + (step - width) / 2, 2), round(width, 2)


def line(numbers: Sequence[tuple[int, str, str]], longest: int) -> list[Part]:
    """One bar of (number, tone, pattern), of full length where it has the `longest` sum."""
    parts = []
    x = 0.0
    for number, tone, pattern in numbers:
        if number:
            width = round(100 * number / max(longest, 1), 2)
            parts.append(Part(round(x, 2), 0, width, 100, tone, pattern))
            x += width
    return parts


def week_of(monday: date) -> str:
    return _("Week of %(day)s") % {"day": day(monday)}


def few(number: int) -> str:
    """What stands where an answer would claim too much."""
    if not number:
        return _("Nothing to count in this period yet.")
    return ngettext(
        "Only %(n)s case in this period: too few for an answer.",
        "Only %(n)s cases in this period: too few for an answer.",
        number,
    ) % {"n": digits(number)}


def isolated(name: str) -> str:
    """A name that keeps its own direction inside a sentence of another."""
    return f"\u2068{name}\u2069"
