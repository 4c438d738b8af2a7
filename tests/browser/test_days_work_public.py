"""The day of test_days_work.py goes on: what was approved is published, translated, complained of,
corrected and retracted; in the evening the administrator puts the house in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from clients import verify_dossier
from tests.browser import pages
from tests.browser.day_at_the_desk import (
    NEW,
    PASSWORD,
    approve,
    propose,
    rate,
    reads,
    waits_today,
)
from tests.browser.days import Day
from tests.browser.fixtures import without_complaints
from tests.browser.people import Desk, People, Person
from tests.browser.way import Way
from tests.processes import wait_until
from tests.standins.receiver import Receiver

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(days_desk: Desk) -> Desk:
    return days_desk


@pytest.fixture
def newsroom(days_newsroom: Receiver) -> Receiver:
    return days_newsroom


@pytest.fixture
def way(days_way: Way) -> Way:
    return days_way


@pytest.fixture
def people(days_people: People) -> Iterator[People]:
    yield from without_complaints(days_people)


# ── Into the open ─────────────────────────────────────────────────────────────────────────────


def test_the_publisher_sets_a_time_and_then_publishes_at_once(
    people: People, desk: Desk, newsroom: Receiver, day: Day, way: Way
) -> None:
    way.after("approved")
    page = people.publisher.go("/desk/")
    waits_today(page, way).click()
    inside = page.frame_locator("iframe[data-preview]")
    expect(inside.locator("main")).to_contain_text(day.second)
    page.locator(".decide a.main").click()
    page.locator("details.later > summary").click()
    at = datetime.fromisoformat(str(page.locator("#at").get_attribute("min")))
    page.locator("#at").fill(f"{at + timedelta(days=2):%Y-%m-%dT%H:%M}")
    page.locator("#embargo").fill(day.contact)
    page.locator("[data-action=schedule]").click()
    page.wait_for_url("**/desk/publishing/")
    expect(page.locator("section:has(#h-timed)")).to_contain_text(day.contact)
    assert people.reader.go("/").get_by_text(day.first.statement).count() == 0

    page.locator("section:has(#h-timed) [data-action=schedule]").click()
    page.locator("button[data-action=publish]").click()
    page.wait_for_url("**/desk/publishing/")
    assert way.state(desk) == "published"
    way.verdict = desk.value(
        "SELECT verdict_number FROM claims_publication WHERE claim_id = ?", way.claim
    )
    reads(people, day.language, way, day.second)
    wait_until(lambda: len(newsroom.got) == 2, within=60, what="the newsroom is told")
    assert (newsroom.got[1][1]["type"], newsroom.forged) == ("verdict.published", 0)
    way.reached("published")


def test_its_translation_is_written_reviewed_and_published(
    people: People, day: Day, way: Way
) -> None:
    way.after("published")
    room = f"{way.claim_path}translations/{day.other}/"
    page = people.editor.go(f"{way.claim_path}change/")
    page.locator(f"#translations a[href='{room}']").click()
    for name in ("statement", "summary", "explanation"):
        page.locator(f"#tr-{name}").fill(getattr(day.translated, name))
    page.locator("[data-action=propose_translation]").click()
    expect(page.locator(f"a[href='{room}review/']")).to_be_visible()
    page = people.reviewer.go("/desk/review/")
    page.locator(f"a[href='{room}review/']").first.click()
    approve(page)
    page = people.publisher.go("/desk/publishing/")
    page.locator(f"a[href='{room}publish/']").click()
    page.locator("[data-action=publish_translation]").click()
    page.wait_for_url("**/desk/publishing/")
    reads(people, day.other, way, day.translated.summary)
    way.reached("translated")


def test_a_complaint_is_upheld_and_the_verdict_corrected_in_the_open(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("translated")
    page = people.publisher.go("/desk/complaints/")
    page.locator("main a[href*='enter']").click()
    page.locator("[name=verdict]").fill(str(way.verdict))
    page.locator("[name=text]").fill(day.complaint)
    page.locator("main form.form button.main").click()
    page.wait_for_url(re.compile(r"/desk/complaints/(\d+/)?$"))
    number = desk.value("SELECT id FROM claims_complaint")
    page = people.publisher.go(f"/desk/complaints/{number}/")
    page.locator("[name=decision][value=upheld]").check()
    page.locator("#answer").fill(day.reply)
    page.locator("form:has(#answer) button.main").click()
    # Whoever upholds one is led to correcting the verdict.
    page.wait_for_url(f"**{way.claim_path}correct/")
    page.locator("[name=kind][value=correction]").check()
    seen = page.frame_locator("iframe[data-note]").locator("#note")
    expect(seen).not_to_contain_text(day.correction)
    page.locator("#reason").fill(day.correction)
    expect(seen).to_contain_text(day.correction)
    page.locator("button[data-action=correct]").click()
    page.wait_for_url("**/desk/publishing/")
    propose(people.editor.go(f"{way.claim_path}change/"), day.corrected, day.first.explanation)
    page = people.reviewer.go(f"{way.claim_path}review/")
    rate(page)
    approve(page)
    pages.publish(people.publisher, way)
    reads(people, day.language, way, day.corrected)
    expect(people.reader.page.locator("#history")).to_contain_text(day.correction)
    way.reached("corrected")


def test_the_publisher_looks_at_the_figures_and_makes_a_dossier(
    people: People, day: Day, way: Way
) -> None:
    way.after("corrected")
    page = people.publisher.go("/desk/")
    page.locator("section.figs a[href*='/desk/figures/']").first.click()
    expect(page.locator(".figures > section")).to_have_count(5)
    page.locator("#ratings details > summary").click()
    expect(page.locator("#ratings table")).to_be_visible()
    with page.expect_download() as saved:
        page.locator("#ratings .foot > a[href*='as=csv']").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")

    page = people.publisher.go(f"{way.claim_path}change/")
    page.locator(".dossier-link a").click()
    page.locator("#purpose").fill(day.contact)
    with page.expect_download() as saved:
        page.locator("[data-action=dossier]").click()
    feeds = people.reader.go("/feeds").content()
    (key,) = set(re.findall(r"[^\s<>\"]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{40,}", feeds))
    assert verify_dossier.verify(str(saved.value.path()), key)["claim"] == way.claim


def test_a_verdict_that_does_not_hold_is_retracted_with_its_translation(
    people: People, desk: Desk, newsroom: Receiver, day: Day, way: Way
) -> None:
    way.after("corrected")
    page = people.publisher.go(f"{way.claim_path}retract/")
    page.locator("#reason").fill(day.retraction)
    page.locator("button[data-action=retract]").click()
    page.wait_for_url("**/desk/publishing/")
    assert way.state(desk) == "retracted"
    for language in (day.language, day.other):
        reads(people, language, way, day.retraction)
        expect(people.reader.page.locator(".tomb")).to_be_visible()
    # A trial, the verdict, its translation, the correction, and both retractions.
    wait_until(lambda: len(newsroom.got) == 6, within=60, what="the newsroom is told of it all")
    assert newsroom.forged == 0
    way.reached("retracted")


# ── Evening ───────────────────────────────────────────────────────────────────────────────────


def test_the_administrator_merges_a_party_and_verifies_the_history(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("brought in")
    stays, goes = (
        desk.value("SELECT id FROM claims_claimant WHERE name = ?", name) for name in day.parties
    )
    page = people.administrator.go(f"/desk/claims/claimant/{stays}/change/")
    page.locator("#q-same").fill(day.parties[1])
    page.locator("#q-same").press("Enter")
    page.locator(f"#same a[href*='{goes}'].btn").click()
    page.locator(".merge-act button").click()
    expect(page.locator("section:has(#h-merged) li")).to_have_count(1)
    assert desk.value("SELECT merged_into_id FROM claims_claimant WHERE id = ?", goes) == stays

    page = people.administrator.go("/desk/claims/transition/")
    expect(page.locator("#verify .ok")).to_have_count(0)
    page.locator("#verify form button").click()
    expect(page.locator("#verify .ok")).to_be_visible(timeout=40_000)


def test_the_editor_sets_their_own_desk_and_signs_out_elsewhere(
    people: People, desk: Desk, browser: Browser, way: Way
) -> None:
    way.after("toured")
    page = people.editor.go("/desk/settings/")
    page.locator("[name=digits][value=latn]").check()
    page.locator("[name=theme][value=dark]").check()
    page.locator("[name='desk-overdue']").uncheck()
    page.locator(".save button").click()
    expect(page.locator("html[data-theme=dark]")).to_have_count(1)
    expect(page.locator("[name='desk-overdue']")).not_to_be_checked()

    elsewhere = Person(desk, browser.new_context(), "editor")
    elsewhere.sign_in()
    page = people.editor.go("/desk/security/")
    expect(page.locator("#sessions li")).to_have_count(2)
    page.locator("form[action$='/end-others/'] button").click()
    expect(page.locator("#sessions li")).to_have_count(1)
    expect(elsewhere.go("/desk/").locator("[name=password]")).to_be_visible()
    elsewhere.context.close()


def test_the_administrator_lets_somebody_go(people: People, desk: Desk, way: Way) -> None:
    way.after("staffed")
    number = desk.value("SELECT id FROM auth_user WHERE username = ?", NEW)
    page = people.administrator.go(f"/desk/auth/user/{number}/change/")
    page.locator("[name=is_active]").uncheck()
    page.locator("[name=_save]").click()
    wait_until(
        lambda: not desk.value("SELECT is_active FROM auth_user WHERE id = ?", number),
        within=60,
        what="the account is closed",
    )
    gone = people.join(NEW, PASSWORD).go("/desk/")
    expect(gone.locator("[name=password]")).to_be_visible()
