"""Words that a person marked, read by the same rules as those that the splitter finds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.detection import detector

TEXT = (
    "Omar Haddad, the harbour's director, said on Monday that the bridge was shut yesterday. "
    "This plan will cost 12 million lira in September."
)
DAY = date(2026, 7, 22)


def test_what_the_splitter_found_is_read_as_it_found_it() -> None:
    for found in detector.split(TEXT, language="en", published=DAY).claims:
        again = detector.read(TEXT, found.start, found.end, language="en", published=DAY)
        for name in ("text", "statement", "claimant", "cue", "form", "kind", "dates", "due",
                     "unresolved", "checkworthiness"):  # fmt: skip
            assert getattr(again, name) == getattr(found, name), name


def test_fewer_words_keep_their_speaker_and_lose_the_dates_outside_them() -> None:
    claim = detector.read(
        TEXT, TEXT.index("the bridge"), TEXT.index(" yesterday"), language="en", published=DAY
    )
    assert claim.text == "the bridge was shut"
    assert claim.claimant is not None
    assert claim.claimant.text.startswith("Omar Haddad")
    assert [dated.text for dated in claim.dates] == ["Monday"]


def test_a_demonstrative_that_names_nothing_is_told() -> None:
    start = TEXT.index("This plan")
    claim = detector.read(TEXT, start, len(TEXT) - 1, language="en", published=DAY)
    assert claim.unresolved == ("This plan",)
    assert claim.dates[0].last == date(2026, 9, 30)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 2), (0, 10_000), (5, 4)])
def test_words_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="No words at"):
        detector.read(TEXT, start, end, language="en", published=DAY)


@given(
    text=st.text(min_size=1, max_size=120),
    ends=st.tuples(st.integers(0, 119), st.integers(1, 120)),
    language=st.sampled_from(["ar", "tr", "en"]),
)
def test_any_words_of_any_text_are_read(text: str, ends: tuple[int, int], language: str) -> None:
    start = min(ends[0], len(text) - 1)
    end = max(start + 1, min(ends[1], len(text)))
    claim = detector.read(text, start, end, language=language, published=DAY)
    assert claim.text == text[start:end]
