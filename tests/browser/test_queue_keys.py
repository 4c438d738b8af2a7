"""The queue worked by keys alone, many claims at once, and as a board: on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.marking import bring_in
from tests.browser.people import Desk, People, overflow

pytestmark = pytest.mark.browser

ENGLISH = (
    "Ferry news\n\n"
    "The pilot office said on Monday that 2,310 ferries had crossed the strait.\n"
    "Nadia Sabbagh, its director, said that the lighthouse cost 9 million lira.\n"
    "Kemal Aydın said that 410 sailors had left the dockyard on Sunday.\n"
    "The pilot office reported that harbour fees rose by 21 percent in June.\n"
)
FERRIES, LIGHTHOUSE = "2,310 ferries", "the lighthouse cost"
SAILORS, FEES = "410 sailors", "harbour fees rose"


@pytest.fixture(scope="module")
def article(_everybody: People) -> Iterator[int]:
    editor = _everybody.editor
    yield bring_in(editor, ENGLISH, "en", "2026-07-23")
    editor.go("/desk/")
    editor.speak("ar")


def opened(people: People, query: str = "?tab=found&language=en&q=ferry news") -> Page:
    people.editor.go("/desk/")
    people.editor.speak("en")
    page = people.editor.go(f"/desk/claims/claim/{query}")
    for _attempt in range(20):  # until the worker has written the words
        if page.locator("[data-claim]").count() >= 4 or "ferry" not in query:
            break
        page.wait_for_timeout(500)
        page.reload()
    return page


def reach(page: Page, words: str) -> None:
    count = page.locator("[data-claim]").count()
    for key in ["k"] * count + ["j"] * count:
        page.keyboard.press(key)
        if words.lower() in page.locator("[data-claim] a.st:focus").inner_text().lower():
            return
    raise AssertionError(f"no claim says {words}")


def said(page: Page, words: str) -> None:
    expect(page.locator("#live[role=status]")).to_contain_text(words)


def state(desk: Desk, words: str) -> str:
    found: str = desk.value("SELECT state FROM claims_claim WHERE statement LIKE ?", f"%{words}%")
    return found


def test_j_and_k_go_through_the_list_and_enter_opens(people: People, article: int) -> None:
    page = opened(people)
    page.keyboard.press("j")
    said(page, "Claim 1: ")
    page.keyboard.press("j")
    said(page, "Claim 2: ")
    expect(page.locator("[data-claim].cur")).to_have_count(1)
    page.keyboard.press("k")
    said(page, "Claim 1: ")
    page.keyboard.press("k")
    said(page, "first claim")
    page.keyboard.press("Enter")
    page.locator("h1").wait_for()
    assert page.url.endswith("/change/")


def test_every_key_stands_in_the_help_and_typing_is_not_pressing(
    people: People, article: int
) -> None:
    page = opened(people)
    page.keyboard.press("?")
    keys = page.locator("#keys[open] kbd").all_inner_texts()
    assert keys == ["j", "k", "Enter", "x", "a", "d", "g", "u", "/", "Esc", "?"]
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("xjad")
    assert page.evaluate("document.activeElement.id") == "q"
    expect(page.locator(".box:checked")).to_have_count(0)


def test_a_accepts_the_claim_at_hand_and_u_takes_it_back(
    people: People, desk: Desk, article: int
) -> None:
    page = opened(people, "?tab=all&q=ferry news")
    page.keyboard.press("a")
    said(page, "Go to a claim first")
    reach(page, FERRIES)
    page.keyboard.press("a")
    said(page, "Done: 1 claim.")
    assert state(desk, FERRIES) == "queued"
    # The work goes on where it was.
    expect(page.locator("[data-claim] a.st:focus")).to_contain_text("ferries")
    page.keyboard.press("u")
    said(page, "Taken back: 1 claim.")
    assert state(desk, FERRIES) == "found"
    page.keyboard.press("u")
    said(page, "nothing left to undo")


def test_ticked_claims_are_dismissed_with_a_reason_and_brought_back(
    people: People, desk: Desk, article: int
) -> None:
    page = opened(people, "?tab=all&q=ferry news")
    for words in (SAILORS, FEES):
        reach(page, words)
        page.keyboard.press("x")
        said(page, "Ticked")
    expect(page.locator(".bulk")).to_be_visible()
    expect(page.locator(".bulk b")).to_contain_text("2")
    page.keyboard.press("d")
    expect(page.locator("#several-why")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("not for our readers")
    page.keyboard.press("Enter")
    said(page, "Done: 2 claims.")
    assert (state(desk, SAILORS), state(desk, FEES)) == ("dismissed", "dismissed")
    page.keyboard.press("u")
    said(page, "Taken back: 2 claims.")
    assert (state(desk, SAILORS), state(desk, FEES)) == ("found", "found")


def test_g_opens_the_people_and_the_arrows_choose(people: People, desk: Desk, article: int) -> None:
    page = opened(people)
    reach(page, LIGHTHOUSE)
    page.keyboard.press("g")
    expect(page.locator("[data-menu=assign] button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-menu=assign][open]")).to_have_count(0)
    expect(page.locator(".box:checked")).to_have_count(1)
    page.keyboard.press("g")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    said(page, "Done: 1 claim.")
    assert (
        desk.value(
            "SELECT u.username FROM claims_claim c JOIN auth_user u ON u.id = c.assignee_id "
            "WHERE c.statement LIKE ?",
            f"%{LIGHTHOUSE}%",
        )
        == "editor"
    )


def test_all_on_the_page_are_ticked_and_escape_unticks_them(people: People, article: int) -> None:
    page = opened(people)
    expect(page.locator(".bulk")).to_be_hidden()
    page.locator("#every").check()
    expect(page.locator(".bulk b")).to_contain_text("4")
    assert page.locator(".box[form=several]:checked").count() == 4
    page.locator("main").click(position={"x": 2, "y": 2})
    page.keyboard.press("Escape")
    expect(page.locator(".box:checked")).to_have_count(0)
    expect(page.locator(".bulk")).to_be_hidden()


def test_enter_in_a_field_of_a_menu_presses_its_own_button(
    people: People, desk: Desk, article: int
) -> None:
    page = opened(people)
    reach(page, FEES)
    page.keyboard.press("x")
    page.locator(".bulk summary", has_text="Topic").click()
    page.locator("#several-topic").fill("ports")
    page.locator("#several-topic").press("Enter")
    said(page, "Done: 1 claim.")
    assert (
        desk.value("SELECT topic FROM claims_claim WHERE statement LIKE ?", f"%{FEES}%") == "ports"
    )
    assert state(desk, FEES) == "found"


def test_a_filter_is_chosen_kept_and_opened_again(people: People, article: int) -> None:
    page = opened(people, "?tab=all")
    page.locator(".filters > summary").click()
    page.locator("#f-topic").select_option("ports")
    page.locator(".filters button").click()
    expect(page.locator(".chip.set")).to_contain_text("ports")
    expect(page.locator("[data-claim]")).to_have_count(1)
    page.locator("summary", has_text="Save this filter").click()
    page.locator("#name-new").fill("Ports")
    page.locator("#name-new").press("Enter")
    expect(page.locator(".tabs a[aria-current]")).to_have_text("Ports")
    page.locator("summary", has_text="Change “Ports”").click()
    page.locator("summary", has_text="Delete this filter").click()
    page.locator("button", has_text="Delete it").click()
    expect(page.locator(".tabs a", has_text="Ports")).to_have_count(0)


def test_the_board_is_worked_by_the_same_keys(people: People, desk: Desk, article: int) -> None:
    page = opened(people, "?tab=all&q=ferry news")
    reach(page, LIGHTHOUSE)
    page.keyboard.press("a")
    said(page, "Done: 1 claim.")
    page.locator(".seg a", has_text="Board").click()
    page.locator(".board").wait_for()
    page.keyboard.press("j")
    said(page, "Claim 1: ")
    reach(page, LIGHTHOUSE)
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    said(page, "Done: 1 claim.")
    assert state(desk, LIGHTHOUSE) == "dismissed"
    page.keyboard.press("u")
    said(page, "Taken back: 1 claim.")


def test_a_file_is_saved_from_the_list(people: People, article: int) -> None:
    page = opened(people)
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as download:
        page.locator("a", has_text="For a spreadsheet").click()
    assert download.value.suggested_filename.startswith("queue-")
    assert download.value.suggested_filename.endswith(".csv")


@pytest.mark.parametrize("width", [360, 1280, 1920])
@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("view", ["", "board"])
def test_nothing_is_wider_than_its_window(
    people: People, article: int, width: int, language: str, view: str
) -> None:
    person = people.editor
    person.go("/desk/")
    person.speak(language)
    page = person.page
    page.set_viewport_size({"width": width, "height": 900})
    try:
        person.go(f"/desk/claims/claim/?tab=all&view={view}")
        page.locator("[data-claim]").first.wait_for()
        page.locator(".box[form=several]").first.check()
        assert overflow(page) <= 0
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            person.photograph(f"queue-{view or 'list'}-{language}-{width}-{theme}")
    finally:
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 1360, "height": 900})
