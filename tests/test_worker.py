"""Real workers in real processes: killed in the middle, they lose nothing and do nothing twice.

Each recovery is checked against a build without its defence: where the lease never runs out, the
killed worker's rows stay undone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Article, Claim, Lookup, Position, Transition
from claims.pipeline import review
from claims.tasks import send_due
from tests import processes
from tests.cast import make_article, make_claim
from tests.standins import wikipedia

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "وقالت وزارة النقل إن عدد الشاحنات المنتظرة بلغ {n} شاحنة أمس.\n"


@pytest.fixture
def _on_the_tests_broker(broker: str) -> None:
    """Lets this process send to the broker that the worker listens to."""
    from factcheck.celery import app

    app.conf.broker_url = broker


def state_of(article: Article) -> str:
    article.refresh_from_db()
    return article.split_state


@pytest.mark.usefixtures("_on_the_tests_broker")
def test_a_worker_splits_and_looks_up_what_a_request_left_due(
    worker: processes.Process, editor: User
) -> None:
    article = make_article(SENTENCE.format(n=1200), split=False)
    send_due()
    processes.wait_until(
        lambda: state_of(article) == "done", within=60, what="the article is split"
    )
    processes.wait_until(
        lambda: Lookup.objects.filter(source="archive", state="nothing").exists(),
        within=60,
        what="the archive has answered",
    )


@pytest.mark.usefixtures("_on_the_tests_broker")
def test_a_worker_killed_while_splitting_leaves_it_to_the_next_and_it_happens_once(
    process_environ: dict[str, str], tmp_path: Path
) -> None:
    long = "".join(SENTENCE.format(n=number) for number in range(4000))
    article = make_article(long, split=False)
    with processes.worker(process_environ, tmp_path / "first.log") as first:
        send_due()
        processes.wait_until(
            lambda: state_of(article) == "running", within=60, what="a worker has the article"
        )
        first.kill_group()
    assert state_of(article) == "running"
    assert not Claim.objects.exists(), "half an article would be worse than none"
    with processes.worker(process_environ, tmp_path / "second.log"):
        send_due()
        time.sleep(3)
        assert state_of(article) == "running", "the dead worker's lease still runs"
        Article.objects.update(split_next_at=timezone.now() - timedelta(seconds=1))
        send_due()
        send_due()
        processes.wait_until(
            lambda: state_of(article) == "done", within=180, what="the next worker has split it"
        )
    assert Transition.objects.filter(subject="article", action="split").count() == 1
    assert Claim.objects.count() == Position.objects.values("start").distinct().count()


@pytest.mark.usefixtures("_on_the_tests_broker")
def test_a_worker_killed_while_asking_leaves_the_lookup_to_the_next(
    process_environ: dict[str, str], tmp_path: Path, editor: User
) -> None:
    with wikipedia.running(behaviour=wikipedia.Behaviour(slow_seconds=5)) as stand_in:
        environ = process_environ | {
            "WIKIPEDIA_URL": stand_in.api,
            "FETCH_ALLOW": f"127.0.0.1:{stand_in.server_port}",
        }
        claim = make_claim()
        review.accept(claim=claim, actor=editor)

        def row() -> Any:
            return Lookup.objects.filter(claim=claim, source="wikipedia").first()

        with processes.worker(environ, tmp_path / "first.log") as first:
            send_due()
            processes.wait_until(
                lambda: row() and row().state == "running" and stand_in.behaviour.requests,
                within=60,
                what="Wikipedia has been asked",
            )
            first.kill_group()
        assert row().state == "running"
        stand_in.behaviour.slow_seconds = 0
        Lookup.objects.update(next_at=timezone.now() - timedelta(seconds=1))
        with processes.worker(environ, tmp_path / "second.log"):
            send_due()
            processes.wait_until(
                lambda: row().state in ("answered", "nothing"), within=60, what="it was asked again"
            )
    assert row().attempts == 2
    assert Lookup.objects.filter(claim=claim, source="wikipedia").count() == 1


def seconds_to_send(environ: dict[str, str], **more: str) -> float:
    """How long `send_due` takes in a process of its own, as it would in a web process."""
    code = (
        "import django, time; django.setup(); from claims.tasks import send_due;"
        "begun = time.monotonic(); send_due(); print(time.monotonic() - begun)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=processes.ROOT,
        env=environ | more,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "the broker does not answer" in done.stderr
    return float(done.stdout)


def test_with_the_broker_gone_work_is_kept_and_a_request_is_not_held_up(
    process_environ: dict[str, str], tmp_path: Path
) -> None:
    article = make_article(SENTENCE.format(n=7), split=False)
    nobody = f"redis+socket://{tmp_path}/nobody.sock"
    assert seconds_to_send(process_environ, REDIS_URL=nobody) < 4
    assert state_of(article) == "waiting"


def test_with_the_broker_stopped_dead_a_request_waits_a_second_or_two_and_no_more(
    process_environ: dict[str, str], tmp_path: Path
) -> None:
    socket = tmp_path / "b.sock"
    command = processes.broker_command(socket)
    with processes.running(command, environ=os.environ, log=tmp_path / "broker.log") as broker:
        processes.wait_until(socket.exists, within=60, what="the broker listens")
        article = make_article(SENTENCE.format(n=7), split=False)
        os.kill(broker.pid, signal.SIGSTOP)
        try:
            seconds = seconds_to_send(process_environ, REDIS_URL=f"redis+socket://{socket}")
        finally:
            os.kill(broker.pid, signal.SIGCONT)
        assert seconds < 6
        assert state_of(article) == "waiting"
