"""A period of whole weeks up to now. Weeks begin on Monday, in the desk's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

CHOICES = (4, 12, 52)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Period:
    """`weeks` weeks, the running one among them; `first` is the Monday it begins with."""

    weeks: int
    first: date

    @property
    def start(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def mondays(self) -> list[date]:
        return [self.first + WEEK * number for number in range(self.weeks)]

    def week(self, at: datetime) -> int:
        """Which of its weeks this moment falls into, from 0; what is later falls into the last."""
        days = (timezone.localtime(at).date() - self.first).days
        return max(0, min(self.weeks - 1, days // 7))


def lately(weeks: int, now: datetime) -> Period:
    today = timezone.localtime(now).date()
    return Period(weeks, today - timedelta(days=today.weekday()) - WEEK * (weeks - 1))


def asked(text: str | None, now: datetime) -> Period:
    """The period that an address names; 12 weeks for anything else."""
    return lately(next((n for n in CHOICES if str(n) == text), 12), now)
