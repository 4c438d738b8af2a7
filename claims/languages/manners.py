"""How one reader writes figures and days: theirs while the page or the letter is made for them.

What machines read (addresses, `datetime` attributes, fields of forms) is never written by this.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language
from hijridate import Gregorian

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# As they are said in Syria, Lebanon, Palestine, Jordan and Iraq; the days are the Gregorian ones.
_LEVANTINE = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
)  # fmt: skip


@dataclass(frozen=True)
class Manner:
    """`digits`: "latn", "arab", or "" for the language's own. `calendar`: "gregorian", "levantine"
    (the months' names, in Arabic alone) or "hijri" (beside the Gregorian day)."""

    digits: str = ""
    calendar: str = "gregorian"


PLAIN = Manner()
_manner: ContextVar[Manner] = ContextVar("manner", default=PLAIN)


@contextmanager
def writing_for(manner: Manner) -> Iterator[None]:
    """Inside, figures and days are written in this manner."""
    token = _manner.set(manner)
    try:
        yield
    finally:
        _manner.reset(token)


def current() -> Manner:
    """The manner that holds now."""
    return _manner.get()


def figures(value: object) -> str:
    """The text with its figures as the reader writes them: by choice, else ٠١٢٣ in Arabic and 0123
    elsewhere."""
    text = str(value)
    arabic = (_manner.get().digits or ("arab" if _language() == "ar" else "latn")) == "arab"
    return text.translate(_ARABIC) if arabic else text


def day(value: date | datetime | None) -> str:
    """26 July 2024; without the year if it is this one. "" for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    with_year = value.year != timezone.localdate().year
    said = f"{value.day} {_month(value)}"
    if with_year:
        said += f" {value.year}"
    return figures(said + _beside(value, with_year))


def weekday(value: datetime) -> str:
    """Monday 2 September, without the year: it heads a page about today."""
    local = timezone.localtime(value).date()
    said = f"{WEEKDAYS[local.weekday()]} {local.day} {_month(local)}"
    return figures(said + _beside(local, with_year=_manner.get().calendar == "hijri"))


def minute(value: datetime) -> str:
    """14:05, as the desk's clock shows it."""
    return figures(date_format(timezone.localtime(value), "G:i"))


def _month(value: date) -> str:
    if _manner.get().calendar == "levantine" and _language() == "ar":
        return _LEVANTINE[value.month - 1]
    return date_format(value, "F")


def _beside(value: date, with_year: bool) -> str:
    """The day of the Hijri year in brackets, for whom it is wanted; its tables reach from 1924 to
    2077."""
    if _manner.get().calendar != "hijri":
        return ""
    try:
        hijri = Gregorian.fromdate(value).to_hijri()
    except (OverflowError, ValueError):
        return ""
    language: Literal["ar", "tr", "en"] = "en"
    if _language() == "ar":
        language = "ar"
    elif _language() == "tr":
        language = "tr"
    said = f"{hijri.day} {hijri.month_name(language)}"
    if with_year:
        said += f" {hijri.year} {'هـ' if language == 'ar' else hijri.notation(language)}"
    return f" ({said})"


def _language() -> str:
    return (get_language() or "ar")[:2]
