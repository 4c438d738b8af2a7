"""The day of an editor, a reviewer, a publisher and an administrator, in Arabic and once more in English:
from the newcomer's tour to a corrected verdict and a verified history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import pages
from tests.browser.fixtures import everybody_at, opened, without_complaints
from tests.browser.marking import bring_in
from tests.browser.people import Desk, People, Person
from tests.browser.test_news_and_rules import wait_for_news
from tests.browser.test_talk import SELECT
from tests.browser.way import EVIDENCE, Way
from tests.processes import wait_until

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Day:
    """What is read and written on it, in its language."""

    language: str
    article: str
    name: str
    words: str
    summary: str
    explanation: str
    corrected: str


DAYS = (
    Day(
        "ar",
        "منارة الخليج\nقالت بلدية الخليج إن المنارة الجديدة كلّفت تسعة ملايين ليرة في عام 2025.",
        "المنارة",
        "المنارة",
        "كلّفت المنارة سبعة ملايين ليرة.",
        "يذكر العقد المنشور سبعة ملايين [1].",
        "كلّفت المنارة سبعة ملايين ونصف المليون.",
    ),
    Day(
        "en",
        "The lighthouse\nThe harbour office said that the new lighthouse cost 9 million lira in 2025.",
        "lighthouse",
        "lighthouse",
        "The lighthouse cost seven million lira.",
        "The published contract names seven million [1].",
        "The lighthouse cost seven and a half million lira.",
    ),
)


@pytest.fixture(params=DAYS, ids=lambda day: day.language)
def day(request: pytest.FixtureRequest) -> Day:
    found: Day = request.param
    return found


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, day: Day) -> Iterator[Desk]:
    """A desk of its own for each day: everybody is new there."""
    with opened(tmp_path_factory.mktemp(day.language)) as own:
        yield own


@pytest.fixture
def people(browser: Browser, desk: Desk) -> Iterator[People]:
    with everybody_at(desk, browser) as present:
        yield from without_complaints(present)


def test_a_whole_day(people: People, desk: Desk, day: Day) -> None:
    for person in (people.editor, people.reviewer, people.publisher, people.administrator):
        person.go("/desk/")
        person.speak(day.language)
    take_the_tour(people.editor)
    make_a_rule(people.reviewer, desk, day)
    bring_in(people.editor, day.article, day.language, "2026-10-20")
    wait_for_news(people.editor.page, f"{desk.url}/desk/news/", day.name)
    save_a_filter_and_assign(people.editor, desk, day)

    claim = desk.value("SELECT MAX(id) FROM claims_claim WHERE statement LIKE ?", f"%{day.words}%")
    way = Way(claim=claim)
    talk(people.editor, way, day)
    research(people.editor, way, day)
    go_out(people, way, desk)
    way.verdict = desk.value(
        "SELECT MAX(verdict_number) FROM claims_publication WHERE claim_id = ?", claim
    )
    answer_a_complaint(people.publisher, desk, way, day)
    correct(people, way, desk, day)
    expect(people.reader.go(f"/v/{way.verdict}").locator("header.lead")).to_contain_text(
        day.corrected
    )
    choose_figures(people.editor)
    add_a_webhook(people.administrator, desk)
    verify_the_history(people.administrator, desk)


def take_the_tour(person: Person) -> None:
    page = person.go("/desk/")
    page.locator(".tour-offer button[value=start]").click()
    steps = 1
    while page.locator("#tour a[rel=next]").count():
        page.locator("#tour a[rel=next]").click()
        page.wait_for_load_state()
        steps += 1
    assert steps == 8
    page.locator("#tour button[value=end]").click()
    page.locator("main").wait_for()
    expect(page.locator(".tour-offer")).to_have_count(0)


def make_a_rule(person: Person, desk: Desk, day: Day) -> None:
    page = person.go("/desk/rules/new/")
    page.locator("[name=name]").fill(day.name)
    page.locator("[name=words]").fill(day.words)
    editor = desk.value("SELECT id FROM auth_user WHERE username = 'editor'")
    page.locator("[name=assignee]").select_option(str(editor))
    page.locator("button[value=keep]").click()
    expect(page.locator(".ruled .aloud")).to_contain_text(day.words)


def save_a_filter_and_assign(person: Person, desk: Desk, day: Day) -> None:
    page = person.go("/desk/claims/claim/?tab=found&contested=yes")
    page.locator("details:has(#name-new) > summary").click()
    page.locator("#name-new").fill(day.name)
    page.locator("#name-new").press("Enter")
    expect(page.locator(".tabs a[aria-current]")).to_have_text(day.name)
    page = person.go("/desk/claims/claim/?tab=found")
    mine = "SELECT COUNT(*) FROM claims_claim WHERE assignee_id = (SELECT id FROM auth_user WHERE username = 'editor')"
    before = desk.value(mine)
    boxes = page.locator(".box[form=several]")
    ticked = boxes.count()
    for box in boxes.all():
        box.check()
    page.locator("[data-menu=assign] > summary").click()
    page.locator("[data-menu=assign] button").first.click()
    expect(page.locator("#live")).not_to_be_empty()
    assert ticked > 1
    assert desk.value(mine) > before


def claim_page(person: Person, way: Way) -> Page:
    return person.go(f"{way.claim_path}change/")


def talk(person: Person, way: Way, day: Day) -> None:
    page = claim_page(person, way)
    page.evaluate(SELECT, ["h1 [data-anchor=statement]", day.words])
    page.locator("#on-words").click()
    form = page.locator("#comment-form")
    expect(form.locator("[data-chip-quote]")).to_have_text(day.words)
    form.locator("[name=text]").fill(day.name)
    form.locator("button[type=submit]").click()
    expect(page.locator("#threads .thread")).to_have_count(1)
    page.locator("#contacts .ask-next a").first.click()
    page.locator("#contact-form [name=how]").fill("1")
    page.locator("#contact-form button[type=submit]").click()
    expect(page.locator("#contacts .contact")).to_have_count(1)


def research(person: Person, way: Way, day: Day) -> None:
    page = claim_page(person, way)
    page.locator("#moves [data-action=accept]").click()
    page.locator("#moves [data-action=start]").click()
    page.locator("#evidence a[href*='?add']").click()
    pages.fill_in_evidence(page, EVIDENCE)
    expect(page.locator("#evidence article.ev")).to_have_count(1)
    verdict = {"rating": "false", "summary": day.summary, "explanation": day.explanation}
    pages.write_verdict(page, verdict, then="propose")


def go_out(people: People, way: Way, desk: Desk) -> None:
    pages.approve(people.reviewer, way)
    pages.publish(people.publisher, way)
    assert way.state(desk) == "published"


def answer_a_complaint(person: Person, desk: Desk, way: Way, day: Day) -> None:
    page = person.go("/desk/complaints/enter/")
    page.locator("[name=verdict]").fill(str(way.verdict))
    page.locator("[name=text]").fill(day.corrected)
    page.locator("main form.form button.main").click()
    page.wait_for_url("**/desk/complaints/**")
    found = desk.value("SELECT MAX(id) FROM claims_complaint")
    page = person.go(f"/desk/complaints/{found}/")
    page.locator("[name=decision][value=upheld]").check()
    page.locator("#answer").fill(day.corrected)
    page.locator("form:has(#answer) button.main").click()
    expect(page.locator("#answer")).to_have_count(0)


def correct(people: People, way: Way, desk: Desk, day: Day) -> None:
    page = people.publisher.go(f"{way.claim_path}correct/")
    page.locator("[name=kind][value=correction]").check()
    page.locator("#reason").fill(day.corrected)
    page.locator("button[data-action=correct]").click()
    page.wait_for_url("**/desk/publishing/")
    verdict = {"rating": "false", "summary": day.corrected, "explanation": day.explanation}
    pages.write_verdict(claim_page(people.editor, way), verdict, then="propose")
    go_out(people, way, desk)


def choose_figures(person: Person) -> None:
    page = person.go("/desk/settings/")
    page.locator("[name=digits][value=latn]").check()
    page.locator(".save button").click()
    expect(page.locator("[name=digits][value=latn]")).to_be_checked()


def add_a_webhook(person: Person, desk: Desk) -> None:
    page = person.go("/desk/webhooks/")
    page.locator("[name=name]").fill("Newsroom")
    page.locator("[name=url]").fill("https://hooks.example/verdicts")
    page.locator("form.narrow button[type=submit]").click()
    expect(page.locator("code.secret")).to_contain_text("whsec_")
    assert desk.value("SELECT COUNT(*) FROM claims_webhook WHERE active") == 1


def verify_the_history(person: Person, desk: Desk) -> None:
    page = person.go("/desk/claims/transition/")
    page.locator("form[action$='/verify/'] button").first.click()
    whole = "SELECT COUNT(*) FROM claims_audit WHERE ended_at IS NOT NULL AND broken IS NULL AND NOT cancelled"
    wait_until(lambda: desk.value(whole), within=40, what="the history is verified")
