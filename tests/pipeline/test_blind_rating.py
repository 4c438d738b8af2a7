"""The blind second rating: who gives it, when, once, and what it binds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from claims import permissions
from claims.models import BlindRating, Claim, Comment, Policy, Rating, Review, Transition
from claims.pipeline import discussing, publishing, review
from claims.workflow import IllegalMove, StaleState
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposed(editor: User) -> Claim:
    """Proposed as false, at a desk that asks for blind ratings."""
    cast.set_policy(blind_rating=True)
    return cast.proposed_claim(editor)


def rate(claim: Claim, actor: User, rating: str = "false", **more: Any) -> BlindRating:
    return review.rate_blind(claim=claim, actor=actor, version=1, rating=rating, **more)


def approve(claim: Claim, actor: User) -> Review:
    return review.approve(claim=claim, actor=actor, version=1, vouches=review.STANDARDS)


def refused(message: str) -> Any:
    return pytest.raises(IntegrityError, match=message)


def test_the_same_rating_opens_the_proposal_and_may_be_approved(
    proposed: Claim, reviewer: User
) -> None:
    assert permissions.is_sealed(reviewer, proposed)
    rate(proposed, reviewer, reason="انقضى الموعد.")
    assert not permissions.is_sealed(reviewer, proposed)
    approve(proposed, reviewer)
    assert proposed.state == "approved"


def test_a_rating_leaves_its_trace_in_the_claims_history(proposed: Claim, reviewer: User) -> None:
    rate(proposed, reviewer, "misleading")
    move = Transition.objects.filter(subject="claim", subject_id=proposed.pk).latest("number")
    assert (move.action, move.actor) == ("rate_blind", reviewer)
    assert move.data == {"version": 1, "rating": "misleading"}
    assert (move.from_state, move.to_state) == ("in_review", "in_review")


def test_nobody_decides_before_they_have_rated(proposed: Claim, reviewer: User) -> None:
    with pytest.raises(IllegalMove):
        approve(proposed, reviewer)
    with pytest.raises(IllegalMove):
        review.send_back(claim=proposed, actor=reviewer, version=1, reason="أعد")
    assert not Review.objects.exists()


def test_another_rating_stops_every_approval_and_goes_back_with_both(
    proposed: Claim, reviewer: User, second_reviewer: User
) -> None:
    rate(proposed, reviewer, "misleading")
    rate(proposed, second_reviewer, "false")
    for actor in (reviewer, second_reviewer):
        with pytest.raises(IllegalMove):
            approve(proposed, actor)
    back = review.send_back(claim=proposed, actor=reviewer, version=1, reason="ليس خاطئًا كله")
    assert proposed.state == "researching"
    assert list(
        BlindRating.objects.disagreeing(back.version).values_list(
            "reviewer__username", "rating__slug"
        )
    ) == [("samer", "misleading")]


def test_the_next_version_is_rated_anew(proposed: Claim, editor: User, reviewer: User) -> None:
    rate(proposed, reviewer, "misleading")
    review.send_back(claim=proposed, actor=reviewer, version=1, reason="ليس خاطئًا كله")
    cast.write_verdict(editor, proposed, rating="misleading")
    review.propose(claim=proposed, actor=editor)
    assert permissions.is_sealed(reviewer, proposed)
    review.rate_blind(claim=proposed, actor=reviewer, version=2, rating="misleading")
    review.approve(claim=proposed, actor=reviewer, version=2, vouches=review.STANDARDS)
    assert proposed.state == "approved"


def test_a_rating_is_given_once_and_for_good(proposed: Claim, reviewer: User) -> None:
    rate(proposed, reviewer, "misleading")
    with pytest.raises(IllegalMove):
        rate(proposed, reviewer, "false")
    stored = BlindRating.objects.get()
    for change in (
        lambda: BlindRating.objects.update(rating=Rating.objects.get(slug="false")),
        lambda: BlindRating.objects.all().delete(),
        lambda: BlindRating.objects.create(
            version=stored.version,
            reviewer=reviewer,
            author=stored.author,
            rating=stored.version.rating,
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert BlindRating.objects.get().rating.slug == "misleading"


def test_the_author_and_whoever_had_a_hand_in_it_rate_nothing(
    editor: User, superuser: User, reviewer: User
) -> None:
    cast.set_policy(blind_rating=True)
    claim = cast.researched_claim(superuser)
    review.edit_claim(
        claim=claim, actor=reviewer, revision=claim.revision, changes={"statement": "غيره"}
    )
    claim.refresh_from_db()
    version = review.propose(claim=claim, actor=superuser)
    for actor in (superuser, reviewer):
        assert not permissions.is_sealed(actor, claim)
        with pytest.raises(PermissionDenied):
            rate(claim, actor)
    with refused("had a hand in"), transaction.atomic():
        BlindRating.objects.create(
            version=version, reviewer=reviewer, author=superuser, rating=version.rating
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        BlindRating.objects.create(
            version=version, reviewer=superuser, author=superuser, rating=version.rating
        )


def test_whoever_may_not_review_rates_nothing(
    proposed: Claim, second_editor: User, administrator: User
) -> None:
    for actor in (second_editor, administrator):
        with pytest.raises(PermissionDenied):
            rate(proposed, actor)


@pytest.mark.parametrize("rating", ["", "no-such", "' OR 1=1"])
def test_only_a_rating_of_the_scale_is_taken(proposed: Claim, reviewer: User, rating: str) -> None:
    with pytest.raises(IllegalMove):
        rate(proposed, reviewer, rating)
    assert permissions.is_sealed(reviewer, proposed)


def test_a_rating_for_a_version_that_was_replaced_is_a_lost_race(
    proposed: Claim, editor: User, reviewer: User, second_reviewer: User
) -> None:
    rate(proposed, second_reviewer, "misleading")
    review.send_back(claim=proposed, actor=second_reviewer, version=1, reason="لا")
    with pytest.raises(StaleState):
        rate(proposed, reviewer)
    cast.write_verdict(editor, proposed, rating="misleading")
    review.propose(claim=proposed, actor=editor)
    with pytest.raises(StaleState):
        rate(proposed, reviewer)
    assert BlindRating.objects.count() == 1


def test_an_open_version_takes_no_blind_rating(editor: User, reviewer: User) -> None:
    claim = cast.proposed_claim(editor)
    assert not permissions.is_sealed(reviewer, claim)
    with pytest.raises(IllegalMove):
        rate(claim, reviewer)


def test_what_is_in_review_keeps_the_policy_it_was_proposed_under(
    proposed: Claim, reviewer: User
) -> None:
    cast.set_policy(blind_rating=False)
    assert permissions.is_sealed(reviewer, proposed)
    with pytest.raises(IllegalMove):
        approve(proposed, reviewer)


def test_the_policy_changes_with_its_transition(administrator: User) -> None:
    cast.set_policy(blind_rating=True, answer_days=7)
    move = Transition.objects.filter(subject="desk", action="change_policy").latest("number")
    assert move.data["changes"] == {"blind_rating": [False, True], "answer_days": [14, 7]}
    assert Policy.current().blind_rating


# --- what the database refuses ----------------------------------------------------------------------


def _forge(claim: Claim, reviewer: User, decision: str) -> None:
    version = claim.versions.get(number=1)
    points = dict.fromkeys(review.STANDARDS, True) if decision == "approve" else {}
    Review.objects.create(
        version=version,
        reviewer=reviewer,
        author=version.author,
        digest=version.digest,
        decision=decision,
        reason="x",
        **points,
    )


@pytest.mark.parametrize("decision", ["approve", "send_back"])
def test_the_database_refuses_a_decision_before_the_rating(
    proposed: Claim, reviewer: User, decision: str
) -> None:
    with refused("rates before they see"), transaction.atomic():
        _forge(proposed, reviewer, decision)


def test_the_database_refuses_to_approve_what_anybody_rated_otherwise(
    proposed: Claim, reviewer: User, second_reviewer: User
) -> None:
    rate(proposed, reviewer, "misleading")
    rate(proposed, second_reviewer, "false")
    for actor in (reviewer, second_reviewer):
        with refused("rated otherwise goes back"), transaction.atomic():
            _forge(proposed, actor, "approve")
    _forge(proposed, reviewer, "send_back")


def test_the_database_refuses_a_rating_of_what_is_not_in_review(
    proposed: Claim, editor: User, reviewer: User, second_reviewer: User
) -> None:
    rate(proposed, reviewer)
    approve(proposed, reviewer)
    version = proposed.versions.get()
    with refused("version in review"), transaction.atomic():
        BlindRating.objects.create(
            version=version, reviewer=second_reviewer, author=editor, rating=version.rating
        )


def test_nobody_talks_about_it_before_they_have_rated(
    proposed: Claim, editor: User, reviewer: User
) -> None:
    asked = discussing.comment(claim=proposed, actor=editor, text="Is the table enough?")
    acts: list[Callable[[], object]] = [
        lambda: discussing.comment(claim=proposed, actor=reviewer, text="x"),
        lambda: discussing.comment(claim=proposed, actor=reviewer, text="x", parent=asked),
        lambda: discussing.resolve(comment=asked, actor=reviewer),
        lambda: discussing.reopen(comment=asked, actor=reviewer),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert list(Comment.objects.all()) == [asked]
    rate(proposed, reviewer)
    discussing.comment(claim=proposed, actor=reviewer, text="It is.", parent=asked)
    discussing.resolve(comment=asked, actor=reviewer)


def test_the_database_refuses_words_about_it_before_the_rating(
    proposed: Claim, editor: User, reviewer: User, superuser: User, second_editor: User
) -> None:
    for actor in (reviewer, superuser):
        with refused("yet to rate the proposal"), transaction.atomic():
            Comment.objects.create(claim=proposed, author=actor, text="x")
    for actor in (editor, second_editor):  # its author, and one who may not review it
        Comment.objects.create(claim=proposed, author=actor, text="x")
    rate(proposed, reviewer)
    Comment.objects.create(claim=proposed, author=reviewer, text="x")


def test_whoever_had_a_hand_in_it_is_not_asked_and_may_talk(editor: User, reviewer: User) -> None:
    cast.set_policy(blind_rating=True)
    claim = cast.researched_claim(editor)
    review.add_evidence(
        claim=claim,
        actor=reviewer,
        url="https://evidence.example/3",
        title="x",
        relation="context",
        independence_group="x",
    )
    review.propose(claim=claim, actor=editor)
    assert not permissions.is_sealed(reviewer, claim)
    discussing.comment(claim=claim, actor=reviewer, text="Mine is the third.")


def test_a_verdict_rated_alike_is_published_like_any(
    proposed: Claim, reviewer: User, publisher: User
) -> None:
    rate(proposed, reviewer)
    approve(proposed, reviewer)
    assert publishing.publish(claim=proposed, actor=publisher).verdict_number == 1
