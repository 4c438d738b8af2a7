"""The processes of docker-compose.yml, started without Docker on PostgreSQL and Redis.

The commands, the health checks and the settings are read from the files that ship, so that what is
tested here is what runs there; only addresses differ.
"""

import http.client
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
import yaml
from django.db import connection

from tests.processes import ROOT, Process, free_port, running, wait_until

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql" or "REDIS_URL" not in os.environ,
    reason="needs DATABASE_URL and REDIS_URL: the PostgreSQL half of the tests",
)

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
# The headers a proxy sends on for a visitor who came over https.
BY_PROXY = {"X_Forwarded_For": "203.0.113.7", "X_Forwarded_Proto": "https"}


def _as_here(command: list[str]) -> list[str]:
    """The image's command with this environment's Python and programs."""
    program = shutil.which(command[0], path=str(Path(sys.executable).parent))
    return [program or command[0], *command[1:]]


def _web_command(port: int) -> list[str]:
    (command,) = re.findall(r"^CMD (\[.*?\])$", _dockerfile(), re.MULTILINE | re.DOTALL)
    words: list[str] = json.loads(command.replace("\\\n", ""))
    changed = {"0.0.0.0": "127.0.0.1", "8000": str(port)}
    return _as_here([changed.get(word, word) for word in words])


def _dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text("utf-8")


@dataclass
class Installation:
    """The running processes, the environment they share, and the web server's port."""

    environ: dict[str, str]
    port: int
    web: Process
    worker: Process
    beat: Process

    def get(self, path: str, **headers: str) -> http.client.HTTPResponse:
        conn = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        conn.request("GET", path, headers={"Host": "facts.example.org", **named})
        return conn.getresponse()

    def health(self, service: str) -> subprocess.CompletedProcess[str]:
        """The service's own health check, as the file has it."""
        return subprocess.run(
            _as_here(SERVICES[service]["healthcheck"]["test"][1:]),
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=60,
        )


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL, without a password, of an empty database that is dropped afterwards."""
    given = urlsplit(os.environ["DATABASE_URL"])
    name = f"touchstone_production_{os.getpid()}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"postgres://{given.username}@{given.hostname}:{given.port or 5432}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def installation(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("production")
    for secret in COMPOSE["secrets"]:
        (folder / secret).write_text(f"{secret} " + "0123456789" * 6 + "\n")
    port = free_port()
    environ = {
        # What the files say …
        **SERVICES["web"]["environment"],
        # … and what is elsewhere here than in the containers.
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database,
        "REDIS_URL": os.environ["REDIS_URL"],
        "DATABASE_PASSWORD_FILE": str(folder / "database_password"),
        "SECRET_KEY_FILE": str(folder / "secret_key"),
        "TRUSTED_PROXIES": "127.0.0.1",
        "SITE_URL": "https://facts.example.org",
        "DATA_DIR": str(folder / "data"),
        "STATIC_ROOT": str(folder / "static"),
        "PORT": str(port),
    }
    for command in (
        ["python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
        SERVICES["migrate"]["command"],
    ):
        subprocess.run(_as_here(command), cwd=ROOT, env=environ, check=True, timeout=120)
    with ExitStack() as stack:

        def start(name: str, command: list[str]) -> Process:
            return stack.enter_context(running(command, environ=environ, log=folder / name))

        yield Installation(
            environ=environ,
            port=port,
            web=start("web.log", _web_command(port)),
            worker=start("worker.log", _as_here(SERVICES["worker"]["command"])),
            beat=start("beat.log", _as_here(SERVICES["beat"]["command"])),
        )


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_each_process_comes_up_well(installation: Installation, service: str) -> None:
    def well() -> bool:
        process: Process = getattr(installation, service)
        assert process.popen.poll() is None, process.output()
        return installation.health(service).returncode == 0

    wait_until(well, within=60, what=f"{service} is well")


def test_beat_sends_a_task_and_the_worker_runs_it(installation: Installation) -> None:
    done = re.compile(r"Task claims\.tasks\.send_due\[[0-9a-f-]+\] succeeded")

    wait_until(
        lambda: done.search(installation.worker.output()),
        within=45,
        what="a sweep sent by beat and run by the worker",
    )


def test_visitors_are_sent_to_https_by_a_proxy_that_is_believed(
    installation: Installation,
) -> None:
    plain = installation.get("/")
    assert (plain.status, plain.getheader("Location")) == (301, "https://facts.example.org/")

    secure = installation.get("/", **BY_PROXY)
    assert secure.status != 301
    assert secure.getheader("Strict-Transport-Security") == "max-age=31536000"


def test_a_foreign_host_is_refused(installation: Installation) -> None:
    answer = installation.get("/", Host="evil.example", **BY_PROXY)

    assert answer.status == 400


def test_static_files_carry_their_hash_and_stay_for_ever(installation: Installation) -> None:
    manifest = json.loads(Path(installation.environ["STATIC_ROOT"], "staticfiles.json").read_text())
    name = manifest["paths"]["admin/css/base.css"]
    assert re.fullmatch(r"admin/css/base\.[0-9a-f]{12}\.css", name)

    answer = installation.get(f"/static/{name}", Accept_Encoding="gzip", **BY_PROXY)

    assert answer.status == 200
    assert answer.getheader("Cache-Control") == "max-age=315360000, public, immutable"
    assert answer.getheader("Content-Encoding") == "gzip"


def test_a_dead_process_is_not_well(installation: Installation) -> None:
    installation.worker.kill_group()
    installation.web.kill_group()

    assert "does not answer" in installation.health("worker").stderr
    assert "no answer on port" in installation.health("web").stderr
    assert installation.health("web").returncode == 1
