"""A second article repeats a claim with a public verdict: the desk is told, and a publisher answers
in two clicks."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.pages import paste
from tests.browser.people import Desk, People, overflow

pytestmark = pytest.mark.browser

# In the demo desk the claim of its verdict 1, in other words.
AGAIN = (
    "شاحنات كثيرة عند المعبر\n"
    "قالت صحيفة محلية إن أربعة آلاف شاحنة تنتظر عند معبر الجسر القديم بسبب الصيانة."
)


@pytest.fixture(scope="module")
def desk(own_desk: Desk) -> Desk:
    """A desk of its own: at the one that is shared, the demo's verdict has been taken back."""
    return own_desk


@pytest.fixture
def people(people_there: People) -> People:
    return people_there


def test_an_article_that_repeats_a_verdict_is_answered_and_listed(
    people: People, desk: Desk
) -> None:
    page = people.publisher.go("/desk/articles/new/")
    paste(page, AGAIN, outlet="صحيفة السهل", published_on="2026-10-20")
    page.wait_for_url("**/desk/articles/*/")
    article = int(page.url.rstrip("/").rpartition("/")[2])
    alert = (
        page.locator("#t-again")
        .locator("xpath=../..")
        .locator(f"article:has(a[href*='/articles/{article}/'])")
    )
    for _look in range(100):
        people.publisher.go("/desk/")
        if alert.count():
            break
        page.wait_for_timeout(500)
    expect(alert).to_contain_text("صحيفة السهل")
    people.publisher.photograph("seen-again-today")

    alert.locator("a.st").click()
    assert overflow(page) == 0
    expect(page.locator(".pair-2 > section")).to_have_count(2)
    expect(page.locator(".pair-2")).to_contain_text("صحيفة السهل")
    people.publisher.photograph("seen-again-side-by-side")
    page.locator("button[value=same]").click()
    expect(page.locator("#messages")).to_be_visible()
    expect(page.locator("#member")).to_be_visible()
    assert overflow(page) == 0
    people.publisher.photograph("seen-again-answered")

    public = people.reader.go("/v/1")
    expect(public.locator("#further")).to_contain_text("صحيفة السهل")
    assert overflow(public) == 0
    people.reader.photograph("seen-again-public")
    ((listed,),) = desk.rows(
        "SELECT COUNT(*) FROM claims_furtherappearance WHERE article_id = ?", article
    )
    assert listed == 1
