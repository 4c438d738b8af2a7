"""The demo desk while it runs, and its people, each at a browser of their own."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    APIResponse,
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
)

from tests import processes
from tests.standins import wikipedia

LOGIN = re.compile(r"^ {2}(\w+) +(\S+) {2,}", re.MULTILINE)
# What a browser says when a page is left while something of it is still on its way.
LEFT_BEHIND = ("net::ERR_ABORTED",)

PHOTOGRAPHS = processes.ROOT / "test-results" / "browser"


@dataclass
class Desk:
    """A running `make run`, with Wikipedia played by a stand-in."""

    tree: processes.Tree
    wikipedia: wikipedia.Server

    @property
    def url(self) -> str:
        return self.tree.url

    @property
    def passwords(self) -> dict[str, str]:
        """By user name, as the first start printed them."""
        return dict(LOGIN.findall(self.tree.supervisor.output()))

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in the database, read past the product and without a chance to write."""
        file = f"file:{self.tree.data_dir / 'desk.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(file, uri=True, timeout=20)) as database:
            return database.execute(query, values).fetchall()

    def value(self, query: str, *values: object) -> Any:
        """The one value of the one row."""
        ((value,),) = self.rows(query, *values)
        return value


class Person:
    """Somebody at a browser. `complaints` is what the browser found wrong with the pages."""

    def __init__(self, desk: Desk, context: BrowserContext, name: str = "") -> None:
        self.desk, self.context, self.name = desk, context, name
        self.complaints: list[str] = []
        self.page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._complain(f"script error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def go(self, path: str) -> Page:
        self.page.goto(self.desk.url + path)
        return self.page

    def sign_in(self, password: str = "") -> None:
        """`password`: of somebody who was not there at the first start."""
        self.go("/desk/")
        self.page.locator("[name=username]").fill(self.name)
        self.page.locator("[name=password]").fill(password or self.desk.passwords[self.name])
        self.page.locator("[name=password]").press("Enter")
        self.page.locator("nav.nav").wait_for()

    def speak(self, language: str) -> None:
        """Switch the desk's language in the account menu."""
        self.page.locator("summary.who-me").click()
        self.page.locator(f"[name=language][value={language}]").click()
        self.page.locator(f"html[lang={language}]").wait_for()

    def post(self, path: str, *, token: str | None = None, **fields: str) -> APIResponse:
        """Post past the pages with this person's session, as a forged form would.

        `token` is sent in place of the one that protects the session from other sites' forms.
        """
        if token is None:
            cookies = {cookie["name"]: cookie["value"] for cookie in self.context.cookies()}
            token = cookies.get("csrftoken", "")
        return self.context.request.post(
            self.desk.url + path,
            form=dict(fields),
            headers={"X-CSRFToken": token},
            max_redirects=0,
        )

    @contextmanager
    def refused(self, status: int) -> Iterator[None]:
        """Inside, the browser may complain about that status: the page says what is wrong."""
        before = len(self.complaints)
        yield
        self.complaints[before:] = [
            complaint
            for complaint in self.complaints[before:]
            if f"status of {status}" not in complaint
        ]

    def photograph(self, name: str) -> None:
        """The whole page as it is now, into test-results/browser/. With its caret: to hide one,
        Playwright would write a style into the page, which our pages forbid."""
        self.page.screenshot(path=PHOTOGRAPHS / f"{name}.png", full_page=True, caret="initial")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure not in LEFT_BEHIND:
            self._complain(f"{request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self._complain(f"{response.url} answered {response.status}")
        if urlsplit(response.url).hostname not in ("127.0.0.1", None):
            self._complain(f"{response.url} is not on this machine")

    def _complain(self, what: str) -> None:
        self.complaints.append(f"{self.name or 'a reader'} at {self.page.url}: {what}")


class People:
    """The demo desk's people and a reader. Each signs in when first needed."""

    def __init__(self, browser: Browser, desk: Desk) -> None:
        self._browser, self._desk = browser, desk
        self._here: dict[str, Person] = {}

    def __iter__(self) -> Iterator[Person]:
        return iter(self._here.values())

    @property
    def editor(self) -> Person:
        return self._person("editor")

    @property
    def reviewer(self) -> Person:
        return self._person("reviewer")

    @property
    def publisher(self) -> Person:
        return self._person("publisher")

    @property
    def administrator(self) -> Person:
        return self._person("administrator")

    @property
    def reader(self) -> Person:
        """Somebody who has never signed in."""
        return self._person("")

    def join(self, name: str, password: str) -> Person:
        """Somebody whom an administrator has taken in since."""
        return self._person(name, password)

    def complaints(self) -> list[str]:
        """What the browsers found wrong since this was last asked."""
        found = [complaint for person in self for complaint in person.complaints]
        for person in self:
            person.complaints.clear()
        return found

    def _person(self, name: str, password: str = "") -> Person:
        if name not in self._here:
            context = self._browser.new_context(viewport={"width": 1360, "height": 900})
            context.set_default_timeout(15_000)
            self._here[name] = Person(self._desk, context, name)
            if name:
                self._here[name].sign_in(password)
        return self._here[name]


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide
