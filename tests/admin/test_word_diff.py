"""What changed, word by word: the parts give both texts back, and read as a person would tell it."""

from __future__ import annotations

import random

import pytest

from claims.admin.citations import cited, paragraphs
from claims.admin.version_diff import differences
from claims.admin.word_diff import compare


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(segment.operation, segment.text) for segment in compare(before, after)]


def test_a_changed_word_is_struck_out_and_its_successor_put_in() -> None:
    assert told("مرّ أغسطس كله", "مرّ سبتمبر كله") == [
        ("same", "مرّ "),
        ("del", "أغسطس"),
        ("ins", "سبتمبر"),
        ("same", " كله"),
    ]


def test_equal_texts_have_one_segment_and_empty_ones_none() -> None:
    assert told("كما هو", "كما هو") == [("same", "كما هو")]
    assert told("", "") == []
    assert told("", "جديد") == [("ins", "جديد")]


def test_a_letter_keeps_its_vowel_marks() -> None:
    assert told("كُتِبَ", "كُتُب") == [("del", "كُتِبَ"), ("ins", "كُتُب")]


def test_a_citation_is_one_word() -> None:
    assert told("انظر [1].", "انظر [12].") == [
        ("same", "انظر "),
        ("del", "[1]"),
        ("ins", "[12]"),
        ("same", "."),
    ]


def test_neighbouring_changes_are_told_as_one() -> None:
    assert told("one two three", "eins zwei three") == [
        ("del", "one two"),
        ("ins", "eins zwei"),
        ("same", " three"),
    ]


@pytest.mark.parametrize("seed", range(40))
def test_both_texts_can_be_read_back(seed: int) -> None:
    dice = random.Random(seed)
    words = ["ذكرت", "الوزارة", "أنّ", "İstanbul", "[1]", "،", " ", "\n", "don't", "\u200f", "2024"]
    before, after = ("".join(dice.choices(words, k=dice.randrange(40))) for _ in "ab")
    segments = compare(before, after)
    assert "".join(s.text for s in segments if s.operation != "ins") == before
    assert "".join(s.text for s in segments if s.operation != "del") == after


def test_a_text_too_long_to_compare_is_told_as_replaced() -> None:
    before, after = "a " * 3000, "b " * 3000
    assert told(before, after) == [("del", before), ("ins", after)]


def test_a_citation_links_only_to_evidence_that_is_there() -> None:
    lines = paragraphs("قال [1] و[٢] و[9].\n\n  \nثم", {1, 2})
    assert [[(part.text, part.number) for part in line] for line in lines] == [
        [("قال ", None), ("[1]", 1), (" و", None), ("[٢]", 2), (" و[9].", None)],
        [("ثم", None)],
    ]
    assert cited("قال [1] و[٢] و[9].") == {1, 2, 9}


def content(**changes: object) -> dict[str, object]:
    rating = {"slug": "false", "mark": "false", "label": {"ar": "خاطئ", "tr": "", "en": "False"}}
    return {
        "statement": "ا", "summary": "ب", "explanation": "ج", "no_primary_reason": "", "byline": "",
        "rating": rating, "positions": [], "evidence": [], **changes,
    }  # fmt: skip


def evidence(number: int, url: str, **changes: object) -> dict[str, object]:
    return {
        "number": number, "url": url, "title": "t", "publisher": "p", "quote": "q",
        "relation": "refutes", "primary": False, "group": "g", "withheld": False, **changes,
    }  # fmt: skip


def test_equal_versions_differ_nowhere() -> None:
    assert differences(content(), content()).places == 0


def test_evidence_is_added_removed_changed_and_moved() -> None:
    before = [evidence(1, "u1"), evidence(2, "u2"), evidence(3, "u3")]
    after = [
        evidence(1, "u2"),
        evidence(2, "u1", withheld=True, quote="r"),
        evidence(3, "u4"),
    ]
    found = differences(content(evidence=before), content(evidence=after))
    assert [(one.what, one.number, len(one.notes)) for one in found.evidence] == [
        ("moved", 1, 0),
        ("changed", 2, 1),
        ("added", 3, 0),
        ("removed", 3, 0),
    ]
    assert found.new_evidence == {3}
    assert found.evidence[1].texts[0].segments[1].text == "r"


def test_a_piece_that_only_stands_lower_because_one_was_added_above_has_not_moved() -> None:
    before = [evidence(1, "u1")]
    after = [evidence(1, "u0"), evidence(2, "u1")]
    found = differences(content(evidence=before), content(evidence=after))
    assert [one.what for one in found.evidence] == ["added"]


def test_a_rating_and_a_position_are_places_of_their_own() -> None:
    other = {"slug": "true", "mark": "true", "label": {"ar": "صحيح", "tr": "", "en": "True"}}
    denial = {"stance": "denies", "text": "نفوا", "claimant": None}
    found = differences(content(), content(rating=other, positions=[denial]))
    assert found.rating is not None
    assert found.positions_come == [denial]
    assert found.places == 2
