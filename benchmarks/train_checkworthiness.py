"""Train the weights of check-worthiness that the languages ship, from the public collections.

Run: ``python benchmarks/train_checkworthiness.py [--language LANG] [--into DIR]``. Writes
``checkworthiness.json`` and ``wording.bin`` into ``claims/languages/<code>/``: numbers alone, the
same ones whenever the collections and the libraries are the same. Reads ``../shared/evaldata``.
``benchmarks/checkworthiness.py`` measures what comes out.

A collection's rows count so that yes and no weigh the same and none outweighs the others by its
size. No Turkish collection says what is subjective: there the questions are fitted on Arabic and
English, for a question asks the same in every language, and the wording on our gold alone.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.metrics import average_precision_score

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import worth_choice, worth_fit, worth_sets  # noqa: E402
from benchmarks.worth_choice import Rows  # noqa: E402
from claims.detection import checkworthiness, wording  # noqa: E402

# What --choose compares inside the training parts, and what is taken for each head.
CANDIDATES = tuple(
    worth_fit.Strength(questions, wording) for questions, wording in ((36, 6), (36, 24), (144, 24))
)
_STRENGTHS = {
    "checkworthy": CANDIDATES[0],
    "checkable": CANDIDATES[0],
    "subjective": CANDIDATES[1],
}
_EACH = 5_000  # rows; what a collection counts as, whatever its size
_OUR_OWN = 500  # rows; so few texts that more would be learning them by heart


@dataclass(frozen=True)
class Read:
    """A collection as numbers; without wording where another language only borrows its answers."""

    found: worth_sets.Collection
    features: worth_fit.Features
    labels: worth_fit.Floats

    def of(self, rows: Rows) -> "Read":
        """Of these texts alone."""
        return Read(self.found, self.features.of(rows), self.labels[rows])

    @property
    def weights(self) -> worth_fit.Floats:
        """Of the rows: yes and no count the same, and each collection as much as another."""
        worth = _OUR_OWN if self.found.name == worth_sets.OURS else _EACH
        found: worth_fit.Floats = worth_fit.balanced(self.labels) * worth / len(self.labels)
        return found


def read(collections: Sequence[worth_sets.Collection], head: str, language: str) -> list[Read]:
    """The collections of a head that hold both a yes and a no, without what is only tested on.

    Collections share texts: what one holds out another may train on.
    """
    tested = {_bare(text) for chosen in collections for text, _ in chosen.test}
    found = []
    for chosen in collections:
        rows = [row for row in chosen.train if _bare(row[0]) not in tested]
        labels = np.array([label for _, label in rows], dtype=float)
        if chosen.head != head or len(set(labels)) < 2:
            continue
        chosen = replace(chosen, train=tuple(rows))
        features = worth_fit.features([text for text, _ in rows], chosen.language)
        if chosen.language != language:
            nothing = csr_matrix((len(labels), wording.PLACES))
            features = worth_fit.Features(features.answers, nothing)
        found.append(Read(chosen, features, labels))
    return found


def _bare(text: str) -> str:
    """A text as it is compared: links are shortened anew each time it is sent."""
    return " ".join(wording.without_links(text).split())


def fit(head: str, reads: Sequence[Read], strength: worth_fit.Strength) -> worth_fit.Fitted:
    """One set of weights for all of them, with a base for each."""
    return worth_fit.fit(
        worth_fit.Features(
            np.vstack([one.features.answers for one in reads]),
            vstack([one.features.wording for one in reads]).tocsr(),
        ),
        np.concatenate([one.labels for one in reads]),
        head=head,
        strength=strength,
        weights=np.concatenate([one.weights for one in reads]),
        groups=np.repeat(np.arange(len(reads)), [len(one.labels) for one in reads]),
    )


def train(
    collections: Sequence[worth_sets.Collection], language: str
) -> tuple[dict[str, object], bytes]:
    """(``checkworthiness.json``, ``wording.bin``) of one language's collections."""
    heads: dict[str, object] = {}
    packed = b""
    for head in wording.HEADS:
        reads = read(collections, head, language)
        fitted = fit(head, reads, _STRENGTHS[head])
        units = 0.0
        if fitted.wording.any():
            # The few heaviest places are cut, so that the many light ones keep their digits.
            held = np.abs(fitted.wording[fitted.wording != 0])
            units = float(f"{np.quantile(held, 0.999) / 127:.6g}")
        cut = np.clip(np.round(fitted.wording / (units or 1)), -127, 127)
        packed += cut.astype(np.int8).tobytes()
        # Our own are few, and their share of yes is that of ten articles.
        compared = [
            base
            for one, base in zip(reads, fitted.bases, strict=True)
            if not one.found.ranked_only and one.found.name != worth_sets.OURS
        ]
        heads[head] = {
            "base": round(float(np.mean(compared)), 3),
            "wording": units,
            "questions": {
                name: round(float(weight), 3)
                for name, weight in zip(worth_fit.NAMES, fitted.questions, strict=True)
            },
        }
    return heads, packed


def choose(collections: Sequence[worth_sets.Collection], language: str) -> None:
    """Print, for each head and penalty, the average precision inside the training parts."""
    for head in wording.HEADS:
        reads = read(collections, head, language)
        cuts = [
            worth_choice.folds(one.found) if one.features.wording.nnz and one.found.test else None
            for one in reads
        ]
        if not any(cuts):
            continue
        for strength in CANDIDATES:
            precisions = []
            for fold in range(worth_choice.FOLDS):
                fitted = fit(
                    head,
                    [
                        one if cut is None else one.of(cut[fold][0])
                        for one, cut in zip(reads, cuts, strict=True)
                    ],
                    strength,
                )
                precisions.append(
                    [
                        average_precision_score(
                            one.labels[cut[fold][1]], fitted.scores(one.features.of(cut[fold][1]))
                        )
                        for one, cut in zip(reads, cuts, strict=True)
                        if cut is not None
                    ]
                )
            each = np.mean(precisions, axis=0)
            print(
                f"{language} {head:12} {strength}: {each.mean():.4f}  {np.round(each, 3)}",
                flush=True,
            )


def of_language(code: str) -> list[worth_sets.Collection]:
    """The collections a language is trained on, with those borrowed for what it has none of."""
    own = worth_sets.collections(code)
    have = {found.head for found in own if found.name != worth_sets.OURS}
    return own + [
        found
        for other in worth_sets.LANGUAGES
        if other != code
        for found in worth_sets.collections(other)
        if found.head not in have and found.name != worth_sets.OURS
    ]


def write(folder: Path, heads: dict[str, object], packed: bytes) -> None:
    """The two files of a language, in its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / checkworthiness.FILE).write_text(json.dumps(heads, indent=1) + "\n", encoding="ascii")
    (folder / wording.FILE).write_bytes(packed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--language", choices=worth_sets.LANGUAGES)
    parser.add_argument("--into", type=Path, default=ROOT / "claims" / "languages")
    parser.add_argument("--choose", action="store_true", help="measure penalties, write nothing")
    given = parser.parse_args()
    if not worth_sets.GOLD.is_file():
        print("Skipped: no ../shared/evaldata beside this repository to train on.")
        return 0
    for code in [given.language] if given.language else worth_sets.LANGUAGES:
        if given.choose:
            choose(of_language(code), code)
            continue
        heads, packed = train(of_language(code), code)
        write(given.into / code, heads, packed)
        print(f"{code}: {given.into / code / checkworthiness.FILE}, {wording.FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
