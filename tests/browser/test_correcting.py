"""Words are selected in the article, and what is stored is the article's own slice.

The article has what offsets stumble over: a character beyond the basic plane, a no-break space,
direction marks that are shown, two line breaks, a claim that is marked and numbered already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import pages
from tests.browser.marking import SELECT, bring_in, positions
from tests.browser.people import Desk, People, overflow

pytestmark = pytest.mark.browser

ENGLISH = (
    "\U0001f6a2 Harbour news\r\n\r\n"
    "The harbour office said on Monday that 1,240 lorries had crossed the bridge.\n"
    "Omar Haddad, \u2067its\u2069 director, said the bridge\u00a0\U0001f309 cost 12 million lira.\n"
    "A good morning to everybody at the quay.\n"
)
ARABIC = (
    "أخبار المرفأ \U0001f6a2\n"
    "قالت إدارة المرفأ إن عدد الشاحنات بلغ 1240 شاحنة يوم الإثنين.\n"
    "وذكر المدير\u200f عمر حداد أن كلفة الجسر\u00a0بلغت 12 مليون ليرة.\n"
    "صباح الخير لكل من على الرصيف.\n"
)


@pytest.fixture(scope="module")
def articles(_everybody: People) -> Iterator[dict[str, int]]:
    """One article in each language, split by the real worker."""
    editor = _everybody.editor
    yield {
        "en": bring_in(editor, ENGLISH, "en", "2026-07-22"),
        "ar": bring_in(editor, ARABIC, "ar", "2026-07-22"),
    }
    # The next file finds the editor's desk in the language it comes in.
    editor.go("/desk/")
    editor.speak("ar")


def open_forms(page: Page, words: str) -> None:
    """The correcting forms of the claim that begins with these words."""
    begins = page.locator("a.st", has_text=re.compile(rf"^\s*{re.escape(words)}"))
    entry = page.locator("#claims > li", has=begins)
    entry.locator("a[href*='correct=']").click()
    expect(page.locator("textarea#words")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "words", "claimant"),
    [
        ("en", "bridge\u00a0\U0001f309 cost 12", "Omar Haddad"),
        ("ar", "كلفة الجسر\u00a0بلغت 12 مليون", "عمر حداد"),
    ],
)
def test_a_missed_claim_is_added_by_selecting_its_words(
    people: People, desk: Desk, articles: dict[str, int], language: str, words: str, claimant: str
) -> None:
    people.editor.speak(language)
    page = people.editor.go(f"/desk/articles/{articles[language]}/")
    page.locator("a[data-add]").click()
    expect(page.locator("textarea#words")).to_have_value("")
    page.evaluate(SELECT, words)
    expect(page.locator("textarea#words")).to_have_value(words)
    page.locator("#by").fill(claimant)
    page.locator("#kind").select_option("quantity")
    assert overflow(page) <= 0
    page.locator("form[action*='/add/'] button.main").click()
    expect(page.locator("form[action*='/add/']")).to_have_count(0)
    text = desk.value("SELECT text FROM claims_article WHERE id = ?", articles[language])
    start = text.index(words)
    assert positions(desk, articles[language])[words] == (
        start, start + len(words), "asserts", claimant,
    )  # fmt: skip


def test_what_is_selected_before_the_form_is_open_is_taken_over(
    people: People, articles: dict[str, int]
) -> None:
    people.editor.speak("en")
    page = people.editor.go(f"/desk/articles/{articles['en']}/")
    page.evaluate(SELECT, "A good morning to everybody")
    page.locator("a[data-add]").click()
    expect(page.locator("textarea#words")).to_have_value("A good morning to everybody")


@pytest.mark.parametrize(
    ("language", "found", "words"),
    [
        ("en", "1,240 lorries", "1,240 lorries had crossed"),
        ("ar", "عدد الشاحنات بلغ", "عدد الشاحنات بلغ 1240 شاحنة"),
    ],
)
def test_a_claim_is_marked_anew_by_selecting_text(
    people: People, desk: Desk, articles: dict[str, int], language: str, found: str, words: str
) -> None:
    people.editor.speak(language)
    page = people.editor.go(f"/desk/articles/{articles[language]}/")
    open_forms(page, found)
    page.evaluate(SELECT, words)
    expect(page.locator("textarea#words")).to_have_value(words)
    assert overflow(page) <= 0
    page.locator("form[action*='/respan/'] button.main").click()
    expect(page.locator("form[action*='/respan/']")).to_have_count(0)
    assert words in positions(desk, articles[language])
    assert words in pages.marked_words(page)


def test_a_selection_over_two_paragraphs_keeps_the_line_break_of_the_text(
    people: People, desk: Desk, articles: dict[str, int]
) -> None:
    people.editor.speak("en")
    page = people.editor.go(f"/desk/articles/{articles['en']}/?add")
    page.evaluate(
        SELECT, "12 million lira.A good morning to everybody"
    )  # the page has no line breaks between its paragraphs
    expect(page.locator("textarea#words")).to_have_value(
        "12 million lira.\nA good morning to everybody"
    )
    page.locator("form[action*='/add/'] button.main").click()
    expect(page.locator("form[action*='/add/']")).to_have_count(0)
    assert "12 million lira.\nA good morning to everybody" in positions(desk, articles["en"])


def test_by_keyboard_alone_the_words_are_typed_and_the_cut_is_chosen_with_the_arrows(
    people: People, desk: Desk, articles: dict[str, int]
) -> None:
    people.editor.speak("en")
    page = people.editor.go(f"/desk/articles/{articles['en']}/?add")
    page.locator("textarea#words").focus()
    page.keyboard.type("everybody at the quay")
    page.locator("#stance").focus()
    page.keyboard.press("Tab")
    page.locator("form[action*='/add/'] button.main").press("Enter")
    expect(page.locator("form[action*='/add/']")).to_have_count(0)
    assert "everybody at the quay" in positions(desk, articles["en"])

    open_forms(page, "Everybody at the quay")
    first = page.locator(".cut input").first
    first.press("Space")
    expect(first).to_be_checked()
    first.press("ArrowRight")
    expect(page.locator(".cut input").nth(1)).to_be_checked()
    page.locator("form[action*='/cut/'] button").press("Enter")
    expect(page.locator("form[action*='/cut/']")).to_have_count(0)
    halves = positions(desk, articles["en"])
    assert {"everybody at", "the quay"} <= set(halves)
    assert "everybody at the quay" not in halves


def test_words_the_article_does_not_say_are_refused_beside_the_form(
    people: People, articles: dict[str, int]
) -> None:
    people.editor.speak("en")
    page = people.editor.go(f"/desk/articles/{articles['en']}/?add")
    page.locator("textarea#words").fill("nobody <b>said</b> this")
    with people.editor.refused(422):
        page.locator("form[action*='/add/'] button.main").click()
        expect(page.locator("form[action*='/add/'] [role=alert]")).to_contain_text(
            "The article does not say “nobody <b>said</b> this”."
        )
    expect(page.locator("textarea#words")).to_have_value("nobody <b>said</b> this")


def test_two_claims_are_merged_and_the_merge_is_undone(
    people: People, desk: Desk, articles: dict[str, int]
) -> None:
    people.editor.speak("en")
    page = people.editor.go(f"/desk/articles/{articles['en']}/")
    before = positions(desk, articles["en"])
    open_forms(page, "Everybody at")
    value = page.locator("#into option", has_text="lorries").first.get_attribute("value")
    page.locator("#into").select_option(value)
    page.locator("form[action*='/merge/'] button").click()
    expect(page.locator(".gone")).to_have_count(1)
    page.locator(".gone button").click()
    expect(page.locator(".gone")).to_have_count(0)
    assert positions(desk, articles["en"]) == before
