"""The public collections that check-worthiness is trained and measured on, beside the repository.

Nothing of their texts is kept here. ``../shared/evaldata/README.md`` names their sources: CheckThat!
2018, 2019, 2022 (1A check-worthy, 1B verifiable), 2024 and 2025 (subjectivity), TrClaim19, and our
own gold annotations of claims.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
EVALDATA = ROOT.parent / "shared" / "evaldata"
GOLD = EVALDATA / "claims" / "dev.gold.jsonl"

LANGUAGES = ("ar", "tr", "en")
OURS = "our gold"

# Of what has no development part every third debate, every fourth topic is held out.
_THIRD, _FOURTH = 3, 4


@dataclass(frozen=True)
class Collection:
    """Texts with yes or no, in a part to train on and a part that is only tested on.

    ``ranked_only``: a yes means "somebody did check this one", so that its share of yes says how
    much the checkers had time for, and only the order of the scores is comparable.
    ``in_order``: neighbours in the training part belong together, sentences of a debate, texts about
    one claim, tweets of one month, and the part tested on is of other ones.
    """

    name: str
    language: str
    head: str
    train: tuple[tuple[str, int], ...]
    test: tuple[tuple[str, int], ...]
    ranked_only: bool = False
    in_order: bool = False


def collections(language: str) -> list[Collection]:
    """Every collection of a language, in a fixed order."""
    return [found for found in _all() if found.language == language]


def _all() -> Iterator[Collection]:
    folder = EVALDATA / "checkworthiness"
    for language, name in (
        ("ar", "ct18debate"),
        ("ar", "ct22_1A"),
        ("ar", "ct22_1B"),
        ("ar", "ct24"),
        ("tr", "ct22_1A"),
        ("tr", "ct22_1B"),
        ("en", "ct22_1A"),
        ("en", "ct22_1B"),
        ("en", "ct24"),
    ):
        yield Collection(
            name,
            language,
            "checkable" if name.endswith("1B") else "checkworthy",
            _labelled(folder / f"{language}.{name}_train.jsonl"),
            _labelled(folder / f"{language}.{name}_dev.jsonl"),
            ranked_only="debate" in name,
            in_order=(language, name) in {("ar", "ct18debate"), ("ar", "ct24")},
        )
    for name in ("ct18debate", "ct19debate"):
        yield _held_out(folder / f"en.{name}_train.jsonl", name, "en", "debate", _THIRD, True)
    yield _held_out(folder / "tr.trclaim19_all.jsonl", "trclaim19", "tr", "topic", _FOURTH, False)
    folder = EVALDATA / "subjectivity"
    for language in ("ar", "en"):
        yield Collection(
            "ct25_subjectivity",
            language,
            "subjective",
            _labelled(folder / f"{language}.ct25_train.jsonl"),
            _labelled(folder / f"{language}.ct25_dev.jsonl"),
        )
    for language in LANGUAGES:
        for head, label in (("checkable", _is_checkable), ("subjective", _is_opinion)):
            yield Collection(OURS, language, head, _gold(language, label), ())


def _held_out(
    path: Path, name: str, language: str, group: str, every: int, ranked_only: bool
) -> Collection:
    rows = list(_rows(path))
    tested = set(sorted({row[group] for row in rows})[::every])
    return Collection(
        name,
        language,
        "checkworthy",
        tuple(_pair(row) for row in rows if row[group] not in tested),
        tuple(_pair(row) for row in rows if row[group] in tested),
        ranked_only,
        in_order=True,
    )


def _labelled(path: Path) -> tuple[tuple[str, int], ...]:
    return tuple(_pair(row) for row in _rows(path))


def _pair(row: dict[str, Any]) -> tuple[str, int]:
    return row["text"], int(row["label"] in {1, "SUBJ"})


def _gold(language: str, label: Callable[[dict[str, Any]], bool]) -> tuple[tuple[str, int], ...]:
    texts = {
        row["id"]: row["text"]
        for path in sorted((EVALDATA / "articles").glob("*.jsonl"))
        for row in _rows(path)
    }
    return tuple(
        (texts[article["article"]][claim["start"] : claim["end"]], int(label(claim)))
        for article in _rows(GOLD)
        if article["lang"] == language
        for claim in article["claims"]
    )


def _is_checkable(claim: dict[str, Any]) -> bool:
    return bool(claim["checkable"])


def _is_opinion(claim: dict[str, Any]) -> bool:
    return str(claim["kind"]) == "opinion"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
