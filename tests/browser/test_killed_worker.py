"""kill -9 for the running desk's worker: the supervisor starts another, and nothing is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import expect

from tests import processes
from tests.browser.people import Desk, People
from tests.processes import wait_until

pytestmark = pytest.mark.browser

SENTENCES = 200
# Long ones: they take a second or two to split, and do not make a page of thousands of claims.
SENTENCE = "وقالت وزارة النقل إن عدد الشاحنات بلغ {n} شاحنة أمس" + "، منها شاحنة خضار" * 100 + ".\n"
# Two leases of 45 s would be too many; one, and two sweeps of 10 s, is what it may take.
RECOVERY = 80


@pytest.fixture
def slow_wikipedia(desk: Desk) -> Iterator[None]:
    desk.wikipedia.behaviour.slow_seconds = 8
    desk.wikipedia.behaviour.requests.clear()
    yield
    desk.wikipedia.behaviour.slow_seconds = 0


def kill_worker(desk: Desk) -> int:
    """kill -9 for the worker and all its children; the process id that it had."""
    worker = desk.tree.pid("worker")
    for pid in (worker, *processes.descendants(worker)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return worker


@pytest.mark.usefixtures("slow_wikipedia")
def test_a_worker_killed_while_it_splits_and_asks_loses_nothing_and_repeats_nothing(
    people: People, desk: Desk
) -> None:
    claim = desk.value(
        "SELECT id FROM claims_claim WHERE state = 'found' AND checkable AND language = 'en' "
        "ORDER BY id LIMIT 1"
    )
    before = desk.value("SELECT MAX(id) FROM claims_article")

    def article(column: str) -> object:
        return dict(desk.rows(f"SELECT 1, {column} FROM claims_article WHERE id > ?", before)).get(
            1
        )

    def lookup(column: str) -> object:
        query = f"SELECT 1, {column} FROM claims_lookup WHERE source = 'wikipedia' AND claim_id = ?"
        return dict(desk.rows(query, claim)).get(1)

    people.editor.go(f"/desk/claims/claim/{claim}/change/").locator("[data-action=accept]").click()
    wait_until(
        lambda: lookup("state") == "running" and desk.wikipedia.behaviour.requests,
        within=60,
        what="Wikipedia has been asked",
    )
    text = "".join(SENTENCE.format(n=n) for n in range(SENTENCES))
    answer = people.editor.post("/desk/articles/new/", text=text, published_on="2026-10-12")
    assert answer.status == 302
    wait_until(lambda: article("split_state") == "running", within=60, what="it is being split")
    killed = kill_worker(desk)
    desk.wikipedia.behaviour.slow_seconds = 0
    assert (article("split_state"), lookup("state")) == ("running", "running")
    number = article("id")
    assert desk.value("SELECT COUNT(*) FROM claims_claim WHERE article_id = ?", number) == 0
    page = people.editor.go(answer.headers["location"])
    expect(page.locator("#sheet .split-note")).to_be_visible()

    wait_until(lambda: desk.tree.pid("worker") != killed, within=60, what="there is a new worker")
    wait_until(
        lambda: article("split_state") == "done", within=RECOVERY, what="the article is split"
    )
    wait_until(
        lambda: lookup("state") in ("answered", "nothing"),
        within=RECOVERY,
        what="Wikipedia has been asked to the end",
    )
    assert (article("split_attempts"), lookup("attempts")) == (2, 2)
    assert desk.rows(
        "SELECT action FROM claims_transition WHERE subject = 'article' AND subject_id = ? "
        "AND action = 'split'",
        number,
    ) == [("split",)]
    ((claims, places),) = desk.rows(
        "SELECT COUNT(DISTINCT claim_id), COUNT(DISTINCT start || '-' || end) "
        "FROM claims_position WHERE article_id = ?",
        number,
    )
    assert claims == places >= SENTENCES
    expect(page.locator("#sheet .split-note")).to_have_count(0, timeout=30_000)
