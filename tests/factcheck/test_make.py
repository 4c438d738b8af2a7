"""What `make` says when the machine lacks something."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT, free_port

pytestmark = pytest.mark.once


def _python(folder: Path, name: str, script: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def _make_venv(venv: Path, *pythons: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", ".ci/venv", str(venv)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHON": " ".join(pythons)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_python_that_is_too_old_is_not_used(tmp_path: Path) -> None:
    old = _python(tmp_path, "python3", "exit 1")

    refused = _make_venv(tmp_path / "venv", old)

    assert refused.returncode == 1
    assert f"needs Python 3.11 or later, and none was found (tried: {old})" in refused.stderr
    assert "apt-get install python3 python3-venv" in refused.stderr


def test_a_python_without_its_venv_module_is_told_by_its_package(tmp_path: Path) -> None:
    script = 'case "$2" in *ensurepip*) exit 1;; *print*) echo 3.11;; esac'
    bare = _python(tmp_path, "python3", script)

    refused = _make_venv(tmp_path / "venv", bare)

    assert refused.returncode == 1
    assert "has no venv module" in refused.stderr
    assert "apt-get install python3.11-venv" in refused.stderr


def test_a_name_without_a_python_behind_it_is_passed_over(tmp_path: Path) -> None:
    shim = _python(tmp_path, "python3.13", "echo 'python3.13: command not found' >&2; exit 127")

    made = _make_venv(tmp_path / "venv", shim, sys.executable)

    assert made.returncode == 0, made.stderr
    assert (tmp_path / "venv" / "bin" / "python").exists()


@pytest.mark.parametrize(("ci", "code"), [("false", 0), ("true", 1)])
def test_a_missing_service_is_loud_and_in_ci_a_failure(ci: str, code: int) -> None:
    nowhere = f"127.0.0.1:{free_port()}"

    ended = subprocess.run(
        [sys.executable, "-m", "tests.run", "postgres"],
        cwd=ROOT,
        env={
            **os.environ,
            "CI": ci,
            "TEST_DATABASE_URL": f"postgres://postgres@{nowhere}/postgres",
            "TEST_REDIS_URL": f"redis://{nowhere}/0",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert ended.returncode == code
    assert f"!!! SKIPPED: no PostgreSQL at TEST_DATABASE_URL=postgres://postgres@{nowhere}" in (
        ended.stdout
    )
    assert f"no Redis at TEST_REDIS_URL=redis://{nowhere}/0" in ended.stdout
