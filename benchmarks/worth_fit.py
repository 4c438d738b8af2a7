"""Fitting the weights of check-worthiness: a logistic regression whose questions keep their sense.

A question that speaks for checking may weigh nothing, never less than nothing: an editor would not
believe "gives a number" among the reasons against. So the weights of most questions are bounded on
one side. The wording's weights are held small by an L2 penalty. Everything is convex and started
at zero, so that training again gives the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from claims.detection import assessment, questions, wording

NAMES = tuple(questions.WITHIN)
_FOR = frozenset(
    {"number", "share", "meeting", "consequence", "office", "name", "dated", "cause"}
    | {"comparison", "sourced", "happened", "detailed"}
)
_AGAINST = frozenset(("hedged", "judging", "speaker", "addressee", "asks", "short"))
_SUBJECTIVE_FOR = frozenset(("judging", "general", "asks", "addressee"))
_SUBJECTIVE_AGAINST = frozenset(("number", "share", "sourced", "dated", "office", "meeting"))

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Features:
    """Of some texts: answers (texts × questions, 0 or 1) and wording (texts × places)."""

    answers: Floats
    wording: csr_matrix

    def of(self, rows: NDArray[np.int64]) -> "Features":
        """Of these texts alone."""
        return Features(self.answers[rows], self.wording[rows])


@dataclass(frozen=True)
class Strength:
    """The L2 penalties of the questions' and of the wording's weights.

    ``contrast``: how far a place counts by how unevenly yes and no hold it (0 not at all, 1 alone),
    after Wang and Manning, "Baselines and bigrams" (ACL 2012).
    """

    questions: float
    wording: float
    contrast: float = 0.4


@dataclass(frozen=True)
class Fitted:
    bases: Floats
    questions: Floats
    wording: Floats

    def scores(self, features: Features) -> Floats:
        """Log-odds of each text, by the base of the first group."""
        found: Floats = (
            self.bases[0] + features.answers @ self.questions + features.wording @ self.wording
        )
        return found


def features(texts: Sequence[str], language: str) -> Features:
    """What the product sees of each text, as numbers."""
    answers = np.zeros((len(texts), len(NAMES)))
    rows, columns, values = [], [], []
    for at, text in enumerate(texts):
        evidence = assessment.evidence_of(text, language)
        answered = assessment.answered_of(evidence)
        answers[at] = [answered[name] for name in NAMES]
        places, amounts = wording.pieces(evidence.text, evidence.words)
        rows.append(np.full(len(places), at))
        columns.append(places)
        values.append(amounts)
    counted = csr_matrix(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))),
        shape=(len(texts), wording.PLACES),
    )
    return Features(answers, counted)


def rarity(counted: csr_matrix) -> Floats:
    """How much each place counts: the logarithm of how few of the texts hold it."""
    held = np.asarray((counted > 0).sum(axis=0)).ravel()
    weights: Floats = np.log((1 + counted.shape[0]) / (1 + held)) + 1
    weights[held < 2] = 0  # what one text alone holds tells nothing of others
    return weights


def _contrast(counted: csr_matrix, labels: Floats) -> Floats:
    held = (counted > 0).astype(np.float64)
    yes = np.asarray(held[labels > 0].sum(axis=0)).ravel() + 1
    no = np.asarray(held[labels <= 0].sum(axis=0)).ravel() + 1
    found: Floats = np.abs(np.log((yes / yes.sum()) / (no / no.sum())))
    return found


def fit(
    given: Features,
    labels: Floats,
    *,
    head: str,
    strength: Strength,
    weights: Floats | None = None,
    groups: NDArray[np.int64] | None = None,
) -> Fitted:
    """The weights under which the labels are likeliest.

    ``groups``: the collection of each row; each gets a base of its own, so that the weights do not
    learn which collection has more of the yes.
    """
    scale = rarity(given.wording)
    scale *= 1 - strength.contrast + strength.contrast * _contrast(given.wording, labels)
    known = np.flatnonzero(scale)
    scaled = (given.wording[:, known] @ diags(scale[known])).tocsr()
    flipped = scaled.T.tocsr()
    rows = np.ones(len(labels)) if weights is None else weights
    groups = np.zeros(len(labels), dtype=np.int64) if groups is None else groups
    count = int(groups.max()) + 1
    asked = given.answers.shape[1]
    sign = 2 * labels - 1

    def loss(at: Floats) -> tuple[float, Floats]:
        bases, ours, theirs = np.split(at, [count, count + asked])
        margin = sign * (bases[groups] + given.answers @ ours + scaled @ theirs)
        value = float(rows @ np.logaddexp(0, -margin))
        slope = -rows * sign / (1 + np.exp(np.clip(margin, -500, 500)))
        value += 0.5 * strength.questions * float(ours @ ours)
        value += 0.5 * strength.wording * float(theirs @ theirs)
        return value, np.concatenate(
            [
                np.bincount(groups, weights=slope, minlength=count),
                given.answers.T @ slope + strength.questions * ours,
                flipped @ slope + strength.wording * theirs,
            ]
        )

    found = minimize(
        loss,
        np.zeros(count + asked + len(known)),
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None)] * count + bounds(head) + [(None, None)] * len(known),
        options={"maxiter": 200, "ftol": 1e-6},
    ).x
    bases, ours, theirs = np.split(found, [count, count + asked])
    spread = np.zeros(wording.PLACES)
    spread[known] = theirs * scale[known]
    return Fitted(bases, ours, spread)


def bounds(head: str) -> list[tuple[float | None, float | None]]:
    """For each question the least and the greatest weight it may get."""
    up, down = (_SUBJECTIVE_FOR, _SUBJECTIVE_AGAINST) if head == "subjective" else (_FOR, _AGAINST)
    return [(0 if name in up else None, 0 if name in down else None) for name in NAMES]


def balanced(labels: Floats) -> Floats:
    """Row weights under which yes and no count the same, their sum the number of rows."""
    share = labels.mean()
    found: Floats = np.where(labels > 0, 0.5 / share, 0.5 / (1 - share))
    return found
