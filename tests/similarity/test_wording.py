"""What of a text's wording is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import languages
from claims.similarity import grams, wording


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Look: https://t.co/abc #VarenoBridge opens", "Look: Vareno Bridge opens"),
        ("@MayorOfOldmere said 'yes'", "Mayor Of Oldmere said yes"),
        ("It's the town's “bridge”", "It's the town's bridge"),
        ("Open! — Mia Torv (@miatorv) May 3, 2024", "Open! — Mia Torv"),
        ("#جسر_فارينو يفتح", "جسر فارينو يفتح"),
    ],
)
def test_a_post_is_read_as_a_sentence(text, sentence):
    assert wording.plain(text) == sentence


def test_the_arabic_article_makes_no_other_word_and_a_bare_waw_stays():
    assert wording.words("الوزارة وبالجسر والبلدية وزير", "ar") == ["وزاره", "جسر", "بلديه", "وزير"]


def test_words_that_say_nothing_are_left_out():
    assert wording.telling(wording.words("the bridge of the town", "en"), "en") == [
        "bridge",
        "town",
    ]


def test_of_a_long_text_the_first_thousand_letters_are_compared():
    assert len(wording.letters(["word"] * 5_000)) == 1_002


def test_a_term_of_one_language_is_none_of_another():
    assert wording.term("park", "tr") != wording.term("park", "en")


def _cosine(one: str, other: str) -> float:
    lines = [wording.letters(text.split()) for text in (one, other)]
    return float(grams.cosines(lines[0], lines[1:], grams.even)[0])


def test_letters_in_threes_are_counted_within_words_only():
    # " ab", "ab ", " bc", "bc " on both sides: the order of words does not matter.
    assert _cosine("ab bc", "bc ab") == pytest.approx(1.0)
    # " ab" is shared of {" ab", "ab "} and {" ab", "abc", "bc "}: 1 / sqrt(2 * 3).
    assert _cosine("ab", "abc") == pytest.approx(1 / 6**0.5)
    assert _cosine("ab", "xy") == 0.0
    assert _cosine("", "ab") == 0.0


@given(
    st.text(st.characters(exclude_categories=()), max_size=200), st.sampled_from(languages.KNOWN)
)
def test_any_text_is_read_in_any_language(text, code):
    words = wording.words(wording.plain(text), code)
    letters = wording.letters(words)
    assert all(0 <= wording.term(word, code) < 2**64 for word in wording.telling(words, code))
    assert 0 <= grams.cosines(letters, [letters, letters[:0]], grams.even)[0] <= 1 + 1e-9
