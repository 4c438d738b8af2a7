"""The review stage with its guards, as the people of the desk meet them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from claims.models import Claim, Rating, State, Transition
from claims.pipeline import publishing, review
from claims.workflow import IllegalMove, StaleState
from tests.cast import (
    approved_claim,
    make_claim,
    proposed_claim,
    published_claim,
    researched_claim,
    set_policy,
    write_verdict,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def test_whoever_accepts_an_unassigned_claim_has_it(editor: User) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    assert (claim.state, claim.assignee) == ("queued", editor)


def test_a_dismissed_claim_goes_back_to_where_it_came_from(editor: User) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
    review.dismiss(claim=claim, actor=editor, reason="nobody repeats it")
    review.restore(claim=claim, actor=editor, reason="it is back")
    assert claim.state == "researching"


def test_a_claim_waits_for_a_day_to_come_and_returns_by_itself(editor: User) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(IllegalMove, match="still to come"):
        review.wait(claim=claim, actor=editor, until=timezone.localdate(), reason="August")
    review.wait(claim=claim, actor=editor, until=tomorrow, reason="August")
    assert (claim.state, claim.recheck_on) == ("waiting", tomorrow)
    assert not review.resume_if_due(claim=claim, today=timezone.localdate())
    assert review.resume_if_due(claim=claim, today=tomorrow)
    claim.refresh_from_db()
    assert (claim.state, claim.recheck_on, claim.assignee) == ("researching", None, editor)
    assert Transition.objects.latest("pk").actor is None


def test_the_page_says_what_a_verdict_still_needs(editor: User) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
    assert [requirement.met for requirement in review.requirements(claim)] == [
        False, False, False, True, False, False,
    ]  # fmt: skip
    with pytest.raises(IllegalMove, match=r"a rating; a summary; .*2 independent pieces"):
        review.propose(claim=claim, actor=editor)
    write_verdict(editor, claim)
    assert all(requirement.met for requirement in review.requirements(claim))


def test_two_pieces_from_one_origin_count_once(editor: User) -> None:
    claim = researched_claim(editor)
    for piece in claim.evidence.all():
        review.change_evidence(piece=piece, actor=editor, independence_group="same")
    claim.refresh_from_db()
    with pytest.raises(IllegalMove, match=r"2 independent pieces of evidence \(1 so far\)"):
        review.propose(claim=claim, actor=editor)


def test_without_a_primary_source_a_reason_will_do(editor: User) -> None:
    claim = researched_claim(editor)
    review.change_evidence(piece=claim.evidence.get(primary=True), actor=editor, primary=False)
    claim.refresh_from_db()
    with pytest.raises(IllegalMove, match="a primary source, or the reason"):
        review.propose(claim=claim, actor=editor)
    draft = claim.draft
    review.save_draft(
        claim=claim, actor=editor, revision=draft.revision, rating=draft.rating,
        summary=draft.summary, explanation=draft.explanation,
        no_primary_reason="The agenda was never published.",
    )  # fmt: skip
    review.propose(claim=claim, actor=editor)
    assert claim.state == "in_review"


def test_the_author_does_not_approve_whatever_their_rank(superuser: User, publisher: User) -> None:
    for author in (superuser, publisher):
        claim = proposed_claim(author, make_claim() if author == superuser else _another())
        with pytest.raises(PermissionDenied, match="somebody else has to review"):
            review.approve(claim=claim, actor=author, version=1, vouches=review.STANDARDS)
        claim.refresh_from_db()
        assert claim.state == "in_review"


def _another() -> Claim:
    from tests.cast import make_article

    return make_claim(make_article("قال الوزير إن الجسر افتتح أمس."), text="الجسر افتتح أمس")


def test_a_reviewer_who_touches_the_evidence_is_a_writer_from_then_on(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    claim = researched_claim(editor)
    review.change_evidence(piece=claim.evidence.all()[0], actor=reviewer, note="seen")
    claim.refresh_from_db()
    review.propose(claim=claim, actor=editor)
    with pytest.raises(PermissionDenied, match="somebody else has to review"):
        review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    review.approve(claim=claim, actor=second_reviewer, version=1, vouches=review.STANDARDS)
    assert claim.state == "approved"


def test_a_quorum_of_two_needs_two_and_cannot_be_lowered_meanwhile(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    set_policy(quorum=2)
    claim = proposed_claim(editor)
    set_policy(quorum=1)
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    assert claim.state == "in_review"
    with pytest.raises(IllegalMove, match="already decided"):
        review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    review.approve(claim=claim, actor=second_reviewer, version=1, vouches=review.STANDARDS)
    assert claim.state == "approved"


def test_what_goes_back_says_why_and_a_new_version_needs_a_new_approval(
    editor: User, reviewer: User
) -> None:
    claim = proposed_claim(editor)
    with pytest.raises(IllegalMove, match="Say why"):
        review.send_back(claim=claim, actor=reviewer, version=1, reason=" ")
    review.send_back(claim=claim, actor=reviewer, version=1, reason="one more source")
    assert claim.state == "researching"
    write_verdict(editor, claim, summary="أوضح")
    review.propose(claim=claim, actor=editor)
    with pytest.raises(StaleState, match="Version 1 is no longer the one in review"):
        review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    review.approve(claim=claim, actor=reviewer, version=2, vouches=review.STANDARDS)
    assert claim.state == "approved"


@pytest.mark.parametrize("stage", [proposed_claim, approved_claim])
def test_nothing_that_would_be_published_changes_in_review_or_after(
    editor: User, reviewer: User, stage: object
) -> None:
    claim = proposed_claim(editor) if stage is proposed_claim else approved_claim(editor, reviewer)
    draft, piece = claim.draft, claim.evidence.all()[0]
    rating = Rating.objects.get(slug="true")
    for attempt in (
        lambda: review.save_draft(
            claim=claim, actor=editor, revision=draft.revision, rating=rating,
            summary="x", explanation="y",
        ),
        lambda: review.change_evidence(piece=piece, actor=editor, quote="x"),
        lambda: review.remove_evidence(piece=piece, actor=editor),
        lambda: review.move_evidence(piece=piece, actor=editor, up=False),
        lambda: review.edit_claim(
            claim=claim, actor=editor, revision=claim.revision, changes={"statement": "x"}
        ),
    ):  # fmt: skip
        with pytest.raises(IllegalMove, match="its verdict cannot be changed now"):
            attempt()


def test_the_second_of_two_saves_is_refused_and_nothing_is_overwritten(
    editor: User, second_editor: User
) -> None:
    claim = researched_claim(editor)
    seen = claim.draft.revision
    write_verdict(editor, claim, summary="first")
    with pytest.raises(StaleState, match="layla saved this verdict meanwhile"):
        review.save_draft(
            claim=claim, actor=second_editor, revision=seen, rating=None, summary="second",
            explanation="z",
        )  # fmt: skip
    claim.draft.refresh_from_db()
    assert claim.draft.summary == "first"


def test_the_second_of_two_edits_of_a_claim_is_refused(editor: User, second_editor: User) -> None:
    claim = make_claim()
    review.edit_claim(claim=claim, actor=editor, revision=0, changes={"topic": "diplomacy"})
    with pytest.raises(StaleState):
        review.edit_claim(claim=claim, actor=second_editor, revision=0, changes={"topic": "war"})
    claim.refresh_from_db()
    assert claim.topic == "diplomacy"
    assert Transition.objects.latest("pk").data == {"topic": ["", "diplomacy"]}


def test_an_edit_keeps_what_was_there_before_in_the_history(editor: User) -> None:
    claim = make_claim()
    before = claim.statement
    review.edit_claim(claim=claim, actor=editor, revision=0, changes={"statement": "أوضح"})
    assert Transition.objects.latest("pk").data == {"statement": [before, "أوضح"]}
    assert claim.state == State.FOUND


def test_evidence_with_an_address_that_is_none_is_refused_in_words(editor: User) -> None:
    claim = make_claim()
    with pytest.raises(ValidationError) as caught:
        review.add_evidence(
            claim=claim, actor=editor, url="javascript:alert(1)", title="x",
            relation="context", independence_group="a",
        )  # fmt: skip
    assert "url" in caught.value.message_dict
    assert not claim.evidence.exists()


def test_evidence_moves_up_and_down_and_its_numbers_follow(editor: User) -> None:
    claim = researched_claim(editor)
    first, second = claim.evidence.all()
    review.move_evidence(piece=second, actor=editor, up=True)
    assert [piece.pk for piece in claim.evidence.all()] == [second.pk, first.pk]


def test_removed_evidence_is_told_in_the_history(editor: User) -> None:
    claim = researched_claim(editor)
    review.remove_evidence(piece=claim.evidence.all()[0], actor=editor)
    assert Transition.objects.latest("pk").data["url"] == "https://evidence.example/1"


def test_a_reader_of_the_desk_without_the_right_changes_nothing(administrator: User) -> None:
    claim = make_claim()
    for attempt in (
        lambda: review.accept(claim=claim, actor=administrator),
        lambda: review.edit_claim(
            claim=claim, actor=administrator, revision=0, changes={"topic": "x"}
        ),
        lambda: publishing.publish(claim=claim, actor=administrator),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_while_a_correction_is_written_it_is_sent_back_to_correcting(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = published_claim(editor, reviewer, publisher).claim
    publishing.correct(claim=claim, actor=publisher, kind="correction", reason="a wrong figure")
    write_verdict(editor, claim, summary="أدق")
    review.propose(claim=claim, actor=editor)
    review.send_back(claim=claim, actor=reviewer, version=2, reason="which figure?")
    assert claim.state == "correcting"
