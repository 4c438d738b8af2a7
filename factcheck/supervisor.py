"""Starts processes, keeps them running, and ends them all."""

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

logger = logging.getLogger(__name__)

PARENT = str(Path(__file__).with_name("parent.py"))
LONGEST_PAUSE = 30.0  # seconds between two starts of a process that keeps dying
STEADY = 60.0  # seconds alive after which earlier deaths are forgotten
GRACE = 2.5  # seconds between the request to end and the kill; with the broker's 1 s below 5 s
LOG_TAIL = 15  # lines shown of a process that would not start


class StartFailed(Exception):
    """A process did not come up. The message names it and quotes the end of its log."""


@dataclass
class Service:
    """One long-running process of the tree, in a process group of its own.

    `ready` asks the service itself; it is asked only while its process is alive, so that a foreign
    server on the same address is never taken for ours.
    """

    name: str
    command: list[str]
    ready: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    next_start: float = 0.0


class Supervisor:
    """A tree of services whose processes are listed, by name, in `record` (JSON)."""

    def __init__(
        self, *, logs: Path, record: Path, facts: Mapping[str, object], environ: dict[str, str]
    ) -> None:
        self._logs = logs
        self._record = record
        self._facts = facts
        self._environ = environ
        self._services: list[Service] = []
        self.stopping = threading.Event()

    def stop_on_signals(self) -> None:
        """Ctrl-C, a closed terminal and `kill` all end the tree in order; a second Ctrl-C at once."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: object) -> None:
        if self.stopping.is_set() and number == signal.SIGINT:
            for service in self._services:
                _kill_group(service)
        self.stopping.set()

    def run_to_end(self, command: list[str]) -> str:
        """The output of a command that must succeed. Raises StartFailed with its errors."""
        process = subprocess.Popen(  # noqa: S603 - our own command
            _tied(command),
            env=self._environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        while not self.stopping.is_set():
            try:
                output, errors = process.communicate(timeout=0.2)
            except subprocess.TimeoutExpired:
                continue
            if process.returncode:
                raise StartFailed(f"{' '.join(command[1:])} failed:\n{errors.strip()}")
            return output
        process.kill()
        process.communicate()
        raise StartFailed("Stopped before it was ready.")

    def start(self, *services: Service, within: float) -> None:
        """Start services together and return when all are ready. Raises StartFailed."""
        for service in services:
            self._services.append(service)
            self._spawn(service)
        deadline = time.monotonic() + within
        for service in services:
            while not (alive := _alive(service)) or not service.ready():
                if self.stopping.is_set():
                    raise StartFailed("Stopped before it was ready.")
                if not alive or time.monotonic() > deadline:
                    what = f"was not ready after {within:.0f} s" if alive else "ended at once"
                    raise StartFailed(f"{service.name} {what}. {self._log_tail(service)}")
                time.sleep(0.05)

    def watch(self) -> None:
        """Restart what dies, with growing pauses, until told to stop."""
        while not self.stopping.wait(0.2):
            for service in self._services:
                if _alive(service):
                    continue
                if service.process is not None:
                    self._note_death(service, service.process)
                if time.monotonic() >= service.next_start:
                    self._spawn(service)

    def stop(self) -> None:
        """End everything, the first started (the broker) last, within 5 s."""
        _end(self._services[:0:-1], GRACE)
        _end(self._services[:1], 1.0)
        self._record.unlink(missing_ok=True)

    def _note_death(self, service: Service, process: subprocess.Popen[bytes]) -> None:
        _kill_group(service)  # What it had started ends too, before its successor begins.
        if time.monotonic() - service.started > STEADY:
            service.deaths = 0
        service.deaths += 1
        pause = min(0.5 * 2 ** (service.deaths - 1), LONGEST_PAUSE)
        service.next_start = time.monotonic() + pause
        service.process = None
        logger.warning(
            "%s (process %d) ended with %s; starting it again in %.1f s. %s",
            service.name,
            process.pid,
            process.returncode,
            pause,
            self._logs / f"{service.name}.log",
        )

    def _spawn(self, service: Service) -> None:
        with (self._logs / f"{service.name}.log").open("ab") as log:
            service.process = subprocess.Popen(  # noqa: S603 - our own command
                _tied(service.command),
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        service.started = time.monotonic()
        pids = {s.name: s.process.pid for s in self._services if s.process is not None}
        draft = self._record.with_suffix(".new")
        draft.write_text(json.dumps({**self._facts, **pids}, indent=1) + "\n", encoding="utf-8")
        draft.replace(self._record)

    def _log_tail(self, service: Service) -> str:
        path = self._logs / f"{service.name}.log"
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_TAIL:]
        return "\n".join([f"The end of {path}:", *lines])


def _tied(command: list[str]) -> list[str]:
    return [sys.executable, "-I", "-S", PARENT, str(os.getpid()), *command]


def _alive(service: Service) -> bool:
    return service.process is not None and service.process.poll() is None


def _end(services: list[Service], grace: float) -> None:
    for service in services:
        if service.process is not None and _alive(service):
            service.process.terminate()
    deadline = time.monotonic() + grace
    for service in services:
        if service.process is not None:
            try:
                service.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                logger.warning("%s did not end in time and is killed.", service.name)
            _kill_group(service)
            service.process.wait()


def _kill_group(service: Service) -> None:
    if service.process is not None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(service.process.pid, signal.SIGKILL)
