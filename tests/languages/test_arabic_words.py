"""Arabic words: which are finite verbs, and where a conjunction clings."""

import pytest

from claims.languages.ar import grammar, morphology
from claims.languages.ar.reading import Reading
from claims.languages.shapes import tokenise


@pytest.mark.parametrize(
    "word", ["أعلنت", "سيزور", "يستطيع", "التقيا", "شنت", "استقالوا", "ستصل", "وصفته", "تحتفظ"]
)
def test_a_finite_verb_is_recognised(word):
    assert morphology.is_verb(morphology.normal(word))


@pytest.mark.parametrize(
    "word", ["يونيو", "الوزير", "بيروت", "تركيا", "يوم", "مدينة", "إنما", "قوات", "نتنياهو", "طلبا"]
)
def test_a_noun_that_looks_like_a_verb_is_none(word):
    assert not morphology.is_verb(morphology.normal(word))


def test_a_spelling_shared_by_noun_and_verb_counts_as_a_verb_only_at_the_head():
    assert morphology.is_verb("رفض", at_head=True)
    assert not morphology.is_verb("رفض")


def test_the_imperfect_of_derived_verbs_is_built():
    assert morphology.imperfect("استطاع") == "يستطيع"
    assert morphology.imperfect("أعاد") == "يعيد"
    assert morphology.imperfect("اعتبر") == "يعتبر"
    assert morphology.imperfect("توقع") == "يتوقع"


def _bare(text: str) -> list[str]:
    tokens = tokenise(text, grammar.normal)
    reading = Reading(text, tokens, [])
    return [reading.bare(i) for i in range(len(tokens))]


def test_a_conjunction_is_taken_off_and_a_letter_of_the_word_is_not():
    assert _bare("وقال وزير فرنسا ووافق فقد") == ["قال", "وزير", "فرنسا", "وافق", "قد"]


def test_the_place_behind_a_conjunction_skips_its_marks():
    text = "وَقال"
    reading = Reading(text, tokenise(text, grammar.normal), [])
    assert text[reading.start(0) :] == "قال"


@pytest.mark.parametrize("word", ["سيطرت", "سياسي", "سيناء", "سنويا", "سيمون"])
def test_a_word_that_only_begins_like_a_future_is_none(word: str) -> None:
    assert not morphology.is_future(morphology.normal(word))


@pytest.mark.parametrize("word", ["سيلتقي", "ستحوي", "سنواصل", "سيتعافى"])
def test_a_future_is_one(word: str) -> None:
    assert morphology.is_future(morphology.normal(word))
