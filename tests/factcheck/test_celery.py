"""What the queue's settings promise, against a real broker and a real worker."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from celery import Celery
from kombu.exceptions import OperationalError

from factcheck.celery import app
from tests import processes

pytestmark = pytest.mark.once

# Seconds after which the broker takes a message for lost; three minutes would be long for a test.
VISIBILITY = 4


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[processes.Process]:
    """A broker that this test may freeze and kill."""
    with processes.running(
        processes.broker_command(tmp_path / "b.sock"), environ=os.environ, log=tmp_path / "log"
    ) as process:
        processes.wait_until((tmp_path / "b.sock").exists, within=60, what="the broker is there")
        yield process


@pytest.fixture
def sender(own_broker: processes.Process, tmp_path: Path) -> Iterator[Celery]:
    """Our application with all its settings, on that broker."""
    with Celery("sender", set_as_current=False) as sender:
        sender.config_from_object("django.conf:settings", namespace="CELERY")
        sender.conf.broker_url = f"redis+socket://{tmp_path / 'b.sock'}"
        yield sender


def _seconds_until_refused(sender: Celery) -> float:
    started = time.monotonic()
    with pytest.raises(OperationalError):
        sender.send_task("claims.tasks.send_due")
    return time.monotonic() - started


def test_a_request_gives_a_dead_broker_no_second(
    sender: Celery, own_broker: processes.Process
) -> None:
    own_broker.kill_group()

    assert _seconds_until_refused(sender) < 1


def test_a_request_gives_a_frozen_broker_little_more_than_a_second(
    sender: Celery, own_broker: processes.Process
) -> None:
    sender.send_task("claims.tasks.send_due")
    os.kill(own_broker.pid, signal.SIGSTOP)
    try:
        assert _seconds_until_refused(sender) < 2.5
        # The second request meets a pool whose connection broke.
        assert _seconds_until_refused(sender) < 2.5
    finally:
        os.kill(own_broker.pid, signal.SIGCONT)

    sender.send_task("claims.tasks.send_due")


def test_no_task_runs_longer_than_redis_waits_for_it() -> None:
    # When this time is over, Redis gives the message to a second worker.
    options = app.conf.broker_transport_options
    assert options["visibility_timeout"] > app.conf.task_time_limit > app.conf.task_soft_time_limit
    # Celery's own scan for lost messages comes every 100 s.
    assert (options["unacked_restore_interval"], options["unacked_restore_throttle"]) == (10, 1)


@dataclass
class Slow:
    """The slow task of queue_app.py and what it wrote."""

    sender: Celery
    notes: Path
    environ: dict[str, str]

    def send(self, seconds: float) -> None:
        self.sender.send_task("tests.factcheck.queue_app.note", args=[str(self.notes), seconds])

    def begun_by(self) -> list[int]:
        lines = self.notes.read_text().splitlines() if self.notes.exists() else []
        return [int(line.removeprefix("began ")) for line in lines if line.startswith("began")]

    def ended(self) -> int:
        return self.notes.read_text().count("ended")

    def worker(self, log: Path, **environ: str) -> AbstractContextManager[processes.Process]:
        return processes.worker(
            {**self.environ, **environ}, log, application="tests.factcheck.queue_app"
        )


@pytest.fixture
def slow(sender: Celery, tmp_path: Path) -> Slow:
    environ = {**os.environ, "REDIS_URL": sender.conf.broker_url, "VISIBILITY": str(VISIBILITY)}
    return Slow(sender, tmp_path / "notes", environ)


def test_a_task_whose_pool_process_was_killed_runs_again(slow: Slow, tmp_path: Path) -> None:
    with slow.worker(tmp_path / "worker.log"):
        slow.send(2.0)
        processes.wait_until(slow.begun_by, within=60, what="the task began")

        os.kill(slow.begun_by()[0], signal.SIGKILL)

        processes.wait_until(lambda: len(slow.begun_by()) == 2, within=60, what="it began again")
        processes.wait_until(lambda: slow.ended() == 1, within=60, what="and ended")


@pytest.mark.parametrize("build", ["ours", "early_ack"])
def test_a_task_whose_whole_worker_was_killed_runs_again(
    slow: Slow, tmp_path: Path, build: str
) -> None:
    with slow.worker(tmp_path / "first.log", BREAK=build) as first:
        slow.send(2.0)
        processes.wait_until(slow.begun_by, within=60, what="the task began")
        time.sleep(0.5)  # An early acknowledgement is on its way for a moment.
        first.kill_group()

    with slow.worker(tmp_path / "second.log", BREAK=build):
        if build == "ours":
            processes.wait_until(lambda: len(slow.begun_by()) == 2, within=60, what="again")
            processes.wait_until(lambda: slow.ended() == 1, within=60, what="and ended")
        else:
            time.sleep(VISIBILITY + 4)
            assert (len(slow.begun_by()), slow.ended()) == (1, 0)


def test_only_json_travels() -> None:
    assert app.conf.task_serializer == "json"
    assert app.conf.accept_content == ["json"]


def test_a_sweep_that_nobody_took_in_its_ten_seconds_is_dropped() -> None:
    assert app.conf.beat_schedule["send-due"] == {
        "task": "claims.tasks.send_due",
        "schedule": 10.0,
        "options": {"expires": 10},
    }
