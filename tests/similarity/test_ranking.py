"""From signals to one score, and the whole way from a text to the claims like it."""

import socket

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import languages
from claims.similarity import embedding, index, ranking
from claims.similarity.entries import Entry
from tests.similarity import town


@pytest.fixture(scope="module")
def built():
    return index.in_memory([*town.TOWN, *town.many(60)], lambda _rows: None)


def _keys(found):
    return [one.key for one in found]


def test_a_paraphrase_and_its_translations_come_before_all_else(built):
    found = built.search("Traffic will cross the new Vareno bridge from 3 May on", "en", 4)
    assert set(_keys(found[:3])) == {1, 2, 3}
    assert found[2].score > 0.5 > found[3].score


def test_the_same_words_come_before_their_translation(built):
    assert [_keys(built.search(one.text, one.language, 1)) for one in town.TOWN] == [
        [1],
        [2],
        [3],
        [4],
        [5],
        [6],
        [7],
    ]


@pytest.mark.parametrize("text", [town.BRIDGE_AR, town.BRIDGE_TR])
def test_a_claim_is_found_in_another_language(built, text):
    code = "ar" if text == town.BRIDGE_AR else "tr"
    found = built.search(text, code, 3)
    assert set(_keys(found)) == {1, 2, 3}


def test_nothing_like_it_scores_low(built):
    found = built.search("The museum of glass lost its director.", "en", 1)
    assert found[0].score < 0.2


def test_scores_fall_from_the_best_to_the_last(built):
    scores = [one.score for one in built.search(town.BRIDGE, "en", 20)]
    assert len(scores) == 20
    assert scores == sorted(scores, reverse=True)


def test_what_is_excluded_is_not_found(built):
    assert 1 not in _keys(built.search(town.BRIDGE, "en", 80, {1}))
    assert 1 in _keys(built.search(town.BRIDGE, "en", 80))


def test_of_texts_that_differ_in_their_quotation_marks_only_the_earlier_leads():
    entries = [
        Entry(9, "en", "The mayor called the bridge 'a gift'."),
        Entry(4, "en", "The mayor called the bridge “a gift”."),
        *town.many(40),
    ]
    found = index.in_memory(entries, lambda _rows: None).search(
        "Mayor calls bridge a gift", "en", 2
    )
    assert _keys(found) == [4, 9]


def test_a_headline_is_read_for_its_words():
    entries = [
        Entry(1, "en", "It never happened.", "Rumour about the Vareno tunnel"),
        Entry(2, "en", "It never happened.", "Rumour about the lamp shops"),
        *town.many(40),
    ]
    found = index.in_memory(entries, lambda _rows: None).search("Vareno tunnel rumour", "en", 1)
    assert _keys(found) == [1]


def test_a_few_claims_are_judged_by_their_cosines_alone():
    found = index.in_memory(town.TOWN, lambda _rows: None).search(town.BRIDGE, "en", 1)
    assert found[0].key == 1
    assert found[0].parts.outlying == 0.0
    assert found[0].score > 0.9


def test_a_pair_is_scored_without_a_collection():
    same = ranking.pair(town.BRIDGE, "en", town.BRIDGE_AR, "ar")
    other = ranking.pair(town.BRIDGE, "en", town.TOWN[6].text, "en")
    assert same > 0.5 > 0.1 > other


def test_an_empty_index_finds_nothing():
    assert index.in_memory([], lambda _rows: None).search("anything", "en", 10) == []


def test_the_signals_of_one_language_do_not_count_in_another():
    scored = ranking.scored(
        sense=np.array([0.6, 0.6], np.float32),
        letters=np.array([0.0, 0.0]),
        words=np.array([5.0, 5.0], np.float32),
        same=np.array([False, False]),
    )
    assert scored.words.tolist() == [0.0, 0.0]
    assert scored.score[0] == scored.score[1] > 0.5


def test_embedding_needs_no_network(monkeypatch):
    def refused(*_args, **_options):
        raise AssertionError("somebody wants the network")

    monkeypatch.setattr(socket, "socket", refused)
    embedding._loaded.cache_clear()
    vectors = embedding.vectors(["a sentence", ""])
    assert vectors.shape == (2, 512)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=80), st.sampled_from(languages.KNOWN))
def test_any_text_is_answered_with_scores_between_nothing_and_one(built, text, code):
    found = built.search(text, code, 5)
    assert len(found) == 5
    assert all(0 <= one.score <= 1 for one in found)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=30), max_size=6))
def test_any_texts_can_be_put_in(texts):
    entries = [Entry(at, "tr", text) for at, text in enumerate(texts)]
    found = index.in_memory(entries, lambda _rows: None).search("deneme", "tr", 10)
    assert sorted(_keys(found)) == list(range(len(texts)))
