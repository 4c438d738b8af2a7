"""Every page in both of the desk's languages, on a wide and on a narrow screen, by keyboard.

The fixture `people` fails each of these tests on whatever the browser complains about: script
errors, the content security policy, files that are not there.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import Desk, People, Person, overflow

pytestmark = pytest.mark.browser

NARROW, WIDE = {"width": 360, "height": 780}, {"width": 1360, "height": 900}
DIRECTIONS = {"ar": "rtl", "en": "ltr"}


def _first(table: str, where: str) -> Callable[[Desk], str]:
    return lambda desk: str(
        desk.value(f"SELECT id FROM claims_{table} WHERE {where} ORDER BY id LIMIT 1")
    )


PROPOSED = _first("claim", "state = 'in_review'")
RESEARCHED = _first("claim", "state = 'researching'")
PUBLIC = _first("claim", "state IN ('published', 'retracted')")
ARTICLE = _first("article", "split_state = 'done'")

PAGES = {
    "today": ("/desk/", None),
    "figures": ("/desk/figures/", None),
    "dossier": ("/desk/claims/claim/{}/dossier/", PUBLIC),
    "queue": ("/desk/claims/claim/", None),
    "articles": ("/desk/articles/", None),
    "new article": ("/desk/articles/new/", None),
    "article": ("/desk/articles/{}/", ARTICLE),
    "adding a claim": ("/desk/articles/{}/?add", ARTICLE),
    "claim in research": ("/desk/claims/claim/{}/change/", RESEARCHED),
    "evidence form": ("/desk/claims/claim/{}/change/?add", RESEARCHED),
    "public claim": ("/desk/claims/claim/{}/change/", PUBLIC),
    "reviews": ("/desk/review/", None),
    "review": ("/desk/claims/claim/{}/review/", PROPOSED),
    "publishing": ("/desk/publishing/", None),
    "preview": ("/desk/claims/claim/{}/preview/", PUBLIC),
    "retraction": ("/desk/claims/claim/{}/retract/", PUBLIC),
    "password": ("/desk/password_change/", None),
    "news": ("/desk/news/", None),
    "own settings": ("/desk/settings/", None),
    "rules": ("/desk/rules/", None),
    "new rule": ("/desk/rules/new/", None),
}


def address(desk: Desk, name: str) -> str:
    pattern, of = PAGES[name]
    return pattern.format(of(desk)) if of else pattern


@pytest.fixture
def publisher(people: People) -> Person:
    """Sees every page of the desk but the administration."""
    return people.publisher


def check(page: Page, language: str, direction: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_attribute("dir", direction)
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert overflow(page) <= 0, f"{page.url} scrolls sideways at {size['width']} px"
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_of_the_desk_fits_its_screen_and_speaks_its_language(
    publisher: Person, desk: Desk, language: str
) -> None:
    publisher.go("/desk/")
    publisher.speak(language)
    for name in PAGES:
        check(publisher.go(address(desk, name)), language, DIRECTIONS[language])


def test_the_administration_fits_its_screen(people: People) -> None:
    for path in ("administration/", "claims/outlet/", "claims/rating/1/change/", "auth/user/"):
        check(people.administrator.go(f"/desk/{path}"), "ar", "rtl")


@pytest.mark.parametrize("language", ["ar", "tr", "en"])
def test_every_public_page_fits_its_screen_and_speaks_its_language(
    people: People, language: str
) -> None:
    prefix = "" if language == "ar" else f"/{language}"
    for path in ("/", "/v/1", "/corrections", "/methodology", "/feeds"):
        check(people.reader.go(prefix + path), language, DIRECTIONS.get(language, "ltr"))


def test_the_first_tab_leads_to_the_content_and_the_next_into_the_sections(
    publisher: Person,
) -> None:
    page = publisher.go("/desk/claims/claim/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("a.brand")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("nav.nav a").first).to_be_focused()
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_control_of_the_claim_page_can_be_reached_by_tab(people: People, desk: Desk) -> None:
    page = people.editor.go(address(desk, "claim in research"))
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
            .filter((element) => element.checkVisibility({visibilityProperty: true}))
            .filter((element) => element.type !== "hidden" && !element.disabled)
            .filter((element) => element.type !== "radio")
            .map((element, number) => (element.dataset.seen = number)).length"""
    )
    reached = set()
    for _press in range(wanted + 20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.dataset.seen ?? ''"))
    assert wanted > 20
    assert len(reached - {""}) == wanted


def test_a_question_mark_opens_the_keys_and_a_slash_the_search(people: People, desk: Desk) -> None:
    page = people.editor.go(address(desk, "claim in research"))
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog#keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#q-top")).to_be_focused()
    page.keyboard.type("?")
    expect(page.locator("#q-top")).to_have_value("?")


def test_what_is_wrong_with_a_form_is_tied_to_its_field(people: People) -> None:
    person = people.editor
    page = person.go("/desk/articles/new/")
    with person.refused(422):
        page.locator("form.intake button.main").click()
        expect(page.locator("#id_text")).to_have_attribute("aria-invalid", "true")
    described_by = page.locator("#id_text").get_attribute("aria-describedby") or ""
    said = page.locator(", ".join(f"#{name}" for name in described_by.split()))
    expect(said.first).to_be_visible()
    check(page, "ar", "rtl")
