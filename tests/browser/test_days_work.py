"""The whole day's work of an administrator, an editor and a reviewer, in Arabic and once more in English:
from the newcomers' tour to an approved verdict. test_days_work_public.py goes on with it.

The tests of one language are one story and run in their order; a step that finds the day broken off
before it is skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import pages
from tests.browser.day_at_the_desk import NEW, PASSWORD, approve, propose, rate, waits_today
from tests.browser.days import Day
from tests.browser.fixtures import without_complaints
from tests.browser.marking import bring_in
from tests.browser.people import Desk, People
from tests.browser.test_news_and_rules import wait_for_news
from tests.browser.test_talk import SELECT
from tests.browser.way import EVIDENCE, Way
from tests.processes import wait_until
from tests.standins import receiver
from tests.standins.receiver import Receiver

pytestmark = pytest.mark.browser

# The desk asks for two that do not depend on one another.
SECOND = {
    **EVIDENCE,
    "url": "https://ledger.example/2025",
    "independence_group": "ledger",
    "primary": False,
}


@pytest.fixture
def desk(days_desk: Desk) -> Desk:
    return days_desk


@pytest.fixture
def newsroom(days_newsroom: Receiver) -> Receiver:
    return days_newsroom


@pytest.fixture
def way(days_way: Way) -> Way:
    return days_way


@pytest.fixture
def people(days_people: People) -> Iterator[People]:
    yield from without_complaints(days_people)


# ── Morning ───────────────────────────────────────────────────────────────────────────────────


def test_newcomers_take_the_tour_or_wave_it_away(people: People, day: Day, way: Way) -> None:
    for person in (people.administrator, people.reviewer, people.publisher):
        page = person.go("/desk/")
        person.speak(day.language)
        offer = page.locator(".tour-offer")
        expect(offer).to_be_visible()
        offer.locator("button[value=end]").click()
        expect(offer).to_have_count(0)
    page = people.editor.go("/desk/")
    people.editor.speak(day.language)
    page.locator(".tour-offer button[value=start]").click()
    seen = []
    while not seen or page.locator("#tour a[rel=next]").count():
        if seen:
            page.locator("#tour a[rel=next]").click()
        expect(page.locator("#tour-h")).not_to_have_text(seen[-1] if seen else "")
        seen.append(page.locator("#tour-h").inner_text())
    assert len(seen) == len(set(seen)) == 8
    page.locator("#tour button[value=end]").click()
    page.wait_for_url("**/desk/")
    expect(page.locator(".tour-offer")).to_have_count(0)
    way.reached("toured")


def test_the_administrator_takes_somebody_in_as_a_reviewer(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("toured")
    page = people.administrator.go("/desk/auth/user/add/")
    page.locator("[name=username]").fill(NEW)
    for name in ("password1", "password2"):
        page.locator(f"[name={name}]").fill(PASSWORD)
    role = desk.value("SELECT id FROM auth_group WHERE name = 'Reviewer'")
    page.locator(f"[name=groups][value='{role}']").check()
    page.locator("[name=_save]").click()
    page.wait_for_url("**/auth/user/*/change/")
    new = people.join(NEW, PASSWORD)
    new.speak(day.language)
    expect(new.go("/desk/review/").locator(".tabs")).to_be_visible()
    way.reached("staffed")


def test_the_administrator_asks_for_blind_ratings_and_tells_a_newsroom(
    people: People, desk: Desk, newsroom: Receiver, way: Way
) -> None:
    way.after("staffed")
    page = people.administrator.go("/desk/claims/policy/1/change/")
    page.locator("[name=blind_rating]").check()
    page.locator("[name=_save]").click()
    wait_until(
        lambda: desk.value("SELECT blind_rating FROM claims_policy") == 1,
        within=60,
        what="the policy is saved",
    )
    page = people.administrator.go("/desk/webhooks/")
    page.locator("form.narrow [name=name]").fill("Newsroom")
    page.locator("form.narrow [name=url]").fill(receiver.URL)
    page.locator("form.narrow button").click()
    newsroom.secret = page.locator("code.secret").inner_text()
    page.locator(".btns a.main").click()
    expect(page.locator("#deliveries tbody tr")).to_have_count(0)
    page.locator("form[action$='/try/'] button").click()
    expect(page.locator("#deliveries tbody tr")).to_have_count(1)
    expect(page.locator("#deliveries tbody svg.ok")).to_have_count(1, timeout=30_000)
    assert (len(newsroom.got), newsroom.forged) == (1, 0)
    way.reached("set up")


def test_a_reviewers_rule_sorts_what_the_editor_brings_in(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("set up")
    page = people.reviewer.go("/desk/rules/new/")
    page.locator("[name=name]").fill(day.about)
    page.locator("[name=words]").fill(day.about)
    page.locator("[name=priority]").select_option("3")
    editor = desk.value("SELECT id FROM auth_user WHERE username = 'editor'")
    page.locator("[name=assignee]").select_option(str(editor))
    page.locator("button[value=keep]").click()
    expect(page.locator(".ruled .aloud")).to_contain_text(day.about)

    way.article = bring_in(people.editor, day.article, day.language, "2026-10-20")
    wait_for_news(people.editor.page, f"{desk.url}/desk/news/", day.about)
    found = desk.rows(
        "SELECT id, priority, assignee_id FROM claims_claim WHERE article_id = ? ORDER BY id",
        way.article,
    )
    assert [row[1:] for row in found] == [(3, editor)] * 2
    way.claim = found[0][0]
    way.reached("brought in")


# ── The editor's forenoon ─────────────────────────────────────────────────────────────────────


def test_the_editor_keeps_a_filter_assigns_many_and_takes_it_back(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("brought in")
    page = people.editor.go(f"/desk/claims/claim/?tab=found&language={day.language}")
    page.locator("details:has(> summary + form #name-new) > summary").click()
    page.locator("#name-new").fill(day.about)
    page.locator("#name-new").press("Enter")
    expect(page.locator(".tabs a[aria-current]")).to_have_text(day.about)

    def mine() -> int:
        found: int = desk.value(
            "SELECT COUNT(*) FROM claims_claim WHERE assignee_id = "
            "(SELECT id FROM auth_user WHERE username = 'editor')"
        )
        return found

    before, boxes = mine(), page.locator(".box[form=several]")
    ticked = boxes.count()
    assert ticked > 2
    page.locator("#every").check()
    page.locator("[data-menu=assign] > summary").click()
    page.locator("[data-menu=assign] [value='assign:me']").click()
    expect(page.locator(".done [data-told]")).to_be_visible()
    assert mine() == before + ticked - 2  # the rule has given two already
    page.locator(".done [data-do=undo]").click()
    wait_until(lambda: mine() == before, within=60, what="it is taken back")
    way.reached("sorted")


def test_the_editor_accepts_on_the_board_and_saves_the_list_as_a_file(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("sorted")
    page = people.editor.go(f"/desk/claims/claim/?tab=found&q={day.about}&view=board")
    card = page.locator(f".board [data-claim='{way.claim}']")
    card.locator(".box").check()
    page.locator("#several [data-do=accept]").click()
    expect(page.locator(".done [data-told]")).to_be_visible()
    assert way.state(desk) == "queued"
    page.locator(".folio details.drop > summary").click()
    with page.expect_download() as saved:
        page.locator(".folio a[href*='as=csv']").click()
    text = Path(saved.value.path()).read_bytes().decode("utf-8")
    assert text.startswith("\ufeff")
    assert day.about in text
    way.reached("accepted")


def test_the_editor_asks_a_colleague_and_the_party(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("accepted")
    page = people.editor.go(f"{way.claim_path}change/")
    page.evaluate(SELECT, ["h1 [data-anchor=statement]", day.about])
    page.locator("#on-words").click()
    form = page.locator("#comment-form")
    expect(form.locator("[data-chip-quote]")).to_have_text(day.about)
    form.locator("[name=text]").fill(day.question)
    form.locator("button[type=submit]").click()
    expect(page.locator("#threads .thread")).to_have_count(1)

    page.locator("#contacts .ask-next a").first.click()
    letter = page.locator("#contact-form")
    expect(letter.locator("[name=whom]")).to_have_value(day.parties[0])
    letter.locator("[name=how]").fill(day.contact)
    letter.locator("button[type=submit]").click()
    entry = page.locator("#contacts .contact")
    expect(entry).to_have_count(1)
    entry.locator(".btns a").first.click()
    letter.locator("[name=outcome]").select_option("answered")
    letter.locator("[name=answer]").fill(day.answer)
    letter.locator("button[type=submit]").click()
    expect(entry).to_contain_text(day.answer)
    wait_for_news(people.reviewer.page, f"{desk.url}/desk/news/", day.about)
    way.reached("asked")


def test_an_outside_expert_reads_the_claim_and_writes_once(
    people: People, day: Day, way: Way
) -> None:
    way.after("asked")
    page = people.editor.go(f"{way.claim_path}change/")
    page.locator("#experts .sec a").click()
    page.locator("main [name=name]").fill("Dr Field")
    page.locator("main form button[type=submit]").click()
    address = page.locator("#address").input_value()
    path = f"{address[address.index('/expert/') :]}?language={day.language}"
    outside = people.reader.go(path)
    expect(outside.locator("main")).to_contain_text(day.about)
    outside.locator("#text").fill(day.expert)
    outside.locator("#sent button").click()
    expect(outside.locator("#sent form")).to_have_count(0)
    page = people.editor.go(f"{way.claim_path}change/")
    expect(page.locator("#threads .thread").nth(1)).to_contain_text(day.expert)
    page.locator("#experts form button").click()
    expect(page.locator("#experts form")).to_have_count(0)
    with people.reader.refused(404):
        people.reader.go(path)
    way.reached("advised")


def test_the_editor_chooses_evidence_and_proposes_a_verdict(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("advised")
    page = people.editor.go(f"{way.claim_path}change/")
    page.locator("#moves [data-action=start]").click()
    expect(page.locator("#moves [data-action=start]")).to_have_count(0)
    page.locator("#edit > summary").click()
    page.locator("#edit [name=statement]").fill(day.first.statement)
    page.locator("#edit button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(day.first.statement)
    for number, piece in enumerate((EVIDENCE, SECOND), 1):
        page.locator("#evidence a[href*='?add']").click()
        pages.fill_in_evidence(page, piece)
        expect(page.locator("#evidence article.ev")).to_have_count(number)
    propose(page, day.first.summary, day.first.explanation)
    assert way.state(desk) == "in_review"
    way.reached("proposed")


# ── Other eyes ────────────────────────────────────────────────────────────────────────────────


def test_the_reviewer_rates_it_unseen_and_sends_it_back(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("proposed")
    page = people.reviewer.go("/desk/")
    waits_today(page, way).click()
    page.wait_for_url("**/review/")
    assert day.first.summary not in page.content()
    rate(page)
    expect(page.locator("main")).to_contain_text(day.first.summary)
    thread = page.locator("#threads .thread").first
    thread.locator(".answer > summary").click()
    thread.locator(".answer textarea").fill("2024")
    thread.locator(".answer button[type=submit]").click()
    expect(thread).to_contain_text("2024")
    page.locator("a[data-action=send_back]").click()
    page.locator("#back label:has([value=both_sides])").click()
    page.locator("#back-reason").fill(day.sent_back)
    page.locator("[data-do=send_back]").click()
    page.wait_for_url("**/desk/review/")
    assert way.state(desk) == "researching"
    way.reached("sent back")


def test_the_editor_reads_why_and_another_reviewer_approves(
    people: People, desk: Desk, day: Day, way: Way
) -> None:
    way.after("sent back")
    page = people.editor.go("/desk/")
    expect(page.locator("#today-waiting")).to_contain_text(day.sent_back)
    waits_today(page, way).click()
    expect(page.locator("#sent-back")).to_contain_text(day.sent_back)
    propose(page, day.second, day.first.explanation)
    page = people.join(NEW, PASSWORD).go("/desk/")
    waits_today(page, way).click()
    rate(page)
    approve(page)
    assert way.state(desk) == "approved"
    way.reached("approved")
