"""How often each rule of the splitter is right, on the annotated development claims.

Run: ``python benchmarks/provenance.py``. Aligns the claims as ``score_claims.py`` does, counts for
every rule how often the field it filled is what the annotators wrote, and rewrites
claims/detection/measured.json, from which the desk says how sure a field is. Rules that changed
their names are gone from it, so run it after a change of the rules. Reads ``../shared/evaldata``;
says so and stops where that is absent.
"""

import importlib.util
import json
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from claims.detection import detector, provenance  # noqa: E402

EVALDATA = ROOT.parent / "shared" / "evaldata"
GOLD = EVALDATA / "claims" / "dev.gold.jsonl"
MEASURED = ROOT / "claims" / "detection" / "measured.json"


def main() -> None:
    if not GOLD.exists():
        sys.exit(f"No annotations at {GOLD}. They are not part of the product; nothing measured.")
    score = _score()
    texts = {
        record["id"]: record["text"]
        for path in sorted((EVALDATA / "articles").glob("*.jsonl"))
        for record in map(json.loads, path.read_text("utf-8").splitlines())
    }
    right: dict[str, Counter[str]] = defaultdict(Counter)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for gold in map(json.loads, GOLD.read_text("utf-8").splitlines()):
        text = texts[gold["article"]]
        found = detector.split(
            text, language=gold["lang"], published=date.fromisoformat(gold["published"])
        ).as_json()["claims"]
        pairs = _pairs(score, text, gold["claims"], found)
        matched = {found[j]["id"]: gold["claims"][i]["id"] for i, j in pairs}
        for i, j in pairs:
            theirs, ours = gold["claims"][i], found[j]
            for field, ground in ours["provenance"].items():
                if field == "dates" and not gold.get("score_dates", True):
                    continue
                seen[field][ground["by"]] += 1
                right[field][ground["by"]] += _agree(score, field, theirs, ours, matched)
    measured = {
        field: {rule: [right[field][rule], seen[field][rule]] for rule in sorted(seen[field])}
        for field in sorted(seen)
    }
    MEASURED.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    provenance._measured.cache_clear()
    print(f"{'field':10} {'rule':32} right  seen  sure")
    for field, rules in measured.items():
        for rule, (good, times) in rules.items():
            print(f"{field:10} {rule:32} {good:5} {times:5}  {provenance.sure(field, rule):.2f}")


def _agree(
    score: Any,
    field: str,
    theirs: dict[str, Any],
    ours: dict[str, Any],
    matched: dict[str, str],
) -> bool:
    if field == "claimant":
        a, b = theirs["claimant"], ours["claimant"]
        return (a is None and b is None) or bool(a and b and score.same_party(a["text"], b["text"]))
    if field == "cue":
        a, b = theirs["cue"], ours["cue"]
        return bool(a and b and a["start"] < b["end"] and b["start"] < a["end"])
    if field == "contests":
        return bool({matched.get(target) for target in ours[field]} & set(theirs[field]))
    if field == "dates":
        days = [{(one["from"], one["to"]) for one in side[field]} for side in (theirs, ours)]
        return days[0] == days[1]
    return bool(theirs[field] == ours[field])


def _pairs(
    score: Any, text: str, gold: list[dict[str, Any]], found: list[dict[str, Any]]
) -> list[tuple[int, int]]:
    theirs = [score.tokens(text, claim["start"], claim["end"]) for claim in gold]
    ours = [score.tokens(text, claim["start"], claim["end"]) for claim in found]
    weights = [[share if (share := _f1(a, b)) >= 0.5 else 0.0 for b in ours] for a in theirs]
    return [(i, j) for i, j, _weight in score.assign(weights)]


def _f1(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a & b else 0.0


def _score() -> Any:
    spec = importlib.util.spec_from_file_location("score_claims", EVALDATA / "score_claims.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
