"""The claim made readable on its own: relative dates become days. Nothing is invented."""

from collections.abc import Sequence

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
    return f"{dated.first.isoformat()} – {dated.last.isoformat()}"
