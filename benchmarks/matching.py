"""How well an earlier claim is found again, against BM25; and how fast among a million.

Run: ``python benchmarks/matching.py [--scale]``. MAP@5 and hit@1 on the public collections beside
the repository. BM25 is given twice: over the words as they are, and over our cleaned and
folded words; both read headline and claim together. What was tuned on what: words, letters and the fit
of the score on the *train* queries (and on half of the parallel sentences: ``held out`` is the
other); the development queries decided nothing. ``--scale`` also builds 100,000 and a million
entries (``matching_scale.py`` says of what) on one core. Reads ``../shared/evaldata``; says so and
stops where that is absent.
"""

import argparse
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

# Before numpy is there: the figures are for one core.
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import matching_scale  # noqa: E402
from benchmarks import matching_sets as sets  # noqa: E402
from benchmarks.train_matching import LANGUAGES, held_out, indexed  # noqa: E402
from claims.similarity import index, wording  # noqa: E402
from claims.similarity.entries import Entry  # noqa: E402

_BEST = 5
SETS = (
    ("ar.ct21", "ar.ct21_train"),
    ("ar.ct21", "ar.ct21_dev"),
    ("en.ct20", "en.ct20_train"),
    ("en.ct20", "en.ct20_dev"),
    ("ar.ct25norm", "ar.ct25norm_train"),
    ("tr.trclaim19", "tr.trclaim19_all"),
)
Rank = Callable[[str], Sequence[int]]


class Bm25:
    """Okapi's, with k1 1.2 and b .75; the order of the collection decides ties."""

    def __init__(self, texts: Sequence[list[str]]) -> None:
        lengths = np.array([len(text) for text in texts], float)
        self._size = len(texts)
        long = 1.2 * (0.25 + 0.75 * lengths / lengths.mean())
        self._held: dict[str, list[tuple[int, float]]] = {}
        for place, text in enumerate(texts):
            for word, count in Counter(text).items():
                self._held.setdefault(word, []).append((place, 2.2 * count / (count + long[place])))

    def rank(self, words: Sequence[str]) -> Sequence[int]:
        scores = np.zeros(self._size)
        for word, count in Counter(words).items():
            held = self._held.get(word, [])
            rarity = np.log(1 + (self._size - len(held) + 0.5) / (len(held) + 0.5))
            for place, share in held:
                scores[place] += count * rarity * share
        found: list[int] = np.argsort(-scores, kind="stable")[:_BEST].tolist()
        return found


def _as_they_are(text: str, _language: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _cleaned(text: str, language: str) -> list[str]:
    return wording.telling(wording.words(wording.plain(text), language), language)


def figures(rank: Rank, queries: Sequence[sets.Query]) -> tuple[float, float]:
    """(MAP@5, hit@1)."""
    precision, first = 0.0, 0
    for query in queries:
        found = list(rank(query.text))[:_BEST]
        hits = 0
        for place, key in enumerate(found, 1):
            if key in query.right:
                hits += 1
                precision += hits / place / min(len(query.right), _BEST)
        first += bool(found) and found[0] in query.right
    return precision / len(queries), first / len(queries)


def _bm25(claims: sets.Claims, words: Callable[[str, str], list[str]]) -> Rank:
    built = Bm25(
        [
            words(f"{text} {title}", claims.language)
            for text, title in zip(claims.texts, claims.titles, strict=True)
        ]
    )
    return lambda text: built.rank(words(text, claims.language))


def _ours(claims: sets.Claims) -> Rank:
    built = indexed(claims)
    return lambda text: [one.key for one in built.search(text, claims.language, _BEST)]


def within_a_language() -> None:
    print(f"{'MAP@5 (hit@1)':22}{'queries':>8}{'BM25':>16}{'BM25 cleaned':>16}{'ours':>16}{'':>8}")
    ranks: dict[str, list[Rank]] = {}
    for name, asked in SETS:
        claims = sets.claims(name)
        if name not in ranks:
            ranks[name] = [_bm25(claims, _as_they_are), _bm25(claims, _cleaned), _ours(claims)]
        queries = sets.queries(asked, claims)
        found = [figures(rank, queries) for rank in ranks[name]]
        cells = "".join(f"{precision:9.3f} ({first:.3f})" for precision, first in found)
        print(
            f"{asked:22}{len(queries):8}{cells}{found[2][0] - max(found[0][0], found[1][0]):+8.3f}",
            flush=True,
        )


def across_languages() -> None:
    """hit@1 of 500 parallel sentences; in the mixed pool among all three languages at once."""
    parallel = {code: sets.claims(f"xl-pud.{code}") for code in LANGUAGES}
    built = {code: indexed(claims) for code, claims in parallel.items()}
    mixed = index.in_memory(
        [
            Entry(place + 1_000 * number, code, text)
            for number, (code, claims) in enumerate(parallel.items())
            for place, text in enumerate(claims.texts)
        ],
        lambda _rows: None,
    )
    print(f"\n{'hit@1 across':22}{'all 500':>10}{'held out':>10}")
    for number, (code, claims) in enumerate(parallel.items()):
        held = np.array([held_out(identity) for identity in claims.places])
        for other in LANGUAGES:
            if other != code:
                hits = np.array(
                    [
                        built[other].search(text, code, 1)[0].key == place
                        for place, text in enumerate(claims.texts)
                    ]
                )
                print(
                    f"{code} → {other:17}{hits.mean():10.3f}{hits[held].mean():10.3f}", flush=True
                )
        # The sentence itself is left out: one of its two translations must come first.
        hits = np.array(
            [
                mixed.search(text, code, 1, {place + 1_000 * number})[0].key % 1_000 == place
                for place, text in enumerate(claims.texts)
            ]
        )
        print(f"{code} → all three{'':8}{hits.mean():10.3f}{hits[held].mean():10.3f}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", action="store_true", help="100,000 and a million entries too")
    parser.add_argument("--only", choices=("quality", "scale"))
    given = parser.parse_args()
    if not sets.FOLDER.is_dir():
        print("Skipped: no ../shared/evaldata beside this repository.")
        return 0
    if given.only != "scale":
        within_a_language()
        across_languages()
    if given.scale or given.only == "scale":
        print()
        matching_scale.measure((100_000, 1_000_000))
    return 0


if __name__ == "__main__":
    sys.exit(main())
