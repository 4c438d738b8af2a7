"""The claim made readable on its own: relative dates become days. Nothing is invented."""

from collections.abc import Sequence
from datetime import timedelta

from claims.detection.model import Dated


def statement(said: str, start: int, dates: Sequence[Dated]) -> str:
    """``said`` with white space tidied and each date in it followed by the days it means.

    A date that already names its year is left as it is.
    """
    out, at = [], 0
    for dated in sorted(dates, key=lambda found: found.start):
        lo, hi = dated.start - start, dated.end - start
        if lo < at or hi > len(said) or str(dated.first.year) in dated.text:
            continue
        out.append(f"{said[at:hi]} ({_days(dated)})")
        at = hi
    out.append(said[at:])
    return " ".join("".join(out).split())


def _days(dated: Dated) -> str:
    if dated.first == dated.last:
        return dated.first.isoformat()
    first, last = dated.first, dated.last
    year_long = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if first.year == last.year and year_long:
        return f"{first:%Y}"
    month_long = first.day == 1 and (last + timedelta(days=1)).day == 1
    if (first.year, first.month) == (last.year, last.month) and month_long:
        return f"{first:%Y-%m}"
    return f"{first.isoformat()} – {last.isoformat()}"
