"""How well dates are resolved: the gold of TempEval-3 (English) beside the repository.

Run: ``python benchmarks/dates.py``. Takes every DATE of the gold whose value is a day, a week, a
month, a quarter, a season, a year or a decade, and asks whether our reader finds the words (their
places overlap) and means exactly those days. The gold also marks what dates only a noun and what
dates no claim at all, so recall is a lower bound. Reads ``../shared/evaldata``; says so and stops
where that is absent. No Arabic or Turkish gold is public: ``benchmarks/splitting.py`` has the dates
of our own annotations, and tests/detection/test_dates_*.py what each expression means.
"""

import json
import re
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from claims.languages import calendars, temporal  # noqa: E402
from claims.languages.en import grammar  # noqa: E402
from claims.languages.shapes import Time, tokenise  # noqa: E402

GOLD = ROOT.parent / "shared" / "evaldata" / "dates" / "en.te3_aquaint_train.jsonl"
_SEASONS = {"SP": 0, "SU": 1, "FA": 2, "WI": 3}
_FUTURE = re.compile(r"\b(?:will|won't|shall|going to|expected to|scheduled|due to|set to)\b")


def days_of(value: str) -> calendars.Interval | None:
    """The days of a TIMEX3 value; None for one that names none (PAST_REF, P3D, times of day)."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:T.*)?", value):
        day = date(*map(int, match.groups()))
        return day, day
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return monday + timedelta(days=5 if match[3] else 0), monday + timedelta(days=6)
    if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return calendars.month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        of = 4 if match[2] == "Q" else 2
        return calendars.part(calendars.year(int(match[1])), (int(match[3]), of))
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return calendars.season(int(match[1]), _SEASONS[match[2]])
    if match := re.fullmatch(r"(\d{4})", value):
        return calendars.year(int(match[1]))
    if match := re.fullmatch(r"(\d{3})", value):
        return date(int(match[1]) * 10, 1, 1), date(int(match[1]) * 10 + 9, 12, 31)
    return None


def main() -> int:
    if not GOLD.is_file():
        print("Skipped: no dates in ../shared/evaldata/dates beside this repository.")
        return 0
    counts: Counter[str] = Counter()
    with GOLD.open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text, published = record["text"], date.fromisoformat(record["dct"][:10])
            times = grammar.times(tokenise(text, grammar.normal))
            counts["found"] += len(times)
            for timex in record["timex"]:
                _count(counts, timex, text, times, published)
    print(f"{counts['gold']} dates of the gold, {counts['found']} found by us")
    print(f"words found   {counts['seen'] / counts['gold']:.3f}")
    print(f"days right    {counts['right'] / max(1, counts['seen']):.3f} of those found")
    return 0


def _count(
    counts: Counter[str],
    timex: dict[str, Any],
    text: str,
    times: list[Time],
    published: date,
) -> None:
    days = days_of(str(timex["value"])) if timex["type"] == "DATE" else None
    if days is None:
        return
    counts["gold"] += 1
    start, end = timex["span"]
    sentence = text[max(text.rfind(".", 0, start), text.rfind("\n\n", 0, start)) + 1 : start]
    future = bool(_FUTURE.search(sentence))
    for time in times:
        if time.span.start < end and start < time.span.end:
            counts["seen"] += 1
            counts["right"] += temporal.resolve(time, published, future) == days
            return


if __name__ == "__main__":
    sys.exit(main())
