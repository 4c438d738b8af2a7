"""How old the open claims are, in four groups. It looks at now; the period does not matter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin.counting import counted, told
from claims.admin.figures.shapes import Bar, Figure, line
from claims.models import OPEN_STATES, Claim
from claims.templatetags.desk import digits

GROUPS: tuple[tuple[Promise, int, int | None], ...] = (
    (gettext_lazy("today"), 0, 1),
    (gettext_lazy("1–3 days"), 1, 4),
    (gettext_lazy("4–7 days"), 4, 8),
    (gettext_lazy("more"), 8, None),
)


@dataclass(frozen=True)
class Age:
    label: Promise
    number: int
    late: bool


def groups(now: datetime) -> dict[str, QuerySet[Claim]]:
    """The open claims of each group, for `counted`."""
    found: dict[str, QuerySet[Claim]] = {}
    for number, (_label, start, stop) in enumerate(GROUPS):
        claims = Claim.objects.filter(state__in=OPEN_STATES)
        if start:
            claims = claims.filter(created_at__lte=now - timedelta(days=start))
        if stop is not None:
            claims = claims.filter(created_at__gt=now - timedelta(days=stop))
        found[f"age{number}"] = claims
    return found


def read(counts: dict[str, int]) -> list[Age]:
    return [
        Age(label, counts[f"age{number}"], late=stop is None)
        for number, (label, _start, stop) in enumerate(GROUPS)
    ]


def numbers(now: datetime) -> list[Age]:
    """All of them, however many. One query, answered by the index on state and time."""
    return read(counted(None, **groups(now)))


def bars(ages: list[Age]) -> list[Bar]:
    longest = max(age.number for age in ages)
    tones = ["teal", "ink", "ink", "false"]
    return [
        Bar(
            digits(age.label),
            line([(age.number, tone, "")], longest),
            digits(told(age.number)),
            late=age.late and bool(age.number),
        )
        for age, tone in zip(ages, tones, strict=True)
    ]


def figure(now: datetime) -> Figure:
    ages = numbers(now)
    every = sum(age.number for age in ages)
    late = ages[-1].number
    if late:
        answer = _("%(late)s of %(all)s open claims came in more than a week ago.")
    else:
        answer = _("None of the %(all)s open claims came in more than a week ago.")
    return Figure(
        "age",
        _("How old is the queue?"),
        _("Open claims as they are now, from the queue to the approved ones, by the day on which "
          "they were found."),
        [_("came in"), _("open claims")],
        [[digits(age.label), age.number] for age in ages],
        answer=answer % {"late": digits(late), "all": digits(every)} if every else "",
        too_few="" if every else _("No claim is open."),
        bars=bars(ages) if every else (),
    )  # fmt: skip
