"""A day at the desk that several files of tests tell: the desk, its people, how far it has come, and
what more than one of them does. The fixtures are registered in tests/conftest.py.

There is one desk for each language, where everybody is new. All tests of one language run before those
of the other, whichever file they stand in.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import days
from tests.browser.days import Day
from tests.browser.fixtures import everybody_at, opened
from tests.browser.people import Desk, People
from tests.browser.way import Way
from tests.sources.web import PUBLIC
from tests.standins import receiver
from tests.standins.receiver import Receiver

# Whom the administrator takes in.
NEW, PASSWORD = "nadia", "a long phrase of the harbour 7"
RATING = "false"


@pytest.fixture(scope="session", params=[days.ARABIC, days.ENGLISH], ids=lambda day: day.language)
def day(request: pytest.FixtureRequest) -> Day:
    found: Day = request.param
    return found


@pytest.fixture(scope="session")
def days_newsroom(day: Day) -> Iterator[Receiver]:
    """Who is told of everything that the day's desk publishes."""
    with receiver.running() as running:
        yield running


@pytest.fixture(scope="session")
def days_desk(
    tmp_path_factory: pytest.TempPathFactory, day: Day, days_newsroom: Receiver
) -> Iterator[Desk]:
    port = days_newsroom.web.cables[PUBLIC, 80]
    with opened(tmp_path_factory.mktemp(day.language), NEWSROOM_PORT=str(port)) as own:
        yield own


@pytest.fixture(scope="session")
def days_people(browser: Browser, days_desk: Desk) -> Iterator[People]:
    with everybody_at(days_desk, browser) as present:
        yield present


@pytest.fixture(scope="session")
def days_way(day: Day) -> Way:
    return Way()


def waits_today(page: Page, way: Way) -> Locator:
    return page.locator(f"#today-waiting a.st[href^='{way.claim_path}']")


def propose(page: Page, summary: str, explanation: str) -> None:
    form = page.locator("#verdict form")
    form.locator(f".rate label:has([value={RATING}])").click()
    form.locator("[name=summary]").fill(summary)
    form.locator("[name=explanation]").fill(explanation)
    form.locator("[data-action=propose]").click()
    expect(form).to_have_count(0)


def rate(page: Page) -> None:
    """Rate what is proposed without seeing it; then it opens."""
    expect(page.locator(".two-ratings")).to_have_count(0)
    page.locator(f"#rate label:has([value={RATING}])").click()
    page.locator("[data-action=rate]").click()
    expect(page.locator(".two-ratings")).to_be_visible()


def approve(page: Page) -> None:
    """Tick every standard, one after the other, and approve."""
    for standard in page.locator("input[name=vouches]").all():
        standard.check()
    page.locator("button[data-action=approve]").click()
    page.wait_for_url("**/desk/review/")


def reads(people: People, language: str, way: Way, words: str) -> None:
    """What a reader finds at the head of the verdict's page in a language."""
    path = f"/v/{way.verdict}" if language == "ar" else f"/{language}/v/{way.verdict}"
    expect(people.reader.go(path).locator("header.lead")).to_contain_text(words)
