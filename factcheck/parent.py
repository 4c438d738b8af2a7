"""Ties a process to its parent: when the parent is gone, however it went, so is the process.

As a program, ``parent.py PARENT COMMAND…``, it runs a command under that rule; PARENT is the process id of
who starts it. It is started by its path and
imports nothing of ours, so that it costs no start of Django.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
LINUX = sys.platform == "linux"


def die_with_parent(parent: int | None = None) -> None:
    """Have this process killed when its parent dies: by the kernel on Linux, by a watching thread
    elsewhere. Does not pass on to children; each asks for itself.

    `parent` is the process id the parent had when it started us, where that is known.
    """
    if parent is None:
        parent = os.getppid()
    if LINUX:
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # It died before we asked; no signal will come.
            os._exit(1)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGKILL)


def _run(parent: int, command: list[str]) -> int:
    """Become `command` on Linux, where the tie outlives exec; elsewhere stay and watch beside it."""
    if LINUX:
        die_with_parent(parent)
        os.execvp(command[0], command)  # noqa: S606 - the supervisor's own command
    return _run_beside(parent, command)


def _run_beside(parent: int, command: list[str]) -> int:
    process = subprocess.Popen(command)  # noqa: S603 - the supervisor's own command
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda received, frame: process.send_signal(received))
    while process.poll() is None:
        if os.getppid() != parent:
            process.kill()
        time.sleep(0.2)
    return process.returncode


if __name__ == "__main__":
    sys.exit(_run(int(sys.argv[1]), sys.argv[2:]))
