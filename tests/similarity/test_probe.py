"""Our own pairs (tests/data/README.md): what must never be offered as the same, whatever the score."""

import json
from collections import Counter
from pathlib import Path

import pytest

from claims.similarity import contradiction

DATA = Path(__file__).parents[1] / "data"
PAIRS, MORE = (
    [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    for name in ("probe.jsonl", "probe_second.jsonl")
)


def near_misses(*kinds):
    chosen = [pair for pair in PAIRS + MORE if pair["kind"] in kinds]
    return pytest.mark.parametrize("pair", chosen, ids=[pair["id"] for pair in chosen])


def judged(pair, similarity):
    one, other = (
        contradiction.read(text, language)
        for text, language in zip((pair["a"], pair["b"]), pair["languages"], strict=True)
    )
    return contradiction.judge(one, other, similarity)


@near_misses("number", "date")
def test_another_number_or_date_is_never_the_same(pair):
    assert judged(pair, 1.0).relation != "same"


@near_misses("denial")
def test_a_denial_contradicts_what_it_denies(pair):
    assert judged(pair, 1.0).relation == "contradicts"


def test_the_probe_is_as_large_and_as_mixed_as_its_page_says():
    one_language = [pair for pair in PAIRS if len(set(pair["languages"])) == 1]
    count = {
        code: sum(p["languages"][0] == code for p in one_language) for code in ("ar", "tr", "en")
    }

    assert (len(PAIRS), count) == (429, {"ar": 127, "tr": 119, "en": 122})


def test_the_second_probe_is_as_mixed_as_its_page_says():
    kinds = Counter(pair["kind"] for pair in MORE)

    assert (len(MORE), kinds["same"], kinds["number"], kinds["event"]) == (267, 108, 29, 16)
