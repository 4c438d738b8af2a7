"""What goes out: a preview, a time that comes by itself, and a translation that other eyes have read."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.browser.people import Desk, People, Person

pytestmark = pytest.mark.browser

# A time is set to the minute; the sweep comes every ten seconds.
PATIENCE = 150_000


def found(desk: Desk, state: str) -> int:
    rows = desk.rows(
        "SELECT c.id FROM claims_claim AS c WHERE c.state = ? AND NOT EXISTS (SELECT 1 FROM "
        "claims_verdictversion v WHERE v.claim_id = c.id AND v.translates_id IS NOT NULL) "
        "ORDER BY c.id LIMIT 1",
        state,
    )
    if not rows:
        pytest.skip(f"the demo desk has no claim that is {state}")
    return int(rows[0][0])


def approve(reviewer: Person, desk: Desk, claim: int) -> None:
    page = reviewer.go(f"/desk/claims/claim/{claim}/review/")
    for box in page.locator("input[name=vouches]").all():
        box.check()
    page.locator("[data-action=approve]").click()
    page.wait_for_url("**/desk/review/**")
    assert desk.value("SELECT state FROM claims_claim WHERE id = ?", claim) == "approved"


def test_a_previewed_verdict_goes_out_at_its_time(people: People, desk: Desk) -> None:
    claim = found(desk, "in_review")
    approve(people.reviewer, desk, claim)
    page = people.publisher.go(f"/desk/claims/claim/{claim}/preview/")
    inside = page.frame_locator("iframe[data-preview]")
    statement = desk.value("SELECT statement FROM claims_claim WHERE id = ?", claim)
    assert inside.locator("h1").inner_text() == statement
    people.publisher.photograph("preview")
    page.locator(".decide a").click()
    page.locator("details.later > summary").click()
    at = datetime.fromisoformat(str(page.locator("#at").get_attribute("min")))
    page.locator("#at").fill(f"{at + timedelta(minutes=1):%Y-%m-%dT%H:%M}")
    page.locator("#embargo").fill("حتى المؤتمر")
    page.locator("[data-action=schedule]").click()
    page.wait_for_url("**/desk/publishing/")
    assert page.locator("#h-timed").is_visible()
    people.publisher.photograph("publishing-timed")
    reader = people.reader.go("/")
    assert reader.get_by_text(statement).count() == 0
    for _try in range(PATIENCE // 2_000):
        if desk.value("SELECT state FROM claims_claim WHERE id = ?", claim) == "published":
            break
        reader.wait_for_timeout(2_000)
    assert desk.value("SELECT state FROM claims_scheduledpublication WHERE claim_id = ?", claim) == "done"  # fmt: skip
    assert people.reader.go("/").get_by_text(statement).count() >= 1


def test_a_translation_is_written_reviewed_and_public(people: People, desk: Desk) -> None:
    claim = found(desk, "published")
    number = desk.value("SELECT MIN(verdict_number) FROM claims_publication WHERE claim_id = ?", claim)  # fmt: skip
    language, explanation = desk.rows(
        "SELECT language, explanation FROM claims_verdictversion WHERE claim_id = ? ORDER BY number DESC",
        claim,
    )[0]
    if language != "ar":
        pytest.skip("the demo desk's verdict is not in Arabic")
    room = f"/desk/claims/claim/{claim}/translations/en/"
    page = people.editor.go(room)
    page.locator("#tr-statement").fill("They will meet, it is said.")
    page.locator("#tr-summary").fill("They did not meet.")
    page.locator("#tr-explanation").fill(f"In English: {explanation}")
    reason = page.locator("#tr-no_primary_reason")
    if reason.count():
        reason.fill("None was found.")
    people.editor.photograph("translation")
    page.locator("[data-action=propose_translation]").click()
    page.wait_for_url(f"**{room}")
    page = people.reviewer.go(room + "review/")
    for box in page.locator("input[name=vouches]").all():
        box.check()
    people.reviewer.photograph("translation-review")
    page.locator("[data-action=approve]").click()
    page.wait_for_url("**/desk/review/**")
    page = people.publisher.go(room + "publish/")
    page.locator("[data-action=publish_translation]").click()
    page.wait_for_url("**/desk/publishing/")
    page = people.reader.go(f"/en/v/{number}")
    assert page.locator("h1").inner_text() == "They will meet, it is said."
    assert page.locator("link[rel=alternate][hreflang=ar]").count() == 1
    people.reader.photograph("translation-public")
