"""From signals to one score: how likely two claims are about the same matter.

Three ways, each a logistic regression fitted by ``benchmarks/train_matching.py`` on training
queries (``weights.json``): among many candidates of the query's language the summed z-scores of
sense, letters and words tell who stands out; of a few, or of a lone pair, only the cosines are
comparable; across languages only the sense is.

None of this sees a negation or another number: ``contradiction`` does.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from claims.similarity import embedding, grams, wording
from claims.similarity.embedding import Floats
from claims.similarity.entries import Parts
from claims.similarity.grams import Doubles, Grams
from claims.similarity.wording import Letters

# Among fewer, nobody can stand out: a z-score of n is at most (n - 1) / sqrt(n).
MANY = 30
_VERBATIM = 0.95

_WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Scored:
    """Of each candidate, in their order."""

    score: Doubles
    sense: Floats
    letters: Doubles
    words: Floats
    outlying: Doubles

    def parts(self, at: int) -> Parts:
        return Parts(
            *(float(each[at]) for each in (self.sense, self.letters, self.words, self.outlying))
        )


def scored(
    *, sense: Floats, letters: Doubles, words: Floats, same: npt.NDArray[np.bool_]
) -> Scored:
    """Scores of a query's candidates; ``same``: which are in the query's language."""
    words = np.where(same, words, np.float32(0))
    outlying = np.zeros(len(sense))
    raw = np.empty(len(sense))
    raw[~same] = _logit("across", sense[~same])
    if same.sum() >= MANY:
        outlying[same] = sum(_standing_out(each[same]) for each in (sense, letters, words))
        raw[same] = _logit("among", outlying[same], sense[same], letters[same])
        # The same words over again are the same matter, however many stand out beside them.
        again = same & (letters > _VERBATIM)
        raw[again] = np.maximum(raw[again], _logit("alone", sense[again], letters[again]))
    else:
        raw[same] = _logit("alone", sense[same], letters[same])
    return Scored(1 / (1 + np.exp(-raw)), sense, letters, words, outlying)


def lettered(
    query: Letters,
    lines: Sequence[Letters],
    same: npt.NDArray[np.bool_],
    weigh: Callable[[Grams], Doubles],
) -> Doubles:
    """Cosines of letters in threes for candidates of the query's language; 0 for the others.

    Of few candidates every gram weighs the same, as in ``pair``.
    """
    found = np.zeros(len(lines))
    if same.any():
        chosen = [line for line, here in zip(lines, same, strict=True) if here]
        found[same] = grams.cosines(query, chosen, weigh if len(chosen) >= MANY else grams.even)
    return found


def pair(one: str, language: str, other: str, other_language: str) -> float:
    """The score of two texts without a collection around them. Raises UnknownLanguage."""
    texts = [wording.plain(one), wording.plain(other)]
    vectors = embedding.vectors(texts)
    sense = (vectors[:1] @ vectors[1]).astype(np.float32)
    if language != other_language:
        return float(1 / (1 + np.exp(-_logit("across", sense)[0])))
    lines = [wording.letters(wording.words(text, language)) for text in texts]
    letters = grams.cosines(lines[0], lines[1:], grams.even)
    return float(1 / (1 + np.exp(-_logit("alone", sense, letters)[0])))


def _standing_out(values: npt.NDArray[np.floating]) -> Doubles:
    values = values.astype(np.float64)
    found: Doubles = (values - values.mean()) / (values.std() + 1e-9)
    return found


@cache
def _weights() -> dict[str, list[float]]:
    read: dict[str, list[float]] = json.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return read


def _logit(way: str, *signals: npt.NDArray[np.floating]) -> Doubles:
    constant, *weights = _weights()[way]
    total = np.full(len(signals[0]), constant, np.float64)
    for weight, signal in zip(weights, signals, strict=True):
        total += weight * signal
    return total
