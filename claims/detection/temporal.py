"""Which days a time expression means, seen from the day of publication."""

import calendar
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from claims.languages.shapes import Time

Interval = tuple[date, date]

# "in September", said in August, is the coming one; said in April, the one that has been.
_MONTHS_AHEAD = 2


def resolve(time: Time, published: date, future: bool) -> Interval | None:
    """The closed interval of days that ``time`` means; None where the calendar has no such day.

    ``future``: the clause speaks of what is to come, so that a bare weekday or month is the next one.
    """
    try:
        interval = _RESOLVERS[time.what](time, published, future)
        return (interval[0], published) if time.since and interval[0] <= published else interval
    except (ValueError, OverflowError):
        # 31 June, the year 9999 and ten more, a Hijri year outside the tables
        return None


def _day(time: Time, published: date, future: bool) -> Interval:
    day = published + timedelta(days=time.n)
    return day, day


def _weekday(time: Time, published: date, future: bool) -> Interval:
    back = (published.weekday() - time.n) % 7
    if time.way > 0 or (time.way == 0 and future):
        day = published + timedelta(days=(7 - back) % 7 or (7 if time.way > 0 else 0))
    elif time.way < 0:
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
    return day, day


def _week(time: Time, published: date, future: bool) -> Interval:
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=time.n)
    return monday, monday + timedelta(days=6)


def _weekend(time: Time, published: date, future: bool) -> Interval:
    monday, _ = _week(time, published, future)
    saturday = monday + timedelta(days=5)
    if saturday > published and not future and time.way == 0:
        saturday -= timedelta(days=7)
    return saturday, saturday + timedelta(days=1)


def _month_of(time: Time, published: date, future: bool) -> Interval:
    months = published.year * 12 + published.month - 1 + time.n
    return _third(_month(months // 12, months % 12 + 1), time.third)


def _year_of(time: Time, published: date, future: bool) -> Interval:
    return _year(published.year + time.n, time.third)


def _year(year: int, third: int = 0) -> Interval:
    first, last = {0: (1, 12), 1: (1, 4), 2: (5, 8), 3: (9, 12)}[third]
    return date(year, first, 1), _month(year, last)[1]


def _month(year: int, month: int) -> Interval:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _third(month: Interval, third: int) -> Interval:
    first, last = month
    return {
        0: (first, last),
        1: (first, first.replace(day=10)),
        2: (first.replace(day=11), first.replace(day=20)),
        3: (first.replace(day=21), last),
    }[third]


def _date(time: Time, published: date, future: bool) -> Interval:
    if time.hijri:
        return _hijri(time, published)
    if not time.month:
        return _year(time.year, time.third)
    if time.n and time.way:
        year = published.year + time.way
    else:
        year = time.year if time.year else _nearest_year(time, published, future)
    if time.day:
        first = date(year, time.month, time.day)
        return first, date(year, time.month, time.end_day) if time.end_day else first
    return _third(_month(year, time.month), time.third)


def _nearest_year(time: Time, published: date, future: bool) -> int:
    ahead = (time.month - published.month) % 12
    if time.way > 0:
        ahead = ahead or 12
        return published.year + (published.month - 1 + ahead) // 12
    if time.way < 0:
        back = (published.month - time.month) % 12 or (0 if 0 < time.day < published.day else 12)
        return published.year - (1 if published.month - back <= 0 else 0)
    if ahead == 0 and time.day and time.day > published.day and not future:
        # "on the 20th" of this month is still to come; both readings lie in this year
        return published.year
    coming = ahead <= _MONTHS_AHEAD or future
    if coming:
        return published.year + (published.month - 1 + ahead) // 12
    return published.year - (1 if time.month > published.month else 0)


def _hijri(time: Time, published: date) -> Interval:
    year = time.year or Gregorian.fromdate(published).to_hijri().year + time.way
    if not time.month:
        first = Hijri(year, 1, 1).to_gregorian()
        last = Hijri(year + 1, 1, 1).to_gregorian()
        return _plain(first), _plain(last) - timedelta(days=1)
    length = Hijri(year, time.month, 1).month_length()
    first = Hijri(year, time.month, time.day or 1).to_gregorian()
    last = Hijri(year, time.month, time.day or length).to_gregorian()
    return _plain(first), _plain(last)


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)


def _shifted(day: date, n: int, unit: str) -> date:
    if unit in {"day", "hour"}:
        return day + timedelta(days=n if unit == "day" else n // 24)
    if unit == "week":
        return day + timedelta(weeks=n)
    months = day.year * 12 + day.month - 1 + n * {"month": 1, "year": 12, "decade": 120}[unit]
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def _ago(time: Time, published: date, future: bool) -> Interval:
    if future:
        # "not before two years" from now
        return published, _shifted(published, time.n, time.unit)
    day = _shifted(published, -time.n, time.unit)
    if time.unit == "year":
        return _year(day.year)
    if time.unit == "month":
        return _month(day.year, day.month)
    if time.unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, day


def _ahead(time: Time, published: date, future: bool) -> Interval:
    return published, _shifted(published, time.n, time.unit)


_RESOLVERS = {
    "day": _day,
    "weekday": _weekday,
    "week": _week,
    "weekend": _weekend,
    "month_of": _month_of,
    "year_of": _year_of,
    "date": _date,
    "ago": _ago,
    "ahead": _ahead,
}
