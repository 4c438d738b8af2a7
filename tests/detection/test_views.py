"""A view in quotation marks, told by its whole wording where no listed word judges."""

from dataclasses import replace

import pytest

from claims.detection import assessment, kinds, views

TIRADE = "You people never cared about any of us!"


def test_a_quoted_tirade_without_a_word_of_the_lists_is_an_opinion():
    quoted = assessment.evidence_of(TIRADE, "en")
    assert kinds.kind_of(quoted) == "event"
    assert views.judged(quoted) == ("opinion", False)


def test_the_same_words_outside_quotation_marks_are_left_to_the_rules():
    told = replace(assessment.evidence_of(TIRADE, "en"), form="indirect")
    assert views.judged(told) == ("event", True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "أغلقت الوزارة الجسر يوم الأحد"),
        ("tr", "Köprü 3 Mart 2021 günü kapatıldı"),
        ("en", "The bridge was closed on 3 March 2021"),
    ],
)
def test_a_quoted_fact_stays_one(language, text):
    assert views.judged(assessment.evidence_of(text, language)) == ("event", True)
