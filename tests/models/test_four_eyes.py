"""Four eyes and earned states, and the ways around them that the database refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import (
    Claim,
    LogEntry,
    Publication,
    Review,
    Transition,
    VerdictVersion,
)
from claims.pipeline import publishing, review
from tests.cast import (
    approved_claim,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
    researched_claim,
    set_policy,
)

pytestmark = pytest.mark.django_db


def refused(message: str) -> Any:
    return pytest.raises(IntegrityError, match=message)


@pytest.fixture
def published(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def forge_review(version: VerdictVersion, reviewer: User, **fields: Any) -> Review:
    return Review.objects.create(
        **{
            "version": version,
            "reviewer": reviewer,
            "author_id": version.author_id,
            "digest": version.digest,
            "decision": "approve",
            **dict.fromkeys(review.STANDARDS, True),
            **fields,
        }
    )


def test_nobody_reviews_their_own_version_not_even_a_superuser(superuser: User) -> None:
    claim = proposed_claim(superuser)
    version = review.under_review(claim)
    with refused("review_needs_four_eyes|nobody reviews"), transaction.atomic():
        forge_review(version, superuser)


def test_a_review_under_another_authors_name_is_refused(
    superuser: User, editor: User, reviewer: User
) -> None:
    version = review.under_review(proposed_claim(superuser))
    with refused("names the author and digest"), transaction.atomic():
        forge_review(version, reviewer, author_id=editor.pk)
    with refused("nobody reviews what they had a hand in"), transaction.atomic():
        forge_review(version, superuser, author_id=editor.pk)


def test_a_review_of_another_digest_is_refused(editor: User, reviewer: User) -> None:
    version = review.under_review(proposed_claim(editor))
    with refused("names the author and digest"), transaction.atomic():
        forge_review(version, reviewer, digest="0" * 64)


def test_the_author_of_an_earlier_version_is_no_reviewer_of_the_next(
    editor: User, reviewer: User, superuser: User
) -> None:
    """A second author does not make the first one a stranger."""
    claim = proposed_claim(superuser)
    review.send_back(claim=claim, actor=reviewer, version=1, reason="one source is missing")
    draft = claim.draft
    draft.refresh_from_db()
    review.save_draft(
        claim=claim,
        actor=editor,
        revision=draft.revision,
        rating=draft.rating,
        summary="أخرى",
        explanation=draft.explanation,
    )
    version = review.propose(claim=claim, actor=editor)
    with refused("nobody reviews what they had a hand in"), transaction.atomic():
        forge_review(version, superuser)


def test_whoever_wrote_the_draft_is_no_reviewer_though_another_proposes_it(
    editor: User, superuser: User
) -> None:
    claim = researched_claim(superuser)
    version = review.propose(claim=claim, actor=editor)
    assert version.author == editor
    with refused("nobody reviews what they had a hand in"), transaction.atomic():
        forge_review(version, superuser)


def test_a_claim_in_review_is_not_approved_without_its_quorum(
    editor: User, superuser: User
) -> None:
    claim = proposed_claim(editor)
    last = Transition.objects.filter(subject="claim", subject_id=claim.pk).latest("number")
    with refused("needs its quorum"), transaction.atomic():
        Transition.objects.create(
            subject="claim",
            subject_id=claim.pk,
            number=claim.moves + 1,
            action="approve",
            from_state="in_review",
            to_state="approved",
            actor=superuser,
            previous=last.hash,
            hash="e" * 64,
        )
        Claim.objects.filter(pk=claim.pk).update(state="approved", moves=claim.moves + 1)


def test_a_version_is_not_proposed_below_the_desks_quorum(editor: User) -> None:
    set_policy(quorum=2)
    version = review.under_review(proposed_claim(editor))
    assert version.quorum == 2
    version.pk, version.number, version.quorum = None, 2, 1
    with refused("under the desk's quorum"), transaction.atomic():
        version.save()


def test_only_an_approved_version_is_published(
    published: Publication, editor: User, superuser: User
) -> None:
    claim = proposed_claim(
        editor,
        make_claim(
            make_article(url="https://marfa.example/2", text="قال الوزير إن الجسر افتتح."),
            text="الجسر افتتح",
        ),
    )
    entry = LogEntry.objects.create(
        number=1,
        kind="original",
        header=b"{}",
        body_sha256="0" * 64,
        published_at=published.published_at + timedelta(seconds=1),
    )
    with refused("only an approved verdict"), transaction.atomic():
        Publication.objects.create(
            entry=entry,
            kind="original",
            claim=claim,
            version=review.under_review(claim),
            verdict_number=2,
            version_number=1,
            language="ar",
            published_by=superuser,
            published_at=entry.published_at,
        )


def test_a_published_state_needs_a_publication(
    editor: User, reviewer: User, superuser: User
) -> None:
    claim = approved_claim(editor, reviewer)
    last = Transition.objects.filter(subject="claim", subject_id=claim.pk).latest("number")
    with refused("needs its publication"), transaction.atomic():
        Transition.objects.create(
            subject="claim",
            subject_id=claim.pk,
            number=claim.moves + 1,
            action="publish",
            from_state="approved",
            to_state="published",
            actor=superuser,
            previous=last.hash,
            hash="e" * 64,
        )
        Claim.objects.filter(pk=claim.pk).update(state="published", moves=claim.moves + 1)


def enter(claim: Claim, kind: str, by: User, replaces: Publication | None = None) -> Publication:
    """A publication as somebody writes it who knows the log's form, with the pipeline left out."""
    version = review.under_review(claim)
    number = LogEntry.objects.count()
    entry = LogEntry.objects.create(
        number=number,
        kind=kind,
        header=b"{}",
        body_sha256="0" * 64,
        published_at=timezone.now() + timedelta(seconds=number),
    )
    return Publication.objects.create(
        entry=entry,
        kind=kind,
        claim=claim,
        version=version,
        replaces=replaces,
        verdict_number=1,
        version_number=replaces.version_number + 1 if replaces else 1,
        language="ar",
        reason="because" if replaces else "",
        published_by=by,
        published_at=entry.published_at,
    )


def test_what_was_approved_and_taken_back_is_not_published(
    editor: User, reviewer: User, superuser: User
) -> None:
    claim = approved_claim(editor, reviewer)
    review.reopen(claim=claim, actor=editor, reason="a number is wrong")
    with refused("only an approved verdict"), transaction.atomic():
        enter(claim, "original", superuser)


def test_a_retraction_in_the_middle_of_a_correction_makes_no_stranger_of_its_author(
    published: Publication, publisher: User, superuser: User
) -> None:
    """A hand in it counts until the next publication: a false one must not wash it off."""
    claim = published.claim
    publishing.correct(claim=claim, actor=publisher, kind="correction", reason="a number is wrong")
    with refused("only an approved verdict"), transaction.atomic():
        enter(claim, "retraction", superuser, replaces=published)


@pytest.mark.parametrize("standard", review.STANDARDS)
def test_an_approval_that_leaves_a_standard_out_is_refused(
    editor: User, reviewer: User, standard: str
) -> None:
    version = review.under_review(proposed_claim(editor))
    for kept in (False, None):
        with refused("vouches for every standard"), transaction.atomic():
            forge_review(version, reviewer, **{standard: kept})
