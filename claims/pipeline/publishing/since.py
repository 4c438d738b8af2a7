"""The moment that whoever mirrors us names: from there on they want what is new."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.utils.dateparse import parse_date, parse_datetime


def moment(text: str) -> datetime | None:
    """A time or a day in ISO 8601, in UTC where it names no zone; None for nothing. Raises ValueError
    with a sentence to show."""
    if not text:
        return None
    try:
        found = parse_datetime(text)
        day = None if found else parse_date(text)
        if found is None and day is not None:
            found = datetime.combine(day, time(), UTC)
        if found is not None:
            return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        pass  # No such day; or one before the first or after the last year, once it is in UTC.
    raise ValueError(
        f"'{text[:40]}' is no time. Write since as 2026-11-24 or 2026-11-24T09:00:00Z."
    )
