"""A rule is made and tried, sorts what comes in, and whom it names is told: under the bell, at their
own choice, in their own figures."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import paste
from tests.browser.people import Desk, People, overflow

pytestmark = pytest.mark.browser

TEXT = (
    "قرية الوادي بلا ماء\n"
    "قالت بلدية الوادي إن ثلاثمئة أسرة في قرية الوادي بلا ماء منذ يوم الاثنين بسبب عطل في المضخة."
)


@pytest.fixture(scope="module")
def desk(own_desk: Desk) -> Desk:
    """A desk of its own: a rule would sort what other tests bring in."""
    return own_desk


@pytest.fixture
def people(people_there: People) -> People:
    return people_there


def wait_for_news(page: Page, url: str, words: str) -> None:
    """Looks until the background has told it."""
    for _look in range(60):
        page.goto(url)
        if page.locator("#news .fresh", has_text=words).count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"nobody was told of {words}")


def test_a_rule_sorts_what_comes_in_and_tells_whom_it_names(people: People, desk: Desk) -> None:
    reviewer = people.reviewer
    page = reviewer.go("/desk/rules/new/")
    page.locator("[name=name]").fill("الوادي")
    page.locator("[name=words]").fill("وادي، مضخة")
    page.locator("[name=priority]").select_option("3")
    editor_id = str(desk.value("SELECT id FROM auth_user WHERE username = 'editor'"))
    page.locator("[name=assignee]").select_option(editor_id)
    page.locator("button[value=try]").click()
    expect(page.locator("#trial .aloud")).to_contain_text("وادي")
    assert desk.value("SELECT COUNT(*) FROM claims_rule") == 0
    assert overflow(page) == 0
    reviewer.photograph("rule-tried")
    page.locator("button[value=keep]").click()
    expect(page.locator(".ruled .aloud")).to_contain_text("مضخة")
    reviewer.photograph("rules")

    page = reviewer.go("/desk/articles/new/")
    paste(page, TEXT, outlet="صحيفة السهل", published_on="2026-10-20")
    page.wait_for_url("**/desk/articles/*/")

    editor = people.editor
    page = editor.page
    wait_for_news(page, desk.url + "/desk/news/", "الوادي")
    editor.go("/desk/")
    expect(page.locator("#bell .dot")).to_be_visible()
    page.locator("#bell").click()
    expect(page.locator("#news .fresh .say").first).to_contain_text("الوادي")
    assert overflow(page) == 0
    editor.photograph("news")
    (priority, state) = desk.rows(
        "SELECT priority, state FROM claims_claim WHERE assignee_id = ? ORDER BY id DESC LIMIT 1",
        editor_id,
    )[0]
    assert (priority, state) == (3, "found")

    # One by its own button, without leaving; the rest by looking at the claim.
    first = page.locator("#news .fresh").first
    address = first.locator("a.st").get_attribute("href") or ""
    number = page.locator("#news .fresh").count()
    first.locator("button").click()
    expect(page.locator("#news .fresh")).to_have_count(number - 1)
    page.goto(desk.url + address)
    expect(page.locator("#history, .hist").first).to_contain_text("الوادي")


def test_everybody_has_their_own_figures_and_appearance(people: People) -> None:
    editor = people.editor
    page = editor.go("/desk/settings/")
    page.locator("[name=digits][value=latn]").check()
    page.locator("[name=calendar][value=levantine]").check()
    page.locator("[name=theme][value=dark]").check()
    page.locator("[name='desk-overdue']").uncheck()
    assert overflow(page) == 0
    page.locator(".save button").click()
    expect(page.locator("#messages .note")).to_be_visible()
    expect(page.locator("html[data-theme=dark]")).to_have_count(1)
    expect(page.locator("[name='desk-overdue']")).not_to_be_checked()
    editor.photograph("settings")
    page = editor.go("/desk/")
    heading = page.locator(".folio h1").inner_text()
    assert any(figure in heading for figure in "0123456789"), heading
    assert not any(figure in heading for figure in "٠١٢٣٤٥٦٧٨٩"), heading
    page.set_viewport_size({"width": 360, "height": 780})
    for path in ("/desk/settings/", "/desk/news/", "/desk/rules/"):
        editor.go(path)
        assert overflow(page) == 0, path
