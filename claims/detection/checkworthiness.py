"""Whether a desk would spend an hour on a claim: an explainable sum.

The log-odds are a base, plus a weight for each question answered yes, plus what the wording of the
text adds. The weights of a language lie beside its word lists: ``checkworthiness.json`` (the base,
the questions, one unit of the wording) and ``wording.bin``. They are fitted to public collections
by ``benchmarks/train_checkworthiness.py``; the questions about a claim's place in its article are in
no such collection, and their weights are a desk's judgement, written here.
"""

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claims import languages
from claims.detection import questions, wording
from claims.detection.questions import Evidence, gettext_noop
from claims.detection.wording import HEADS

_AROUND = {"contested": 1.6, "denies": 1.0, "unnamed": 0.5, "uncheckable": -1.8}
WORDED_LIKE_CHECKED = gettext_noop("is worded like what desks check")
WORDED_LIKE_IDLE = gettext_noop("is worded like what desks leave")
# Log-odds: what adds less is part of the sum, and no reason to read.
_TELLING = 0.05
_TELLING_WORDING = 0.3
FILE = "checkworthiness.json"
_LENDER = "en"

# The closed list of reasons, in English; the desk translates them.
REASONS: tuple[str, ...] = (
    *questions.QUESTIONS.values(),
    WORDED_LIKE_CHECKED,
    WORDED_LIKE_IDLE,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """``score``: 0…1, the logistic of ``base`` and all ``parts``, rounded to three digits.

    ``parts``: (reason, what it adds to the log-odds), the weightiest first; the reasons worth
    reading are those that add enough to matter.
    """

    score: float
    base: float
    parts: tuple[tuple[str, float], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(reason for reason, part in self.parts if abs(part) >= _least(reason))


@dataclass(frozen=True, slots=True)
class Head:
    """The fitted numbers of one probability."""

    base: float
    wording: float
    weights: dict[str, float]


@cache
def heads(code: str) -> dict[str, Head]:
    """The fitted numbers of a language by the head's name.

    A language without numbers of its own borrows those of another: a question asks the same in
    every language. Its wording then weighs nothing.
    """
    folder = Path(languages.__file__).parent
    own = folder / code / FILE
    stored = json.loads((own if own.exists() else folder / _LENDER / FILE).read_text("ascii"))
    found = {
        name: Head(head["base"], head["wording"], head["questions"])
        for name, head in stored.items()
    }
    found["checkworthy"].weights.update(_AROUND)
    return found


@cache
def _wording(code: str) -> wording.Wording | None:
    packed = wording.packed(code)
    units = [heads(code)[name].wording for name in HEADS]
    return None if packed is None else wording.Wording(packed, units)


def judge(kind: str, checkable: bool, e: Evidence) -> Judgement:
    """How check-worthy a claim of this kind is, and why."""
    return sum_of("checkworthy", questions.answers(kind, checkable, e), e)


def sum_of(name: str, answered: dict[str, bool], e: Evidence) -> Judgement:
    """The sum of one head (checkworthy, checkable, subjective) over these answers."""
    head = heads(e.language)[name]
    weights = _wording(e.language)
    worded = 0.0 if weights is None else weights.weigh(e.text, e.words, name)
    parts = [
        (questions.QUESTIONS[question], head.weights[question])
        for question, yes in answered.items()
        if yes and question in head.weights
    ]
    parts.append((WORDED_LIKE_CHECKED if worded > 0 else WORDED_LIKE_IDLE, worded))
    parts.sort(key=lambda part: -abs(part[1]))
    total = head.base + sum(part for _, part in parts)
    return Judgement(round(logistic(total), 3), head.base, tuple(parts))


def logistic(x: float) -> float:
    """1 / (1 + e^-x); ``x`` is a sum of a few small numbers."""
    return 1 / (1 + math.exp(-x))


def _least(reason: str) -> float:
    return _TELLING_WORDING if reason in {WORDED_LIKE_CHECKED, WORDED_LIKE_IDLE} else _TELLING
