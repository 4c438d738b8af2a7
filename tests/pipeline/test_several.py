"""The same done to many claims: each by itself, what is refused said, and all of it taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from claims.models import Claim, State
from claims.pipeline import review
from claims.pipeline.review.several import MOST
from claims.workflow import IllegalMove
from tests.admin.hands import history
from tests.cast import DENIAL, TEXT, make_article, make_claim, published_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def two(db: None) -> list[Claim]:
    article = make_article()
    return [make_claim(article, statement=statement) for statement in ("first", "second")]


def seen(*claims: Claim) -> dict[int, int]:
    return {claim.pk: claim.moves for claim in claims}


def states(*claims: Claim) -> list[str]:
    return [Claim.objects.get(pk=claim.pk).state for claim in claims]


@pytest.mark.parametrize(
    ("act", "name", "value"),
    [
        ("priority", "priority", 3),
        ("severity", "severity", 1),
        ("topic", "topic", "grain"),
        ("due", "due_at", datetime(2026, 12, 31, 15, tzinfo=UTC)),
    ],
)
def test_a_field_is_set_on_all_noted_in_each_history_and_set_back(
    editor: User, two: list[Claim], act: str, name: str, value: object
) -> None:
    before = getattr(two[0], name)
    outcome = review.change_several(chosen=seen(*two), actor=editor, act=act, value=value)  # type: ignore[arg-type]
    assert (outcome.done, outcome.refused) == ([two[0].pk, two[1].pk], [])
    assert [getattr(Claim.objects.get(pk=claim.pk), name) for claim in two] == [value, value]
    assert [history(claim) for claim in two] == [["edit"], ["edit"]]
    assert outcome.undo is not None
    back = review.undo_several(undo=outcome.undo, actor=editor)
    assert back.done == [two[0].pk, two[1].pk]
    assert [getattr(Claim.objects.get(pk=claim.pk), name) for claim in two] == [before, before]


def test_claims_are_given_to_a_person_and_to_nobody(
    editor: User, second_editor: User, two: list[Claim]
) -> None:
    given = review.change_several(
        chosen=seen(*two), actor=editor, act="assign", value=second_editor
    )
    assert Claim.objects.filter(assignee=second_editor).count() == 2
    freed = review.change_several(chosen=seen(two[0]), actor=editor, act="assign", value=None)
    assert Claim.objects.get(pk=two[0].pk).assignee is None
    assert freed.undo is not None
    review.undo_several(undo=freed.undo, actor=editor)
    assert Claim.objects.get(pk=two[0].pk).assignee == second_editor
    assert given.undo is not None
    again = review.undo_several(undo=given.undo, actor=editor)
    # The first one was changed since.
    assert again.done == [two[1].pk]
    assert [one.claim for one in again.refused] == [two[0].pk]
    assert "Somebody else changed this claim" in again.refused[0].why


def test_what_is_so_already_leaves_no_trace(editor: User, two: list[Claim]) -> None:
    review.change_several(chosen=seen(two[0]), actor=editor, act="priority", value=3)
    outcome = review.change_several(chosen=seen(*two), actor=editor, act="priority", value=3)
    assert (outcome.same, outcome.done) == ([two[0].pk], [two[1].pk])
    assert history(two[0]) == ["edit"]


def test_claims_are_accepted_and_the_acceptance_is_taken_back(
    editor: User, two: list[Claim]
) -> None:
    outcome = review.change_several(chosen=seen(*two), actor=editor, act="accept")
    assert states(*two) == [State.QUEUED, State.QUEUED]
    assert outcome.undo is not None
    assert review.undo_several(undo=outcome.undo, actor=editor).refused == []
    assert states(*two) == [State.FOUND, State.FOUND]


def test_claims_are_dismissed_for_a_reason_and_brought_back(editor: User, two: list[Claim]) -> None:
    outcome = review.change_several(
        chosen=seen(*two), actor=editor, act="dismiss", reason="an opinion"
    )
    assert states(*two) == [State.DISMISSED, State.DISMISSED]
    assert outcome.undo is not None
    review.undo_several(undo=outcome.undo, actor=editor)
    assert states(*two) == [State.FOUND, State.FOUND]
    assert history(two[0]) == ["dismiss", "restore"]


def test_what_is_refused_of_one_is_said_and_the_others_are_done(
    editor: User, reviewer: User, publisher: User, two: list[Claim]
) -> None:
    other = make_claim(make_article(TEXT + "\nتمت."), denial=DENIAL)
    public = published_claim(editor, reviewer, publisher, other).claim
    outcome = review.change_several(
        chosen={**seen(*two), public.pk: public.moves, 999_999: 0},
        actor=editor,
        act="dismiss",
        reason="not for us",
    )
    assert outcome.done == [two[0].pk, two[1].pk]
    assert states(public, *two) == [State.PUBLISHED, State.DISMISSED, State.DISMISSED]
    refused = {one.claim: one.why for one in outcome.refused}
    assert set(refused) == {public.pk, 999_999}
    assert "is not open for a claim that is “published”" in refused[public.pk]
    assert "This claim is gone" in refused[999_999]


def test_a_claim_that_somebody_moved_since_it_was_seen_is_left_alone(
    editor: User, second_editor: User, two: list[Claim]
) -> None:
    as_seen = seen(*two)
    review.accept(claim=two[0], actor=second_editor)
    outcome = review.change_several(chosen=as_seen, actor=editor, act="dismiss", reason="no")
    assert outcome.done == [two[1].pk]
    assert "Somebody else moved this claim meanwhile" in outcome.refused[0].why
    assert states(two[0]) == [State.QUEUED]


def test_whoever_may_not_research_changes_nothing(
    administrator: User, outsider: User, two: list[Claim]
) -> None:
    for person in (administrator, outsider):
        for act in review.ACTS:
            with pytest.raises(PermissionDenied):
                review.change_several(chosen=seen(*two), actor=person, act=act, reason="x")
        with pytest.raises(PermissionDenied):
            review.undo_several(undo={"act": "accept", "claims": []}, actor=person)
    assert [history(claim) for claim in two] == [[], []]


@pytest.mark.parametrize(
    ("act", "reason", "value", "words"),
    [
        ("publish", "x", None, "Choose what is done"),
        ("", "", None, "Choose what is done"),
        ("dismiss", " \x00 ", None, "Say in a sentence why"),
    ],
)
def test_what_cannot_be_done_to_any_is_refused_whole(
    editor: User, two: list[Claim], act: str, reason: str, value: None, words: str
) -> None:
    with pytest.raises(IllegalMove, match=words):
        review.change_several(chosen=seen(*two), actor=editor, act=act, reason=reason, value=value)
    assert [history(claim) for claim in two] == [[], []]


def test_neither_none_nor_too_many_are_changed(editor: User, outsider: User) -> None:
    with pytest.raises(IllegalMove, match="Tick the claims first"):
        review.change_several(chosen={}, actor=editor, act="accept")
    many = dict.fromkeys(range(1, MOST + 2), 0)
    with pytest.raises(IllegalMove, match="At most 100"):
        review.change_several(chosen=many, actor=editor, act="accept")
    with pytest.raises(IllegalMove, match="not on the desk"):
        review.change_several(chosen={1: 0}, actor=editor, act="assign", value=outsider)


def test_a_topic_that_is_too_long_is_refused_of_each(editor: User, two: list[Claim]) -> None:
    outcome = review.change_several(chosen=seen(*two), actor=editor, act="topic", value="x" * 81)
    assert outcome.done == []
    assert outcome.undo is None
    assert "80" in outcome.refused[0].why
