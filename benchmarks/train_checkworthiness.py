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
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import worth_fit, worth_sets  # noqa: E402
from claims.detection import checkworthiness, wording  # noqa: E402

# The questions carry over to texts of another kind, the wording of tweets and debates hardly does:
# so here the questions are given more room than within one collection, and the wording less.
_PENALTY, _QUESTION_PENALTY = 15.0, 2.0
_HEAVIEST = 3_000  # rows; a larger collection counts as much as this many


def train(collections: Sequence[worth_sets.Collection]) -> tuple[dict[str, object], bytes]:
    """(``checkworthiness.json``, ``wording.bin``) of one language's collections."""
    heads: dict[str, object] = {}
    packed = b""
    for head in wording.HEADS:
        chosen = [found for found in collections if found.head == head and found.train]
        fitted, units = _fit(head, chosen), 0.0
        if fitted.wording.any():
            # The few heaviest places are cut, so that the many light ones keep their digits.
            held = np.abs(fitted.wording[fitted.wording != 0])
            units = float(f"{np.quantile(held, 0.999) / 127:.6g}")
        cut = np.clip(np.round(fitted.wording / (units or 1)), -127, 127)
        packed += cut.astype(np.int8).tobytes()
        compared = [
            base for found, base in zip(chosen, fitted.bases, strict=True) if not found.ranked_only
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


def _fit(head: str, chosen: Sequence[worth_sets.Collection]) -> worth_fit.Fitted:
    read = [
        worth_fit.features([text for text, _ in found.train], found.language) for found in chosen
    ]
    language = chosen[0].language
    counted = [
        features.wording
        if found.language == language
        else csr_matrix((len(found.train), wording.PLACES))
        for found, features in zip(chosen, read, strict=True)
    ]
    labels = [np.array([label for _, label in found.train], dtype=float) for found in chosen]
    return worth_fit.fit(
        worth_fit.Features(
            np.vstack([features.answers for features in read]), vstack(counted).tocsr()
        ),
        np.concatenate(labels),
        head=head,
        penalty=_PENALTY,
        question_penalty=_QUESTION_PENALTY,
        weights=np.concatenate(
            [worth_fit.balanced(found) * min(1.0, _HEAVIEST / len(found)) for found in labels]
        ),
        groups=np.repeat(np.arange(len(labels)), [len(found) for found in labels]),
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
    given = parser.parse_args()
    if not worth_sets.GOLD.is_file():
        print("Skipped: no ../shared/evaldata beside this repository to train on.")
        return 0
    for code in [given.language] if given.language else worth_sets.LANGUAGES:
        heads, packed = train(of_language(code))
        write(given.into / code, heads, packed)
        print(f"{code}: {given.into / code / checkworthiness.FILE}, {wording.FILE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
