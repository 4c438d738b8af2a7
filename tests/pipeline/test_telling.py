"""Who is told what, once, from the rows that the other stages left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import (
    Claim,
    Comment,
    Contact,
    Cursor,
    Notification,
    NotificationChoice,
    Transition,
)
from claims.pipeline import review, telling
from claims.workflow import note
from tests.cast import (
    make_claim,
    proposed_claim,
    published_claim,
)
from tests.pipeline.news import tell, told, words

pytestmark = pytest.mark.django_db


def assign(claim: Claim, to: User | None, by: User) -> None:
    claim.refresh_from_db()
    review.edit_claim(claim=claim, actor=by, revision=claim.revision, changes={"assignee": to})


def test_whoever_is_given_a_claim_is_told_once(editor: User, second_editor: User) -> None:
    assign(make_claim(), second_editor, editor)
    tell()
    tell()
    assert words(second_editor) == ["layla gave you this claim."]
    assert told(editor) == []


def test_nobody_is_told_of_what_they_did_themselves(editor: User) -> None:
    assign(make_claim(), editor, editor)
    tell()
    assert told(editor) == []


def test_all_who_may_review_and_had_no_hand_in_it_are_told(
    editor: User, second_editor: User, reviewer: User, second_reviewer: User, outsider: User
) -> None:
    proposed_claim(editor)
    tell()
    assert told(reviewer) == told(second_reviewer) == ["to_review"]
    assert told(editor) == told(second_editor) == told(outsider) == []


def test_what_a_colleague_has_decided_on_needs_no_reading(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    claim = proposed_claim(editor)
    tell()
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    tell()
    assert not telling.unread_of(second_reviewer).exists()
    assert words(editor) == ["samer approved your verdict."]


def test_an_author_is_told_why_it_came_back(editor: User, reviewer: User) -> None:
    claim = proposed_claim(editor)
    review.send_back(claim=claim, actor=reviewer, version=1, reason="Ask the ministry, too.")
    tell()
    (news,) = Notification.objects.filter(person=editor)
    assert (news.kind, news.data) == ("sent_back", {"reason": "Ask the ministry, too."})
    assert news.actor == reviewer


def test_an_author_is_told_that_it_is_public(editor: User, reviewer: User, publisher: User) -> None:
    published_claim(editor, reviewer, publisher)
    tell()
    assert words(editor)[-1] == "nour published your verdict."
    assert "published" not in told(publisher)


def test_a_person_who_left_is_told_nothing(editor: User, reviewer: User) -> None:
    claim = proposed_claim(editor)
    reviewer.is_active = False
    reviewer.save()
    tell()
    assert told(reviewer) == []
    editor.groups.clear()
    review.send_back(
        claim=claim,
        actor=User.objects.create_superuser("root"),
        version=1,
        reason="Nobody is there.",
    )
    tell()
    assert told(editor) == []


def test_a_date_that_comes_is_told_to_the_assignee(editor: User) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    today = timezone.localdate()
    review.wait(claim=claim, actor=editor, until=today + timedelta(days=1), reason="Until then.")
    Claim.objects.filter(pk=claim.pk).update(recheck_on=today)
    claim.refresh_from_db()
    assert review.resume_if_due(claim=claim, today=today)
    tell()
    assert words(editor) == ["The date that this claim waited for has come."]


def test_a_claim_becomes_overdue_once_for_each_day_that_was_set(editor: User) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    Claim.objects.filter(pk=claim.pk).update(due_at=timezone.now() - timedelta(minutes=1))
    tell()
    tell()
    assert words(editor) == ["This claim is yours, and its day has passed."]
    Claim.objects.filter(pk=claim.pk).update(due_at=timezone.now() - timedelta(seconds=2))
    tell()
    assert told(editor) == ["overdue", "overdue"]


def test_what_nobody_answered_in_time_is_told_to_whoever_asked(
    editor: User, second_editor: User
) -> None:
    claim = make_claim()
    Contact.objects.create(
        claim=claim,
        kind="reply",
        whom="The ministry",
        asked_by=second_editor,
        until=timezone.now() - timedelta(minutes=1),
    )
    tell()
    assert words(second_editor) == ["The ministry has not answered by the day that was asked for."]


def test_a_comment_is_told_to_the_assignee_and_an_answer_to_its_thread(
    editor: User, second_editor: User, reviewer: User
) -> None:
    claim = make_claim()
    Claim.objects.filter(pk=claim.pk).update(assignee=editor)
    first = Comment.objects.create(claim=claim, author=reviewer, text="Who says so?")
    tell()
    assert words(editor) == ["samer wrote a comment for you."]
    assert told(reviewer) == []
    Comment.objects.create(claim=claim, author=second_editor, text="The agency.", parent=first)
    tell()
    assert words(reviewer) == ["mehmet wrote a comment for you."]
    assert told(editor) == ["comment", "comment"]
    assert told(second_editor) == []


def test_whoever_is_called_by_name_is_told(editor: User, second_editor: User) -> None:
    written = Comment.objects.create(claim=make_claim(), author=editor, text="@mehmet, look.")
    written.mentions.set([second_editor])
    tell()
    assert told(second_editor) == ["comment"]


def test_a_row_that_is_seen_late_is_told_all_the_same(editor: User, second_editor: User) -> None:
    """Its number is lower than one that was read before it was committed."""
    claim = make_claim()
    assign(claim, second_editor, editor)
    late = Transition.objects.latest("pk")
    Cursor.objects.update_or_create(name="telling.moves", defaults={"upto": late.pk - 1})
    tell()
    # Read, and young: the cursor has not passed it, so that a lower one would still be seen.
    assert Cursor.objects.get(name="telling.moves").upto == late.pk - 1
    assert told(second_editor) == ["assigned"]


def test_old_rows_are_passed_for_good(
    editor: User, second_editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.pipeline._streams.SETTLED", timedelta(0))
    assign(make_claim(), second_editor, editor)
    tell()
    assert Cursor.objects.get(name="telling.moves").upto == Transition.objects.latest("pk").pk
    Notification.objects.all().delete()
    tell()
    assert told(second_editor) == []


def test_a_kind_wanted_nowhere_is_never_unread_nor_mailed(
    editor: User, second_editor: User
) -> None:
    NotificationChoice.objects.create(
        person=second_editor, kind="assigned", on_desk=False, by_mail=False
    )
    assign(make_claim(), second_editor, editor)
    tell()
    (news,) = Notification.objects.filter(person=second_editor)
    assert news.read_at is not None
    assert news.mailed_at is not None
    assert not telling.unread_of(second_editor).exists()


def test_a_kind_wanted_by_mail_alone_is_not_on_the_desk(editor: User, second_editor: User) -> None:
    NotificationChoice.objects.create(person=second_editor, kind="assigned", on_desk=False)
    assign(make_claim(), second_editor, editor)
    tell()
    (news,) = Notification.objects.filter(person=second_editor)
    assert (news.read_at, news.mailed_at) == (None, None)
    assert not telling.unread_of(second_editor).exists()


def test_looking_at_the_claim_reads_its_news_and_no_other(
    editor: User, second_editor: User
) -> None:
    claim = make_claim()
    other = make_claim(claim.article, text="عدد العائدين بلغ 1200 شخص")
    assign(claim, second_editor, editor)
    assign(other, second_editor, editor)
    tell()
    telling.seen(person=second_editor, claim=claim)
    assert [one.claim for one in telling.unread_of(second_editor)] == [other]


def test_nobody_reads_for_another(editor: User, second_editor: User) -> None:
    assign(make_claim(), second_editor, editor)
    tell()
    (news,) = Notification.objects.filter(person=second_editor)
    telling.mark_read(person=editor, number=news.pk)
    telling.mark_all_read(person=editor, upto=news.pk)
    assert telling.unread_of(second_editor).count() == 1
    telling.mark_all_read(person=second_editor, upto=news.pk - 1)
    assert telling.unread_of(second_editor).count() == 1
    telling.mark_all_read(person=second_editor, upto=news.pk)
    assert telling.unread_of(second_editor).count() == 0


def test_a_hundred_moves_cost_no_more_queries_than_one(editor: User, second_editor: User) -> None:
    claim = make_claim()
    assign(claim, second_editor, editor)

    def turn() -> int:
        Cursor.objects.filter(name="telling").update(next_at=timezone.now())
        with CaptureQueriesContext(connection) as context:
            telling.tell()
        return len(context)

    turn()
    one = turn()
    for _again in range(30):
        assign(claim, editor, editor)
        assign(claim, second_editor, editor)
    assert turn() <= one
    assert Notification.objects.filter(person=second_editor).count() == 31


def test_an_answer_is_told_to_whoever_asked(editor: User, second_editor: User) -> None:
    claim = make_claim()
    asked = Contact.objects.create(
        claim=claim, kind="reply", whom="The ministry", asked_by=second_editor
    )
    note(
        Claim.objects.get(pk=claim.pk),
        "answer",
        actor=editor,
        data={"contact": asked.pk, "kind": "reply", "whom": asked.whom, "fields": {}},
    )
    tell()
    assert words(second_editor) == ["The ministry answered the desk."]


def test_a_turn_is_taken_by_one_worker_alone() -> None:
    tell()
    Cursor.objects.filter(name="telling").update(next_at=timezone.now() + timedelta(minutes=1))
    assert not telling.is_due(timezone.now())
    Cursor.objects.filter(name="telling.moves").delete()
    telling.tell()
    assert not Cursor.objects.filter(name="telling.moves").exists()
