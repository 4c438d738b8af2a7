"""ClaimReview data files as they are found in the wild (publishing.md, section 4)."""

import io
import json
import tracemalloc
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from claims.sources._claim_review_data import (
    BrokenFile,
    ImportedCheck,
    Skipped,
    read_claim_reviews,
)

REVIEW: dict[str, Any] = {
    "@context": "http://schema.org",
    "@type": "ClaimReview",
    "url": "https://checks.example/harbour",
    "headline": "No, the harbour is open",
    "claimReviewed": "The harbour of Sandhaven is closed",
    "datePublished": "2023-06-01",
    "author": {"@type": "Organization", "name": "Harbour Checks", "url": "https://checks.example/"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Alice Kern", "jobTitle": "Mayor"},
        "datePublished": "2023-05-30T08:00:00Z",
        "firstAppearance": {"@type": "CreativeWork", "url": "https://paper.example/1"},
        "appearance": [{"url": "https://paper.example/2"}, {"url": "https://paper.example/3"}],
    },
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": "1",
        "bestRating": "5",
        "worstRating": "1",
        "alternateName": "False",
    },
    "sdPublisher": {"@type": "Organization", "name": "A collector", "url": "https://c.example/"},
    "sdLicense": "https://licences.example/by",
}


def read(data: Any) -> list[ImportedCheck | Skipped]:
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(read_claim_reviews(io.BytesIO(raw)))


def feed(*elements: Any) -> dict[str, Any]:
    return {"@context": "http://schema.org", "@type": "DataFeed", "dataFeedElement": elements}


def one(**changes: Any) -> ImportedCheck:
    """The record that REVIEW becomes with these fields; None takes a field away."""
    changed = {**REVIEW, **changes}
    found = read(feed({"item": [{k: v for k, v in changed.items() if v is not None}]}))
    assert len(found) == 1
    assert isinstance(found[0], ImportedCheck)
    return found[0]


def skipped(found: Sequence[ImportedCheck | Skipped]) -> list[tuple[str, str]]:
    return [(entry.position, entry.reason) for entry in found if isinstance(entry, Skipped)]


def test_a_whole_record_becomes_a_whole_check() -> None:
    assert one() == ImportedCheck(
        position="element 1",
        claim="The harbour of Sandhaven is closed",
        url="https://checks.example/harbour",
        title="No, the harbour is open",
        publisher="Harbour Checks",
        publisher_url="https://checks.example/",
        published=date(2023, 6, 1),
        rating="False",
        rating_value=1.0,
        best_rating=5.0,
        worst_rating=1.0,
        claimant="Alice Kern",
        claim_published=date(2023, 5, 30),
        first_appearance="https://paper.example/1",
        appearances=("https://paper.example/2", "https://paper.example/3"),
        language="",
        licence="https://licences.example/by",
        supplier="A collector",
        remarks=(),
    )


SHAPES = {
    "feed": json.dumps(feed({"item": [REVIEW]}, {"item": [REVIEW]})),
    "feed, indented": json.dumps(feed({"item": [REVIEW]}, {"item": [REVIEW]}), indent=2),
    "feed, its list late": json.dumps(
        {"description": "x" * 100_000, **feed({"item": [REVIEW]}, {"item": [REVIEW]})}
    ),
    "lines": f"{json.dumps(REVIEW)}\n{json.dumps(REVIEW)}\n",
    "lines with blank ones": f"{json.dumps(REVIEW)}\r\n\r\n{json.dumps(REVIEW)}",
    "array": json.dumps([REVIEW, REVIEW]),
    "array, indented": json.dumps([REVIEW, REVIEW], indent=2),
    "array of feed elements": json.dumps([{"item": [REVIEW]}, {"item": REVIEW}]),
    "byte order mark": "\ufeff" + json.dumps([REVIEW, REVIEW]),
    "blanks before": " \n\n" + json.dumps([REVIEW, REVIEW]),
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_every_shape_of_file_gives_its_two_records(text: str) -> None:
    found = read(text.encode())
    assert [entry.claim for entry in found if isinstance(entry, ImportedCheck)] == [
        "The harbour of Sandhaven is closed"
    ] * 2
    assert skipped(found) == []


@pytest.mark.parametrize("indent", [None, 2])
def test_a_single_object_is_read(indent: int | None) -> None:
    found = read(json.dumps(REVIEW, indent=indent).encode())
    assert [type(entry) for entry in found] == [ImportedCheck]


def test_nulls_and_strangers_are_skipped_with_their_place_and_reason() -> None:
    found = read(
        feed(
            {"item": None, "url": "https://a.example/"},
            {"item": [None]},
            {"item": []},
            {"item": [None, REVIEW, "text"]},
            None,
            7,
            {"item": [{"@type": "MediaReview", "url": "https://a.example/"}]},
            {"item": [{**REVIEW, "claimReviewed": " "}]},
            {"item": [{**REVIEW, "url": "javascript:alert(1)"}]},
            {"item": [{**REVIEW, "url": None}]},
        )
    )
    assert skipped(found) == [
        ("element 1", "its item is null"),
        ("element 2", "its item is null"),
        ("element 3", "its item is an empty list"),
        ("element 4, item 1", "its item is null"),
        ("element 4, item 3", "its item is str"),
        ("element 5", "not an object but null"),
        ("element 6", "not an object but int"),
        ("element 7", "of type MediaReview, not ClaimReview"),
        ("element 8", "it names no claim (claimReviewed)"),
        ("element 9", "it has no web address (url is “javascript:alert(1)”)"),
        ("element 10", "it has no web address (url is “”)"),
    ]
    assert [entry.position for entry in found if isinstance(entry, ImportedCheck)] == [
        "element 4, item 2"
    ]


def test_the_url_of_the_element_stands_in_for_a_missing_one() -> None:
    item = {key: value for key, value in REVIEW.items() if key != "url"}
    (found,) = read(feed({"url": "https://checks.example/page", "item": [item]}))
    assert isinstance(found, ImportedCheck)
    assert found.url == "https://checks.example/page"


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3.0), ("3", 3.0), (" 2.5 ", 2.5), ("2,5", 2.5), (-1, -1.0), (0, 0.0), ("", None)],
)
def test_ratings_are_numbers_or_quoted_numbers(value: Any, number: float | None) -> None:
    check = one(reviewRating={"ratingValue": value, "alternateName": "Half true"})
    assert check.rating_value == number
    assert (check.best_rating, check.worst_rating, check.remarks) == (None, None, ())


def test_what_is_no_number_or_date_is_left_out_and_remarked() -> None:
    check = one(
        reviewRating={"ratingValue": "four", "bestRating": "Infinity", "alternateName": "X"},
        datePublished="June 1, 2023",
    )
    assert (check.rating_value, check.best_rating, check.published) == (None, None, None)
    assert check.remarks == (
        "datePublished is no ISO date: “June 1, 2023”",
        "ratingValue is no number: “four”",
        "bestRating is no number: “Infinity”",
    )


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2023-06-01", date(2023, 6, 1)),
        ("2023-06-01T23:30:00+03:00", date(2023, 6, 1)),
        ("2023-06-01T23:30:00.000Z", date(2023, 6, 1)),
        ("2023-06-01 10:00", date(2023, 6, 1)),
        ("0000-00-00", None),
    ],
)
def test_dates_are_days(written: str, read_as: date | None) -> None:
    assert one(datePublished=written).published == read_as


@pytest.mark.parametrize(
    ("value", "licence"),
    [
        ("https://l.example/", "https://l.example/"),
        ({"@id": "https://l.example/"}, "https://l.example/"),
        ({"@type": "CreativeWork", "url": "https://l.example/"}, "https://l.example/"),
        ([{"@id": "https://l.example/"}], "https://l.example/"),
        (7, ""),
        (None, ""),
    ],
)
def test_a_licence_is_text_or_an_object(value: Any, licence: str) -> None:
    assert one(sdLicense=value).licence == licence


def test_missing_fields_are_empty() -> None:
    (check,) = read({"claimReviewed": "A claim", "url": "https://checks.example/"})
    assert isinstance(check, ImportedCheck)
    assert (check.publisher, check.rating, check.claimant, check.licence) == ("", "", "", "")
    assert (check.published, check.claim_published, check.rating_value) == (None, None, None)
    assert check.appearances == ()


def test_lists_and_texts_stand_where_objects_should() -> None:
    check = one(
        **{"@type": ["Review", "ClaimReview"]},
        author=[{"name": "First desk"}, {"name": "Second desk"}],
        itemReviewed=[{"author": "Alice Kern", "appearance": "https://paper.example/9"}],
        reviewRating=[{"name": "Misleading"}],
        inLanguage="ar",
    )
    assert check.publisher == "First desk"
    assert check.claimant == "Alice Kern"
    assert check.appearances == ("https://paper.example/9",)
    assert check.rating == "Misleading"
    assert check.language == "ar"


def test_text_no_database_takes_is_mended() -> None:
    raw = json.dumps([{**REVIEW, "claimReviewed": "a\x00b\ud800c\n  d"}]).encode()
    (check,) = read(raw)
    assert isinstance(check, ImportedCheck)
    assert check.claim == "ab?c d"


def test_a_record_with_a_field_beyond_all_measure_is_skipped() -> None:
    assert len(one(claimReviewed="x" * 10_000).claim) == 10_000
    for field in ("claimReviewed", "headline"):
        found = read([{**REVIEW, field: "x" * 10_001}])
        assert skipped(found) == [("element 1", "a field is longer than 10000 characters")]


def test_a_broken_line_is_skipped_and_the_next_one_read() -> None:
    line = json.dumps(REVIEW)
    deep = "[" * 100_000
    found = read(f'{line}\n{{"claimReviewed": \n{line}\n{deep}\n{line[:-5]}\n{line}\n'.encode())
    assert [type(entry).__name__ for entry in found] == [
        "ImportedCheck",
        "Skipped",
        "ImportedCheck",
        "Skipped",
        "Skipped",
        "ImportedCheck",
    ]
    assert [position for position, _reason in skipped(found)] == ["line 2", "line 4", "line 5"]


def test_a_first_line_that_is_broken_does_not_spoil_the_others() -> None:
    line = json.dumps(REVIEW)
    found = read(f'{{"claimReviewed": nothing}}\n{line}\n'.encode())
    assert [type(entry) for entry in found] == [Skipped, ImportedCheck]


def test_a_line_beyond_all_measure_is_skipped_without_being_held() -> None:
    line = json.dumps(REVIEW).encode()
    found = read(line + b"\n{" + b" " * 9_000_000 + b"}\n" + line + b"\n")
    assert skipped(found) == [("line 2", "the line is longer than 4194304 bytes")]
    assert len(found) == 3


def test_a_file_that_was_cut_off_gives_what_it_has_and_says_where() -> None:
    whole = json.dumps(feed(*[{"item": [REVIEW]}] * 3)).encode()
    entries = read_claim_reviews(io.BytesIO(whole[:-40]))
    assert [type(next(entries)) for _ in range(2)] == [ImportedCheck, ImportedCheck]
    with pytest.raises(BrokenFile, match="After element 2 the file stops being usable JSON"):
        next(entries)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"<html>", "it begins with “<html>”"),
        (b"claim,url\n", "it begins with “claim,url"),
        (b"\x1f\x8b\x08\x00", "not JSON"),
        (b'{"a": "\xff"}', "stops being usable JSON"),
        (b'[{"a":1},,]', "After element 1"),
    ],
)
def test_what_is_no_json_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(BrokenFile, match=words):
        read(data)


@pytest.mark.parametrize("data", [b"[]", b'{"dataFeedElement": []}'])
def test_a_file_without_an_element_is_not_passed_over_in_silence(data: bytes) -> None:
    assert skipped(read(data)) == [("the whole file", "there is no element in it")]


@pytest.mark.parametrize(
    "data",
    [
        b'{"dataFeedElement":[{"item":' + b"[" * 100_000,
        b'{"a":' * 100_000,
        b'[{"claimReviewed":"' + b"x" * 9_000_000 + b'"}]',
        b'[{"claimReviewed":"' + b'\\"' * 4_500_000,
    ],
    ids=["brackets", "braces", "a long string", "a long string of quotes"],
)
def test_a_file_built_to_eat_memory_is_refused(data: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(
            BrokenFile, match=r"nested deeper than 100|a string longer than 4194304"
        ):
            read(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 60_000_000


def test_memory_stays_the_same_for_a_file_ten_times_as_long() -> None:
    def peak(elements: int) -> int:
        data = io.BytesIO(json.dumps(feed(*[{"item": [REVIEW]}] * elements)).encode())
        tracemalloc.start()
        try:
            assert sum(1 for _ in read_claim_reviews(data)) == elements
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(5_000) < 1.5 * peak(500) + 100_000
