"""Sentence boundaries against treebanks in the evaluation data beside the repository.

Run: ``python -m benchmarks.segmentation [--show N] [SET…]``. A boundary is the end of a sentence
that is not the last of its document, found when ours ends at the same last visible character.
``odd`` is the share of our boundaries at a comma, at a colon or inside a quotation; the treebank
of Arabic counts paragraphs, so that there recall and ``odd`` are read and precision is a lower
bound. ``--show`` prints the first N boundaries missed and made up. Reads ``../shared/evaldata``;
says so and stops where that is absent.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.detection import segmentation
from claims.languages.quotation import quotes

SETS = Path(__file__).resolve().parents[2] / "shared" / "evaldata" / "segmentation"
_BLANK = " \t\r\n\u00a0"


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def boundaries(text: str, spans: list[tuple[int, int]]) -> set[int]:
    """The ends of all sentences but the last, behind their last visible character."""
    return {len(text[:end].rstrip(_BLANK)) for _, end in sorted(spans)[:-1]}


def _is_odd(text: str, end: int) -> bool:
    inside = any(quote.start < end < quote.end for quote in quotes(text))
    return inside or text[end - 1 : end] in (",", "،", ":")


def measure(path: Path, show: int) -> dict[str, float]:
    """Precision, recall, F1 and the share of odd boundaries, over all documents of one set."""
    right = ours = theirs = odd = shown = 0
    for record in _records(path):
        text, language = record["text"], record["lang"]
        gold = boundaries(text, [(start, end) for start, end in record["sentences"]])
        found = boundaries(text, segmentation.sentences(text, language))
        right += len(gold & found)
        ours += len(found)
        theirs += len(gold)
        odd += sum(_is_odd(text, end) for end in found)
        for end in sorted(gold ^ found):
            if shown < show:
                shown += 1
                kind = "missed" if end in gold else "made up"
                around = text[max(0, end - 60) : end] + " | " + text[end : end + 40]
                print(f"  {kind:8}{around.replace(chr(10), '⏎')}")
    precision, recall = right / ours, right / theirs
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "odd": odd / ours,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", help="parts of file names; all of them without one")
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    paths = [
        path
        for path in sorted(SETS.glob("*.jsonl"))
        if not options.sets or any(part in path.name for part in options.sets)
    ]
    if not paths:
        print("Skipped: no such set in ../shared/evaldata/segmentation beside this repository.")
        return 0
    print(f"{'set':16}{'precision':>10}{'recall':>10}{'F1':>10}{'odd':>10}")
    for path in paths:
        figures = measure(path, options.show)
        cells = "".join(f"{figures[name]:>10.4f}" for name in ("precision", "recall", "f1", "odd"))
        print(f"{path.stem:16}{cells}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
