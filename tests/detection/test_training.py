"""Training the weights of check-worthiness on a few invented sentences."""

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="training needs requirements/dev.txt")

from benchmarks import train_checkworthiness, worth_choice, worth_fit, worth_sets

YES = [
    f"The ministry said {number} people died in the flood of {place}."
    for number in (12, 40, 77)
    for place in ("Arlen", "Brock", "Calder", "Dunmore")
]
NO = [
    f"{opening} we are so {feeling} to see you!"
    for opening in ("Hello,", "My friends,", "Thank you,")
    for feeling in ("happy", "glad", "proud", "lucky")
]


def _collection(head, yes=1):
    rows = tuple((text, yes) for text in YES) + tuple((text, 1 - yes) for text in NO)
    return worth_sets.Collection("invented", "en", head, rows, ())


COLLECTIONS = [
    _collection("checkworthy"),
    _collection("checkable"),
    _collection("subjective", yes=0),
]


def test_training_again_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        train_checkworthiness.write(
            tmp_path / name, *train_checkworthiness.train(COLLECTIONS, "en")
        )
    for file in ("checkworthiness.json", "wording.bin"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_what_is_learnt_tells_new_sentences_apart_and_keeps_its_sense():
    labels = np.array([1.0] * len(YES) + [0.0] * len(NO))
    strength = worth_fit.Strength(questions=10, wording=5)
    features = worth_fit.features(YES + NO, "en")
    fitted = worth_fit.fit(features, labels, head="checkworthy", strength=strength)
    fact, greeting = fitted.scores(
        worth_fit.features(
            ["The ministry said 9 people died in Elmswell.", "Thank you, we are so happy!"], "en"
        )
    )
    assert fact > 0 > greeting
    weights = dict(zip(worth_fit.NAMES, fitted.questions, strict=True))
    assert weights["number"] > 0 > weights["speaker"]
    turned = worth_fit.fit(features, 1 - labels, head="checkworthy", strength=strength)
    assert dict(zip(worth_fit.NAMES, turned.questions, strict=True))["number"] == 0


def test_texts_count_alike_whichever_side_has_more_of_them():
    weights = worth_fit.balanced(np.array([1.0, 0, 0, 0]))
    assert weights.tolist() == pytest.approx([2, 2 / 3, 2 / 3, 2 / 3])


def test_a_penalty_is_chosen_without_a_look_at_what_is_tested_on():
    rows = COLLECTIONS[0].train
    found = worth_sets.Collection("invented", "en", "checkworthy", rows, (("untouched", 1),))
    labels = np.array([label for _, label in rows])
    seen = []

    def scores(fitted, scored):
        assert not set(fitted) & set(scored)
        seen.extend(scored)
        return [-labels[scored], labels[scored]]

    assert worth_choice.best(["wrong", "right"], found, scores) == "right"
    assert sorted(seen) == list(range(len(rows)))


def test_quarters_of_a_debate_are_runs_of_it():
    rows = tuple((f"Sentence {number}.", number % 2) for number in range(8))
    debate = worth_sets.Collection("d", "en", "checkworthy", rows, (), in_order=True)
    scored = [part.tolist() for _, part in worth_choice.folds(debate)]
    assert scored == [[0, 1], [2, 3], [4, 5], [6, 7]]


def test_each_collection_counts_alike_whatever_its_size():
    small = worth_sets.Collection("a", "en", "checkworthy", ((YES[0], 1), (NO[0], 0)), ())
    reads = train_checkworthiness.read([small, COLLECTIONS[0]], "checkworthy", "en")
    assert [one.weights.sum() for one in reads] == pytest.approx([5_000, 5_000])
