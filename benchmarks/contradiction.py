"""How well the guard tells what two claims are to one another, on the two probes of tests/data.

Run: ``python benchmarks/contradiction.py``. Relation accuracy by kind and by language, the
confusions, and how many near misses of number or date are called the same (wanted: none), for each
half by itself: rules were tuned on the development half only; and for the second probe, whose
errors were looked at after one measurement. Then what reading and judging cost.
"""

import argparse
import json
import sys
import time
import zlib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from claims.similarity import contradiction, ranking  # noqa: E402
from claims.similarity.contradiction import Judgement  # noqa: E402

DATA = ROOT / "tests" / "data"
RELATIONS = ("same", "contradicts", "related", "unrelated")
_EXACT = ("number", "date")


class Pair(NamedTuple):
    id: str
    kind: str
    languages: tuple[str, str]
    relation: str
    a: str
    b: str

    @property
    def held_out(self) -> bool:
        """Whether the pair belongs to the half that no rule was tuned on."""
        return zlib.crc32(self.id.encode()) % 2 == 1

    @property
    def language(self) -> str:
        return self.languages[0] if self.languages[0] == self.languages[1] else "across"


def pairs(name: str) -> list[Pair]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [Pair(**row | {"languages": tuple(row["languages"])}) for row in rows]


def judged(pair: Pair) -> Judgement:
    one, other = pair.languages
    score = ranking.pair(pair.a, one, pair.b, other)
    return contradiction.judge(
        contradiction.read(pair.a, one), contradiction.read(pair.b, other), score
    )


def _table(name: str, right: Counter[str], total: Counter[str]) -> None:
    print(f"  {name}")
    for key, number in sorted(total.items()):
        print(f"    {key:14}{number:5}{right[key] / number:8.3f}")


def report(half: str, found: list[tuple[Pair, Judgement]]) -> None:
    right = sum(pair.relation == said.relation for pair, said in found)
    print(f"{half}: {len(found)} pairs, relation accuracy {right / len(found):.3f}")
    for name, key in (("kind", "kind"), ("language", "language")):
        total = Counter(getattr(pair, key) for pair, _ in found)
        hits = Counter(getattr(pair, key) for pair, said in found if pair.relation == said.relation)
        _table(name, hits, total)
    print(f"    {'is, is called':20}{''.join(f'{relation:>12}' for relation in RELATIONS)}")
    confusion = Counter((pair.relation, said.relation) for pair, said in found)
    for relation in RELATIONS:
        cells = "".join(f"{confusion[relation, called]:12}" for called in RELATIONS)
        print(f"    {relation:20}{cells}")
    missed = [pair.id for pair, said in found if pair.kind in _EXACT and said.relation == "same"]
    print(f"    near misses of number or date called the same: {len(missed)}")


def speed(chosen: list[Pair]) -> None:
    """The best of five runs over all pairs, for one pair."""
    read, judge = [], []
    for _ in range(5):
        start = time.perf_counter()
        both = [
            (contradiction.read(p.a, p.languages[0]), contradiction.read(p.b, p.languages[1]))
            for p in chosen
        ]
        between = time.perf_counter()
        for one, other in both:
            contradiction.judge(one, other, 1.0)
        judge.append((time.perf_counter() - between) / len(chosen))
        read.append((between - start) / len(chosen) / 2)
    print(f"reading a claim {min(read) * 1000:.2f} ms, judging a pair {min(judge) * 1000:.2f} ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="what goes wrong in development")
    errors = parser.parse_args().errors
    everything = pairs("probe.jsonl")
    found = [(pair, judged(pair)) for pair in everything if not (errors and pair.held_out)]
    for held, half in ((False, "development"), (True, "held out")):
        of_half = [(pair, said) for pair, said in found if pair.held_out == held]
        if of_half:
            report(half, of_half)
    second = [(pair, judged(pair)) for pair in pairs("probe_second.jsonl")]
    for kept, half in (("seen", "second probe, errors seen"), ("once", "second probe, the 60")):
        report(half, [(pair, said) for pair, said in second if pair.id.startswith(kept)])
    if errors:
        for pair, said in found + second:
            if pair.relation != said.relation:
                reasons = "; ".join(map(contradiction.in_words, said.reasons))
                print(f"{pair.id} {pair.kind}: {said.relation} ({reasons})\n  {pair.a}\n  {pair.b}")
    speed(everything)
    return 0


if __name__ == "__main__":
    sys.exit(main())
