"""`make run`, started for real."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from factcheck.embedded_files import broker_socket
from tests.processes import ROOT, Tree, descendants, free_port, is_running, tree, wait_until

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tree]:
    with tree(tmp_path_factory.mktemp("desk")) as running:
        yield running


def _start_another(data_dir: Path, port: int, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "factcheck.embedded"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), "PORT": str(port), **environ},
        capture_output=True,
        text=True,
        timeout=60,
    )


def _status(url: str) -> int:
    with urllib.request.urlopen(url, timeout=5) as answer:
        status: int = answer.status
        return status


def test_the_desk_answers_and_its_worker_and_beat_run(desk: Tree) -> None:
    assert _status(f"{desk.url}/readyz") == 200
    assert all(is_running(desk.pid(name)) for name in ("broker", "web", "worker", "beat"))
    assert f"The desk is open: {desk.url}/desk/" in desk.supervisor.output()


def test_static_files_are_served_without_collecting_them(desk: Tree) -> None:
    assert _status(f"{desk.url}/static/admin/css/base.css") == 200


def test_what_it_writes_is_readable_by_its_owner_alone(desk: Tree) -> None:
    secret = (desk.data_dir / "secret.key").stat()

    assert stat.S_IMODE(secret.st_mode) == 0o600
    assert stat.S_IMODE((desk.data_dir / "run").stat().st_mode) == 0o700


def test_a_second_start_says_where_the_first_is(desk: Tree) -> None:
    refused = _start_another(desk.data_dir, free_port())

    assert refused.returncode == 1
    assert f"already running at {desk.url} (process {desk.supervisor.pid})" in refused.stderr
    assert _status(f"{desk.url}/readyz") == 200


def test_a_taken_port_is_named_and_a_free_one_offered(desk: Tree, tmp_path: Path) -> None:
    taken = int(desk.url.rpartition(":")[2])

    refused = _start_another(tmp_path, taken)

    assert refused.returncode == 1
    assert f"Port {taken} on 127.0.0.1 is taken" in refused.stderr
    offered = int(refused.stderr.strip().rpartition("PORT=")[2])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", offered))


def test_an_installations_own_database_is_left_alone(tmp_path: Path) -> None:
    refused = _start_another(tmp_path, free_port(), DATABASE_URL="postgres://desk@db.example/desk")

    assert refused.returncode == 1
    assert "DATABASE_URL is set, but `make run` brings its own database" in refused.stderr


def test_a_killed_worker_is_replaced_and_its_pool_dies_with_it(desk: Tree) -> None:
    worker = desk.pid("worker")
    pool = descendants(worker)
    assert len(pool) == 2

    # The worker alone and not its group: its pool has to notice by itself.
    os.kill(worker, signal.SIGKILL)

    wait_until(lambda: not any(map(is_running, pool)), within=2, what="the old pool is gone")
    wait_until(lambda: desk.pid("worker") != worker, within=30, what="a new worker is there")
    wait_until(lambda: len(descendants(desk.pid("worker"))) == 2, within=30, what="with its pool")


def test_a_killed_web_server_is_replaced(desk: Tree) -> None:
    web = desk.pid("web")
    os.kill(web, signal.SIGKILL)
    wait_until(lambda: desk.pid("web") != web, within=30, what="a new web server is there")

    def answers() -> bool:
        try:
            return _status(f"{desk.url}/readyz") == 200
        except OSError:
            return False

    wait_until(answers, within=30, what="it answers")


def test_a_killed_broker_is_replaced_and_the_worker_finds_it(desk: Tree) -> None:
    old = desk.pid("broker")
    os.kill(old, signal.SIGKILL)
    wait_until(lambda: desk.pid("broker") != old, within=30, what="a new broker is there")

    with redis.Redis(unix_socket_path=str(broker_socket(desk.data_dir))) as client:

        def consumers() -> int:
            try:
                # The worker waits in a blocking pop; PING needs it connected to the new server.
                return sum(entry["cmd"] == "brpop" for entry in client.client_list())
            except redis.ConnectionError:
                return 0

        wait_until(lambda: consumers() >= 1, within=60, what="the worker consumes again")


@pytest.mark.parametrize(
    ("how", "within"),
    [(signal.SIGINT, 5.0), (signal.SIGTERM, 5.0), (signal.SIGHUP, 5.0), (signal.SIGKILL, 2.0)],
    ids=["Ctrl-C", "kill", "closed terminal", "kill -9"],
)
def test_nothing_survives_the_supervisor(
    tmp_path: Path, how: signal.Signals, within: float
) -> None:
    with tree(tmp_path) as desk:
        family = descendants(desk.supervisor.pid)
        assert len(family) >= 7  # broker, web and its worker, worker and its pool of two, beat

        started = time.monotonic()
        os.kill(desk.supervisor.pid, how)
        desk.supervisor.popen.wait(10)
        wait_until(lambda: not any(map(is_running, family)), within=within, what="all are gone")

        assert time.monotonic() - started < within
        assert not broker_socket(tmp_path).exists() or how == signal.SIGKILL


def test_it_starts_again_after_a_kill_with_the_same_desk(tmp_path: Path) -> None:
    with tree(tmp_path) as first:
        os.kill(first.supervisor.pid, signal.SIGKILL)
        first.supervisor.popen.wait(10)
    secret = (tmp_path / "secret.key").read_text()
    (tmp_path / "supervisor.log").unlink()

    started = time.monotonic()
    with tree(tmp_path) as second:
        assert time.monotonic() - started < 30, "it waited for what the killed one left"
        assert _status(f"{second.url}/readyz") == 200
    assert (tmp_path / "secret.key").read_text() == secret


def test_a_folder_too_deep_for_a_socket_works_too(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    with tree(deep) as desk:
        assert _status(f"{desk.url}/readyz") == 200
        assert not (deep / "run" / "broker.sock").exists()
