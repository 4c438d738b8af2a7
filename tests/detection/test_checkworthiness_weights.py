"""The fitted sum: its parts, its sense in three languages, and the files it is shipped in."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import languages
from claims.detection import assessment, checkworthiness, kinds, questions, wording

FOLDER = Path(languages.__file__).parent
LANGUAGES = ("ar", "tr", "en")
FACTS = {
    "ar": "بلغ عدد القتلى في الانفجار 120 شخصا بسبب الحريق.",
    "tr": "Yangın nedeniyle fabrikada 120 kişi öldü, 45 kişi yaralandı.",
    "en": "The fire at the Ashford plant killed 120 people because the exits were locked.",
}
CHATTER = {
    "ar": "شكرا لكم، نحن سعداء!",
    "tr": "Teşekkür ederim, çok mutluyuz!",
    "en": "Thank you, we love you!",
}


def _judged(text, language):
    evidence = assessment.evidence_of(text, language)
    return checkworthiness.sum_of("checkworthy", assessment.answered_of(evidence), evidence)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("texts", [FACTS, CHATTER])
def test_the_parts_add_up_to_the_score(language, texts):
    found = _judged(texts[language], language)
    total = found.base + sum(part for _, part in found.parts)
    assert found.score == pytest.approx(1 / (1 + math.exp(-total)), abs=0.0006)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_a_part_that_matters_and_the_weightiest_comes_first(language):
    found = _judged(FACTS[language], language)
    parts = dict(found.parts)
    assert found.reasons
    assert set(found.reasons) <= set(checkworthiness.REASONS)
    weights = [abs(parts[reason]) for reason in found.reasons]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] >= 0.05


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fact_with_numbers_is_worth_more_than_chatter(language):
    fact = assessment.assess(FACTS[language], language)
    chatter = assessment.assess(CHATTER[language], language)
    assert fact.checkworthy > chatter.checkworthy + 0.2
    assert fact.checkable > chatter.checkable
    assert fact.subjective < chatter.subjective


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", ["number", "share", "consequence", "cause", "sourced"])
def test_what_speaks_for_checking_never_weighs_against_it(language, question):
    assert checkworthiness.heads(language)["checkworthy"].weights[question] >= 0
    assert checkworthiness.heads(language)["checkable"].weights[question] >= 0
    evidence = assessment.evidence_of(FACTS[language], language)
    no = assessment.answered_of(evidence) | {question: False}
    without = checkworthiness.sum_of("checkworthy", no, evidence)
    yes = checkworthiness.sum_of("checkworthy", no | {question: True}, evidence)
    assert yes.score >= without.score


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_number_is_worth_as_much(language):
    other = FACTS[language].replace("120", "937")
    assert _judged(other, language).score == _judged(FACTS[language], language).score


def test_numbers_are_asked_for_in_every_script():
    evidence = assessment.evidence_of("أصيب ٤٥ عاملا.", "ar")
    assert assessment.answered_of(evidence)["number"]
    assert kinds.is_checkable(kinds.kind_of(evidence), evidence)


def test_a_link_weighs_the_same_wherever_it_leads():
    one = assessment.assess("The bridge is closed https://example.org/aaa", "en")
    other = assessment.assess("The bridge is closed https://example.com/zz9?q=1", "en")
    assert one == other


def test_what_runs_long_quotes_or_links_is_said_to():
    evidence = assessment.evidence_of('He wrote "no" on https://example.org/a today.', "en")
    answered = assessment.answered_of(evidence)
    assert (answered["quotes"], answered["linked"], answered["long"]) == (True, True, False)
    plain = assessment.answered_of(assessment.evidence_of("word " * 30, "en"))
    assert (plain["quotes"], plain["linked"], plain["long"]) == (False, False, True)


def test_the_order_of_two_words_matters_to_the_wording():
    one, other = (wording.pieces(text, text.split()) for text in ("mayor sued", "sued mayor"))
    assert set(one[0]) != set(other[0])
    assert len(one[0]) == len(other[0])


@given(text=st.text(max_size=300), language=st.sampled_from([*LANGUAGES, "fa"]))
def test_any_text_gives_three_probabilities(text, language):
    found = assessment.assess(text, language)
    for probability in (found.checkworthy, found.checkable, found.subjective):
        assert 0 <= probability <= 1


def test_a_language_without_weights_borrows_the_questions_and_no_wording():
    assert wording.packed("fa") is None
    lent = checkworthiness.heads("fa")["checkable"].weights
    assert lent == checkworthiness.heads("en")["checkable"].weights
    (worded,) = [
        part
        for reason, part in _judged("قیمت نان ۲۰ درصد بالا رفت.", "fa").parts
        if reason in {checkworthiness.WORDED_LIKE_CHECKED, checkworthiness.WORDED_LIKE_IDLE}
    ]
    assert worded == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_weights_are_small_and_hold_numbers_alone(language):
    packed = (FOLDER / language / "wording.bin").read_bytes()
    stored = (FOLDER / language / "checkworthiness.json").read_bytes()
    assert len(packed) == 3 * 131_072
    assert len(packed) + len(stored) < 500_000
    heads = json.loads(stored.decode("ascii"))
    assert set(heads) == {"checkworthy", "checkable", "subjective"}
    for head in heads.values():
        assert set(head) == {"base", "wording", "questions"}
        assert set(head["questions"]) == set(questions.WITHIN)
        numbers = [head["base"], head["wording"], *head["questions"].values()]
        assert all(isinstance(number, int | float) for number in numbers)


def test_wording_of_the_wrong_size_says_how_to_make_it_anew():
    with pytest.raises(ValueError, match=r"holds 3 bytes, not 393216\. Train it again"):
        wording.Wording(b"abc", (1.0, 1.0, 1.0))
