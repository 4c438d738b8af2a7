"""An outlet's feed is tried, watched, searched and taken in; its page changes; files are uploaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import processes
from tests.browser.fixtures import everybody_at, opened, without_complaints
from tests.browser.people import Desk, People, overflow
from tests.pdfs import pdf
from tests.sources.web import site
from tests.standins.outlet import FEED, SENTENCES, Outlet, Story

pytestmark = pytest.mark.browser

TRIPS = "وقال مدير الميناء سامر الحداد إن عدد الرحلات سيبلغ أربعا في اليوم على مدار فصل الشتاء."
CROSSED = "وقالت النقابة إن 1200 راكب عبروا الخليج في الأسبوع الأول من التجربة في الخريف الماضي."
FEWER = "وقالت النقابة إن 900 راكب عبروا الخليج في الأسبوع الأول من التجربة في الخريف الماضي."


@pytest.fixture(scope="module")
def marfa() -> Outlet:
    return Outlet(
        [
            Story("/ferries", "عودة خط العبارات", (TRIPS, CROSSED)),
            Story("/tickets", "سعر التذكرة يبقى كما كان", SENTENCES),
        ]
    )


@pytest.fixture(scope="module")
def own_desk(marfa: Outlet, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk of its own, for which marfa.example is a public site."""
    with (
        site(marfa.answer) as server,
        opened(
            tmp_path_factory.mktemp("own"),
            DJANGO_SETTINGS_MODULE="tests.browser.outlet_settings",
            OUTLET_PORT=str(server.server_port),
        ) as own,
    ):
        yield own


@pytest.fixture(scope="module")
def own_people(browser: Browser, own_desk: Desk) -> Iterator[People]:
    with everybody_at(own_desk, browser) as everybody:
        yield everybody


@pytest.fixture
def people(own_people: People) -> Iterator[People]:
    yield from without_complaints(own_people)


def test_a_feed_is_tried_and_then_watched(people: People) -> None:
    page = people.administrator.go("/desk/feeds/")
    page.locator("#id_url").fill(FEED)
    page.locator("#id_outlet").fill("المرفأ")
    page.locator("button[value=try]").click()
    expect(page.locator(".tried li")).to_have_count(2)
    expect(page.locator(".tried li").first).to_contain_text("عودة خط العبارات")
    assert overflow(page) == 0
    page.locator("button[value=add]").click()
    expect(page.locator("table.tbl tbody tr")).to_contain_text("المرفأ")


def test_what_it_brings_is_collected_by_itself_and_found_by_any_spelling(
    people: People, own_desk: Desk
) -> None:
    processes.wait_until(
        lambda: own_desk.value(
            "SELECT COUNT(*) FROM claims_collecteditem WHERE links IS NOT NULL"
        ) == 2,
        within=60,
        what="both pages are read",
    )  # fmt: skip
    page = people.editor.go("/desk/collected/")
    expect(page.locator("table.collected tbody tr")).to_have_count(2)
    page.locator("#q").fill("عبارة العبارات")
    page.locator("#q").fill("خليج النقابة")
    page.locator("#q").press("Enter")
    expect(page.locator("table.collected tbody tr")).to_have_count(1)
    assert overflow(page) == 0
    page.locator("table.collected button").click()
    expect(page.locator("#messages")).to_contain_text("عودة خط العبارات")
    page.locator("table.collected a[href*='/desk/articles/']").click()
    expect(page.locator("#claims a.st").first).to_be_visible(timeout=40_000)


def test_a_page_that_changes_becomes_a_newer_version_and_its_claims_go_on(
    people: People, own_desk: Desk, marfa: Outlet
) -> None:
    old = own_desk.value("SELECT MIN(id) FROM claims_article WHERE channel = 'feed'")
    page = people.editor.go(f"/desk/articles/{old}/")
    button = page.locator(f"form[action*='/articles/{old}/look-again/'] button")
    button.click()
    expect(page.locator("#messages .note")).to_be_visible()
    marfa.stories[0].paragraphs = (TRIPS, FEWER)
    button.click()
    page.wait_for_url("**/changes/")
    new = own_desk.value("SELECT id FROM claims_article WHERE supersedes_id = ?", old)
    processes.wait_until(
        lambda: (
            own_desk.value("SELECT split_state FROM claims_article WHERE id = ?", new) == "done"
        ),
        within=60,
        what="the newer version is split",
    )
    page = people.editor.go(f"/desk/articles/{new}/changes/")
    expect(page.locator("del").first).to_have_text("1200")
    expect(page.locator("ins").first).to_have_text("900")
    assert overflow(page) == 0
    page = people.editor.go(f"/desk/articles/{new}/")
    assert page.locator("#claims [data-do=accept]").count() >= 1
    people.editor.go(f"/desk/articles/{old}/")


def test_files_are_uploaded_and_each_is_told_apart(people: People, tmp_path: Path) -> None:
    files = {
        "خبر.txt": f"خبر قصير\n\n{SENTENCES[2]}".encode(),
        "صفحة.html": Story("/page", "صفحة محفوظة", SENTENCES[:2]).html,
        "report.pdf": pdf("The ministry said on Monday that the ferry line returns in December."),
        "مسح.pdf": pdf("", scanned=True),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    page = people.editor.go("/desk/articles/new/")
    page.locator("#id_uploads").set_input_files([tmp_path / name for name in files])
    page.locator("#id_published_on").fill("2026-11-20")
    with people.editor.refused(422):
        page.locator("form.intake button.main").click()
        expect(page.locator(".outcomes .note.teal")).to_have_count(3)
    expect(page.locator(".outcomes .note.bad")).to_contain_text("مسح.pdf")
    assert overflow(page) == 0
    page.locator(".outcomes .note.teal a").first.click()
    expect(page.locator("article.body")).to_contain_text("1200 راكب")
