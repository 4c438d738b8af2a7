"""A browser, the running desk, and its people. Registered in tests/conftest.py.

One desk serves all browser tests: starting it takes as long as many of them. The machine's own
Chromium is used, and it reaches nothing but this machine.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from tests import processes
from tests.browser.people import Desk, People
from tests.browser.way import Way
from tests.run import BROWSERS, ROOT
from tests.standins import wikipedia

ARTICLE = ROOT.parent / "shared" / "corpus" / "kremlin-meeting.ar.txt"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests go last: from the first one on, Playwright keeps an event loop running in this
    thread, and there Django refuses to touch the database. Of them the journey goes first, at a
    desk that is as the first start left it."""
    items.sort(
        key=lambda item: (
            item.get_closest_marker("browser") is not None,
            item.path.parent.name == "browser",
        )
    )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip("no Chromium here (on Debian: apt-get install chromium)")
    return {
        **browser_type_launch_args,
        "executable_path": found,
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def article_text() -> str:
    """The real article of the corpus, as it came."""
    if not ARTICLE.exists():
        pytest.skip(f"the corpus is not here: {ARTICLE}")
    return ARTICLE.read_bytes().decode("utf-8")


@contextmanager
def opened(folder: Path, **environ: str) -> Iterator[Desk]:
    """The whole tree of `make run`, with a real worker and a stand-in for Wikipedia."""
    with wikipedia.running() as server:
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
            "WIKIPEDIA_URL": "http://wiki.example/{language}/w/api.php",
            "WIKIPEDIA_PORT": str(server.server_port),
        }
        with processes.tree(folder, environ={**own, **environ}) as tree:
            yield Desk(tree, server)


@contextmanager
def everybody_at(desk: Desk, browser: Browser) -> Iterator[People]:
    everybody = People(browser, desk)
    yield everybody
    for person in everybody:
        person.context.close()


def without_complaints(everybody: People) -> Iterator[People]:
    """Those who sit at a browser; what a browser finds wrong with a page fails the test."""
    yield everybody
    complaints = everybody.complaints()
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with opened(tmp_path_factory.mktemp("desk")) as shared:
        yield shared


@pytest.fixture(scope="session")
def _everybody(browser: Browser, desk: Desk) -> Iterator[People]:
    with everybody_at(desk, browser) as everybody:
        yield everybody


@pytest.fixture
def people(_everybody: People) -> Iterator[People]:
    yield from without_complaints(_everybody)


@pytest.fixture(scope="module")
def own_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """For a file whose tests would get into the way of others at the shared desk."""
    with opened(tmp_path_factory.mktemp("own")) as own:
        yield own


@pytest.fixture(scope="module")
def _everybody_there(browser: Browser, own_desk: Desk) -> Iterator[People]:
    with everybody_at(own_desk, browser) as everybody:
        yield everybody


@pytest.fixture
def people_there(_everybody_there: People) -> Iterator[People]:
    yield from without_complaints(_everybody_there)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: Any) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """After a failure, what everybody saw is in test-results/browser/."""
    report = yield
    if report.when == "call" and report.failed:
        for person in getattr(item, "funcargs", {}).get("people", ()):
            with suppress(Error):  # A page may have failed because nothing can be got out of it.
                person.photograph(f"{item.name}-{person.name or 'reader'}")
    return report


@pytest.fixture(scope="module")
def way(browser: Browser) -> Way:
    """The one article's way through a file of tests that are one story.

    It asks for the browser, so that pytest does not run the tests without one apart from the rest.
    """
    return Way()


@pytest.fixture(scope="module")
def way_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where somebody who verifies the log keeps yesterday's checkpoint."""
    return tmp_path_factory.mktemp("verifier")
