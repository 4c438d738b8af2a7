"""The claim made readable on its own: its subject named, its dates made days. Nothing is invented."""

from collections.abc import Sequence
from datetime import timedelta

from claims.detection.model import Dated
from claims.languages.shapes import Reference

_SUBJECTLESS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "did",
        "does",
    ]
)
_NAMES_IN_LOWER_CASE = ("al-", "el-", "ad-", "as-", "ash-", "http")


def statement(
    said: str,
    start: int,
    dates: Sequence[Dated],
    language: str,
    reference: Reference | None = None,
    antecedent: str = "",
) -> str:
    """``said`` with white space tidied, its dates followed by the days they mean, its subject named.

    It begins with a capital letter where the script has them, unless a pronoun stands there. ``start``: where ``said`` stands in the
    text. A date that already names its year is left as it
    is; so is the pronoun of ``reference`` where no ``antecedent`` is certain.
    """
    out, at = [], 0
    if reference is not None and antecedent:
        # The pronoun stands at the head of the claim, or was left outside right before it.
        at = max(0, reference.span.end - start)
        out.append(antecedent if at else f"{antecedent} ")
    for dated in sorted(dates, key=lambda found: found.start):
        lo, hi = dated.start - start, dated.end - start
        if lo < at or hi > len(said) or str(dated.first.year) in dated.text:
            continue
        out.append(f"{said[at:hi]} ({_days(dated)})")
        at = hi
    out.append(said[at:])
    made = " ".join("".join(out).split())
    if reference is None or antecedent:
        made = _opened(made, language)
    # Mostly nothing was to be made: one string then serves as both.
    return said if made == said else made


def _opened(said: str, language: str) -> str:
    """With a capital letter at its head. Without a subject it would read like a question."""
    first = said.split(" ", 1)[0]
    if not first[:1].islower() or first != first.lower() or first in _SUBJECTLESS:
        return said
    if first.startswith(_NAMES_IN_LOWER_CASE):
        return said
    letter = "İ" if language == "tr" and first[0] == "i" else first[0].upper()
    return letter + said[1:]


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
