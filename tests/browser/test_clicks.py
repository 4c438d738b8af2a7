"""How many clicks one claim of the real article takes, from paste to published verdict, counted from the
signed-in Today page: of the editor, of the reviewer, of the publisher. They are new at this desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import pages
from tests.browser.hands import Hands
from tests.browser.people import Desk, People
from tests.browser.way import EVIDENCE, FIRST_DRAFT, STATEMENT, Way

pytestmark = pytest.mark.browser

# What the desk promises: no more than that of each.
EDITOR, REVIEWER, PUBLISHER = 25, 12, 4


@pytest.fixture(scope="module")
def desk(article_text: str, own_desk: Desk) -> Desk:
    """A desk of its own, where nobody has seen the article. Not opened where the article is not."""
    return own_desk


@pytest.fixture
def people(people_there: People) -> People:
    return people_there


def compare(hands: Hands, most: int) -> None:
    counted = hands.counted
    assert len(counted) == hands.presses, counted
    assert 0 < len(counted) <= most, counted
    print(f"{len(counted)} clicks of {most}:", *counted, sep="\n  ")


def test_an_editor_brings_the_article_in_and_proposes_a_verdict(
    people: People, desk: Desk, way: Way, article_text: str
) -> None:
    hands = Hands(people.editor)
    page = hands.page
    hands.press(page.locator("a.main[href='/desk/articles/new/']"))
    bring_in(hands, article_text)

    hands.press(page.locator(".chip[href*='show=contested']"))
    entry = page.locator("#claims > li")
    expect(entry).to_have_count(1)
    hands.press(entry.locator("[data-do=accept]"))
    expect(entry.locator("[data-do=accept]")).to_have_count(0)
    hands.press(entry.locator("a.st"))
    page.wait_for_url("**/change/")
    way.claim = int(page.url.split("/claim/")[1].split("/")[0])

    hands.press(page.locator("#moves [data-action=start]"))
    hands.press(page.locator("#edit > summary"))
    hands.write(page.locator("#edit [name=statement]"), STATEMENT)
    hands.press(page.locator("#edit button[type=submit]"))
    expect(page.locator("h1")).to_have_text(STATEMENT)

    use_a_find(hands)
    add_a_piece(hands)
    write_the_verdict(hands)
    assert way.state(desk) == "in_review"
    compare(hands, EDITOR)
    way.reached("proposed")


def bring_in(hands: Hands, text: str) -> None:
    page = hands.page
    hands.write(page.locator("#id_text"), text)
    hands.write(page.locator("#id_url"), "https://barid.example/kremlin")
    hands.tab_to(page.locator("#id_published_on"))
    page.keyboard.type("07262024")
    expect(page.locator("#id_published_on")).to_have_value("2024-07-26")
    hands.write(page.locator("#id_outlet"), "بريد الشام")
    hands.write(page.locator("#id_title"), text.splitlines()[0])
    hands.press(page.locator("form.intake button.main"))
    # Nobody presses anything until it is split.
    expect(page.locator("#claims > li").first).to_be_visible(timeout=30_000)
    expect(page.locator("#sheet .split-note")).to_have_count(0)


def use_a_find(hands: Hands) -> None:
    page = hands.page
    asked = pages.source(page, "wikipedia")
    expect(asked).to_have_attribute("data-state", "answered", timeout=40_000)
    hands.press(asked.locator(".hits > summary"))
    expect(asked.locator(".hit a.st").first).to_have_text("العلاقات السورية التركية")
    hands.press(asked.locator(".hit form[data-use] button").first)
    form = page.locator("#evidence-form")
    expect(form.locator("[name=title]")).to_have_value("العلاقات السورية التركية")
    hands.press(form.locator("label:has([name=relation][value=context])"))
    hands.press(form.locator("button.main"))
    expect(form).to_have_count(0)
    expect(page.locator("#evidence article.ev")).to_have_count(1)


def add_a_piece(hands: Hands) -> None:
    page = hands.page
    hands.press(page.locator("#evidence a[href*='?add']"))
    form = page.locator("#evidence-form")
    for name in ("url", "title", "publisher", "quote"):
        hands.write(form.locator(f"[name={name}]"), EVIDENCE[name])
    hands.press(form.locator(f"label:has([name=relation][value={EVIDENCE['relation']}])"))
    hands.press(form.locator("label:has([name=primary])"))
    hands.write(form.locator("[name=independence_group]"), EVIDENCE["independence_group"])
    hands.press(form.locator("button.main"))
    expect(form).to_have_count(0)
    expect(page.locator("#evidence article.ev")).to_have_count(2)


def write_the_verdict(hands: Hands) -> None:
    page = hands.page
    form = page.locator("#verdict form")
    hands.press(form.locator(f".rate label:has([value={FIRST_DRAFT['rating']}])"))
    hands.write(form.locator("[name=summary]"), FIRST_DRAFT["summary"])
    hands.write(form.locator("[name=explanation]"), FIRST_DRAFT["explanation"])
    hands.press(form.locator("button[data-action=propose]"))
    expect(page.locator("#verdict form")).to_have_count(0)


def test_a_reviewer_looks_at_every_standard_and_approves_it(
    people: People, desk: Desk, way: Way
) -> None:
    way.after("proposed")
    hands = Hands(people.reviewer)
    page = hands.page
    hands.press(the_claim(page, way))
    page.wait_for_url("**/review/")
    expect(page.locator("main")).to_contain_text(FIRST_DRAFT["summary"])
    standards = page.locator("input[name=vouches]")
    expect(standards).to_have_count(5)
    for number in range(5):
        expect(standards.nth(number)).not_to_be_checked()
        hands.press(page.locator(".vouch label").nth(number))
        expect(standards.nth(number)).to_be_checked()
    expect(page.locator("#say .todo")).to_have_count(0)
    hands.press(page.locator("button[data-action=approve]"))
    page.wait_for_url("**/desk/review/")
    assert way.state(desk) == "approved"
    compare(hands, REVIEWER)
    way.reached("approved")


def test_a_publisher_looks_at_the_preview_and_publishes_it(
    people: People, desk: Desk, way: Way
) -> None:
    way.after("approved")
    hands = Hands(people.publisher)
    page = hands.page
    hands.press(the_claim(page, way))
    page.wait_for_url("**/preview/")
    inside = page.frame_locator("iframe[data-preview]")
    expect(inside.locator("h1")).to_contain_text(STATEMENT)
    expect(inside.locator("main")).to_contain_text(FIRST_DRAFT["summary"])
    hands.press(page.locator(".decide a.main"))
    page.wait_for_url("**/publish/")
    hands.press(page.locator("button[data-action=publish]"))
    page.wait_for_url("**/desk/publishing/")
    assert way.state(desk) == "published"
    compare(hands, PUBLISHER)
    assert people.reader.go("/").get_by_text(STATEMENT).count() > 0


def the_claim(page: Page, way: Way) -> Locator:
    """What waits on the Today page."""
    return page.locator(f"#today-waiting a.st[href^='{way.claim_path}']")
