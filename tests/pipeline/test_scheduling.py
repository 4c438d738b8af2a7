"""A verdict goes out at the time that was set: once, as whoever set it, or not at all and it says why."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections
from django.utils import timezone

from claims.models import Claim, Publication, ScheduledPublication
from claims.pipeline import publishing, review
from claims.pipeline.publishing import scheduling
from claims.workflow import IllegalMove, StaleState
from tests import cast
from tests.admin.hands import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(editor: User, reviewer: User) -> Claim:
    return cast.approved_claim(editor, reviewer)


def soon(**delta: float) -> datetime:
    return timezone.now() + timedelta(**(delta or {"hours": 1}))


def set_time(claim: Claim, publisher: User) -> ScheduledPublication:
    return publishing.schedule(claim=claim, actor=publisher, at=soon(), embargo="حتى المؤتمر")


def its_time_comes(row: ScheduledPublication) -> None:
    ScheduledPublication.objects.filter(pk=row.pk).update(at=timezone.now())
    publishing.publish_due()
    row.refresh_from_db()


def test_it_goes_out_when_its_time_has_come_and_not_before(
    approved: Claim, publisher: User
) -> None:
    row = set_time(approved, publisher)
    assert publishing.publish_due() == 0
    assert not Publication.objects.exists()
    its_time_comes(row)
    publication = Publication.objects.get()
    assert publication.published_by == publisher
    assert (row.state, row.why) == ("done", "")
    assert history(approved)[-2:] == ["schedule_publication", "publish"]


def test_it_goes_out_once_though_it_is_asked_twice(approved: Claim, publisher: User) -> None:
    its_time_comes(set_time(approved, publisher))
    assert publishing.publish_due() == 0
    assert Publication.objects.count() == 1


@pytest.mark.parametrize("delta", [{"seconds": -1}, {"days": 366}, {"days": -400}])
def test_the_time_is_still_to_come_and_within_a_year(
    delta: dict[str, float], approved: Claim, publisher: User
) -> None:
    with pytest.raises(IllegalMove):
        publishing.schedule(claim=approved, actor=publisher, at=soon(**delta))
    assert not ScheduledPublication.objects.exists()


def test_only_who_may_publish_sets_and_calls_off(
    approved: Claim, publisher: User, editor: User, reviewer: User, administrator: User
) -> None:
    for who in (editor, reviewer, administrator):
        with pytest.raises(PermissionDenied):
            publishing.schedule(claim=approved, actor=who, at=soon())
    set_time(approved, publisher)
    for who in (editor, reviewer, administrator):
        with pytest.raises(PermissionDenied):
            publishing.call_off(claim=approved, actor=who)


def test_only_an_approved_verdict_gets_a_time(editor: User, publisher: User) -> None:
    with pytest.raises(IllegalMove):
        publishing.schedule(claim=cast.proposed_claim(editor), actor=publisher, at=soon())


def test_what_could_not_be_published_gets_no_time(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer, explanation="انظر [1] و[9].")
    with pytest.raises(IllegalMove):
        publishing.schedule(claim=claim, actor=publisher, at=soon())


def test_a_new_time_takes_the_place_of_the_old(approved: Claim, publisher: User) -> None:
    first = set_time(approved, publisher)
    second = publishing.schedule(claim=approved, actor=publisher, at=soon(hours=2))
    first.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "pending")
    assert publishing.pending(approved) == second


def test_a_claim_that_moved_meanwhile_is_noticed(approved: Claim, publisher: User) -> None:
    with pytest.raises(StaleState):
        publishing.schedule(claim=approved, actor=publisher, at=soon(), seen=approved.moves - 1)


def test_called_off_it_does_not_go_out(approved: Claim, publisher: User) -> None:
    row = set_time(approved, publisher)
    publishing.call_off(claim=approved, actor=publisher, reason="")
    its_time_comes(row)
    assert row.state == "cancelled"
    assert not Publication.objects.exists()
    assert history(approved)[-1] == "call_off_publication"
    with pytest.raises(IllegalMove):
        publishing.call_off(claim=approved, actor=publisher)


def test_publishing_by_hand_calls_it_off(approved: Claim, publisher: User) -> None:
    row = set_time(approved, publisher)
    publishing.publish(claim=approved, actor=publisher)
    its_time_comes(row)
    assert row.state == "cancelled"
    assert Publication.objects.count() == 1


def test_taking_the_claim_back_calls_it_off(approved: Claim, publisher: User, editor: User) -> None:
    row = set_time(approved, publisher)
    review.reopen(claim=approved, actor=editor, reason="رقم خطأ")
    its_time_comes(row)
    assert row.state == "cancelled"
    assert not Publication.objects.exists()


def test_who_may_publish_no_more_does_not_publish_by_a_time_set_before(
    approved: Claim, publisher: User
) -> None:
    row = set_time(approved, publisher)
    publisher.groups.remove(Group.objects.get(name="Publisher"))
    its_time_comes(row)
    assert row.state == "failed"
    assert row.why
    assert history(approved)[-1] == "schedule_failed"
    assert not Publication.objects.exists()
    assert Claim.objects.get(pk=approved.pk).state == "approved"


def test_who_has_left_does_not_publish(approved: Claim, publisher: User) -> None:
    row = set_time(approved, publisher)
    User.objects.filter(pk=publisher.pk).update(is_active=False)
    its_time_comes(row)
    assert row.state == "failed"


def test_what_changed_after_the_approval_does_not_go_out(approved: Claim, publisher: User) -> None:
    row = set_time(approved, publisher)
    approved.positions.filter(stance="denies").delete()
    its_time_comes(row)
    assert row.state == "failed"
    assert not Publication.objects.exists()


def test_another_approved_version_does_not_go_out_at_the_time_of_the_first(
    approved: Claim, editor: User, reviewer: User, publisher: User
) -> None:
    row = set_time(approved, publisher)
    review.reopen(claim=approved, actor=editor, reason="رقم خطأ")
    cast.write_verdict(editor, approved, summary="أخرى")
    review.propose(claim=approved, actor=editor)
    review.approve(claim=approved, actor=reviewer, version=2, vouches=review.STANDARDS)
    # As if the calling off had been lost.
    ScheduledPublication.objects.filter(pk=row.pk).update(
        state="pending", ended_at=None, at=timezone.now()
    )
    publishing.publish_due()
    row.refresh_from_db()
    assert row.state == "failed"
    assert not Publication.objects.exists()


def test_without_the_signing_key_it_fails_and_says_so(
    approved: Claim, editor: User, reviewer: User, publisher: User, settings: object
) -> None:
    publishing.publish(claim=approved, actor=publisher)
    article = cast.make_article("Other\n" + cast.DENIAL)
    claim = cast.approved_claim(editor, reviewer, cast.make_claim(article, text=cast.DENIAL))
    row = set_time(claim, publisher)
    settings.SIGNING_KEY_FILE = settings.DATA_DIR / "lost.key"  # type: ignore[attr-defined]
    its_time_comes(row)
    assert row.state == "failed"
    assert "lost.key" in row.why


def test_a_worker_that_dies_half_way_leaves_it_to_the_next(
    approved: Claim, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = set_time(approved, publisher)
    from claims.pipeline.publishing import scheduling

    publish = scheduling.publish

    def dies(**kwargs: object) -> None:
        publish(**kwargs)  # type: ignore[arg-type]
        raise SystemExit

    monkeypatch.setattr(scheduling, "publish", dies)
    with pytest.raises(SystemExit):
        its_time_comes(row)
    assert not Publication.objects.exists()
    monkeypatch.setattr(scheduling, "publish", publish)
    its_time_comes(row)
    assert row.state == "done"
    assert Publication.objects.count() == 1


def test_one_that_fails_holds_up_no_other(
    approved: Claim, editor: User, reviewer: User, publisher: User
) -> None:
    article = cast.make_article("Other\n" + cast.DENIAL)
    other = cast.approved_claim(editor, reviewer, cast.make_claim(article, text=cast.DENIAL))
    first, second = set_time(approved, publisher), set_time(other, publisher)
    approved.positions.filter(stance="denies").delete()
    ScheduledPublication.objects.filter(pk=first.pk).update(at=timezone.now())
    its_time_comes(second)
    first.refresh_from_db()
    assert (first.state, second.state) == ("failed", "done")


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_publish_it_once(
    editor: User, reviewer: User, publisher: User
) -> None:
    row = set_time(cast.approved_claim(editor, reviewer), publisher)
    ScheduledPublication.objects.filter(pk=row.pk).update(at=timezone.now())
    failed: list[BaseException] = []
    both = threading.Barrier(2)

    def work() -> None:
        try:
            both.wait(10)
            publishing.publish_due()
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _each in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert Publication.objects.count() == 1
    row.refresh_from_db()
    assert row.state == "done"


def test_one_that_a_guard_refuses_is_told_and_keeps_no_other_from_its_time(
    editor: User, reviewer: User, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = cast.approved_claim(editor, reviewer)
    row, other = set_time(refused, publisher), set_time(second(editor, reviewer), publisher)
    meet(monkeypatch, refused, IntegrityError("only an approved verdict is published"))
    ScheduledPublication.objects.update(at=timezone.now())
    publishing.publish_due()
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.state) == ("failed", "done")
    assert row.why
    assert history(refused)[-1] == "schedule_failed"


def test_one_that_meets_an_error_of_ours_stays_due_and_holds_up_nobody(
    editor: User, reviewer: User, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = cast.approved_claim(editor, reviewer)
    row, other = set_time(broken, publisher), set_time(second(editor, reviewer), publisher)
    meet(monkeypatch, broken, KeyError("content"))
    ScheduledPublication.objects.update(at=timezone.now())
    publishing.publish_due()
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.state) == ("pending", "done")
    monkeypatch.undo()
    its_time_comes(row)
    assert row.state == "done"


def second(editor: User, reviewer: User) -> Claim:
    """Another approved claim, of another article."""
    text = cast.TEXT + "\nانتهى."
    return cast.approved_claim(editor, reviewer, claim=cast.make_claim(cast.make_article(text)))


def meet(monkeypatch: pytest.MonkeyPatch, claim: Claim, error: Exception) -> None:
    """Publishing this claim, and no other, ends in an error."""
    real = scheduling.publish

    def publish(*, claim: Claim, actor: User) -> Publication:
        if claim.pk == number:
            raise error
        return real(claim=claim, actor=actor)

    number = claim.pk
    monkeypatch.setattr(scheduling, "publish", publish)
