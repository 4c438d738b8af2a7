"""An outside source that does what a test tells it to."""

from contextlib import suppress
from datetime import timedelta

import pytest
import redis
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Lookup
from claims.pipeline import _traffic as traffic
from claims.pipeline import review
from claims.pipeline.lookup import asking, budget
from claims.sources.base import Answer, Context, Query, Source
from tests.cast import make_claim


class Told(Source):
    """A source that answers what the test told it, and remembers what it was asked."""

    label = "Told"
    sends_text_to_third_party = True
    per_minute = 100
    concurrency = 2
    languages = ("ar",)
    docs = ""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.terms: list[str] = []
        self.answers: list[Answer | BaseException] = []

    @property
    def name(self) -> str:
        return "told"

    def lookup(self, query: Query, context: Context) -> Answer:
        self.asked.append(query.text)
        self.terms.append(query.terms)
        answer = self.answers.pop(0) if self.answers else Answer(hits=(), asked=query.text)
        if isinstance(answer, BaseException):
            raise answer
        return answer


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    source = Told()
    real = asking.registry()
    for module in (asking, budget):
        monkeypatch.setattr(module, "registry", lambda: {**real, "told": source})
    forget_traffic()
    return source


def forget_traffic(*keys: str) -> None:
    for key in keys or traffic._keys("told"):
        traffic._client().delete(key)


def forget_visits() -> None:
    """As if a minute had gone by since anybody looked at a page that counts its visitors."""
    with suppress(redis.RedisError):  # where there is none, nothing is kept in it
        for key in traffic._client().scan_iter("*:visits:*"):
            traffic._client().delete(key)


def due_now() -> None:
    Lookup.objects.update(next_at=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def queued(editor: User) -> Claim:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    return claim
