"""Years, months and their parts as closed intervals of days, in three calendars."""

import calendar
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from claims.languages.shapes import Time

Interval = tuple[date, date]

_MONTHS_OF = {"month": 1, "year": 12, "decade": 120}
_JALALI_EPOCH = 621  # Jalali year 1 began in March 622
# Years in which the 33-year cycle of leap years breaks off (Borkowski 1996), as far as it matters.
_BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097)


def year(number: int) -> Interval:
    return date(number, 1, 1), date(number, 12, 31)


def month(of_year: int, number: int) -> Interval:
    return (
        date(of_year, number, 1),
        date(of_year, number, calendar.monthrange(of_year, number)[1]),
    )


def season(of_year: int, number: int) -> Interval:
    """Spring (0) from March, and so on; winter ends in the February of the year after."""
    first = 3 + 3 * number
    last = first + 2
    return date(of_year, first, 1), month(of_year + (last > 12), (last - 1) % 12 + 1)[1]


def third(days: Interval, which: int) -> Interval:
    """The beginning (1), the middle (2) or the end (3) of a month, a year or a part of one."""
    first, last = days
    if (last - first).days > 31:
        return part(days, (which, 3))
    return {
        1: (first, first + timedelta(days=9)),
        2: (first + timedelta(days=10), first + timedelta(days=19)),
        3: (first + timedelta(days=20), last),
    }[which]


def part(days: Interval, which: tuple[int, int]) -> Interval:
    """(2, 4): the second of four. A year is cut at the end of a month, a month at a day."""
    number, of = which
    first, last = days
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months % of == 0:
        each = months // of
        begin = shifted(first, each * (number - 1), "month")
        return begin, shifted(begin, each, "month") - timedelta(days=1) if number < of else last
    length = (last - first).days + 1
    return (
        first + timedelta(days=length * (number - 1) // of),
        first + timedelta(days=length * number // of - 1),
    )


def shifted(day: date, n: int, unit: str) -> date:
    """``day`` and ``n`` hours, days, weeks, months, years or decades."""
    if unit in {"day", "hour"}:
        return day + timedelta(days=n if unit == "day" else int(n / 24))
    if unit == "week":
        return day + timedelta(weeks=n)
    months = day.year * 12 + day.month - 1 + n * _MONTHS_OF[unit]
    first = date(months // 12, months % 12 + 1, 1)
    return first.replace(day=min(day.day, calendar.monthrange(first.year, first.month)[1]))


def other(time: Time, published: date) -> Interval:
    """The days of a date of the Islamic or the Persian calendar. Raises ValueError, OverflowError."""
    reading = _hijri if time.calendar == "hijri" else _jalali
    this = (
        Gregorian.fromdate(published).to_hijri().year
        if time.calendar == "hijri"
        else jalali_year(published)
    )
    if time.year:
        return reading(time, time.year)
    days = reading(time, this)
    if not time.month:
        return reading(time, this + time.way)
    if time.way > 0:
        return days if days[0] > published else reading(time, this + 1)
    if time.way < 0 or (days[0] - published).days > 90:
        return days if days[1] < published else reading(time, this - 1)
    return days


def _hijri(time: Time, of_year: int) -> Interval:
    if not time.month:
        first = _plain(Hijri(of_year, 1, 1).to_gregorian())
        return first, _plain(Hijri(of_year + 1, 1, 1).to_gregorian()) - timedelta(days=1)
    length = Hijri(of_year, time.month, 1).month_length()
    return (
        _plain(Hijri(of_year, time.month, time.day or 1).to_gregorian()),
        _plain(Hijri(of_year, time.month, time.end_day or time.day or length).to_gregorian()),
    )


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)


def _jalali(time: Time, of_year: int) -> Interval:
    if not time.month:
        return nowruz(of_year), nowruz(of_year + 1) - timedelta(days=1)
    first = nowruz(of_year) + _before_month(time.month)
    length = (
        (nowruz(of_year + 1) - first).days if time.month == 12 else 31 if time.month <= 6 else 30
    )
    if max(time.day, time.end_day) > length:
        raise ValueError(f"no day {time.day} in month {time.month} of {of_year}")
    return (
        first + timedelta(days=(time.day or 1) - 1),
        first + timedelta(days=(time.end_day or time.day or length) - 1),
    )


def jalali_year(day: date) -> int:
    """The Persian year that ``day`` lies in."""
    guess = day.year - _JALALI_EPOCH
    return guess if day >= nowruz(guess) else guess - 1


def jalali_month_of(day: date, n: int) -> Interval:
    """The Persian month ``n`` months behind (or, negative, before) the one of ``day``."""
    this = jalali_year(day)
    passed = (day - nowruz(this)).days
    months = this * 12 + (passed // 31 if passed < 186 else 6 + (passed - 186) // 30) + n
    first = nowruz(months // 12) + _before_month(months % 12 + 1)
    following = months + 1
    return first, nowruz(following // 12) + _before_month(following % 12 + 1) - timedelta(days=1)


def _before_month(number: int) -> timedelta:
    """From the first day of a Persian year to that of its month: six of 31 days, then 30."""
    return timedelta(days=31 * min(number - 1, 6) + 30 * max(0, number - 7))


def nowruz(of_year: int) -> date:
    """The first day of a Persian year, after K. M. Borkowski, "The Persian calendar for 3000 years".

    Raises ValueError outside the years 1 to 2096.
    """
    if not 1 <= of_year < _BREAKS[-1]:
        raise ValueError(f"no tables for the Persian year {of_year}")
    gregorian = of_year + _JALALI_EPOCH
    leaps, begin, jump = -14, _BREAKS[0], 0
    for stop in _BREAKS[1:]:
        jump = stop - begin
        if of_year < stop:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        begin = stop
    passed = of_year - begin
    leaps += passed // 33 * 8 + (passed % 33 + 3) // 4
    if jump % 33 == 4 and jump - passed == 4:
        leaps += 1
    gregorian_leaps = gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150
    return date(gregorian, 3, 1) + timedelta(days=19 + leaps - gregorian_leaps)
