"""Choosing how strong a penalty is by what it does inside a training part, for ours and for the baseline.

A training part is cut into four. Each quarter is scored by what was fitted to the other three, and
the candidate with the best mean average precision is taken. What is only tested on is never seen.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from sklearn.model_selection import KFold, StratifiedKFold

from benchmarks.worth_fit import Floats
from benchmarks.worth_sets import Collection

FOLDS = 4

Rows = NDArray[np.int64]
Candidate = TypeVar("Candidate")


def folds(found: Collection) -> list[tuple[Rows, Rows]]:
    """(rows to fit to, rows to score) of the training part, four times.

    Where the order of the rows means something the quarters are runs of it, as the held-out part
    is of another debate, topic or month; elsewhere they are drawn, yes and no apart.
    """
    labels = np.array([label for _, label in found.train])
    cut = KFold(FOLDS) if found.in_order else StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    return [(fitted, scored) for fitted, scored in cut.split(labels, labels)]


def best(
    candidates: Sequence[Candidate],
    found: Collection,
    scores: Callable[[Rows, Rows], Iterable[Floats]],
) -> Candidate:
    """The candidate that ranks best.

    ``scores(rows to fit to, rows to score)``: the scores under each candidate, in their order.
    """
    labels = np.array([label for _, label in found.train])
    precisions = [
        [average_precision_score(labels[scored], each) for each in scores(fitted, scored)]
        for fitted, scored in folds(found)
    ]
    return candidates[int(np.argmax(np.mean(precisions, axis=0)))]
