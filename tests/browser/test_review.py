"""One verdict through review, in Arabic and on a telephone: sent back by parts, rated without knowing
the proposal, looked at point by point, approved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.people import Desk, People, overflow

pytestmark = pytest.mark.browser

TELEPHONE, WIDE = {"width": 360, "height": 780}, {"width": 1360, "height": 900}
# What the issue allows a reviewer from Today to the approval, a blind rating included.
PRESSES = 12


@pytest.fixture(scope="module")
def desk(own_desk: Desk) -> Desk:
    """A desk of its own: others look at the verdict that is in review at the shared one."""
    return own_desk


@pytest.fixture
def people(people_there: People) -> People:
    return people_there


@pytest.fixture(scope="module")
def claim(desk: Desk) -> str:
    number = desk.value("SELECT id FROM claims_claim WHERE state = 'in_review'")
    return f"/desk/claims/claim/{number}/"


def state(desk: Desk, claim: str) -> str:
    number = int(claim.rstrip("/").rpartition("/")[2])
    found: str = desk.value("SELECT state FROM claims_claim WHERE id = ?", number)
    return found


def is_clear_of_the_bar(page: Page, control: Locator) -> bool:
    """Whether a control that has the focus can be seen whole, above the bar at the foot."""
    control.focus()
    box, bar = control.bounding_box(), page.locator(".decide").bounding_box()
    assert box is not None
    assert bar is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= bar["y"] + 1


def test_a_verdict_goes_back_by_its_parts_and_its_author_reads_that_first(
    people: People, desk: Desk, claim: str
) -> None:
    page = people.administrator.go("/desk/claims/policy/1/change/")
    page.locator("[name=blind_rating]").check()
    page.locator("[name=_save]").click()
    assert desk.value("SELECT blind_rating FROM claims_policy") == 1

    page = people.reviewer.go(f"{claim}review/")
    expect(page.locator("#back")).to_be_hidden()
    page.locator("a[data-action=send_back]").click()
    expect(page.locator("#back-reason")).to_be_focused()
    page.locator("#back label:has([value=dates_right])").click()
    page.locator("#back label:has([value='evidence 2'])").click()
    page.locator("#back-reason").fill("اذكر اليوم الذي صدر فيه الجدول.")
    people.reviewer.photograph("review-send-back")
    page.locator("[data-do=send_back]").click()
    page.wait_for_url("**/desk/review/")

    page = people.editor.go(f"{claim}change/")
    back = page.locator("#sent-back")
    expect(back).to_contain_text("اذكر اليوم الذي صدر فيه الجدول.")
    for later in ("#evidence", "#verdict"):
        assert back.bounding_box()["y"] < page.locator(later).bounding_box()["y"]  # type: ignore[index]
    people.editor.photograph("review-sent-back-to-author")
    page.locator("[name=explanation]").fill(
        page.locator("[name=explanation]").input_value() + "\n\nصدر الجدول في أول الشهر [1]."
    )
    page.locator("[data-action=propose]").click()
    expect(page.locator("#messages .note")).to_be_visible()
    assert state(desk, claim) == "in_review"


def test_a_blind_review_on_a_telephone_stays_under_the_presses_allowed(
    people: People, desk: Desk, claim: str
) -> None:
    person = people.reviewer
    person.page.set_viewport_size(TELEPHONE)
    page = person.go("/desk/")
    presses = 0

    def press(control: Locator) -> None:
        nonlocal presses
        control.click()
        presses += 1

    press(page.locator(f"a.st[href^='{claim}']").first)
    if "/review/" not in page.url:
        press(page.locator("[data-action~=approve]").first)
    page.wait_for_url("**/review/")
    assert person.page.locator("html").get_attribute("dir") == "rtl"
    assert overflow(page) == 0
    summary = desk.value("SELECT summary FROM claims_verdictversion ORDER BY id DESC LIMIT 1")
    assert summary not in page.content()
    assert "صدر الجدول في أول الشهر" not in page.content()
    slug = desk.value(
        "SELECT slug FROM claims_rating WHERE id = "
        "(SELECT rating_id FROM claims_verdictversion ORDER BY id DESC LIMIT 1)"
    )
    person.photograph("review-blind-360")
    press(page.locator(f".rate label:has([value='{slug}'])"))
    press(page.locator("[data-action=rate]"))

    expect(page.locator(".two-ratings")).to_be_visible()
    expect(page.locator("#h-diff")).to_be_visible()
    assert summary in page.content()
    assert overflow(page) == 0
    boxes = page.locator("input[name=vouches]")
    expect(boxes).to_have_count(5)
    for number in range(5):
        assert is_clear_of_the_bar(page, boxes.nth(number))
        press(page.locator(".vouch label").nth(number))
        expect(page.locator("#say")).not_to_be_empty()
    expect(page.locator("#say .todo")).to_have_count(0)
    page.reload()
    for number in range(5):
        expect(boxes.nth(number)).to_be_checked()
    person.photograph("review-ticked-360")
    press(page.locator("[data-action=approve]"))
    page.wait_for_url("**/desk/review/")
    assert state(desk, claim) == "approved"
    assert presses <= PRESSES
    person.page.set_viewport_size(WIDE)


def test_numbers_lead_from_the_words_to_the_evidence_and_back(people: People, claim: str) -> None:
    page = people.editor.go(f"{claim}review/")
    cite, number = page.locator("a.cite").first, page.locator("#e1 a.evn")
    cite.hover()
    expect(page.locator("#e1")).to_have_class("ev hot")
    number.focus()
    expect(page.locator("#c1")).to_have_class("cite hot")
    number.press("Enter")
    assert page.url.endswith("#c1")
    cite.press("Enter")
    assert page.url.endswith("#e1")
