"""The article's page worked by keys alone: every decision and every correction, told aloud."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.marking import SELECT, bring_in, positions
from tests.browser.people import Desk, People

pytestmark = pytest.mark.browser

ENGLISH = (
    "Quay news\n\n"
    "The quay office said on Monday that 1,240 lorries had crossed the bridge.\n"
    "Omar Haddad, its director, said that the pier cost 12 million lira.\n"
    "Selma Kaya said that 300 ferries had left the harbour on Sunday.\n"
    "The harbour office reported that fuel prices rose by 14 percent in June.\n"
    "Who will pay for the new quay at the end of the year?\n"
)
LORRIES, PIER = "1,240 lorries had crossed the bridge", "the pier cost 12 million lira"
FERRIES = "300 ferries had left the harbour on Sunday"


@pytest.fixture(scope="module")
def article(_everybody: People) -> Iterator[int]:
    editor = _everybody.editor
    yield bring_in(editor, ENGLISH, "en", "2026-07-22")
    editor.go("/desk/")
    editor.speak("ar")


def opened(people: People, article: int, query: str = "") -> Page:
    people.editor.go("/desk/")
    people.editor.speak("en")
    page = people.editor.go(f"/desk/articles/{article}/{query}")
    page.locator("#claims > li").first.wait_for()
    return page


def reach(page: Page, words: str) -> None:
    """Press k up to the first claim, then j until the one that begins with these words is there."""
    count = page.locator("#claims > li").count()
    for key in ["k"] * count + ["j"] * count:
        page.keyboard.press(key)
        if page.locator("#claims > li:focus a.st").inner_text().strip().startswith(words):
            return
    raise AssertionError(f"no claim says {words}")


def said(page: Page, words: str) -> None:
    expect(page.locator("#live[role=status]")).to_contain_text(words)


def states(desk: Desk, article: int) -> dict[str, str]:
    return dict(
        desk.rows("SELECT statement, state FROM claims_claim WHERE article_id = ?", article)
    )


def test_j_and_k_go_through_the_claims_and_mark_who_says_it(people: People, article: int) -> None:
    page = opened(people, article)
    page.keyboard.press("j")
    said(page, "Claim 1: ")
    page.keyboard.press("j")
    said(page, "Claim 2: ")
    expect(page.locator("#claims > li").nth(1)).to_be_focused()
    expect(page.locator(".body mark.on")).to_contain_text(PIER)
    expect(page.locator(".body .who.of")).to_contain_text("Omar Haddad")
    expect(page.locator(".body .cue.of")).to_have_text("said")
    page.keyboard.press("k")
    said(page, "Claim 1: ")
    page.keyboard.press("k")
    said(page, "first claim")


def test_the_pointer_lights_up_who_says_what_it_rests_on(people: People, article: int) -> None:
    page = opened(people, article)
    page.locator(".body mark", has_text=FERRIES).hover()
    expect(page.locator(".body .who.of")).to_have_text("Selma Kaya")


def test_every_key_stands_in_the_help_and_typing_is_not_pressing(
    people: People, article: int
) -> None:
    page = opened(people, article)
    page.keyboard.press("?")
    keys = page.locator("#keys[open] kbd").all_inner_texts()
    assert keys == ["j", "k", "Enter", "x", "a", "d", "m", "s", "r", "n", "u", "/", "Esc", "?"]
    page.keyboard.press("j")
    expect(page.locator("#claims > li.on")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#keys[open]")).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.type("jak")
    expect(page.locator("#claims > li.on")).to_have_count(0)
    assert page.evaluate("document.activeElement.value") == "jak"


def test_a_accepts_the_claim_and_the_focus_stays_with_it(
    people: People, desk: Desk, article: int
) -> None:
    page = opened(people, article)
    page.keyboard.press("a")
    said(page, "Go to a claim first")
    reach(page, "Fuel prices")
    page.keyboard.press("a")
    said(page, "1 claim accepted")
    expect(page.locator("#claims > li:focus a.st")).to_contain_text("Fuel prices")
    assert "queued" in states(desk, article).values()
    page.keyboard.press("a")
    said(page, "not open for this claim")


def test_the_page_stays_where_it_is_when_a_claim_is_decided_on(
    people: People, article: int
) -> None:
    page = opened(people, article)
    page.set_viewport_size({"width": 360, "height": 500})
    try:
        entry = page.locator("#claims > li", has=page.locator("[data-do=correct]")).first
        entry.locator("[data-do=correct]").focus()
        before = page.evaluate("scrollY")
        assert before > 0
        page.keyboard.press("Enter")
        expect(page.locator(".correct textarea#words")).to_be_visible()
        assert page.evaluate("scrollY") == before
    finally:
        page.set_viewport_size({"width": 1360, "height": 900})


def test_d_asks_for_a_reason_and_u_takes_the_dismissal_back(
    people: People, desk: Desk, article: int
) -> None:
    page = opened(people, article)
    reach(page, LORRIES)
    page.keyboard.press("d")
    expect(page.locator("details.dismiss[open] select")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("details.dismiss[open]")).to_have_count(0)
    page.keyboard.press("d")
    page.keyboard.press("Tab")
    page.keyboard.type("not for us")
    page.keyboard.press("Enter")
    said(page, "Dismissed")
    assert desk.value(
        "SELECT count(*) FROM claims_transition WHERE action = 'dismiss' AND reason = 'not for us'"
    )
    expect(page.locator("#claims > li:focus a.st")).to_contain_text("lorries")
    page.keyboard.press("u")
    expect(page.locator("#claims > li:focus [data-do=accept]")).to_be_visible()
    assert "dismissed" not in states(desk, article).values()


def test_m_merges_into_the_ticked_claim_and_u_undoes_it(
    people: People, desk: Desk, article: int
) -> None:
    page = opened(people, article)
    before = positions(desk, article)
    reach(page, LORRIES)
    page.keyboard.press("x")
    said(page, "Ticked")
    reach(page, FERRIES)
    page.keyboard.press("m")
    said(page, f"merged into 1 · {LORRIES}")
    page.keyboard.press("Enter")
    said(page, "Merged")
    reach(page, LORRIES)
    expect(page.locator("#claims > li:focus .gone")).to_contain_text("ferries")
    page.keyboard.press("u")
    expect(page.locator(".gone")).to_have_count(0)
    assert positions(desk, article) == before


def test_m_merges_into_the_next_claim_where_none_is_ticked(people: People, article: int) -> None:
    page = opened(people, article)
    reach(page, LORRIES)
    page.keyboard.press("m")
    said(page, "2 · The pier cost 12 million lira")
    page.keyboard.press("Escape")
    expect(page.locator("#into")).to_have_count(0)
    expect(page.locator("#claims > li:focus a.st")).to_contain_text("lorries")


def test_n_adds_what_is_selected(people: People, desk: Desk, article: int) -> None:
    page = opened(people, article)
    page.evaluate(SELECT, "pay for the new quay at the end")
    page.keyboard.press("n")
    said(page, "To be added: “pay for the new quay at the end”")
    expect(page.locator("#by")).to_be_focused()
    page.keyboard.press("Enter")
    said(page, "Added")
    assert "pay for the new quay at the end" in positions(desk, article)


def test_r_marks_what_is_selected_and_without_a_selection_words_are_typed(
    people: People, desk: Desk, article: int
) -> None:
    page = opened(people, article)
    reach(page, "Pay for")
    page.evaluate(SELECT, "will pay for the new quay at the end of the year")
    page.keyboard.press("r")
    said(page, "To be marked: “will pay for the new quay at the end of the year”")
    page.keyboard.press("Enter")
    said(page, "marked anew")
    assert "will pay for the new quay at the end of the year" in positions(desk, article)

    page.keyboard.press("r")
    expect(page.locator("textarea#words")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("pay for the new quay at the end of the year")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "marked anew")
    assert "pay for the new quay at the end of the year" in positions(desk, article)


def test_s_splits_where_the_text_was_clicked(people: People, desk: Desk, article: int) -> None:
    page = opened(people, article)
    reach(page, "Pay for")
    page.evaluate(SELECT, "at the end of")
    page.evaluate("getSelection().collapseToStart()")
    page.keyboard.press("s")
    said(page, "begins with “at”")
    page.keyboard.press("Enter")
    said(page, "Split")
    assert {"pay for the new quay", "at the end of the year"} <= set(positions(desk, article))


def test_on_an_arabic_keyboard_the_keys_lie_in_the_same_place(people: People, article: int) -> None:
    page = opened(people, article)
    page.evaluate(
        """() => document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key: "ت", code: "KeyJ", bubbles: true }))"""
    )
    said(page, "Claim 1: ")


def test_a_link_to_a_claim_leads_to_it(people: People, desk: Desk, article: int) -> None:
    claim = desk.value(
        "SELECT id FROM claims_claim WHERE article_id = ? AND statement LIKE '300 ferries%'",
        article,
    )
    page = opened(people, article, f"#claim-{claim}")
    expect(page.locator(f"#claim-{claim}.on")).to_be_visible()
    expect(page.locator(".body mark.on").first).to_contain_text("300 ferries")
