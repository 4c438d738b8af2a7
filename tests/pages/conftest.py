"""A desk with something in the open."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Publication
from claims.pipeline import publishing, review
from tests.cast import make_article, make_claim, published_claim, write_verdict

Publish = Callable[..., Publication]


@pytest.fixture
def verdict(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


@pytest.fixture
def publish(editor: User, reviewer: User, publisher: User) -> Publish:
    """Publishes one more verdict, on an article of its own, with the statement given."""

    def one(statement: str, *, language: str = "ar", **fields: str) -> Publication:
        article = make_article(f"{statement}. {statement}!", language=language)
        claim = make_claim(article, text=statement, claimant=f"outlet {statement}")
        return published_claim(editor, reviewer, publisher, claim, **fields)

    return one


@pytest.fixture
def change(editor: User, reviewer: User, publisher: User) -> Publish:
    """Publishes a new version of a published verdict: a correction by default."""

    def next_version(
        publication: Publication, *, reason: str, kind: str = "correction", **fields: str
    ) -> Publication:
        claim = Claim.objects.get(pk=publication.claim_id)
        publishing.correct(claim=claim, actor=publisher, kind=kind, reason=reason)
        claim.refresh_from_db()
        write_verdict(editor, claim, **fields)
        review.propose(claim=claim, actor=editor)
        version = claim.versions.order_by("-number")[0].number
        review.approve(claim=claim, actor=reviewer, version=version, vouches=review.STANDARDS)
        return publishing.publish(claim=claim, actor=publisher)

    return next_version


@pytest.fixture
def retract(publisher: User) -> Publish:
    def tombstone(publication: Publication, reason: str) -> Publication:
        claim = Claim.objects.get(pk=publication.claim_id)
        return publishing.retract(claim=claim, actor=publisher, reason=reason)

    return tombstone
