"""Colleagues talk about a claim on its page: on selected words, about who was asked, with an expert."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.browser.people import Desk, People, overflow
from tests.browser.way import Way

pytestmark = pytest.mark.browser

ARTICLE = (
    "جسر النهر\n"
    "قالت بلدية النهر إن الجسر الجديد سيفتح في ديسمبر 2026، وإن كلفته بلغت 12 مليون ليرة."
)
SELECT = """([selector, words]) => {
    const root = document.querySelector(selector);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + words.length);
        document.getSelection().removeAllRanges();
        document.getSelection().addRange(range);
        return;
    }
    throw new Error("not there: " + words);
}"""


def to_the_claim(people: People, way: Way, who: str = "editor") -> Page:
    person = getattr(people, who)
    person.speak("en")
    page: Page = person.go(f"{way.claim_path}change/")
    return page


def test_words_of_the_statement_are_selected_and_commented_on(people: People, way: Way) -> None:
    page = people.editor.go("/desk/articles/new/")
    pages.paste(page, ARTICLE, published_on="2026-11-20")
    page.wait_for_url("**/desk/articles/*/")
    claim = page.locator("#claims a.st").first
    expect(claim).to_be_visible(timeout=30_000)
    claim.click()
    page.wait_for_url("**/change/")
    way.claim = int(page.url.split("/claim/")[1].split("/")[0])
    page = to_the_claim(people, way)
    expect(page.locator("#on-words")).to_be_hidden()
    page.evaluate(SELECT, ["h1 [data-anchor=statement]", "ديسمبر"])
    page.locator("#on-words").click()
    form = page.locator("#comment-form")
    expect(form.locator("[data-chip-quote]")).to_have_text("ديسمبر")
    expect(form.locator("[name=text]")).to_be_focused()
    page.keyboard.type("Which year? @rev")
    expect(page.locator("#at-list [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(form.locator("[name=text]")).to_have_value("Which year? @reviewer ")
    form.locator("button[type=submit]").click()
    thread = page.locator("#threads .thread")
    expect(thread).to_have_count(1)
    expect(thread).to_contain_text("Which year?")
    expect(thread.locator("b.at")).to_have_count(1)
    expect(page.locator("#comments-n")).to_have_text("1 open")
    expect(form.locator("[name=text]")).to_have_value("")
    expect(form.locator("[name=text]")).to_be_focused()
    expect(form.locator("[data-chip]")).to_be_hidden()
    way.reached("commented")


def test_a_comment_on_unsaved_words_of_the_explanation_leads_back_to_them(
    people: People, way: Way
) -> None:
    way.after("commented")
    page = to_the_claim(people, way)
    page.locator("#moves [data-action=accept]").click()
    expect(page.locator("#draft-explanation")).to_be_visible()
    area = page.locator("#draft-explanation")
    area.fill("The bridge opens in December. Nobody has seen the contract.")
    area.evaluate("area => { area.focus(); area.setSelectionRange(30, 43); }")
    page.keyboard.press("Control+Alt+KeyM")
    form = page.locator("#comment-form")
    expect(form.locator("[data-chip-quote]")).to_have_text("Nobody has se")
    form.locator("[name=text]").fill("Who says so?")
    form.locator("button[type=submit]").click()
    expect(page.locator("#threads .thread")).to_have_count(2)
    # The draft was not saved, so the words stand nowhere yet; what was typed is still there.
    expect(area).to_have_value("The bridge opens in December. Nobody has seen the contract.")
    page.locator("#verdict button[value=save]").click()
    page.wait_for_load_state()
    back = page.locator("#threads .thread").nth(1).locator("[data-to-words]")
    back.click()
    expect(area).to_be_focused()
    chosen = area.evaluate("a => a.value.slice(a.selectionStart, a.selectionEnd)")
    assert chosen == "Nobody has se"
    way.reached("drafted")


def test_a_colleague_answers_and_resolves_and_half_a_comment_stays(
    people: People, way: Way
) -> None:
    way.after("drafted")
    page = to_the_claim(people, way, "reviewer")
    page.locator("#comment-text").fill("Half a thought")
    thread = page.locator("#threads .thread").first
    thread.locator(".answer > summary").click()
    thread.locator(".answer textarea").fill("2026, the mayor said.")
    thread.locator(".answer button[type=submit]").click()
    expect(thread).to_contain_text("2026, the mayor said.")
    thread.get_by_role("button", name="Resolve").click()
    expect(thread).to_contain_text("resolved by")
    expect(page.locator("#comments-n")).to_have_text("1 open")
    expect(page.locator("#comment-text")).to_have_value("Half a thought")
    thread.get_by_role("button", name="Reopen").click()
    expect(page.locator("#comments-n")).to_have_text("2 open")
    page.locator("#comment-text").fill("")


def test_a_press_on_post_while_colleagues_are_offered_is_not_lost(people: People, way: Way) -> None:
    way.after("drafted")
    page = to_the_claim(people, way)
    threads = page.locator("#threads .thread")
    before = threads.count()
    page.locator("#comment-text").fill("Not @r")
    expect(page.locator("#at-list")).to_be_visible()
    people.editor.photograph("colleagues-offered")
    post = page.locator("#comment-form button[type=submit]")
    place = post.bounding_box()
    page.locator("#comment-text").blur()
    expect(page.locator("#at-list")).to_have_count(0)
    assert post.bounding_box() == place
    page.locator("#comment-text").fill("See the contract, @reviewer")
    expect(page.locator("#at-list")).to_have_count(0)
    post.click()
    expect(threads).to_have_count(before + 1)


def test_too_long_a_comment_is_refused_where_it_was_typed(people: People, way: Way) -> None:
    way.after("drafted")
    page = to_the_claim(people, way)
    page.locator("#comment-text").fill("w" * 4001)
    with people.editor.refused(422):
        page.locator("#comment-form button[type=submit]").click()
        expect(page.locator("#comment-form [role=alert]")).to_contain_text("4000 are the most")
    expect(page.locator("#comment-text")).to_have_value("w" * 4001)
    page.locator("#comment-text").fill("")
    page.evaluate("document.getElementById('comment-form').removeAttribute('data-unsaved')")


def test_somebody_is_asked_and_the_silence_is_told_in_the_explanation(
    people: People, way: Way
) -> None:
    way.after("drafted")
    page = to_the_claim(people, way)
    page.locator("#contacts .ask-next a").first.click()
    form = page.locator("#contact-form")
    whom = form.locator("[name=whom]").input_value()
    assert "النهر" in whom
    form.locator("[name=how]").fill("by telephone")
    form.locator("button[type=submit]").click()
    entry = page.locator("#contacts .contact")
    expect(entry).to_contain_text(whom)
    entry.locator("[data-insert]").click()
    area = page.locator("#draft-explanation")
    expect(area).to_have_value(re.compile(re.escape(whom)))
    entry.get_by_role("link", name=re.compile("Note the answer")).click()
    form.locator("[name=outcome]").select_option("answered")
    with people.editor.refused(422):
        form.locator("button[type=submit]").click()
        expect(form.locator("[role=alert]")).to_be_visible()
    form.locator("[name=answer]").fill("It opens in spring.")
    form.locator("button[type=submit]").click()
    expect(page.locator("#contacts .contact")).to_contain_text("It opens in spring.")
    # What was inserted is still there, and the page's other forms are not taken for stale.
    expect(area).to_have_value(re.compile(re.escape(whom)))
    page.locator("#verdict button[value=save]").click()
    expect(page.locator("#messages")).to_contain_text("Draft saved.")


def test_an_expert_reads_one_page_and_writes_once(people: People, way: Way, desk: Desk) -> None:
    way.after("drafted")
    page = to_the_claim(people, way)
    page.locator("#experts .sec a").click()
    expect(page.locator("main")).to_contain_text("What they will see is not published.")
    page.locator("[name=name]").fill("Dr Field")
    page.locator("[name=shares_draft]").check()
    page.get_by_role("button", name="Make the link").click()
    address = page.locator("#address").input_value()
    page.locator("[data-copy]").click()
    expect(page.locator(".secret [role=status]")).to_have_text("Copied.")
    path = address[address.index("/expert/") :] + "?language=en"
    read = people.reader.go(path)
    expect(read.locator("main")).to_contain_text("This is not published.")
    expect(read.locator("main")).to_contain_text("The bridge opens in December.")
    read.set_viewport_size({"width": 360, "height": 760})
    assert overflow(read) == 0
    read.set_viewport_size({"width": 1360, "height": 900})
    read.locator("#text").fill("It opens in May.")
    read.get_by_role("button", name="Send").click()
    expect(read.locator("#sent")).to_contain_text("Your comment has arrived.")
    expect(read.locator("#sent form")).to_have_count(0)
    page = to_the_claim(people, way)
    theirs = page.locator("#threads .thread", has_text="It opens in May.")
    expect(theirs).to_contain_text("outside expert")
    page.locator("#experts").get_by_role("button", name=re.compile("Revoke")).click()
    expect(page.locator("#experts")).to_contain_text("revoked")
    with people.reader.refused(404):
        people.reader.go(path)
    people.editor.speak("ar")
