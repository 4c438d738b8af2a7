"""Trying a source: one harmless question, counted like any other, and part of no claim."""

import time
from typing import Any

import pytest
import redis
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from claims.models import Lookup, Transition
from claims.pipeline import _traffic as traffic
from claims.pipeline import lookup
from claims.pipeline.lookup import budget, trying
from claims.sources.base import Answer, Context, Hit, Query, Source, SourceError
from claims.workflow import IllegalMove, broken_link
from tests.cast import set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


class Outside(Source):
    label = "Outside"
    sends_text_to_third_party = True
    sends = "Sends words to nobody"
    per_minute = 3
    concurrency = 1
    languages = ("tr", "en")
    docs = ""
    answer: Any = Answer(hits=(), asked="")

    @property
    def name(self) -> str:
        return "outside"

    def lookup(self, query: Query, context: Context) -> Answer:
        self.query = query
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer() if callable(self.answer) else self.answer


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Outside:
    translation.activate("en")
    source = Outside()
    real = trying.registry()
    for module in (trying, budget):
        monkeypatch.setattr(module, "registry", lambda: {**real, "outside": source})
    for key in traffic._keys("outside"):
        traffic._client().delete(key)
    return source


def test_it_is_asked_a_harmless_question_and_its_answer_is_shown(
    outside: Outside, reviewer: User
) -> None:
    hit = Hit(title="Bosphorus", url="https://x.example/", snippet="a strait")
    outside.answer = Answer(hits=(hit,), asked="Boğazı Karadeniz'i")
    trial = lookup.try_source(name="outside", actor=reviewer)
    assert trial.answer == outside.answer
    assert trial.error == ""
    assert trial.question == "İstanbul Boğazı Karadeniz'i Marmara Denizi'ne bağlar"
    assert outside.query.text == trial.question
    assert outside.query.claimant == "Birleşmiş Milletler"
    assert Lookup.objects.count() == 0


def test_each_trial_counts_against_the_days_budget_and_says_who_made_it(
    outside: Outside, administrator: User
) -> None:
    lookup.try_source(name="outside", actor=administrator)
    lookup.try_source(name="outside", actor=None)
    assert lookup.spent_today(timezone.now()) == {"outside": 2}
    rows = Transition.objects.filter(action="try_source").order_by("number")
    assert [(row.actor, row.data) for row in rows] == [
        (administrator, {"source": "outside"}),
        (None, {"source": "outside"}),
    ]
    assert broken_link(Transition.Subject.DESK, 0) is None
    set_policy(third_party_budget=2)
    with pytest.raises(IllegalMove, match="budget of requests is spent"):
        lookup.try_source(name="outside", actor=administrator)


def test_our_own_rows_cost_no_budget(administrator: User) -> None:
    assert lookup.try_source(name="archive", actor=administrator).answer is not None
    assert lookup.try_source(name="own_links", actor=administrator).answer == Answer(
        (), "https://www.un.org/"
    )
    assert lookup.spent_today(timezone.now()) == {}


def test_the_rate_of_the_source_is_kept(outside: Outside, reviewer: User) -> None:
    for _time in range(3):
        lookup.try_source(name="outside", actor=reviewer)
    with pytest.raises(IllegalMove, match=r"its limit is reached\. Try in \d+ seconds"):
        lookup.try_source(name="outside", actor=reviewer)


def test_an_error_is_said_and_counts_for_the_breaker(outside: Outside, reviewer: User) -> None:
    outside.answer = SourceError("503, try later", permanent=False, retry_after=40)
    trial = lookup.try_source(name="outside", actor=reviewer)
    assert (trial.answer, trial.error) == (None, "503, try later")
    state = traffic.state(["outside"])["outside"]
    assert state.failures == 1
    assert 30 < state.closed_for <= 40


def test_a_fault_of_ours_is_said_as_such(outside: Outside, reviewer: User) -> None:
    outside.answer = ZeroDivisionError()
    trial = lookup.try_source(name="outside", actor=reviewer)
    assert trial.error == "An error in our own code for this source. The log has it."


def test_nobody_waits_longer_than_they_were_told(
    outside: Outside, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "SECONDS", 0.2)
    outside.answer = lambda: time.sleep(0.6)
    trial = lookup.try_source(name="outside", actor=reviewer)
    assert trial.seconds < 0.5
    assert trial.error == "No answer within 0 seconds."
    # Its place is taken until its request has really ended.
    assert traffic.state(["outside"])["outside"].open == 1
    until = time.monotonic() + 5
    while traffic.state(["outside"])["outside"].open and time.monotonic() < until:
        time.sleep(0.05)
    assert traffic.state(["outside"])["outside"].open == 0


def test_without_redis_no_outside_source_is_tried_and_our_own_are(
    outside: Outside, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: object) -> None:
        raise redis.ConnectionError

    monkeypatch.setattr(traffic, "take", gone)
    with pytest.raises(IllegalMove, match="Redis does not answer"):
        lookup.try_source(name="outside", actor=reviewer)
    assert lookup.try_source(name="archive", actor=reviewer).error == ""


@pytest.mark.parametrize("who", ["editor", "outsider"])
def test_trying_is_for_reviewers_and_administrators(
    who: str, request: pytest.FixtureRequest, outside: Outside
) -> None:
    with pytest.raises(PermissionDenied):
        lookup.try_source(name="outside", actor=request.getfixturevalue(who))
    assert not Transition.objects.exists()


def test_a_source_that_is_not_there_or_lacks_its_key_is_named(
    reviewer: User, settings: Any
) -> None:
    translation.activate("en")
    settings.GOOGLE_FACT_CHECK_KEY = ""
    with pytest.raises(IllegalMove, match=r"no source “gopher”\. Known: archive, collected"):
        lookup.try_source(name="gopher", actor=reviewer)
    with pytest.raises(IllegalMove, match="GOOGLE_FACT_CHECK_KEY is set"):
        lookup.try_source(name="google_fact_check", actor=reviewer)
