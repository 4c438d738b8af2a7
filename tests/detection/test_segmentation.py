"""Sentences: what ends one, and what only looks as if it did."""

import pytest

from claims.detection.segmentation import sentences
from claims.languages.quotation import quotes


def _sentences(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "وصل الوفد. هل نجح؟ نعم!", ["وصل الوفد.", "هل نجح؟", "نعم!"]),
        ("ar", "بلغ السعر 3.5 دولار. وانخفض اليوم.", ["بلغ السعر 3.5 دولار.", "وانخفض اليوم."]),
        ("ar", "حضر د. سالم الحفل.", ["حضر د. سالم الحفل."]),
        ("ar", "انتهت الجلسة.وقال الرئيس إنه راض.", ["انتهت الجلسة.", "وقال الرئيس إنه راض."]),
        (
            "ar",
            "قال، وهو يبتسم، إن كل شيء بخير؛ ثم غادر.",
            ["قال، وهو يبتسم، إن كل شيء بخير؛ ثم غادر."],
        ),
        (
            "tr",
            "Anayasanın 5. maddesi değişti. Karar 15. yılda geldi.",
            ["Anayasanın 5. maddesi değişti.", "Karar 15. yılda geldi."],
        ),
        (
            "tr",
            "Prof. Ayla Demir konuştu. Salon doluydu.",
            ["Prof. Ayla Demir konuştu.", "Salon doluydu."],
        ),
        (
            "en",
            "Dr. J. R. Moss of the U.S. Navy left. He paid 2.5 million.",
            ["Dr. J. R. Moss of the U.S. Navy left.", "He paid 2.5 million."],
        ),
        (
            "en",
            "It was over ... or so it seemed. Nobody left.",
            ["It was over ... or so it seemed.", "Nobody left."],
        ),
    ],
)
def test_sentences_end_at_full_stops_that_end_something(language, text, expected):
    assert _sentences(text, language) == expected


def test_a_line_break_ends_a_sentence_in_any_style():
    assert _sentences("عنوان\r\nجملة أولى\n\nجملة ثانية\u2029ثالثة", "ar") == [
        "عنوان",
        "جملة أولى",
        "جملة ثانية",
        "ثالثة",
    ]


def test_a_quotation_of_two_sentences_is_not_cut():
    text = "وقال العمدة: «الجسر آمن. سنفتحه غدا». ثم انصرف."
    assert _sentences(text, "ar") == ["وقال العمدة: «الجسر آمن. سنفتحه غدا».", "ثم انصرف."]


def test_a_quotation_mark_that_never_closes_does_not_swallow_the_rest():
    text = 'نقل موقع "أخبار النهر أن الجسر مغلق. وقالت البلدية إنه مفتوح.'
    assert len(_sentences(text, "ar")) == 2
    assert quotes(text) == []


def test_an_unclosed_quotation_behind_a_colon_runs_to_the_end_of_its_paragraph():
    text = "وقالت: «الجسر آمن\nوأغلق الطريق."
    assert [text[q.start : q.end] for q in quotes(text)] == ["الجسر آمن"]


def test_marks_of_different_kinds_pair_with_their_own():
    text = 'قال “نعم” وقال «لا» وقال "ربما"'
    assert [text[q.start : q.end] for q in quotes(text)] == ["نعم", "لا", "ربما"]


def test_text_without_letters_has_no_sentence():
    assert sentences("… !! \u200f \n ***", "ar") == []
