"""A source's limits, shared by all workers: its rate, its pauses, how many at once, its breaker."""

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Lookup
from claims.pipeline import _traffic as traffic
from claims.pipeline import lookup, review
from claims.pipeline.lookup import draining
from claims.sources.base import Answer, Context, Query, SourceError
from tests.cast import make_article, make_claim
from tests.pipeline.told import Told, due_now, forget_traffic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


def test_the_rate_of_a_source_is_kept_by_all_workers_together(
    told: Told, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Told, "per_minute", 2)
    for number in range(3):
        text = f"افتتح الوزير الجسر رقم {number} أمس"
        review.accept(claim=make_claim(make_article(text), text=text), actor=editor)
    lookup.open_missing()
    assert lookup.drain("told") == 2
    assert lookup.drain("told") == 0
    forget_traffic()  # As if two minutes had gone by.
    assert lookup.drain("told") == 1


def test_a_pause_between_two_requests_is_kept(
    told: Told, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Told, "least_seconds", 60.0)
    for number in range(2):
        text = f"افتتح الوزير الجسر رقم {number} أمس"
        review.accept(claim=make_claim(make_article(text), text=text), actor=editor)
    lookup.open_missing()
    assert lookup.drain("told") == 1
    assert lookup.drain("told") == 0
    waiting = Lookup.objects.get(source="told", state="waiting")
    assert (waiting.attempts, waiting.started_at) == (0, None), "it has not been tried"


def test_a_source_that_keeps_failing_is_left_alone_for_a_while(
    told: Told, queued: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traffic, "FAILURES", 2)
    monkeypatch.setattr(draining, "ATTEMPTS", 9)
    told.answers = [SourceError("503", permanent=False)] * 2
    lookup.open_missing()
    for _attempt in range(2):
        assert lookup.drain("told") == 1
        due_now()
    assert lookup.drain("told") == 0, "the breaker is open"
    state = traffic.state(["told"])["told"]
    assert (state.failures, state.open) == (2, 0)
    assert 50 < state.closed_for <= 60
    # Its time is over: one request sees whether the source works again, and then all may.
    traffic._client().hset(traffic._keys("told")[2], "closed_until", 0)
    assert lookup.drain("told") == 1
    assert traffic.state(["told"])["told"].failures == 0


def test_a_source_that_asks_us_to_wait_is_not_asked_by_anybody(told: Told, queued: Claim) -> None:
    told.answers = [SourceError("429", permanent=False, retry_after=40.0)]
    lookup.open_missing()
    lookup.drain("told")
    due_now()
    assert lookup.drain("told") == 0
    assert 30 < traffic.state(["told"])["told"].closed_for <= 40


def test_no_more_requests_are_open_than_the_source_allows(told: Told, editor: User) -> None:
    for number in range(6):
        text = f"افتتح الوزير الجسر رقم {number} أمس"
        review.accept(claim=make_claim(make_article(text), text=text), actor=editor)
    lookup.open_missing()
    most: list[int] = []
    real = told.lookup

    def counted(query: Query, context: Context) -> Answer:
        most.append(traffic.state(["told"])["told"].open)
        return real(query, context)

    told.lookup = counted  # type: ignore[method-assign]
    assert lookup.drain("told") == 6
    assert max(most) == 2
    assert traffic.state(["told"])["told"].open == 0


def test_nothing_to_ask_for_says_nothing_of_the_source(told: Told, queued: Claim) -> None:
    traffic.failed(told, 3, None)
    told.answers = [Answer(hits=(), asked="nothing", sent=False)]
    lookup.open_missing()
    assert lookup.drain("told") == 1
    assert traffic.state(["told"])["told"].failures == 3


def test_the_places_that_another_worker_leaves_are_enough(told: Told, editor: User) -> None:
    for number in range(6):
        text = f"افتتح الوزير الجسر رقم {number} أمس"
        review.accept(claim=make_claim(make_article(text), text=text), actor=editor)
    lookup.open_missing()
    (elsewhere,) = traffic.take(told, 1).places
    assert lookup.drain("told") == 6
    assert traffic.state(["told"])["told"].open == 1
    traffic.give_back(told, [elsewhere])


def test_nobody_follows_the_one_that_sees_whether_a_source_works_again(told: Told) -> None:
    traffic.failed(told, traffic.FAILURES, None)
    traffic._client().hset(traffic._keys("told")[2], "closed_until", 0)
    assert len(traffic.take(told, 2).places) == 1
    assert traffic.more(told, 5) == 0
