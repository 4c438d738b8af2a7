"""`make test`: every check, with its time, and one summary.

python -m tests.run               all steps
python -m tests.run lint,sqlite   some of them

With CI=true nothing that is missing on the machine may be skipped.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CI = os.environ.get("CI") == "true"
LONGEST_FILE = 400  # lines of Python
# Carried away and read as one file by people who verify the log from outside.
ONE_FILE_ON_PURPOSE = "clients/verify_log.py"

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Failed(Exception):
    """A step found something. The message is one line for the summary."""


class Skipped(Exception):
    """A step could not run here. The message says what is missing."""


# Where a step's commands write that runs beside another one; nobody reads two reports woven together.
OUTPUT = threading.local()


def call(*command: str | Path, environ: Mapping[str, str] | None = None) -> None:
    """Run a command with its output on the step's. Raises Failed."""
    output: IO[str] | None = getattr(OUTPUT, "file", None)
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(environ or {})},
        stdout=output,
        stderr=output and subprocess.STDOUT,
    )
    if done.returncode:
        raise Failed(f"{Path(command[0]).name} ended with {done.returncode}")


def lint() -> None:
    """Format, lint, types, import order, and no file longer than a reader's patience."""
    problems = []
    for command in (
        [BIN / "ruff", "check", "."],
        [BIN / "ruff", "format", "--check", "--output-format", "concise", "."],
        [BIN / "mypy"],
        [BIN / "lint-imports"],
    ):
        try:
            call(*command)
        except Failed as error:
            problems.append(str(error))
    for path in python_files():
        length = len(path.read_text(encoding="utf-8").splitlines())
        name = path.relative_to(ROOT)
        if length > LONGEST_FILE and str(name) != ONE_FILE_ON_PURPOSE:
            problems.append(f"{name} has {length} lines (at most {LONGEST_FILE})")
    if problems:
        raise Failed("; ".join(problems))


def python_files() -> Iterator[Path]:
    yield ROOT / "manage.py"
    for folder in ("factcheck", "claims", "clients", "tests", "benchmarks"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.parent.name != "migrations":  # Written by a program, read by one.
                yield path


def deploy() -> None:
    """Migrations are complete, and the settings of a public desk pass Django's deployment check."""
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            "DATA_DIR": folder,
            "SITE_URL": "https://facts.example.org",
            "SECRET_KEY": secrets.token_urlsafe(48),
        }
        manage = [sys.executable, "manage.py"]
        call(*manage, "makemigrations", "--check", "--dry-run", environ=environ)
        call(*manage, "migrate", "--verbosity", "0", environ=environ)
        deployment = ["check", "--deploy", "--fail-level", "WARNING", "--database", "default"]
        call(*manage, *deployment, environ=environ)


def sqlite() -> None:
    """The tests on SQLite and an embedded broker: a newcomer's desk."""
    call(*pytest("not browser and not live", "sqlite"))


def postgres() -> None:
    """The tests on PostgreSQL and Redis: a newsroom's desk."""
    missing = [*_missing_postgres(), *_missing_redis()]
    if missing:
        raise Skipped("; ".join(missing))
    environ = {"DATABASE_URL": POSTGRES, "REDIS_URL": REDIS}
    call(*pytest("not browser and not live and not once", "postgres"), environ=environ)


def browser() -> None:
    """The tests that drive a real browser, against the running tree."""
    if not any(map(shutil.which, BROWSERS)):
        _install_browser()
    if not any(map(shutil.which, BROWSERS)):
        raise Skipped("no Chromium here (on Debian: apt-get install chromium)")
    call(*pytest("browser and not live", "browser"))


def pytest(marks: str, name: str) -> list[str | Path]:
    report = ROOT / "test-results" / f"{name}.xml"
    return [BIN / "pytest", "-m", marks, "--durations=15", f"--junit-xml={report}"]


def _missing_postgres() -> list[str]:
    try:
        with psycopg.connect(POSTGRES, connect_timeout=3):
            return []
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        return [f"no PostgreSQL at TEST_DATABASE_URL={POSTGRES} ({reason})"]


def _missing_redis() -> list[str]:
    try:
        with redis.Redis.from_url(REDIS, socket_connect_timeout=3) as client:
            client.ping()
            return []
    except redis.RedisError as error:
        return [f"no Redis at TEST_REDIS_URL={REDIS} ({error})"]


def _install_browser() -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print("Installing Debian's chromium …", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


STEPS: dict[str, Callable[[], None]] = {
    step.__name__: step for step in (lint, deploy, sqlite, postgres, browser)
}


# Neither keeps a core busy the whole time, and neither reads what the other writes.
SIDE_BY_SIDE = ("sqlite", "postgres")

Result = tuple[str, float, str, bool]


def run(name: str) -> Result:
    """Name, seconds, what to say of it in the summary, and whether it failed."""
    started = time.monotonic()
    print(f"\n=== {name}: {(STEPS[name].__doc__ or '').strip()}", flush=True)
    try:
        STEPS[name]()
        said, bad = "passed", False
    except Failed as error:
        said, bad = f"FAILED: {error}", True
    except Skipped as reason:
        said, bad = f"!!! SKIPPED: {reason}", CI
    return name, time.monotonic() - started, said, bad


def run_side_by_side(names: Sequence[str]) -> list[Result]:
    """Run the first with its output here, the second meanwhile; its output comes when both ended."""
    results: dict[str, Result] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as later:

        def meanwhile() -> None:
            OUTPUT.file = later
            results[names[1]] = run(names[1])

        beside = threading.Thread(target=meanwhile)
        beside.start()
        results[names[0]] = run(names[0])
        beside.join()
        later.seek(0)
        print(f"\n=== {names[1]}", flush=True)
        shutil.copyfileobj(later, sys.stdout)
    return [results[name] for name in names]


def main(arguments: list[str]) -> int:
    """Run the steps; 0 when all passed, 1 when one failed or, in CI, was skipped."""
    names = arguments[0].split(",") if arguments else list(STEPS)
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"No step {unknown[0]!r}. Known: {', '.join(STEPS)}.", file=sys.stderr)
        return 2
    began = time.monotonic()
    results: list[Result] = []
    for name in names:
        if name in SIDE_BY_SIDE and set(SIDE_BY_SIDE) <= set(names):
            if name == SIDE_BY_SIDE[0]:
                results += run_side_by_side(SIDE_BY_SIDE)
        else:
            results.append(run(name))
    print("\n=== Summary")
    for name, seconds, said, _bad in results:
        print(f"{name:<10}{seconds:7.1f} s  {said}")
    print(f"{'all':<10}{time.monotonic() - began:7.1f} s", flush=True)
    return int(any(bad for *_rest, bad in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
