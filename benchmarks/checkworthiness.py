"""How well what is worth checking is told apart, on the public collections beside the repository.

Run: ``python benchmarks/checkworthiness.py [--only method|product] [--language LANG]``. Two tables:

*method*: our features against TF-IDF with logistic regression, each trained on a collection's training
part and tested on its held-out part (its development part; else every third debate, every fourth
topic). The penalties of both, and whether the baseline counts character n-grams or words and their
pairs, are chosen inside the training part (``worth_choice``); the held-out part is only tested on.

*product*: the weights that ship, on every held-out part, whatever comes out. Our gold is not in it:
the weights saw all of it.

Average precision (AP) and macro-F1 at one half. F1 of the positive class alone is not told: where
most are positive, "all of them" scores well. ``yes`` is the share of positives, which is also the AP
of guessing. Reads ``../shared/evaldata``; says so and stops where that is absent.
"""

import argparse
import itertools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, f1_score

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import worth_choice, worth_fit, worth_sets  # noqa: E402
from benchmarks.worth_choice import Rows  # noqa: E402
from benchmarks.worth_fit import Floats  # noqa: E402
from benchmarks.worth_sets import Collection  # noqa: E402
from claims.detection import assessment  # noqa: E402

# The candidates for each collection: strengths of ours, countings and strengths of the baseline.
_STRENGTHS = [
    worth_fit.Strength(questions, wording, contrast)
    for questions, wording in ((36, 6), (36, 24), (144, 24))
    for contrast in (0.4, 0.8)
]
_COUNTINGS: tuple[dict[str, Any], ...] = (
    {"analyzer": "char_wb", "ngram_range": (2, 5)},
    {"analyzer": "word", "ngram_range": (1, 2)},
)
_BASELINES = [(counting, c) for counting in _COUNTINGS for c in (0.5, 2, 8)]


def _labels(rows: tuple[tuple[str, int], ...]) -> Floats:
    return np.array([label for _, label in rows], dtype=float)


def _figures(labels: Floats, scores: Floats, half: float) -> tuple[float, float]:
    return (
        float(average_precision_score(labels, scores)),
        float(f1_score(labels, scores > half, average="macro")),
    )


def _baseline(found: Collection) -> tuple[float, float]:
    texts = np.array([text for text, _ in found.train], dtype=object)
    labels = _labels(found.train)

    def scores(
        fitted: Rows,
        scored: NDArray[np.object_],
        candidates: Sequence[tuple[dict[str, Any], float]],
    ) -> Iterator[Floats]:
        for counting, alike in itertools.groupby(candidates, key=lambda candidate: candidate[0]):
            vectors = TfidfVectorizer(sublinear_tf=True, min_df=2, dtype=np.float32, **counting)
            trained, tested = vectors.fit_transform(texts[fitted]), vectors.transform(scored)
            for _, c in alike:
                model = LogisticRegression(
                    C=c, class_weight="balanced", solver="liblinear", random_state=0
                )
                yield model.fit(trained, labels[fitted]).decision_function(tested)

    best = worth_choice.best(
        _BASELINES, found, lambda fitted, scored: scores(fitted, texts[scored], _BASELINES)
    )
    tested = np.array([text for text, _ in found.test], dtype=object)
    (found_scores,) = scores(np.arange(len(texts)), tested, [best])
    return _figures(_labels(found.test), found_scores, 0.0)


def _ours(found: Collection) -> tuple[float, float]:
    read = worth_fit.features([text for text, _ in found.train], found.language)
    labels = _labels(found.train)

    def fit(strength: worth_fit.Strength, rows: Rows) -> worth_fit.Fitted:
        return worth_fit.fit(
            read.of(rows),
            labels[rows],
            head=found.head,
            strength=strength,
            weights=worth_fit.balanced(labels[rows]),
        )

    def scores(fitted: Rows, scored: Rows) -> Iterator[Floats]:
        for strength in _STRENGTHS:
            yield fit(strength, fitted).scores(read.of(scored))

    best = worth_choice.best(_STRENGTHS, found, scores)
    tested = worth_fit.features([text for text, _ in found.test], found.language)
    return _figures(_labels(found.test), fit(best, np.arange(len(labels))).scores(tested), 0.0)


def _shipped(found: Collection) -> tuple[float, float]:
    scores = [
        getattr(assessment.assess(text, found.language), found.head) for text, _ in found.test
    ]
    return _figures(_labels(found.test), np.array(scores), 0.5)


def _tested(language: str | None) -> Iterator[Collection]:
    for code in [language] if language else worth_sets.LANGUAGES:
        yield from (found for found in worth_sets.collections(code) if found.test)


def _method(language: str | None) -> None:
    print(
        f"{'method':28}{'texts':>7}{'yes':>7}{'TF-IDF AP':>11}{'ours':>7}{'':>8}{'TF-IDF F1':>11}{'ours':>7}"
    )
    both: list[tuple[float, float]] = []
    for found in _tested(language):
        (theirs, their_f1), (ours, our_f1) = _baseline(found), _ours(found)
        both.append((theirs, ours))
        print(
            f"{_name(found)}{theirs:11.3f}{ours:7.3f}{ours - theirs:+8.3f}{their_f1:11.3f}{our_f1:7.3f}",
            flush=True,
        )
    theirs, ours = np.mean(both, axis=0)
    print(f"{'macro-average':42}{theirs:11.3f}{ours:7.3f}{ours - theirs:+8.3f}\n")


def _product(language: str | None) -> None:
    print(f"{'product':28}{'texts':>7}{'yes':>7}{'AP':>11}{'macro-F1':>10}")
    for found in _tested(language):
        precision, f1 = _shipped(found)
        print(f"{_name(found)}{precision:11.3f}{f1:10.3f}", flush=True)


def _name(found: Collection) -> str:
    name = f"{found.language}.{found.name}"
    return f"{name:28}{len(found.test):7}{_labels(found.test).mean():7.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=("method", "product"))
    parser.add_argument("--language", choices=worth_sets.LANGUAGES)
    given = parser.parse_args()
    if not worth_sets.GOLD.is_file():
        print("Skipped: no ../shared/evaldata beside this repository.")
        return 0
    if given.only != "product":
        _method(given.language)
    if given.only != "method":
        _product(given.language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
