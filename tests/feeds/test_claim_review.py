import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from claims.feeds.base import RatingLabel
from claims.feeds.claim_review import (
    Article,
    Correction,
    Desk,
    Evidence,
    Party,
    Position,
    Verdict,
    document,
    script_safe,
)

PAPER = Article(
    url="https://paper.example/bridge",
    title="الجسر مغلق",
    publisher="صحيفة",
    published=date(2026, 11, 20),
    language="ar",
)

MAYOR = Party(
    "ليلى سعد",
    "person",
    job_title="رئيسة البلدية",
    same_as="https://www.wikidata.org/wiki/Q4115189",
)
RAILWAY = Party("إدارة السكك", "organisation")
SOURCES = Party("مصادر مطلعة", "anonymous")

VERDICT = Verdict(
    id="https://desk.example/v/2",
    url="https://desk.example/v/2",
    claim_id="https://desk.example/v/2#claim",
    claim="أُغلق الجسر أمس",
    claim_language="ar",
    language="ar",
    rating=RatingLabel(slug="false", label="خاطئ", value=1, best=5, worst=1),
    summary="الجسر مفتوح.",
    explanation="زرنا الجسر.\n\nالحركة عادية.",
    first_published_at=datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=3))),
    published_at=datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
    desk=Desk(
        name="مكتب الفحص",
        url="https://desk.example/",
        corrections_policy="https://desk.example/corrections",
        licence="https://creativecommons.org/licenses/by/4.0/",
    ),
    positions=(
        Position("asserts", "أُغلق الجسر أمس", MAYOR, PAPER),
        Position("denies", "الجسر مفتوح", RAILWAY, PAPER),
        Position("doubts", "ربما", SOURCES),
    ),
    articles=(PAPER, Article(url="https://radio.example/1")),
    evidence=(Evidence("كاميرا المرور", url="https://traffic.example/cam", publisher="المرور"),),
)

DESK = {"@type": "Organization", "name": "مكتب الفحص", "url": "https://desk.example/"}

ARTICLE = {
    "@type": "NewsArticle",
    "url": "https://paper.example/bridge",
    "headline": "الجسر مغلق",
    "datePublished": "2026-11-20",
    "inLanguage": "ar",
    "publisher": {"@type": "Organization", "name": "صحيفة"},
}


def test_the_whole_document_property_by_property() -> None:
    assert document(VERDICT) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": "https://desk.example/v/2",
        "url": "https://desk.example/v/2",
        "claimReviewed": "أُغلق الجسر أمس",
        "inLanguage": "ar",
        "datePublished": "2026-11-24T09:00:00+00:00",
        "dateModified": "2026-11-25T09:30:00+00:00",
        "author": DESK,
        "publisher": DESK | {"correctionsPolicy": "https://desk.example/corrections"},
        "itemReviewed": {
            "@type": "Claim",
            "@id": "https://desk.example/v/2#claim",
            "text": "أُغلق الجسر أمس",
            "inLanguage": "ar",
            "author": {
                "@type": "Person",
                "name": "ليلى سعد",
                "jobTitle": "رئيسة البلدية",
                "sameAs": "https://www.wikidata.org/wiki/Q4115189",
            },
            "datePublished": "2026-11-20",
            "firstAppearance": ARTICLE,
            "appearance": [ARTICLE, {"@type": "NewsArticle", "url": "https://radio.example/1"}],
            "subjectOf": [
                {
                    "@type": "Claim",
                    "genre": "denies",
                    "text": "الجسر مفتوح",
                    "about": {"@id": "https://desk.example/v/2#claim"},
                    "author": {"@type": "Organization", "name": "إدارة السكك"},
                    "appearance": ARTICLE,
                },
                {
                    "@type": "Claim",
                    "genre": "doubts",
                    "text": "ربما",
                    "about": {"@id": "https://desk.example/v/2#claim"},
                },
            ],
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "خاطئ",
            "name": "خاطئ",
            "ratingExplanation": "الجسر مفتوح.",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
        },
        "reviewBody": "زرنا الجسر.\n\nالحركة عادية.",
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "كاميرا المرور",
                "url": "https://traffic.example/cam",
                "publisher": {"@type": "Organization", "name": "المرور"},
            }
        ],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
        "sdPublisher": DESK,
        "sdDatePublished": "2026-11-25T09:30:00+00:00",
    }


@pytest.mark.parametrize("missing", ["value", "best", "worst"])
def test_a_rating_without_its_place_on_a_scale_has_no_numbers(missing: str) -> None:
    rating = replace(VERDICT.rating, label="لا يمكن التحقق", **{missing: None})  # type: ignore[arg-type]
    assert document(replace(VERDICT, rating=rating))["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "لا يمكن التحقق",
        "name": "لا يمكن التحقق",
        "ratingExplanation": "الجسر مفتوح.",
    }


def test_a_value_of_zero_is_a_value() -> None:
    rating = RatingLabel(slug="false", label="خاطئ", value=0, best=4, worst=0)
    numbers = document(replace(VERDICT, rating=rating))["reviewRating"]
    assert (numbers["ratingValue"], numbers["bestRating"], numbers["worstRating"]) == (0, 4, 0)


def test_an_anonymous_source_is_no_author_and_neither_is_the_article_itself() -> None:
    for party in (SOURCES, None):
        verdict = replace(VERDICT, positions=(Position("asserts", "x", party, PAPER),))
        assert "author" not in document(verdict)["itemReviewed"]


def test_two_who_assert_the_same_are_both_its_authors_and_each_once() -> None:
    said_twice = (*VERDICT.positions, *VERDICT.positions, Position("asserts", "x", RAILWAY))
    authors = document(replace(VERDICT, positions=said_twice))["itemReviewed"]["author"]
    assert [one["name"] for one in authors] == ["ليلى سعد", "إدارة السكك"]


def test_the_claims_day_is_when_it_entered_public_talk_and_never_when_it_was_checked() -> None:
    earlier = replace(VERDICT, discourse_date=date(2026, 11, 18))
    assert document(earlier)["itemReviewed"]["datePublished"] == "2026-11-18"
    unknown = replace(VERDICT, articles=(), positions=())
    assert "datePublished" not in document(unknown)["itemReviewed"]
    assert "firstAppearance" not in document(unknown)["itemReviewed"]
    assert "appearance" not in document(unknown)["itemReviewed"]


def test_a_correction_is_a_comment_with_its_time() -> None:
    change = Correction(
        "كان الاسم خطأ", datetime(2026, 11, 25, 9, 30, tzinfo=UTC), "https://desk.example/v/2/2"
    )
    assert document(replace(VERDICT, corrections=(change,)))["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "كان الاسم خطأ",
            "datePublished": "2026-11-25T09:30:00+00:00",
            "url": "https://desk.example/v/2/2",
        }
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//desk.example/x", "/v/2", "http:///x"]
)
def test_no_address_but_http_is_published(url: str) -> None:
    with pytest.raises(ValueError, match="cannot be published as an address"):
        document(replace(VERDICT, evidence=(Evidence("x", url=url),)))
    with pytest.raises(ValueError, match="cannot be published as an address"):
        document(replace(VERDICT, articles=(Article(url=url),)))


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has none"):
        document(replace(VERDICT, published_at=datetime(2026, 11, 25)))


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!-- <script>",
        "a\u2028b\u2029c",
        "a & b &amp; \\u003c \\ \" ' \x00 \x1f \x7f",
        "lone \ud800 and \udfff surrogates",
        "وزارة \U0001f600",
    ],
)
def test_a_document_in_a_script_element_cannot_end_it_and_parses_back_equal(text: str) -> None:
    embedded = script_safe(document(replace(VERDICT, claim=text)))
    assert not set("<>&\u2028\u2029") & set(embedded)
    embedded.encode("utf-8")
    assert json.loads(embedded)["claimReviewed"] == text


def test_arabic_stays_readable_in_the_page_source() -> None:
    assert '"alternateName":"خاطئ"' in script_safe(document(VERDICT))


def test_what_is_no_json_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        script_safe({"ratingValue": float("nan")})
