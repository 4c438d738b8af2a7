"""Before the button: what Google requires blocks, what it recommends is advice; and the desk's own."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Publication, Snapshot
from claims.models.addresses import verdict_url
from claims.pipeline import publishing, review
from claims.pipeline.publishing import checks
from claims.workflow import IllegalMove
from tests import cast

SITE = "https://desk.example"
WHOLE: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://desk.example/v/1",
    "claimReviewed": "The ministers will meet in Sofia",
    "datePublished": "2026-11-24T09:00:00+00:00",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "author": {"@type": "Organization", "name": "Desk", "url": "https://desk.example/"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": "Marfa"},
        "datePublished": "2026-07-20",
        "appearance": [{"@type": "NewsArticle", "url": "https://marfa.example/sofia"}],
    },
    "reviewRating": {
        "@type": "Rating", "alternateName": "False",
        "ratingValue": 1, "bestRating": 5, "worstRating": 1,
    },
}  # fmt: skip


def found(path: str = "", value: Any = None) -> list[tuple[str, bool]]:
    """(property, whether it blocks) of the whole document with one property changed; None: left out."""
    markup = deepcopy(WHOLE)
    if path:
        *way, last = path.split("/")
        node = markup
        for step in way:
            node = node[step]
        if value is None:
            del node[last]
        else:
            node[last] = value
    return [(f.what, f.blocks) for f in checks.of_markup(markup, site=SITE)]


def test_a_whole_document_has_nothing_to_mend() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("@context", None, "@context"),
        ("@context", ["https://schema.org", {"x": "y"}], "@context"),
        ("@type", "Review", "@type"),
        ("claimReviewed", None, "claimReviewed"),
        ("claimReviewed", "  ", "claimReviewed"),
        ("url", None, "url"),
        ("url", "/v/1", "url"),
        ("url", "ftp://desk.example/v/1", "url"),
        ("url", "https://[broken/v/1", "url"),
        ("url", "https://other.example/v/1", "url"),
        ("url", "https://notdesk.example.org/v/1", "url"),
        ("reviewRating", None, "reviewRating"),
        ("reviewRating/alternateName", None, "reviewRating.alternateName"),
        ("reviewRating/bestRating", None, "reviewRating.ratingValue"),
        ("reviewRating/ratingValue", 6, "reviewRating.ratingValue"),
        ("reviewRating/ratingValue", 2.5, "reviewRating.ratingValue"),
        ("reviewRating/worstRating", 5, "reviewRating.ratingValue"),
    ],
)  # fmt: skip
def test_what_is_required_blocks(path: str, value: Any, what: str) -> None:
    assert found(path, value) == [(what, True)]


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("claimReviewed", "x" * 76, "claimReviewed"),
        ("author", None, "author"),
        ("author/url", None, "author"),
        ("datePublished", None, "datePublished"),
        ("license", None, "license"),
        ("itemReviewed/author", None, "itemReviewed.author"),
        ("itemReviewed/datePublished", None, "itemReviewed.datePublished"),
        ("itemReviewed/appearance", None, "itemReviewed.appearance"),
        ("itemReviewed/appearance", [{"@type": "NewsArticle"}], "itemReviewed.appearance"),
    ],
)
def test_what_is_recommended_is_advice(path: str, value: Any, what: str) -> None:
    assert found(path, value) == [(what, False)]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("claimReviewed", "x" * 75),
        ("url", "https://www.desk.example/v/1"),
        ("url", "https://desk.example/v/1#claim-2"),
        ("reviewRating/ratingValue", "3"),
        ("itemReviewed/appearance", "https://marfa.example/sofia"),
        ("itemReviewed/author", [{"name": "A"}, {"name": "B"}]),
    ],
)
def test_what_is_as_good_is_let_be(path: str, value: Any) -> None:
    assert found(path, value) == []


def test_a_rating_off_the_scale_of_truth_needs_no_numbers() -> None:
    assert found("reviewRating", {"@type": "Rating", "alternateName": "Satire"}) == []


def own(version: Any) -> list[tuple[str, bool]]:
    return [(f.says, f.blocks) for f in checks.of_version(version)]


@pytest.mark.django_db
def test_a_citation_that_leads_nowhere_blocks_and_is_not_published(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer, explanation="انظر [1] و[2] و[7].")
    assert (
        own(review.under_review(claim)) == [("يستشهد الشرح بأدلة لا وجود لها: 7.", True)]
        or own(review.under_review(claim))[0][1]
    )
    with pytest.raises(IllegalMove):
        publishing.publish(claim=claim, actor=publisher)
    assert not Publication.objects.exists()


@pytest.mark.django_db
def test_withheld_evidence_that_is_cited_is_told_and_does_not_block(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.researched_claim(editor, explanation="انظر [1] ثم [3].")
    review.add_evidence(
        claim=claim, actor=editor, url="https://secret.example/", title="سرّي", relation="context",
        independence_group="s", withheld=True, note="مصدر",
    )  # fmt: skip
    claim.refresh_from_db()
    version = review.propose(claim=claim, actor=editor)
    ((says, blocks),) = own(version)
    assert "3" in says
    assert not blocks


@pytest.mark.django_db
def test_an_explanation_without_citations_is_advice(editor: User) -> None:
    claim = cast.researched_claim(editor, explanation="لا شيء.")
    version = review.propose(claim=claim, actor=editor)
    assert [blocks for _says, blocks in own(version)] == [False]


@pytest.mark.django_db
@pytest.mark.parametrize("tail", ["", "/1", "#history"])
def test_a_verdict_of_ours_that_was_retracted_is_no_evidence(
    tail: str, editor: User, reviewer: User, publisher: User
) -> None:
    old = cast.published_claim(editor, reviewer, publisher)
    claim = cast.make_claim(
        cast.make_article("نص آخر\n" + cast.DENIAL), text=cast.DENIAL, claimant="ثان"
    )
    cast.researched_claim(editor, claim)
    claim.evidence.filter(order=1).update(url=verdict_url(old.verdict_number, "ar") + tail)
    version = review.propose(claim=claim, actor=editor)
    assert own(version) == []
    old.claim.refresh_from_db()
    publishing.retract(claim=old.claim, actor=publisher, reason="مزوّر")
    ((_says, blocks),) = own(version)
    assert blocks


@pytest.mark.django_db
@pytest.mark.parametrize("standing", ["gone", "changed"])
def test_a_page_that_is_gone_or_changed_is_told(standing: str, editor: User) -> None:
    claim = cast.proposed_claim(editor)
    version = review.under_review(claim)
    assert own(version) == []
    first = claim.evidence.order_by("order")[0]
    Snapshot.objects.filter(pk=first.snapshot_id).update(standing=standing)
    ((says, blocks),) = own(version)
    assert "1" in says
    assert not blocks
