"""News that come from what others left: repetitions, complaints, set times, translations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import (
    Claim,
    Complaint,
    Cursor,
    Match,
    Notification,
    ScheduledPublication,
)
from claims.pipeline import corresponding, publishing
from claims.pipeline._rights import contributed
from claims.workflow import note
from tests.cast import (
    STATEMENT,
    approved_claim,
    make_article,
    make_claim,
    published_claim,
)
from tests.pipeline import translated
from tests.pipeline.news import tell, told, words

pytestmark = pytest.mark.django_db


def repeated(head: Claim) -> Match:
    """A claim of a new article that the machine takes for the same."""
    again = make_article("قالت الوزارة اليوم إن " + STATEMENT + ".", url="https://other.example/1")
    return Match.objects.create(
        claim=make_claim(again),
        earlier=head,
        relation=Match.Relation.SAME,
        score=0.95,
        method="test",
    )


def test_what_is_public_and_said_again_is_told_to_its_author_and_to_publishers(
    editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    head = published_claim(editor, reviewer, publisher).claim
    repeated(head)
    tell()
    for person in (editor, publisher):
        assert told(person)[-1] == "seen_again"
    assert "seen_again" not in told(second_editor) + told(reviewer)


def test_a_verdict_that_comes_after_the_suggestion_is_told_with_it_once(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = approved_claim(editor, reviewer)
    repeated(claim)
    tell()
    assert "seen_again" not in told(editor)
    publishing.publish(claim=claim, actor=publisher)
    tell()
    assert told(editor).count("seen_again") == 1
    Cursor.objects.filter(name="telling.moves").delete()
    Cursor.objects.filter(name="telling.matches").delete()
    tell()
    assert told(editor).count("seen_again") == 1


def test_what_is_not_public_and_said_again_is_no_news(editor: User, reviewer: User) -> None:
    repeated(approved_claim(editor, reviewer))
    tell()
    assert "seen_again" not in told(editor)


def test_a_readers_complaint_is_told_to_publishers_and_to_nobody_who_entered_it(
    editor: User, reviewer: User, publisher: User
) -> None:
    publication = published_claim(editor, reviewer, publisher)
    corresponding.receive(publication=publication, text="The number is wrong.")
    tell()
    assert words(publisher)[-1] == "A reader complains about this verdict."
    assert "answer" not in told(editor) + told(reviewer)
    corresponding.enter(publication=publication, actor=publisher, text="By telephone.")
    tell()
    assert told(publisher).count("answer") == 1


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("done", "The verdict went out at its time."),
        (
            "failed",
            (
                "The verdict could not go out at its time. Once what stood in the way is mended, "
                "publish it by hand or set another time."
            ),
        ),
    ],
)
def test_what_went_out_by_itself_or_could_not_is_told_to_whoever_set_the_time(
    editor: User, reviewer: User, publisher: User, state: str, says: str
) -> None:
    claim = approved_claim(editor, reviewer)
    ScheduledPublication.objects.create(
        claim=claim,
        version=claim.versions.get(),
        at=timezone.now(),
        set_by=publisher,
        state=state,
        ended_at=timezone.now(),
        why="The key was away.",
    )
    tell()
    assert words(publisher)[-1] == says


def test_a_complaint_that_was_not_answered_in_time_is_late_the_next_day(
    editor: User, reviewer: User, publisher: User
) -> None:
    publication = published_claim(editor, reviewer, publisher)
    corresponding.receive(publication=publication, text="The number is wrong.")
    Complaint.objects.update(due_on=timezone.localdate())
    tell()
    assert "overdue" not in told(publisher)
    Complaint.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    Cursor.objects.filter(name="telling.dates").update(next_at=timezone.now() - timedelta(days=1))
    tell()
    assert words(publisher)[-1] == (
        "A reader's complaint about this verdict has not been answered in time."
    )


def test_a_public_translation_makes_nobodys_hand_in_the_next_version_forgotten(
    editor: User, reviewer: User, second_reviewer: User, publisher: User
) -> None:
    claim = published_claim(editor, reviewer, publisher).claim
    translated.publish(claim, editor, reviewer, publisher)
    claim = Claim.objects.get(pk=claim.pk)
    contributed(claim, second_reviewer)
    Notification.objects.all().delete()
    note(claim, "propose", actor=editor, data={"version": 3})
    tell()
    assert "to_review" not in told(second_reviewer)
    assert "to_review" in told(reviewer)
