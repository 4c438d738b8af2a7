"""How well articles are split, against the gold annotations beside the repository.

Run: ``python benchmarks/splitting.py``. Prints, for each language, what the score of
``score_claims.py`` says of our splitter and of one that takes every sentence for a claim of the
article's own. Reads ``../shared/evaldata``; says so and stops where that is absent.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from claims.detection import detector, segmentation  # noqa: E402

EVALDATA = ROOT.parent / "shared" / "evaldata"
GOLD = EVALDATA / "claims" / "dev.gold.jsonl"
FIGURES = (
    "claim_precision",
    "claim_recall",
    "claim_f1",
    "span_overlap",
    "attributed_claimant_accuracy",
    "form_accuracy",
    "stance_accuracy",
    "opposing_stance_f1",
    "kind_accuracy",
    "uncheckable_f1",
    "contested_f1",
    "denial_link_f1",
    "date_f1",
    "verbatim",
)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _ours(text: str, language: str, published: date) -> dict[str, Any]:
    return detector.split(text, language=language, published=published).as_json()


def _sentences(text: str, language: str, published: date) -> dict[str, Any]:
    claims: list[dict[str, Any]] = [
        {
            "id": f"c{number}",
            "start": start,
            "end": end,
            "text": text[start:end],
            "claimant": None,
            "form": "narration",
            "stance": "asserts",
            "contests": [],
            "contested": False,
            "kind": "event",
            "checkable": True,
            "dates": [],
        }
        for number, (start, end) in enumerate(segmentation.sentences(text, language), 1)
    ]
    return {"claims": claims}


def _score(
    split: Callable[[str, str, date], dict[str, Any]], articles: list[Path]
) -> tuple[dict[str, str], float]:
    """(the figures by name, seconds spent splitting)."""
    texts = {record["id"]: record["text"] for path in articles for record in _records(path)}
    spent = 0.0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
        for gold in _records(GOLD):
            began = time.perf_counter()
            found = split(
                texts[gold["article"]], gold["lang"], date.fromisoformat(gold["published"])
            )
            spent += time.perf_counter() - began
            print(json.dumps({"article": gold["article"]} | found), file=predicted)
        predicted.flush()
        printed = subprocess.run(
            [
                sys.executable,
                str(EVALDATA / "score_claims.py"),
                str(GOLD),
                predicted.name,
                "--articles",
                *map(str, articles),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
    return dict(line.split(" ", 1) for line in printed.stdout.splitlines()), spent


def main() -> int:
    articles = sorted((EVALDATA / "articles").glob("*.jsonl"))
    if not GOLD.is_file() or not articles:
        print("Skipped: no gold annotations in ../shared/evaldata/claims beside this repository.")
        return 0
    ours, spent = _score(_ours, articles)
    baseline, _ = _score(_sentences, articles)
    languages = sorted({gold["lang"] for gold in _records(GOLD)})
    print(f"{'':30}" + "".join(f"{name:>8}{'':>10}" for name in ("all", *languages)))
    print(f"{'':30}" + f"{'ours':>8}{'sentences':>10}" * (len(languages) + 1))
    for figure in FIGURES:
        cells = "".join(
            f"{ours.get(f'{name}.{figure}', '-'):>8}{baseline.get(f'{name}.{figure}', '-'):>10}"
            for name in ("all", *languages)
        )
        print(f"{figure:30}{cells}")
    print(f"{ours['all.articles']} articles in {spent:.2f} s, word lists loaded on the way")
    return 0


if __name__ == "__main__":
    sys.exit(main())
