"""What is told of work that takes longer than a second."""

import io

import pytest
from django.core.management.base import OutputWrapper

from claims.management import progress as module
from claims.management.progress import progress


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_without_a_terminal_it_is_a_line_every_ten_seconds(clock):
    told = io.StringIO()
    with progress("Reading claims", 40, OutputWrapper(told)) as done:
        for _ in range(4):
            clock.now += 6
            done(10)
    assert told.getvalue() == "Reading claims: 20 of 40\nReading claims: 40 of 40\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_bar_comes_after_a_second(clock, monkeypatch):
    started = []
    monkeypatch.setattr(
        module.Progress, "start", lambda bar: started.append(bar.tasks[0].completed)
    )
    with progress("Ranking", 3, OutputWrapper(Terminal())) as done:
        done(1)
        assert started == []
        clock.now += 1.5
        done(1)
    assert started == [2]
