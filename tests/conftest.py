"""What every test may count on.

Sockets reach loopback only (pytest-socket, see pyproject.toml); the settings are tests/settings.py.
"""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _nothing_left_by_the_test_before() -> Iterator[None]:
    """The language and the cache belong to the process; a test must not inherit them."""
    translation.activate("ar")
    cache.clear()
    yield
    translation.deactivate()
