"""A claim is queued, sources answer, their pages are read, and a passage becomes evidence."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import pages
from tests.browser.people import Desk, People
from tests.browser.way import Way

pytestmark = pytest.mark.browser

ARTICLE = (
    "ميناء الرمال يكبر\n"
    "قالت الوزارة إن عدد سكان ميناء الرمال بلغ 25 ألفا عام 2023، وإن المدينة تحتاج إلى مدرسة "
    "جديدة وإلى طريق ساحلي."
)


def test_what_will_be_asked_is_shown_before_the_claim_is_accepted_and_can_be_changed(
    people: People, desk: Desk, way: Way
) -> None:
    page = people.editor.go("/desk/articles/new/")
    pages.paste(page, ARTICLE, published_on="2026-11-20")
    page.wait_for_url("**/desk/articles/*/")
    way.article = int(page.url.rstrip("/").rpartition("/")[2].partition("?")[0])
    claim = page.locator("#claims a.st").first
    expect(claim).to_be_visible(timeout=30_000)
    claim.click()
    page.wait_for_url("**/change/")
    way.claim = int(page.url.split("/claim/")[1].split("/")[0])
    asked = pages.source(page, "wikipedia")
    expect(asked).to_have_attribute("data-state", "")
    asked.locator(".words > summary").click()
    expect(asked).to_contain_text(re.compile("Wikimedia|ويكيميديا"))
    asked.locator("[name=words]").fill("ميناء الرمال")
    asked.locator(".words button[type=submit]").first.click()
    asked.locator(".words > summary").click()
    expect(asked.locator("[name=words]")).to_have_value("ميناء الرمال")
    expect(asked).to_have_attribute("data-state", "")
    read = f"SELECT COUNT(*) FROM claims_reading WHERE claim_id = {way.claim}"
    assert desk.rows(read) == [(0,)]
    way.reached("worded")


def test_the_sources_answer_and_the_passage_of_the_page_appears(
    people: People, desk: Desk, way: Way
) -> None:
    way.after("worded")
    page = people.editor.go(f"{way.claim_path}change/")
    page.locator("#moves [data-action=accept]").click()
    asked = pages.source(page, "wikipedia")
    expect(asked).to_have_attribute("data-state", "answered", timeout=40_000)
    found = page.locator("#lookups .hit.read")
    expect(found).to_have_count(1, timeout=60_000)
    expect(found).to_have_attribute("data-hint", "denies")
    expect(found.locator(".passage")).to_have_text(
        "ميناء الرمال مدينة متخيلة على الساحل، بلغ عدد سكانها 40 ألفا عام 2023."
    )
    expect(found.locator(".passage mark").first).to_have_text("ميناء")
    assert {one["srsearch"] for one in desk.wikipedia.behaviour.requests[-1:]} == {"ميناء الرمال"}
    way.reached("read")


def test_the_passage_is_chosen_as_evidence(people: People, desk: Desk, way: Way) -> None:
    way.after("read")
    page = people.editor.go(f"{way.claim_path}change/")
    page.locator("#lookups .hit.read form[data-use] button").click()
    form = page.locator("#evidence-form")
    expect(form.locator("[name=quote]")).to_have_value(
        "ميناء الرمال مدينة متخيلة على الساحل، بلغ عدد سكانها 40 ألفا عام 2023."
    )
    expect(form.locator("[name=independence_group]")).to_have_value("wiki.example")
    pages.fill_in_evidence(page, {"relation": "refutes", "primary": False})
    expect(page.locator("#evidence article.ev blockquote")).to_contain_text("40 ألفا")
    expect(page.locator("#lookups .hit.read")).to_contain_text("بين الأدلة")
