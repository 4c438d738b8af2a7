"""Fit how the signals of matching make one score, on training queries beside the repository.

Run: ``python benchmarks/train_matching.py``; writes claims/similarity/weights.json. *among*: the
training queries of CheckThat! 2021 (Arabic) and 2020 (English) with their candidates, again without
what is right (a claim that nobody has checked is the usual case), and half of the parallel
sentences against the others of their language. *alone*: the same pairs by their cosines only, the
right ones and the ten best wrong ones. *across*: that half against its translations, and the
training queries against the collection of the other language, where next to none is right. The
other half and the development queries are never read. Reads ``../shared/evaldata``; says so and stops where
that is absent.
"""

import json
import sys
import zlib
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import matching_sets as sets  # noqa: E402
from claims.similarity import grams, index, wording  # noqa: E402
from claims.similarity.entries import Candidate, Entry  # noqa: E402
from claims.similarity.index.generation import Generation  # noqa: E402

OUT = ROOT / "claims" / "similarity" / "weights.json"
LANGUAGES = ("ar", "tr", "en")
TRAINING = (("ar.ct21", "ar.ct21_train"), ("en.ct20", "en.ct20_train"))
_ALL = 300
_WRONG = 10
# Wrong candidates this alike are mostly the same claim checked twice.
_TWIN = 0.5

Row = tuple[tuple[float, ...], bool]


def held_out(identity: str) -> bool:
    """Whether a parallel sentence belongs to the half that nothing was fitted on."""
    return zlib.crc32(identity.encode()) % 2 == 1


def indexed(claims: sets.Claims) -> Generation:
    return index.in_memory(
        [
            Entry(place, claims.language, text, title)
            for place, (text, title) in enumerate(zip(claims.texts, claims.titles, strict=True))
        ],
        lambda _rows: None,
    )


def _signals(candidate: Candidate) -> tuple[float, ...]:
    parts = candidate.parts
    return parts.outlying, parts.sense, parts.letters


class Training:
    """Rows of signals with what is right, for each of the three ways."""

    def __init__(self) -> None:
        self.among: list[Row] = []
        self.alone: list[Row] = []
        self.across: list[Row] = []

    def read(self) -> None:
        collections = {name: sets.claims(name) for name, _ in TRAINING}
        searched = {name: indexed(claims) for name, claims in collections.items()}
        for name, asked in TRAINING:
            claims = collections[name]
            elsewhere = [built for other, built in searched.items() if other != name]
            for query in sets.queries(asked, claims):
                self._query(claims, searched[name], query)
                for built in elsewhere:
                    found = built.search(query.text, claims.language, _ALL)
                    self.across += [((one.parts.sense,), False) for one in found]
            print(f"read {asked}", flush=True)
        parallel = {code: sets.claims(f"xl-pud.{code}") for code in LANGUAGES}
        built_of = {code: indexed(claims) for code, claims in parallel.items()}
        for code, claims in parallel.items():
            for identity, place in claims.places.items():
                if held_out(identity):
                    continue
                text = claims.texts[place]
                own = built_of[code].search(text, code, _ALL, {place})
                self.among += [(_signals(found), False) for found in own]
                self._alone(code, text, claims, own[:_WRONG], frozenset())
                for other in LANGUAGES:
                    if other != code:
                        found_there = built_of[other].search(text, code, _ALL)
                        self.across += [
                            ((found.parts.sense,), found.key == place) for found in found_there
                        ]
            print(f"read xl-pud.{code}", flush=True)

    def _query(self, claims: sets.Claims, built: Generation, query: sets.Query) -> None:
        found = built.search(query.text, claims.language, _ALL)
        self.among += [(_signals(one), one.key in query.right) for one in found]
        twins = {one.key for one in found[:6] if one.parts.letters > _TWIN}
        without = built.search(query.text, claims.language, _ALL, query.right | twins)
        self.among += [(_signals(one), False) for one in without]
        right = [one for one in found if one.key in query.right]
        self._alone(claims.language, query.text, claims, right + without[:_WRONG], query.right)

    def _alone(
        self,
        code: str,
        text: str,
        claims: sets.Claims,
        found: list[Candidate],
        right: frozenset[int],
    ) -> None:
        asked, *lines = (
            wording.letters(wording.words(wording.plain(each), code))
            for each in (text, *(claims.texts[one.key] for one in found))
        )
        if not lines:
            return
        cosines = grams.cosines(asked, lines, grams.even)
        for one, cosine in zip(found, cosines, strict=True):
            self.alone.append(((one.parts.sense, float(cosine)), one.key in right))


def fitted(rows: list[Row]) -> list[float]:
    """The constant and the weights of a logistic regression."""
    signals: npt.NDArray[np.float64] = np.array([row for row, _ in rows])
    scale = StandardScaler().fit(signals)
    fit = LogisticRegression(C=10.0, max_iter=2_000).fit(
        scale.transform(signals), [right for _, right in rows]
    )
    weights = fit.coef_[0] / scale.scale_
    constant = fit.intercept_[0] - float(weights @ scale.mean_)
    return [round(float(value), 4) for value in (constant, *weights)]


def main() -> int:
    if not sets.FOLDER.is_dir():
        print("Skipped: no ../shared/evaldata beside this repository.")
        return 0
    training = Training()
    training.read()
    weights = {way: fitted(getattr(training, way)) for way in ("among", "alone", "across")}
    OUT.write_text(json.dumps(weights) + "\n", encoding="utf-8")
    print(json.dumps(weights, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
