"""Which days a time expression means, seen from the day of publication."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from claims.languages import calendars
from claims.languages.calendars import Interval
from claims.languages.shapes import Time

# "in September", said in August, is the coming one; said in April, the one that has been. Where no
# verb tells, the nearer of the two.
_MONTHS_AHEAD, _NEARER_AHEAD = 2, 5
# A stored date is at most a few days off the day a text calls today.
_SLIP = 3


def resolve(time: Time, published: date, future: bool | None) -> Interval | None:
    """The closed interval of days that ``time`` means; None where the calendar has no such day.

    ``future``: the clause speaks of what is to come, so that a bare weekday or month is the next one;
    None: it does not tell. What the words beside the time say comes first.
    """
    future = time.outlook > 0 if time.outlook else future
    try:
        first, last = _RESOLVERS[time.what](time, published, future)
        if time.until is not None:
            first, last = _range(time, time.until, (first, last), published, future)
    except (ValueError, OverflowError):
        # 31 June, the year 9999 and ten more, a Hijri year outside the tables
        return None
    if time.since and first <= published:
        last = published
    return (first, last) if first <= last else None


def until_then(time: Time, days: Interval, published: date) -> Interval:
    """The days of a deadline still to come: from publication on."""
    return (published, days[1]) if time.by and days[1] > published else days


def today(times: Sequence[Time], published: date) -> date:
    """The day the text itself calls today, where it says so; else the day it was published.

    A date that the text gives as today's counts first. Else the weekdays beside "today" and
    "yesterday" do, where all of them agree that the stored date is a few days off.
    """
    for time in times:
        if time.now and time.day:
            said = resolve(replace(time, until=None, end_day=0), published, False)
            if said is not None:
                return said[0]
    slips = {
        (time.weekday - (published.weekday() + time.n) + _SLIP) % 7 - _SLIP
        for time in times
        if time.what == "day" and time.weekday >= 0
    }
    if len(slips) == 1:
        try:
            return published + timedelta(days=slips.pop())
        except OverflowError:
            pass
    return published


def _range(
    time: Time, until: Time, begin: Interval, published: date, future: bool | None
) -> Interval:
    """From the beginning of ``time`` to the end of ``until``; the year is often said once."""
    first = begin[0]
    if until.what == "weekday":
        return first, first + timedelta(days=(until.n - first.weekday()) % 7)
    if until.what == "date" and not until.year and not until.way:
        until = replace(until, year=first.year)
        last = _date(until, published, future)[1]
        return first, last if last >= first else _date(
            replace(until, year=first.year + 1), published, future
        )[1]
    last = _RESOLVERS[until.what](until, published, future)[1]
    if time.what == "date" and not time.year and not time.way:
        first = _date(replace(time, year=last.year), published, future)[0]
        if first > last:
            first = _date(replace(time, year=last.year - 1), published, future)[0]
    return first, last


def _day(time: Time, published: date, future: bool | None) -> Interval:
    day = published + timedelta(days=time.n)
    if time.weekday >= 0:
        day += timedelta(days=(time.weekday - day.weekday() + _SLIP) % 7 - _SLIP)
    return day, day


def _weekday(time: Time, published: date, future: bool | None) -> Interval:
    back = (published.weekday() - time.n) % 7
    if time.way > 0 or (time.way == 0 and future):
        day = published + timedelta(days=(7 - back) % 7 or (7 if time.way > 0 else 0))
    elif time.way < 0:
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
    return day, day


def _week(time: Time, published: date, future: bool | None) -> Interval:
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=time.n)
    # "early this week" is any day of it: nobody means just two
    return monday, monday + timedelta(days=6)


def _weekend(time: Time, published: date, future: bool | None) -> Interval:
    monday, _ = _week(time, published, future)
    saturday = monday + timedelta(days=5)
    if saturday > published and not future and time.way == 0:
        saturday -= timedelta(days=7)
    return saturday, saturday + timedelta(days=1)


def _month_of(time: Time, published: date, future: bool | None) -> Interval:
    if time.calendar:
        return _narrowed(calendars.jalali_month_of(published, time.n), time)
    months = published.year * 12 + published.month - 1 + time.n
    year, month = months // 12, months % 12 + 1
    if time.day:
        day = date(year, month, time.day)
        return day, date(year, month, time.end_day) if time.end_day else day
    return _narrowed(calendars.month(year, month), time)


def _quarter_of(time: Time, published: date, future: bool | None) -> Interval:
    quarters = published.year * 4 + (published.month - 1) // 3 + time.n
    return calendars.part(calendars.year(quarters // 4), (quarters % 4 + 1, 4))


def _year_of(time: Time, published: date, future: bool | None) -> Interval:
    return _narrowed(calendars.year(published.year + time.n), time)


def _decade(time: Time, published: date, future: bool | None) -> Interval:
    first, last = date(time.year, 1, 1), date(time.year + 9, 12, 31)
    thirds = {1: (0, 3), 2: (4, 6), 3: (7, 9)}
    if time.third:
        begin, end = thirds[time.third]
        return date(time.year + begin, 1, 1), date(time.year + end, 12, 31)
    return first, last


def _decade_of(time: Time, published: date, future: bool | None) -> Interval:
    decade = published.year // 10 * 10 + 10 * time.n
    return _decade(replace(time, year=decade), published, future)


def _century_of(time: Time, published: date, future: bool | None) -> Interval:
    first = (published.year - 1) // 100 * 100 + 1 + 100 * time.n
    return date(first, 1, 1), date(first + 99, 12, 31)


def _season(time: Time, published: date, future: bool | None) -> Interval:
    """The months meteorologists count: spring is March to May."""
    if time.year:
        return calendars.season(time.year, time.n)
    this = calendars.season(published.year, time.n)
    before = calendars.season(published.year - 1, time.n)
    if time.way < 0 or (time.way == 0 and not future and this[0] > published):
        return this if this[1] < published else before
    if time.way > 0 or future:
        return this if this[0] > published else calendars.season(published.year + 1, time.n)
    return before if before[1] >= published else this


def _narrowed(days: Interval, time: Time) -> Interval:
    if time.third:
        return calendars.third(days, time.third)
    return calendars.part(days, time.part) if time.part[1] > 1 else days


def _date(time: Time, published: date, future: bool | None) -> Interval:
    if time.calendar:
        return _narrowed(calendars.other(time, published), time)
    if not time.month:
        return _narrowed(calendars.year(time.year), time)
    if time.n and time.way:
        year = published.year + time.way
    elif time.n:
        year = published.year
    else:
        year = time.year if time.year else _nearest_year(time, published, future)
    if time.day:
        first = date(year, time.month, time.day)
        return first, date(year, time.month, time.end_day) if time.end_day else first
    return _narrowed(calendars.month(year, time.month), time)


def _nearest_year(time: Time, published: date, future: bool | None) -> int:
    ahead = (time.month - published.month) % 12
    if time.way > 0:
        ahead = ahead or (0 if time.day > published.day else 12)
        return published.year + (published.month - 1 + ahead) // 12
    if time.way < 0:
        back = (published.month - time.month) % 12 or (0 if 0 < time.day < published.day else 12)
        return published.year - (1 if published.month - back <= 0 else 0)
    if ahead == 0 and time.day and time.day > published.day and not future:
        # "on the 20th" of this month is still to come; both readings lie in this year
        return published.year
    near = 0 if time.outlook < 0 else _NEARER_AHEAD if future is None else _MONTHS_AHEAD
    if future or ahead <= near:
        return published.year + (published.month - 1 + ahead) // 12
    return published.year - (1 if time.month > published.month else 0)


def _ago(time: Time, published: date, future: bool | None) -> Interval:
    if future:
        # "not before two years" from now
        return published, calendars.shifted(published, time.n, time.unit)
    day = calendars.shifted(published, -time.n, time.unit)
    if time.unit in {"year", "decade"}:
        return calendars.year(day.year)
    if time.unit == "month":
        return calendars.month(day.year, day.month)
    if time.unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, day


def _past(time: Time, published: date, future: bool | None) -> Interval:
    return calendars.shifted(published, -time.n, time.unit), published


def _ahead(time: Time, published: date, future: bool | None) -> Interval:
    return published, calendars.shifted(published, time.n, time.unit)


def _hence(time: Time, published: date, future: bool | None) -> Interval:
    if not future:
        raise ValueError("two weeks later in a story, not from now on")
    return _ahead(time, published, future)


_RESOLVERS: dict[str, Callable[[Time, date, bool | None], Interval]] = {
    "day": _day,
    "weekday": _weekday,
    "week": _week,
    "weekend": _weekend,
    "month_of": _month_of,
    "quarter_of": _quarter_of,
    "year_of": _year_of,
    "decade_of": _decade_of,
    "century_of": _century_of,
    "season": _season,
    "date": _date,
    "decade": _decade,
    "ago": _ago,
    "past": _past,
    "ahead": _ahead,
    "hence": _hence,
}
