"""A process ends with its parent, by the kernel's help and without it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from factcheck import parent
from tests.processes import ROOT, descendants, is_running, wait_until

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

# Starts the program under test as the supervisor does, and waits.
START = """
import os, subprocess, sys
program = [word.replace("PARENT", str(os.getpid())) for word in sys.argv[1:]]
sys.exit(subprocess.call(program))
"""
PROGRAM = [sys.executable, "-I", "-S", parent.__file__, "PARENT"]
# The same program as a system without the kernel's help would run it.
FOREIGN = """
import runpy, sys
sys.platform = "darwin"
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
ELSEWHERE = [sys.executable, "-I", "-S", "-c", FOREIGN, parent.__file__, "PARENT"]
SLEEP = ["sleep", "60"]


@pytest.fixture(params=[PROGRAM, ELSEWHERE], ids=["Linux", "elsewhere"])
def starter(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    """A process whose descendants are `sleep` and whatever watches over it."""
    with subprocess.Popen([sys.executable, "-c", START, *request.param, *SLEEP]) as process:
        wait_until(lambda: _sleepers(process.pid), within=10, what="sleep runs")
        yield process
        process.kill()


def _sleepers(pid: int) -> list[int]:
    def name(pid: int) -> str:
        try:
            return Path(f"/proc/{pid}/comm").read_text().strip()
        except OSError:
            return ""

    return [child for child in descendants(pid) if name(child) == "sleep"]


def test_it_ends_when_its_parent_is_killed(starter: subprocess.Popen[bytes]) -> None:
    family = descendants(starter.pid)

    starter.kill()
    starter.wait()

    wait_until(lambda: not any(map(is_running, family)), within=2, what="all are gone")


def test_a_request_to_end_reaches_it(starter: subprocess.Popen[bytes]) -> None:
    family = descendants(starter.pid)
    (direct,) = family - {pid for child in family for pid in descendants(child)}

    os.kill(direct, signal.SIGTERM)

    wait_until(lambda: not any(map(is_running, family)), within=2, what="all are gone")
    assert starter.wait(2) != 0


def test_it_does_not_begin_when_its_parent_is_gone_already(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    mark = tmp_path / "began"

    program = [sys.executable, "-I", "-S", parent.__file__, str(gone.pid), "touch", str(mark)]
    ended = subprocess.run(program, timeout=10)

    assert ended.returncode == 1
    assert not mark.exists()


@pytest.mark.parametrize("by_the_kernel", [True, False])
def test_a_process_that_asks_for_itself_ends_too(by_the_kernel: bool) -> None:
    child = (
        f"import time; from factcheck import parent; parent.LINUX = {by_the_kernel}; "
        "parent.die_with_parent(); print('asked', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", START, sys.executable, "-c", child]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as starter:
        assert starter.stdout is not None
        assert starter.stdout.readline() == b"asked\n"
        family = descendants(starter.pid)
        assert len(family) == 1

        starter.kill()
        starter.wait()

        wait_until(lambda: not any(map(is_running, family)), within=3, what="it is gone")
