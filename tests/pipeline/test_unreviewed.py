"""What nobody has reviewed does not get out, whichever way it is brought in."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import translation

from claims.models import Claim, Claimant, LogEntry, Profile, Rating, VerdictVersion
from claims.pages import reading
from claims.pipeline import publishing, review
from claims.workflow import IllegalMove
from tests.cast import approved_claim, proposed_claim, researched_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def forge(claim: Claim, **fields: Any) -> VerdictVersion:
    """A second version, as a superuser in a shell can write one: the first one's but for `fields`."""
    version = review.under_review(claim)
    version.pk, version.number = None, 2
    version._state.adding = True
    for name, value in fields.items():
        setattr(version, name, value)
    version.save()
    return version


@pytest.mark.parametrize("name", ["summary", "statement", "explanation"])
def test_a_version_that_says_something_else_than_its_digest_is_not_approved(
    editor: User, reviewer: User, name: str
) -> None:
    claim = proposed_claim(editor)
    content = review.under_review(claim).content
    forge(claim, content={**content, name: "something else"})
    with pytest.raises(IllegalMove, match="changed after it was proposed"):
        review.approve(claim=claim, actor=reviewer, version=2, vouches=review.STANDARDS)


def test_a_version_in_another_language_than_its_claim_is_not_even_made(editor: User) -> None:
    claim = proposed_claim(editor)
    with pytest.raises(IntegrityError, match="in another language"), transaction.atomic():
        forge(claim, language="en")


def test_a_statement_changed_during_the_review_is_not_approved_but_can_be_sent_back(
    editor: User, reviewer: User
) -> None:
    """The review page shows the claim, the approval is for the version: they must be one."""
    claim = proposed_claim(editor)
    Claim.objects.filter(pk=claim.pk).update(statement="harmless")
    with pytest.raises(IllegalMove, match="changed after it was proposed"):
        review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    review.send_back(claim=claim, actor=reviewer, version=1, reason="not what was proposed")
    assert claim.state == "researching"


@pytest.mark.parametrize(
    "edit",
    [
        lambda claim: Claimant.objects.update(name="somebody else"),
        lambda claim: Claimant.objects.update(kind="person"),
        lambda claim: Claimant.objects.update(wikidata_id="Q1"),
        lambda claim: Rating.objects.filter(slug="false").update(label_tr="Doğru"),
        lambda claim: Rating.objects.filter(slug="false").update(value=5),
        lambda claim: Profile.objects.create(
            user=claim.versions.get().author, byline="A sentence that nobody has read"
        ),
    ],
)
def test_names_and_labels_changed_after_the_approval_are_not_published(
    editor: User, reviewer: User, publisher: User, edit: Any
) -> None:
    claim = approved_claim(editor, reviewer)
    edit(claim)
    with pytest.raises(IllegalMove, match="changed after the approval"):
        publishing.publish(claim=claim, actor=publisher)
    assert not LogEntry.objects.exists()


def test_who_takes_their_byline_back_before_publication_is_not_named(
    editor: User, reviewer: User, publisher: User
) -> None:
    profile = Profile.objects.create(user=editor, byline="ليلى")
    claim = approved_claim(editor, reviewer)
    profile.byline = ""
    profile.save()
    with pytest.raises(IllegalMove, match="changed after the approval"):
        publishing.publish(claim=claim, actor=publisher)
    review.reopen(claim=claim, actor=editor, reason="my name is to go")
    review.propose(claim=claim, actor=editor)
    review.approve(claim=claim, actor=reviewer, version=2, vouches=review.STANDARDS)
    assert publishing.publish(claim=claim, actor=publisher).byline == ""


def test_a_retraction_is_the_desks_word_and_names_nobody(
    editor: User, reviewer: User, publisher: User
) -> None:
    Profile.objects.create(user=editor, byline="ليلى")
    claim = approved_claim(editor, reviewer)
    assert publishing.publish(claim=claim, actor=publisher).byline == "ليلى"
    assert publishing.retract(claim=claim, actor=publisher, reason="wrong").byline == ""


@pytest.mark.parametrize("cited", ["[2]", "[ 2 ]", "[٢]", "[2\u00a0]"])
def test_the_number_of_withheld_evidence_is_in_no_published_word(
    editor: User, reviewer: User, publisher: User, cited: str
) -> None:
    claim = researched_claim(editor, explanation=f"الجدول [1] والشاهد {cited} معًا.")
    review.change_evidence(
        piece=claim.evidence.get(primary=False), actor=editor, withheld=True, title="سرّ"
    )
    claim.refresh_from_db()
    review.propose(claim=claim, actor=editor)
    preview = reading.paragraphs(review.under_review(claim).content)
    assert [(part.words, part.evidence) for part in preview[0]] == [
        ("الجدول", None), ("", 1), (" والشاهد معًا.", None),
    ]  # fmt: skip
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    entry = publishing.entry_of(publishing.publish(claim=claim, actor=publisher))
    assert entry.explanation == "الجدول [1] والشاهد معًا."
