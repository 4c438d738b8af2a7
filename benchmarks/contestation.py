"""How well denials and doubts are found and joined to what they are about.

Run: ``python benchmarks/contestation.py``. Three tables in one run: the short reports of
tests/data (each half by itself: the rules were tuned on the one only; the Arabic constructions were
all tuned on; of the later ones the last ten of a language were not), the labelled Arabic
sentences with a word of denying, and the contested claims of the annotated articles. The last two
read ``../shared/evaldata`` and say so where that is absent.
"""

import argparse
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from claims.detection import detector  # noqa: E402
from claims.detection.model import Detection  # noqa: E402

REPORTS = ROOT / "tests" / "data"
EVALDATA = ROOT.parent / "shared" / "evaldata"
LABELLED = EVALDATA / "stance" / "ar.denial_labelled.jsonl"
GOLD = EVALDATA / "claims" / "dev.gold.jsonl"
LANGUAGES = ("ar", "tr", "en")
# Token F1 from which two spans are the same.
_SAME = 0.5
# Of the reports written last, so many of each language were tuned on.
_TUNED = 20

Pair = tuple[str, str]
Row = tuple[int, "Counts", "Counts"]


class Counts(NamedTuple):
    """Hits, what was found and what is right: adds up over texts."""

    hits: int = 0
    found: int = 0
    right: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.right if self.right else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.found + self.right) if self.found + self.right else 0.0


def records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def held_out(identity: str) -> bool:
    """Whether the report belongs to the half that no rule was tuned on."""
    return zlib.crc32(identity.encode()) % 2 == 1


def token_f1(one: str, other: str) -> float:
    a, b = (Counter(re.findall(r"\w+", text.lower())) for text in (one, other))
    both = (a & b).total()
    return 2 * both / (a.total() + b.total()) if both else 0.0


def links(found: Detection) -> list[Pair]:
    """(claim, denial) of each link, as words of the text."""
    text = {claim.id: claim.text for claim in found.claims}
    return [(text[target], claim.text) for claim in found.claims for target in claim.contests]


def _matched(predicted: Sequence[Pair], gold: Sequence[Pair]) -> tuple[set[int], set[int]]:
    """(indexes of the predicted, of the gold) pairs that stand for one another, one to one."""
    scored = sorted(
        (
            (min(token_f1(p[0], g[0]), token_f1(p[1], g[1])), at, to)
            for at, p in enumerate(predicted)
            for to, g in enumerate(gold)
        ),
        reverse=True,
    )
    mine: set[int] = set()
    theirs: set[int] = set()
    for score, at, to in scored:
        if score >= _SAME and at not in mine and to not in theirs:
            mine.add(at)
            theirs.add(to)
    return mine, theirs


def of_report(report: dict[str, Any], language: str) -> tuple[Counts, Counts]:
    """(contested or not, links) of one short report of tests/data."""
    found = detector.split(
        report["text"], language=language, published=date.fromisoformat(report["published"])
    )
    predicted = links(found)
    gold = [(pair["claim"], pair["denial"]) for pair in report["pairs"]]
    either = [(pair["claim"], pair["denial"]) for pair in report.get("either", ())]
    mine, _ = _matched(predicted, gold)
    rest = [pair for at, pair in enumerate(predicted) if at not in mine]
    neither, _ = _matched(rest, either)
    contested = any(claim.contested for claim in found.claims)
    right = bool(report["contested"])
    return (
        Counts(int(contested and right), int(contested), int(right)),
        Counts(len(mine), len(predicted) - len(neither), len(gold)),
    )


def over_reports(language: str, held: bool | None, name: str = "contested") -> Row:
    """(texts, contested, links) over one half of a language's short reports, or over all."""
    reports = records(REPORTS / f"{name}.{language}.jsonl")
    return _counted(
        (report for report in reports if held is None or held_out(report["id"]) == held), language
    )


def over_later(language: str, tuned: bool) -> Row:
    """The same over the reports written last; the last ten of a language were not tuned on."""
    reports = list(records(REPORTS / f"later.{language}.jsonl"))
    return _counted(reports[:_TUNED] if tuned else reports[_TUNED:], language)


def _counted(reports: Iterable[dict[str, Any]], language: str) -> Row:
    number, contested, linked = 0, Counts(), Counts()
    for report in reports:
        number += 1
        one, two = of_report(report, language)
        contested, linked = contested.plus(one), linked.plus(two)
    return number, contested, linked


def over_labelled() -> Counts:
    """The sentences that deny, among those with a word of denying; unclear ones left out."""
    counts = Counts()
    for record in records(LABELLED):
        if record["label"] == "unclear":
            continue
        found = detector.split(record["text"], language="ar", published=_day(record["date"]))
        denies = any(claim.stance == "denies" for claim in found.claims)
        right = record["label"] == "deny"
        counts = counts.plus(Counts(int(denies and right), int(denies), int(right)))
    return counts


def over_articles() -> tuple[Counts, Counts]:
    """(contested claims, links) of the annotated articles."""
    texts = {
        record["id"]: record["text"]
        for path in sorted((EVALDATA / "articles").glob("*.jsonl"))
        for record in records(path)
    }
    contested, linked = Counts(), Counts()
    for gold in records(GOLD):
        text = texts[gold["article"]]
        found = detector.split(text, language=gold["lang"], published=_day(gold["published"]))
        spans = {claim["id"]: text[claim["start"] : claim["end"]] for claim in gold["claims"]}
        right = [(spans[claim["id"]],) * 2 for claim in gold["claims"] if claim["contested"]]
        mine = [(claim.text,) * 2 for claim in found.claims if claim.contested]
        pairs = [
            (spans[target], spans[claim["id"]])
            for claim in gold["claims"]
            for target in claim["contests"]
        ]
        predicted = links(found)
        hits = len(_matched(mine, right)[0])
        contested = contested.plus(Counts(hits, len(mine), len(right)))
        hits = len(_matched(predicted, pairs)[0])
        linked = linked.plus(Counts(hits, len(predicted), len(pairs)))
    return contested, linked


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _row(name: str, number: str, *counts: Counts) -> str:
    cells = "".join(f"{c.precision:8.3f}{c.recall:8.3f}{c.f1:8.3f}" for c in counts)
    return f"{name:34}{number:>6}{cells}"


def _show_errors() -> None:
    """The reports of the development half that are not read as they are labelled."""
    for language in LANGUAGES:
        for report in records(REPORTS / f"contested.{language}.jsonl"):
            contested, linked = of_report(report, language)
            right = all(c.hits == c.found == c.right for c in (contested, linked))
            if right or held_out(report["id"]):
                continue
            print(f"{report['id']} contested: {report['contested']}\n  {report['text']}")
            for pair in report["pairs"]:
                print(f"  gold  {pair['claim']} <- {pair['denial']}")
            day = date.fromisoformat(report["published"])
            found = detector.split(report["text"], language=language, published=day)
            for claim in found.claims:
                name = claim.claimant.text if claim.claimant else "-"
                cue = claim.cue.text if claim.cue else "-"
                print(
                    f"    {claim.id} {claim.stance} [{name} | {cue}] {claim.text}"
                    f" {' '.join(claim.contests)}"
                )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="what goes wrong in development")
    if parser.parse_args().errors:
        _show_errors()
        return 0
    print(f"{'':40}{'contested (P R F1)':>24}{'links (P R F1)':>24}")
    for held, half in ((False, "development"), (True, "held out")):
        total, all_contested, all_linked = 0, Counts(), Counts()
        for language in LANGUAGES:
            number, contested, linked = over_reports(language, held)
            print(_row(f"short reports, {half}, {language}", str(number), contested, linked))
            total += number
            all_contested, all_linked = all_contested.plus(contested), all_linked.plus(linked)
        print(_row(f"short reports, {half}, all", str(total), all_contested, all_linked))
    for tuned, half in ((True, "later, tuned on"), (False, "later, not tuned on")):
        total, all_contested, all_linked = 0, Counts(), Counts()
        for language in LANGUAGES:
            number, contested, linked = over_later(language, tuned)
            print(_row(f"{half}, {language}", str(number), contested, linked))
            total += number
            all_contested, all_linked = all_contested.plus(contested), all_linked.plus(linked)
        print(_row(f"{half}, all", str(total), all_contested, all_linked))
    number, contested, linked = over_reports("ar", None, "constructions")
    print(_row("constructions, development, ar", str(number), contested, linked))
    if not LABELLED.is_file() or not GOLD.is_file():
        print("Skipped: no labelled sentences in ../shared/evaldata beside this repository.")
        return 0
    print(_row("annotated articles", "", *over_articles()))
    print(_row("labelled sentences: denies", "", over_labelled()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
