"""The page of a PDF that a verdict quotes is reviewed and published with the quotation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Evidence, Publication, Rating, Snapshot
from claims.models.content import digest_of, would_publish
from claims.pipeline import evidence, publishing, review
from tests import pdfs
from tests.cast import researched_claim
from tests.pipeline.copies import ADDRESS, Pages, pages

pytestmark = pytest.mark.django_db
WORDS = "The deficit was 40 million."


@pytest.fixture
def web() -> Iterator[Pages]:
    with pages() as found:
        found.put(pdfs.pdf("One.", WORDS), Content_Type="application/pdf")
        yield found


def digest(piece: Evidence) -> str:
    content = would_publish(
        piece.claim, rating=Rating.objects.get(slug="false"), summary="s", explanation="e",
        no_primary_reason="", byline="",
    )  # fmt: skip
    return digest_of(content)


def quoted(editor: User, web: Pages) -> Evidence:
    """A claim ready for review, whose first evidence quotes a PDF."""
    claim = researched_claim(editor)
    Snapshot.objects.filter(url__endswith="/1").update(url=ADDRESS)
    evidence.copy_due()
    piece = claim.evidence.get(snapshot__state="kept")
    before = digest(piece)
    review.change_evidence(piece=piece, actor=editor, quote=WORDS, quote_language="en")
    assert piece.page == 2
    assert digest(piece) != before
    return piece


def test_a_quotation_without_a_page_is_reviewed_under_the_digest_it_always_had(
    editor: User, web: Pages
) -> None:
    piece = quoted(editor, web)
    with_page = digest(piece)
    Evidence.objects.update(page=None)
    without = digest(piece)
    Evidence.objects.update(snapshot=None, quote_start=None, quote_end=None)
    assert digest(piece) == without != with_page


def test_readers_and_programs_are_told_the_page(
    editor: User, reviewer: User, publisher: User, web: Pages
) -> None:
    claim = quoted(editor, web).claim
    claim.refresh_from_db()
    version = review.propose(claim=claim, actor=editor)
    assert version.content["evidence"][0]["page"] == 2
    assert "page" not in version.content["evidence"][1]
    review.approve(claim=claim, actor=reviewer, version=version.number, vouches=review.STANDARDS)
    publishing.publish(claim=claim, actor=publisher)
    number = Publication.objects.get().verdict_number
    public = Client().get(f"/v/{number}").content.decode()
    assert "صفحة 2" in public
    pieces = Client().get(f"/api/v1/verdicts/{number}/").json()["evidence"]
    assert [piece.get("page") for piece in pieces] == [2, None]
