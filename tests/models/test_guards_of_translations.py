"""Translations at the database: what a superuser in a shell is refused too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import (
    Claim,
    Contribution,
    LogEntry,
    Publication,
    Rating,
    Review,
    Transition,
    VerdictVersion,
)
from claims.pipeline import publishing, review, translating
from tests import cast
from tests.pipeline import translated

pytestmark = pytest.mark.django_db


def refused(message: str) -> Any:
    return pytest.raises(IntegrityError, match=message)


@pytest.fixture
def claim(editor: User, reviewer: User, publisher: User) -> Claim:
    publication = cast.published_claim(editor, reviewer, publisher)
    return Claim.objects.get(pk=publication.claim_id)


def forge_version(claim: Claim, author: User, **fields: Any) -> VerdictVersion:
    original = fields.get("translates") or claim.versions.originals().latest("number")
    with transaction.atomic():
        return VerdictVersion.objects.create(
            **{
                "claim": claim, "number": claim.versions.count() + 1, "language": "tr",
                "translates": original, "author": author, "rating": original.rating,
                "summary": "özet", "explanation": "açıklama", "content": {"language": "tr"},
                "digest": "d" * 64, "quorum": 1, **fields,
            }
        )  # fmt: skip


def forge_review(version: VerdictVersion, reviewer: User, **fields: Any) -> Review:
    with transaction.atomic():
        return Review.objects.create(
            **{
                "version": version, "reviewer": reviewer, "author_id": version.author_id,
                "digest": version.digest, "decision": "approve",
                **dict.fromkeys(translating.POINTS, True), **fields,
            }
        )  # fmt: skip


def forge_publication(
    version: VerdictVersion, by: User, kind: str = "translation", **fields: Any
) -> Publication:
    with transaction.atomic():
        number = LogEntry.objects.count()
        entry = LogEntry.objects.create(
            number=number, kind=kind, header=b"{}", body_sha256="0" * 64,
            published_at=timezone.now() + timedelta(seconds=number),
        )  # fmt: skip
        return Publication.objects.create(
            **{
                "entry": entry, "kind": kind, "claim": version.claim, "version": version,
                "verdict_number": 1, "version_number": 1, "language": version.language,
                "published_by": by, "published_at": entry.published_at, **fields,
            }
        )  # fmt: skip


def forge_move(claim: Claim, by: User, to: str) -> None:
    claim = Claim.objects.get(pk=claim.pk)
    last = Transition.objects.filter(subject="claim", subject_id=claim.pk).latest("number")
    with transaction.atomic():
        Transition.objects.create(
            subject="claim", subject_id=claim.pk, number=claim.moves + 1, action="retract",
            from_state=claim.state, to_state=to, actor=by, reason="because", previous=last.hash,
            hash="e" * 64,
        )  # fmt: skip
        Claim.objects.filter(pk=claim.pk).update(state=to, moves=claim.moves + 1)


def correct(claim: Claim, publisher: User) -> None:
    publishing.correct(
        claim=Claim.objects.get(pk=claim.pk), actor=publisher, kind="update", reason="تغيّر"
    )


def test_an_unreviewed_translation_is_not_published(
    claim: Claim, second_editor: User, superuser: User
) -> None:
    version = translated.propose(claim, second_editor)
    for kind in ("translation", "original"):
        with refused("only an approved verdict"):
            forge_publication(version, superuser, kind, verdict_number=1)


def test_an_approved_one_is(claim: Claim, second_editor: User, reviewer: User, superuser: User) -> None:  # fmt: skip
    """So that the refusals in this file are for their own reasons."""
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    assert forge_publication(version, superuser).pk == 1


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("original", {}),
        ("translation", {"verdict_number": 2}),
        ("translation", {"language": "en"}),
    ],
)
def test_an_approved_one_only_as_what_it_is(
    kind: str, fields: dict[str, Any], claim: Claim, second_editor: User, reviewer: User,
    superuser: User,
) -> None:  # fmt: skip
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    with refused("only an approved verdict"):
        forge_publication(version, superuser, kind, **fields)


def test_the_verdict_itself_is_no_translation(claim: Claim, superuser: User) -> None:
    with refused("only an approved verdict|into a language once"):
        forge_publication(review.under_review(claim), superuser, version_number=2)


def test_one_sent_back_after_its_approval_is_not_published(
    claim: Claim, second_editor: User, reviewer: User, second_reviewer: User, superuser: User
) -> None:
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    translating.send_back(
        claim=Claim.objects.get(pk=claim.pk), language="tr", actor=second_reviewer,
        version=version.number, reason="yanlış",
    )  # fmt: skip
    with refused("only an approved verdict"):
        forge_publication(version, superuser)


def test_the_older_of_two_is_neither_reviewed_nor_published(
    claim: Claim, second_editor: User, reviewer: User, second_reviewer: User, superuser: User
) -> None:
    first = translated.propose(claim, second_editor)
    translated.approve(first, reviewer)
    translated.propose(claim, second_editor, summary="Başka.")
    with refused("only an approved verdict"):
        forge_publication(first, superuser)
    with refused("names the author and digest"):
        forge_review(first, second_reviewer)


def test_a_translation_of_a_retracted_verdict_is_neither_reviewed_nor_published(
    claim: Claim, second_editor: User, reviewer: User, second_reviewer: User, superuser: User,
    publisher: User,
) -> None:  # fmt: skip
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    publishing.retract(claim=Claim.objects.get(pk=claim.pk), actor=publisher, reason="مزوّر")
    with refused("only an approved verdict"):
        forge_publication(version, superuser)
    with refused("names the author and digest"):
        forge_review(version, second_reviewer)
    with refused("of the verdict that is public"):
        forge_version(claim, superuser)


def test_while_the_verdict_is_corrected_a_translation_is_neither_made_reviewed_nor_published(
    claim: Claim, second_editor: User, reviewer: User, second_reviewer: User, superuser: User,
    publisher: User,
) -> None:  # fmt: skip
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    correct(claim, publisher)
    with refused("only an approved verdict"):
        forge_publication(version, superuser)
    with refused("names the author and digest"):
        forge_review(version, second_reviewer)
    with refused("of the verdict that is public"):
        forge_version(claim, superuser)


@pytest.mark.parametrize("wrong", ["language", "rating", "translation", "claim"])
def test_a_translation_is_of_the_verdict_with_its_rating_in_another_language(
    wrong: str, claim: Claim, second_editor: User, superuser: User
) -> None:
    fields: dict[str, Any] = {}
    if wrong == "language":
        fields["language"] = "ar"
    elif wrong == "rating":
        fields["rating"] = Rating.objects.get(slug="true")
    elif wrong == "translation":
        fields |= {"translates": translated.propose(claim, second_editor), "language": "en"}
    else:
        article = cast.make_article("نص\n" + cast.DENIAL)
        fields["translates"] = claim.versions.get()
        claim = cast.make_claim(article, text=cast.DENIAL, claimant="ثان")
    with refused("of the verdict that is public"):
        forge_version(claim, superuser, **fields)


def test_the_verdict_itself_is_in_the_claims_language(claim: Claim, superuser: User) -> None:
    with refused("of the verdict that is public"):
        forge_version(claim, superuser, translates=None)


def test_the_translator_does_not_review_it_not_even_a_superuser(
    claim: Claim, superuser: User, editor: User
) -> None:
    version = translated.propose(claim, superuser)
    with refused("review_needs_four_eyes|nobody reviews"):
        forge_review(version, superuser)
    with refused("nobody reviews"):
        forge_review(version, superuser, author=editor)


def test_whoever_wrote_the_draft_does_not_review_what_another_proposed(
    claim: Claim, superuser: User, second_editor: User
) -> None:
    translated.write(claim, superuser)
    version = translated.propose(claim, second_editor, summary="Başka.")
    assert Contribution.objects.filter(user=superuser, language="tr").exists()
    with refused("nobody reviews what they had a hand in"):
        forge_review(version, superuser)


def test_the_translator_of_an_earlier_version_does_not_review_the_next(
    claim: Claim, superuser: User, reviewer: User, second_editor: User
) -> None:
    version = forge_version(claim, superuser)
    forge_review(version, reviewer, decision="send_back", reason="yanlış")
    next_one = translated.propose(claim, second_editor)
    with refused("nobody reviews what they had a hand in"):
        forge_review(next_one, superuser)


def test_a_translation_in_the_open_makes_no_stranger_of_who_wrote_for_the_verdict(
    claim: Claim, editor: User, second_editor: User, reviewer: User, superuser: User,
    publisher: User,
) -> None:  # fmt: skip
    """A hand counts until the next publication of the verdict: a translation's is not that one."""
    correct(claim, publisher)
    cast.write_verdict(superuser, Claim.objects.get(pk=claim.pk), summary="بقلمي")
    publishing.drop_correction(
        claim=Claim.objects.get(pk=claim.pk), actor=publisher, reason="لا يلزم"
    )
    translated.publish(claim, second_editor, reviewer, publisher)
    correct(claim, publisher)
    version = review.propose(claim=Claim.objects.get(pk=claim.pk), actor=editor)
    with refused("nobody reviews what they had a hand in"):
        forge_review(version, superuser, **dict.fromkeys(review.STANDARDS, True))


def test_no_translation_brings_a_claim_into_review_or_approves_it(
    claim: Claim, second_editor: User, reviewer: User, superuser: User, publisher: User
) -> None:
    """The verdict's newest version was published; a translation is none of its versions."""
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    correct(claim, publisher)
    with refused("needs a new verdict version"):
        forge_move(claim, superuser, "in_review")


@pytest.mark.parametrize("point", translating.POINTS)
def test_an_approval_of_a_translation_leaves_out_none_of_its_points(
    point: str, claim: Claim, second_editor: User, reviewer: User
) -> None:
    version = translated.propose(claim, second_editor)
    for kept in (False, None):
        with refused("vouches for every standard"):
            forge_review(version, reviewer, **{point: kept})
    with refused("vouches for every standard"):
        forge_review(
            version, reviewer, **dict.fromkeys(translating.POINTS),
            **dict.fromkeys(review.STANDARDS, True),
        )  # fmt: skip


def test_a_verdict_is_not_approved_by_the_points_of_a_translation(
    editor: User, reviewer: User
) -> None:
    with refused("vouches for every standard"):
        forge_review(review.under_review(cast.proposed_claim(editor)), reviewer)


def test_a_decided_or_published_one_is_not_reviewed_again(
    claim: Claim, second_editor: User, reviewer: User, second_reviewer: User, publisher: User
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    version = claim.versions.into("tr").get()
    with refused("names the author and digest"):
        forge_review(version, second_reviewer)


def test_a_verdict_is_translated_into_a_language_once(
    claim: Claim, second_editor: User, reviewer: User, superuser: User, publisher: User
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    publishing.retract_translation(
        claim=Claim.objects.get(pk=claim.pk), language="tr", actor=publisher, reason="kötü"
    )
    version = forge_version(Claim.objects.get(pk=claim.pk), second_editor)
    forge_review(version, reviewer)
    with refused("into a language once"):
        forge_publication(version, superuser, version_number=3)


def test_a_verdict_is_not_retracted_before_its_translations_nor_the_claim_while_one_stands(
    claim: Claim, second_editor: User, reviewer: User, superuser: User, publisher: User
) -> None:
    theirs = translated.publish(claim, second_editor, reviewer, publisher)
    own = claim.publications.originals().get()
    taken_back = {"kind": "retraction", "reason": "because", "version_number": 2}
    with refused("retracted with its translations"):
        forge_publication(own.version, superuser, replaces=own, **taken_back)
    with refused("needs its retraction"):
        forge_move(claim, superuser, "retracted")
    # A translation's retraction is not the verdict's.
    forge_publication(theirs.version, superuser, replaces=theirs, **taken_back)
    with refused("needs its retraction"):
        forge_move(claim, superuser, "retracted")
    forge_publication(own.version, superuser, replaces=own, **taken_back)
    forge_move(claim, superuser, "retracted")
