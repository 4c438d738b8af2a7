"""Two people at one claim, each at a browser of their own: who is there, taking the verdict over, a lost
race, a session that ends while somebody types, and words that are kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.marking import bring_in
from tests.browser.people import Desk, People

pytestmark = pytest.mark.browser

ENGLISH = (
    "Pier news\n\n"
    "The pier office said on Tuesday that 2,310 boats had passed the lock.\n"
    "Nadia Haddad, its director, said that the lock cost 9 million lira.\n"
)


@pytest.fixture(scope="module")
def article(_everybody: People) -> Iterator[int]:
    yield bring_in(_everybody.editor, ENGLISH, "en", "2026-07-22")
    for person in (_everybody.editor, _everybody.reviewer):
        person.go("/desk/")
        person.speak("ar")


@pytest.fixture
def claim(desk: Desk, article: int) -> str:
    """The page of the article's first claim, whatever the tests before have left of it."""
    ((number,),) = desk.rows(
        "SELECT id FROM claims_claim WHERE article_id = ? ORDER BY id LIMIT 1", article
    )
    return f"/desk/claims/claim/{number}/change/"


@pytest.fixture
def two(people: People, claim: str) -> tuple[Page, Page]:
    pages = []
    for person in (people.editor, people.reviewer):
        person.go("/desk/")
        person.speak("en")
        pages.append(person.go(claim))
        person.page.locator("#company").wait_for(state="attached")
    return pages[0], pages[1]


def type_summary(page: Page, words: str) -> None:
    page.locator("#draft-summary").fill("")
    page.locator("#draft-summary").press_sequentially(words)


def kept(page: Page) -> None:
    expect(page.locator("#verdict [data-keeping]")).to_contain_text(
        "Kept for you at", timeout=25_000
    )


def save(page: Page) -> None:
    page.locator("#verdict button[name=then][value=save]").click()


def test_taking_over_is_asked_for_and_told_and_nothing_typed_is_lost(
    two: tuple[Page, Page],
) -> None:
    editor, reviewer = two
    expect(editor.locator("#company")).to_contain_text("has this claim open", timeout=35_000)
    type_summary(editor, "What the editor was writing")
    kept(editor)
    expect(reviewer.locator("#held")).to_contain_text(
        "is writing this verdict since", timeout=35_000
    )
    expect(reviewer.locator("#draft-summary")).to_be_disabled()
    reviewer.locator("#held summary").click()
    expect(reviewer.locator("#held")).to_contain_text("is told at once")
    reviewer.locator("[data-take-over]").click()
    expect(reviewer.locator("#messages")).to_contain_text("The verdict is yours to write")
    expect(reviewer.locator("#draft-summary")).to_be_enabled()

    expect(editor.locator("#held")).to_contain_text(
        "took the verdict over from you", timeout=20_000
    )
    expect(editor.locator("#draft-summary")).to_be_disabled()
    type_summary(reviewer, "What the reviewer wrote and saved")
    save(reviewer)
    expect(reviewer.locator("#messages")).to_contain_text("Draft saved")

    editor.reload()
    expect(editor.locator("#verdict")).to_contain_text("Somebody has saved another version since")
    expect(editor.locator(".versus-words ins").first).to_be_visible()
    expect(editor.locator("#draft-summary")).to_have_value("What the editor was writing")
    editor.locator("[data-put=both]").first.click()
    expect(editor.locator("#draft-summary")).to_have_value(
        "What the reviewer wrote and saved\n\nWhat the editor was writing"
    )
    kept(editor)
    editor.locator("button[name=then][value=save]").click()
    expect(editor.locator("#messages")).to_contain_text("Draft saved")
    expect(editor.locator("[data-typed]")).to_have_count(0)


def test_a_lost_race_shows_both_and_loses_nothing(
    people: People, two: tuple[Page, Page], claim: str
) -> None:
    editor, reviewer = two
    # Neither has heard of the other yet: both pages were opened before anybody typed.
    editor.route("**/present/", lambda route: route.fulfill(status=204))
    reviewer.route("**/present/", lambda route: route.fulfill(status=204))
    editor.goto(people.editor.desk.url + claim)
    reviewer.goto(people.reviewer.desk.url + claim)
    if reviewer.locator("#draft-summary").is_disabled():
        reviewer.locator("#held summary").click()
        reviewer.locator("[data-take-over]").click()
        editor.goto(people.editor.desk.url + claim)
        editor.locator("[data-turn]").evaluate("turn => (turn.disabled = false)")
    type_summary(reviewer, "The second summary")
    type_summary(editor, "The first summary")
    save(editor)
    expect(editor.locator("#messages")).to_contain_text("Draft saved")
    with people.reviewer.refused(409):
        save(reviewer)
        expect(reviewer.locator(".versus-words")).to_contain_text("second")
    expect(reviewer.locator(".theirs")).to_contain_text("The first summary")
    expect(reviewer.locator("#draft-summary")).to_have_value("The second summary")
    reviewer.locator("[data-drop]").click()
    expect(reviewer.locator("#draft-summary")).to_have_value("The first summary")
    for page in two:
        page.unroute("**/present/")


def test_a_session_that_ends_while_somebody_types_loses_nothing(
    people: People, two: tuple[Page, Page]
) -> None:
    editor = two[0]
    cookies = editor.context.cookies()
    editor.context.clear_cookies(name="sessionid")
    with people.editor.refused(403):
        type_summary(editor, "Typed after the session had ended")
        line = editor.locator("#verdict [data-keeping]")
        expect(line).to_contain_text("You are signed out")
        expect(line.locator("a")).to_have_attribute("target", "_blank")
        expect(editor.locator("#together-aloud")).to_contain_text("nothing is lost")
        editor.context.add_cookies(cookies)  # as signing in again in the other tab does
        kept(editor)
    save(editor)
    expect(editor.locator("#messages")).to_contain_text("Draft saved")
    expect(editor.locator("#draft-summary")).to_have_value("Typed after the session had ended")


def test_a_page_that_is_left_keeps_what_was_typed_a_moment_ago(
    people: People, two: tuple[Page, Page], claim: str
) -> None:
    editor = two[0]
    type_summary(editor, "Left in the middle of a sen")
    kept(editor)
    editor.goto(people.editor.desk.url + "/desk/")  # nothing asks: the words are kept
    editor.goto(people.editor.desk.url + claim)
    expect(editor.locator("#draft-summary")).to_have_value("Left in the middle of a sen")
    expect(editor.locator("[data-typed]")).to_contain_text("You typed this at")
    editor.locator("[data-go-on]").click()
    expect(editor.locator("[data-typed]")).to_have_count(0)
    editor.reload()
    editor.locator("[data-typed] [data-drop]").click()
    expect(editor.locator("#messages")).to_contain_text("Dropped")
    expect(editor.locator("#draft-summary")).not_to_have_value("Left in the middle of a sen")


def test_a_desk_out_of_reach_says_so_and_goes_on_trying(
    people: People, two: tuple[Page, Page]
) -> None:
    editor = two[0]
    editor.route("**/keep/**", lambda route: route.abort("internetdisconnected"))
    before = len(people.editor.complaints)
    type_summary(editor, "Typed with the desk out of reach")
    expect(editor.locator("#verdict [data-keeping]")).to_contain_text("cannot be reached")
    editor.unroute("**/keep/**")
    kept(editor)
    # What the browser itself says of the requests that were cut off.
    people.editor.complaints[before:] = [
        one for one in people.editor.complaints[before:] if "INTERNET_DISCONNECTED" not in one
    ]
    editor.reload()
    editor.locator("[data-typed] [data-drop]").click()
    expect(editor.locator("[data-typed]")).to_have_count(0)
