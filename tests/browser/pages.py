"""What people do on the desk's pages, one function for each thing done."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests import processes
from tests.browser.people import Desk, Person
from tests.browser.way import Way


@contextmanager
def asleep(desk: Desk) -> Iterator[None]:
    """The worker stands still, so that what a page shows meanwhile can be looked at. It is stopped
    between two of its transactions: within one it would keep every other writer waiting."""
    worker = desk.tree.pid("worker")
    pids = {worker} | processes.descendants(worker)

    def every(what: signal.Signals) -> None:
        for pid in pids:
            os.kill(pid, what)

    every(signal.SIGSTOP)
    try:
        while not _lets_write(desk):
            every(signal.SIGCONT)
            time.sleep(0.1)
            every(signal.SIGSTOP)
        yield
    finally:
        every(signal.SIGCONT)


def _lets_write(desk: Desk) -> bool:
    """Whether the database could be written to within a second."""
    file = desk.tree.data_dir / "desk.sqlite3"
    with closing(sqlite3.connect(file, timeout=1, isolation_level=None)) as database:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
        database.execute("ROLLBACK")
        return True


def paste(page: Page, text: str, **about: str) -> None:
    """Fill in the form for a new article and send it. `about`: its other fields."""
    page.locator("#id_text").fill(text)
    for name, value in about.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("form.intake button.main").click()


def marked_words(page: Page) -> list[str]:
    """What each mark in the article's text encloses, in the order of their numbers."""
    marks: dict[str, str] = page.evaluate(
        """() => {
            const found = {};
            for (const mark of document.querySelectorAll("article.body mark")) {
                const number = mark.dataset.n;
                if (mark.parentElement.closest(`mark[data-n="${number}"]`)) continue;
                found[number] = (found[number] ?? "") + mark.textContent;
            }
            return found;
        }"""
    )
    return [marks[str(number)] for number in range(1, len(marks) + 1)]


def source(page: Page, name: str) -> Locator:
    """The row of one source on the claim's page; `data-state` says how far it is."""
    return page.locator(f"#lookups [data-source={name}]")


def fill_in_evidence(page: Page, piece: Mapping[str, Any]) -> None:
    """Fill in the evidence form that is open, and send it."""
    form = page.locator("#evidence-form")
    for name in piece.keys() - {"relation", "primary"}:
        form.locator(f"[name={name}]").fill(piece[name])
    form.locator("[name=quote_language]").select_option("ar")
    form.locator(f"[name=relation][value={piece['relation']}]").check()
    form.locator("[name=primary]").set_checked(piece["primary"])
    form.locator("button.main").click()
    # What was chosen among the hits is in the list before it is sent: only the form tells.
    expect(form).to_have_count(0)


def write_verdict(page: Page, verdict: Mapping[str, str], *, then: str) -> None:
    """Write the draft on the claim's page, and save or propose it."""
    form = page.locator("#verdict form")
    form.locator(f".rate label:has([value={verdict['rating']}])").click()
    form.locator("[name=summary]").fill(verdict["summary"])
    form.locator("[name=explanation]").fill(verdict["explanation"])
    form.locator(f"button[name=then][value={then}]").click()
    expect(page.locator("#messages .note")).to_be_visible()


def approve(person: Person, way: Way) -> None:
    page = person.go(f"{way.claim_path}review/")
    for standard in page.locator("input[name=vouches]").all():
        standard.check()
    page.locator("button[data-action=approve]").click()
    page.wait_for_url("**/desk/review/")


def publish(person: Person, way: Way) -> None:
    page = person.go(f"{way.claim_path}publish/")
    page.locator("button[data-action=publish]").click()
    page.wait_for_url("**/desk/publishing/")
