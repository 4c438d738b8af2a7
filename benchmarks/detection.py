"""What splitting costs: against pysbd, in time by length, on hostile text, and in memory.

Run: ``python -m benchmarks.detection [--quick]``. Prints

* for Arabic and English, the seconds our whole detection takes over all articles and those that
  pysbd takes to find the sentences alone, in this process on the same texts, and their ratio; for
  Turkish, which pysbd lacks, the time a character takes against our Arabic;
* the time a character takes at 5 MB against 50 kB, for articles strung together and for hostile
  text (``--quick``: at 500 kB);
* the most memory above the loaded engine as a multiple of the text's UTF-8 bytes, and what a
  second run leaves behind.

Articles are read from ``../shared/evaldata``; says so and stops where that is absent.
"""

import argparse
import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pysbd

from claims.detection import detector

ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "evaldata" / "articles"
DAY = date(2024, 7, 26)
SMALL, LARGE, QUICK = 50_000, 5_000_000, 500_000
_RUNS = 3

HOSTILE: dict[str, Callable[[int], str]] = {
    "quotation marks": lambda size: '"' * size,
    "opening marks": lambda size: "«" * (size // 2),
    "one word": lambda size: "ك" * (size // 2),
    "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "combining marks": lambda size: "ك" + "\u064e" * (size // 2),
    "full stops": lambda size: "." * size,
    "no full stop": lambda size: "قال إن الوزير " * (size // 25),
    "digits": lambda size: "1" * size,
    "line breaks": lambda size: "خبر عاجل\n" * (size // 16),
}


def _articles(language: str) -> list[str]:
    path = ARTICLES / f"{language}.jsonl"
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def _cpu(run: Callable[[], object], times: int = _RUNS) -> float:
    """The least processor seconds of some runs: what disturbs a run only ever adds."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        began = time.process_time()
        run()
        best = min(best, time.process_time() - began)
    return best


def _split_all(texts: list[str], language: str) -> None:
    for text in texts:
        detector.split(text, language=language, published=DAY)


def against_pysbd() -> None:
    print(
        f"{'':10}{'articles':>9}{'ours':>9}{'pysbd':>9}{'ratio':>7}{'a second':>10}{'µs/char':>9}"
    )
    by_character: dict[str, float] = {}
    for language in ("ar", "en", "tr"):
        texts = _articles(language)
        _split_all(texts, language)
        ours = _cpu(lambda texts=texts, language=language: _split_all(texts, language))  # type: ignore[misc]
        by_character[language] = ours / sum(map(len, texts)) * 1e6
        theirs = ratio = "-"
        if language != "tr":
            segmenter = pysbd.Segmenter(language=language, clean=False)
            spent = _cpu(lambda texts=texts, s=segmenter: [s.segment(text) for text in texts])  # type: ignore[misc]
            theirs, ratio = f"{spent:.2f}s", f"{ours / spent:.2f}"
        print(
            f"{language:10}{len(texts):>9}{ours:>8.2f}s{theirs:>9}{ratio:>7}"
            f"{len(texts) / ours:>10.0f}{by_character[language]:>9.2f}"
        )
    print(f"Turkish against Arabic, by character: {by_character['tr'] / by_character['ar']:.2f}")


def _strung(language: str, size: int) -> str:
    """Articles one behind the other, over and over, ``size`` bytes of UTF-8."""
    joined = "\n\n".join(_articles(language))
    repeats = size // len(joined.encode()) + 1
    whole = "\n\n".join([joined] * repeats).encode()[:size]
    return whole.decode(errors="ignore")


def growth(large: int) -> None:
    print(f"\n{'text':20}{f'µs/char {SMALL:,} B':>20}{f'{large:,} B':>16}{'growth':>8}")
    texts: dict[str, tuple[str, Callable[[int], str]]] = {
        f"articles {language}": (language, lambda size, code=language: _strung(code, size))  # type: ignore[misc]
        for language in ("ar", "en", "tr")
    }
    texts |= {name: ("ar", make) for name, make in HOSTILE.items()}
    for name, (language, make) in texts.items():
        spent = []
        for size, runs in ((SMALL, 3), (large, 2)):
            text = make(size)
            seconds = _cpu(lambda t=text, c=language: _split_all([t], c), runs)  # type: ignore[misc]
            spent.append(seconds / len(text) * 1e6)
        print(f"{name:20}{spent[0]:>20.3f}{spent[1]:>16.3f}{spent[1] / spent[0]:>8.2f}")


def memory(size: int) -> None:
    print(f"\n{'':20}{'peak / text bytes':>20}{'left by a 2nd run':>20}")
    for language in ("ar", "en", "tr"):
        _split_all([_strung(language, SMALL)], language)
        text = _strung(language, size)
        _split_all([text], language)
        tracemalloc.start()
        left = []
        for _ in range(2):
            gc.collect()
            before = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            _split_all([text], language)
            peak = tracemalloc.get_traced_memory()[1] - before
            gc.collect()
            left.append(tracemalloc.get_traced_memory()[0] - before)
        tracemalloc.stop()
        print(f"{language:20}{peak / len(text.encode()):>20.1f}{left[1]:>18,} B")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the largest text has 500 kB")
    quick = parser.parse_args().quick
    if not ARTICLES.is_dir():
        print("Skipped: no ../shared/evaldata/articles beside this repository.")
        return 0
    against_pysbd()
    growth(QUICK if quick else LARGE)
    memory(SMALL * 4 if quick else 1_000_000)
    return 0


if __name__ == "__main__":
    sys.exit(main())
