"""How the sources did in the last day, read off the lookups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max, Q
from django.utils.functional import Promise

from claims import sources
from claims.models import Lookup

DAY = timedelta(days=1)
SLOW_SECONDS = 10.0


@dataclass(frozen=True)
class Health:
    """`seconds`: mean time to an answer; None where there was none. `last` is when it last gave up,
    `reason` why."""

    name: str
    label: Promise | str
    answered: int
    gave_up: int
    open: int
    seconds: float | None
    reason: str
    last: datetime | None

    @property
    def total(self) -> int:
        return self.answered + self.gave_up

    @property
    def silent(self) -> bool:
        return bool(self.gave_up) and not self.answered

    @property
    def slow(self) -> bool:
        return self.seconds is not None and self.seconds > SLOW_SECONDS


def names() -> list[Promise | str]:
    """The sources in the order of `last_day`, without asking how they did."""
    return [source.label for _name, source in sorted(sources.registry().items())]


def last_day(now: datetime) -> list[Health]:
    """Every source, also one that nobody asked. Three queries at most, each by its own index."""
    recent = Lookup.objects.filter(finished_at__gte=now - DAY).order_by()
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    settled = Q(state__in=[Lookup.State.ANSWERED, Lookup.State.NOTHING])
    answered = settled & Q(started_at__isnull=False)  # otherwise there was nothing to ask
    gave_up = Q(state=Lookup.State.GAVE_UP)
    counted: dict[str, dict[str, Any]] = {
        row["source"]: dict(row)
        for row in recent.values("source").annotate(
            answered=Count("pk", filter=answered),
            gave_up=Count("pk", filter=gave_up),
            took=Avg(took, filter=answered),
            last=Max("finished_at", filter=gave_up),
        )
    }
    still_open = dict(
        Lookup.objects.unfinished().order_by().values_list("source").annotate(Count("pk"))
    )
    reasons = {}
    if any(row["gave_up"] for row in counted.values()):
        reasons = dict(
            recent.filter(gave_up).order_by("finished_at").values_list("source", "reason")
        )
    return [
        Health(
            name=name,
            label=source.label,
            answered=row["answered"],
            gave_up=row["gave_up"],
            open=still_open.get(name, 0),
            seconds=row["took"].total_seconds() if row["took"] is not None else None,
            reason=reasons.get(name, ""),
            last=row["last"],
        )
        for name, source in sorted(sources.registry().items())
        for row in [counted.get(name, _NONE)]
    ]


_NONE: dict[str, Any] = {"answered": 0, "gave_up": 0, "took": None, "last": None}
