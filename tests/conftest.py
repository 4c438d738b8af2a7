"""What every test may count on.

Sockets reach loopback only (pytest-socket, see pyproject.toml); the settings are tests/settings.py.
A test that asks for `worker` gets a real Celery worker in processes of its own, on the test's own
database and broker; it also needs `transactional_db`, since the worker sees only what is committed.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from tests import processes

pytest_plugins = [
    "tests.cast",
    "tests.pipeline.told",
    "tests.flush",
    "tests.browser.fixtures",
    "tests.browser.day_at_the_desk",
]


@pytest.fixture(autouse=True)
def _nothing_left_by_the_test_before() -> Iterator[None]:
    """The language and the cache belong to the process; a test must not inherit them."""
    translation.activate("ar")
    cache.clear()
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def broker() -> Iterator[str]:
    """The URL of a running broker: REDIS_URL where that is set, else one of the tests' own."""
    if "REDIS_URL" in os.environ:
        yield os.environ["REDIS_URL"]
    else:
        with processes.broker(settings.BROKER_SOCKET) as url:
            yield url


@pytest.fixture
def process_environ(transactional_db: None, broker: str) -> dict[str, str]:
    """The environment in which a started process finds this test's settings, database and broker."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        user, password = quote(database["USER"]), quote(database["PASSWORD"])
        host = f"{database['HOST']}:{database['PORT'] or 5432}"
        url = f"postgres://{user}:{password}@{host}/{quote(database['NAME'])}"
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": url,
        "REDIS_URL": broker,
    }


@pytest.fixture
def worker(process_environ: dict[str, str], tmp_path: Path) -> Iterator[processes.Process]:
    """A ready Celery worker with two pool processes; `.kill_group()` is kill -9 for all three."""
    with processes.worker(process_environ, tmp_path / "worker.log") as process:
        yield process
