"""Webhooks: noted where it is published, signed, sent until it arrives, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from claims.models import Claim, Delivery, LogEntry, Publication, Transition, Webhook
from claims.pipeline import _sealing, delivering, publishing
from claims.workflow import IllegalMove, broken_link
from tests.cast import published_claim
from tests.standins import receiver
from tests.standins.receiver import Receiver

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


@pytest.fixture
def newsroom() -> Iterator[Receiver]:
    with receiver.running() as running:
        yield running


@pytest.fixture
def webhook(administrator: User, newsroom: Receiver) -> Webhook:
    made, newsroom.secret = delivering.add(name="A newsroom", url=receiver.URL, actor=administrator)
    return made


@pytest.fixture
def published(webhook: Webhook, editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def due_now() -> None:
    Delivery.objects.filter(state="waiting").update(next_at=timezone.now())


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_what_is_published_arrives_signed_with_all_that_the_log_says(
    published: Publication, newsroom: Receiver
) -> None:
    assert delivering.deliver_due(newsroom.door) == 1
    ((id, document),) = newsroom.got
    assert (id, document["type"], newsroom.forged) == ("entry_0", "verdict.published", 0)
    data = document["data"]
    assert (data["number"], data["kind"], data["replaces"]) == (0, "original", -1)
    assert data["body"]["claim_review"]["@type"] == "ClaimReview"
    row = Delivery.objects.get()
    assert (row.state, row.status, row.attempts, row.reason) == ("delivered", 204, 1, "")
    assert delivering.deliver_due(newsroom.door) == 0, "nothing is sent twice for nothing"


def test_corrections_and_retractions_are_told_too(
    published: Publication, newsroom: Receiver, publisher: User
) -> None:
    publishing.retract(claim=Claim.objects.get(), actor=publisher, reason="The source was forged.")
    delivering.deliver_due(newsroom.door)
    told = dict(newsroom.got)
    assert told["entry_1"]["type"] == "verdict.retracted"
    assert told["entry_1"]["data"]["body"]["reason"] == "The source was forged."
    assert told["entry_1"]["data"]["replaces"] == 0


def test_nothing_is_noted_where_nothing_was_published(
    webhook: Webhook, editor: User, reviewer: User, publisher: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(Publication, "save", breaks)
    with pytest.raises(RuntimeError):
        published_claim(editor, reviewer, publisher)
    assert not Delivery.objects.exists()


def test_an_address_that_fails_is_told_again_with_growing_pauses_for_three_days(
    published: Publication, newsroom: Receiver
) -> None:
    newsroom.answers = [500] * 99
    paused = timedelta()
    for attempt in range(1, len(delivering.PAUSES) + 1):
        assert delivering.deliver_due(newsroom.door) == 1
        row = Delivery.objects.get()
        assert (row.state, row.attempts, row.status) == ("waiting", attempt, 500)
        assert delivering.deliver_due(newsroom.door) == 0, "not before its time"
        paused += row.next_at - timezone.now()
        due_now()
    assert timedelta(days=2.5) < paused < timedelta(days=4)
    delivering.deliver_due(newsroom.door)
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("gave_up", 10)
    assert "500" in row.reason
    assert len({id for id, _document in newsroom.got}) == 1, "the same id however often"


def test_an_address_that_is_back_gets_what_it_missed(
    published: Publication, newsroom: Receiver
) -> None:
    newsroom.answers = [503]
    delivering.deliver_due(newsroom.door)
    due_now()
    delivering.deliver_due(newsroom.door)
    assert states() == ["delivered"]


def test_a_receiver_that_asks_us_to_wait_is_waited_for(
    published: Publication, newsroom: Receiver
) -> None:
    newsroom.answers, newsroom.headers = [429], {"Retry-After": "3600"}
    delivering.deliver_due(newsroom.door)
    wait = Delivery.objects.get().next_at - timezone.now()
    assert timedelta(minutes=59) < wait <= timedelta(minutes=60)


def test_an_address_that_is_gone_for_good_is_told_no_more(
    published: Publication, newsroom: Receiver, webhook: Webhook
) -> None:
    newsroom.answers = [410]
    delivering.deliver_due(newsroom.door)
    webhook.refresh_from_db()
    assert (webhook.active, webhook.ended_why) == (
        False,
        "The address says that it is gone for good (410).",
    )
    assert states() == ["gave_up"]


def test_a_private_address_is_never_posted_to(published: Publication, newsroom: Receiver) -> None:
    newsroom.web.names[receiver.HOST] = ["127.0.0.1"]
    delivering.deliver_due(newsroom.door)
    assert newsroom.got == []
    assert "127.0.0.1" in Delivery.objects.get().reason


def test_a_worker_that_died_half_way_loses_nothing_and_one_that_is_late_writes_nothing(
    published: Publication, newsroom: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    (late,) = delivering.sending._take()
    assert delivering.deliver_due(newsroom.door) == 0, "leased"
    Delivery.objects.update(next_at=timezone.now())
    assert delivering.deliver_due(newsroom.door) == 1
    assert states() == ["delivered"]
    delivering.sending._store(late, delivering.sending.Outcome(500, 1, "late"))
    assert states() == ["delivered"]


def test_replaying_sends_again_and_what_it_was_not_told_of(
    published: Publication,
    newsroom: Receiver,
    webhook: Webhook,
    administrator: User,
    publisher: User,
) -> None:
    delivering.deliver_due(newsroom.door)
    delivering.switch(webhook=webhook, on=False, actor=administrator)
    publishing.retract(claim=Claim.objects.get(), actor=publisher, reason="It does not hold.")
    assert states() == ["delivered"], "it is told of nothing while it is switched off"
    with pytest.raises(IllegalMove, match="switched off"):
        delivering.replay(webhook=webhook, since=0, actor=administrator)
    delivering.switch(webhook=webhook, on=True, actor=administrator)
    assert delivering.replay(webhook=webhook, since=0, actor=administrator) == 2
    delivering.deliver_due(newsroom.door)
    assert sorted(id for id, _document in newsroom.got) == ["entry_0", "entry_0", "entry_1"]
    assert delivering.replay(webhook=webhook, since=1, actor=administrator) == 1


def test_the_secret_is_sealed_and_a_new_one_replaces_it(
    published: Publication, newsroom: Receiver, webhook: Webhook, administrator: User
) -> None:
    webhook.refresh_from_db()
    assert newsroom.secret not in webhook.secret
    assert _sealing.unseal(webhook.secret, context=f"webhook {webhook.pk}") == newsroom.secret
    former = newsroom.secret
    newsroom.secret = delivering.new_secret(webhook=webhook, actor=administrator)
    assert newsroom.secret != former
    delivering.deliver_due(newsroom.door)
    assert (len(newsroom.got), newsroom.forged) == (1, 0)


def test_a_trial_says_nothing_and_is_sent_once(
    newsroom: Receiver, webhook: Webhook, administrator: User
) -> None:
    newsroom.answers = [500]
    trial = delivering.try_it(webhook=webhook, actor=administrator)
    delivering.deliver_due(newsroom.door)
    ((id, document),) = newsroom.got
    assert (id, document["type"], document["data"]) == (f"trial_{trial.pk}", "desk.trial", {})
    assert states() == ["gave_up"]
    with pytest.raises(IllegalMove, match="trial"):
        delivering.again(delivery=trial, actor=administrator)


def test_only_administrators_decide_who_is_told_and_each_change_is_in_the_desks_chain(
    newsroom: Receiver, webhook: Webhook, publisher: User, administrator: User
) -> None:
    for act in (
        lambda: delivering.add(name="x", url="https://x.example/", actor=publisher),
        lambda: delivering.change(
            webhook=webhook, name="x", url="https://x.example/", actor=publisher
        ),
        lambda: delivering.switch(webhook=webhook, on=False, actor=publisher),
        lambda: delivering.new_secret(webhook=webhook, actor=publisher),
        lambda: delivering.try_it(webhook=webhook, actor=publisher),
        lambda: delivering.replay(webhook=webhook, since=0, actor=publisher),
    ):
        with pytest.raises(PermissionDenied):
            act()
    delivering.change(webhook=webhook, name="B", url="https://b.example/hook", actor=administrator)
    move = Transition.objects.filter(subject="desk").last()
    assert move is not None
    assert (move.action, move.data["changes"]["name"]) == ("change_webhook", ["A newsroom", "B"])
    assert "whsec" not in str(list(Transition.objects.values_list("data", flat=True)))
    assert broken_link(Transition.Subject.DESK, 0) is None


@pytest.mark.parametrize("url", ["", "ftp://x.example/", "hook", "javascript:alert(1)"])
def test_an_address_that_is_none_is_refused(administrator: User, url: str) -> None:
    with pytest.raises(ValidationError):
        delivering.add(name="A", url=url, actor=administrator)


def test_entries_that_are_nobodys_verdict_are_not_told(webhook: Webhook) -> None:
    assert {kind for kind in LogEntry.Kind if kind in delivering.message.TYPES} == {
        "original", "update", "correction", "retraction", "translation", "erasure",
    }  # fmt: skip
