"""What docker-compose.yml, Dockerfile and .dockerignore promise."""

import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.processes import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
OURS = ("migrate", "web", "worker", "beat")


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_do_little(name: str) -> None:
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_image_runs_as_nobody_of_importance() -> None:
    lines = (ROOT / "Dockerfile").read_text("utf-8").splitlines()

    users = [line for line in lines if line.startswith("USER ")]
    assert users == ["USER touchstone"]
    assert lines.index("USER touchstone") < next(
        number for number, line in enumerate(lines) if line.startswith("CMD ")
    )


def test_only_loopback_reaches_the_web_server_and_nothing_reaches_the_others() -> None:
    ports = {name: service.get("ports") for name, service in COMPOSE["services"].items()}

    assert ports == {
        "migrate": None,
        "web": ["127.0.0.1:8000:8000"],
        "worker": None,
        "beat": None,
        "db": None,
        "redis": None,
    }


def test_no_secret_stands_in_an_environment() -> None:
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if any(word in name for word in ("KEY", "PASSWORD", "SECRET")):
                assert name.endswith("_FILE")
                assert value.startswith("/run/secrets/")


def test_all_that_the_image_copies_is_let_through_to_the_build() -> None:
    allowed = {
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line.startswith("!")
    }
    copied = set()
    for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            copied |= set(line.split()[1:-1])

    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)


def test_secrets_are_made_once_for_whom_they_are_mounted(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "secrets", tmp_path / ".ci")

    def make() -> dict[str, str]:
        subprocess.run(["sh", ".ci/secrets"], cwd=tmp_path, check=True, capture_output=True)
        return {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}

    first = make()

    assert set(first) == set(COMPOSE["secrets"])
    assert all(len(secret.strip()) >= 50 for secret in first.values())
    assert make() == first
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700


def test_docker_compose_accepts_the_file(tmp_path: Path) -> None:
    known = (
        subprocess.run(["docker", "compose", "version"], capture_output=True)
        if (shutil.which("docker"))
        else None
    )
    if known is None or known.returncode:
        pytest.skip("no `docker compose` here")
    shutil.copy(ROOT / "docker-compose.yml", tmp_path)
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")

    done = subprocess.run(
        ["docker", "compose", "config", "--quiet"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stderr) == (0, "")
