"""Every claim is the article's own slice, whatever stands between its words."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.detection import detector
from claims.languages import KNOWN

DAY = date(2024, 7, 26)
WORDS = st.sampled_from(
    [
        "قال",
        "الوزير",
        "إن",
        "أن",
        "الجسر",
        "سيفتح",
        "نفى",
        "التقرير",
        "وأضاف",
        "لكن",
        "أمس",
        "مؤكدا",
        "وفقا",
        "لمصادر",
        "،",
        ".",
        ":",
        "«",
        "»",
        "“",
        "”",
        '"',
        "(",
        ")",
        "\n",
        "\r\n",
        "\u200f",
        "\u200d",
        "\xa0",
        "١٥",
        "تموز",
        "said",
        "that",
        "the",
        '"',
        "and",
        "denied",
        "report",
        "Monday",
        ",",
        ".",
        "2015'ten",
        "beri",
        "söyledi,",
        "dedi",
        "ve",
        "ancak",
        "iddiaları",
        "reddetti",
        "geldiğini",
    ]
)
# Half a surrogate pair is no character, but a Python string can hold it.
ANY_CHARACTER = st.characters(exclude_categories=())
TEXTS = st.one_of(st.text(ANY_CHARACTER, max_size=300), st.lists(WORDS, max_size=80).map(" ".join))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS, language=st.sampled_from(KNOWN))
def test_any_text_gives_claims_that_are_its_own_slices(text, language):
    detection = detector.split(text, language=language, published=DAY)
    ids = {claim.id for claim in detection.claims}
    for start, end in detection.sentences:
        assert 0 <= start < end <= len(text)
    for claim in detection.claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert text[claim.start : claim.end] == claim.text
        assert set(claim.contests) <= ids - {claim.id}
        for mention in (claim.claimant, claim.via, claim.cue):
            assert mention is None or text[mention.start : mention.end] == mention.text
        for dated in claim.dates:
            assert text[dated.start : dated.end] == dated.text
            assert dated.first <= dated.last


@pytest.mark.parametrize(
    "text",
    [
        "\u202bقال\u00a0الوزير\u200f إنّ الجسرَ سيُفتحُ غدًا.\u202c",
        "خبر.\r\nقال الوزير\tإن الجسر\u200c سيفتح غدا.\r\n",
        "قــال الوزيـر إن الجسر سيفتح في ١٥ آب ٢٠٢٤.",
    ],
)
def test_marks_and_invisible_characters_leave_offsets_those_of_the_text(text):
    claims = detector.split(text, language="ar", published=DAY).claims
    assert claims
    claim = claims[-1]
    assert text[claim.start : claim.end] == claim.text
    assert "سي" in claim.text
    assert claim.claimant is not None
    assert claim.claimant.text.startswith("الوزي")


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200f", "…", "؟", "«»"])
def test_a_text_that_says_nothing_has_no_claims(text):
    detection = detector.split(text, language="ar", published=DAY)
    assert detection.claims == ()


@pytest.mark.timeout(20)
@pytest.mark.parametrize("language", KNOWN)
@pytest.mark.parametrize(
    "hostile",
    [
        '"' * 50_000,
        "ك" * 300_000,
        "(" * 30_000 + ")" * 30_000,
        "كَ" + "َ" * 200_000,
        "قال إن " * 8_000,
    ],
    ids=["quotation marks", "one word", "brackets", "combining marks", "no full stop"],
)
def test_hostile_text_is_read_in_seconds(language, hostile):
    detection = detector.split(hostile, language=language, published=DAY)
    assert all(hostile[c.start : c.end] == c.text for c in detection.claims)


def test_an_unknown_language_names_the_known_ones():
    with pytest.raises(detector.NoSplitter, match=r"No splitter for 'xx'. Known: ar, en, fa, tr\."):
        detector.split("text", language="xx", published=DAY)
