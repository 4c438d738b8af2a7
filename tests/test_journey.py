"""The whole way, once, in a browser: three people take the real article from paste to feed.

The tests of this file are one story and run in their order; a step that finds the way broken off
before it is skipped. The desk's pages are in Arabic, as they come.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import expect

from tests.browser import claim_review, pages, readers
from tests.browser.people import Desk, People
from tests.browser.way import (
    CORRECTED_BECAUSE,
    CORRECTED_SUMMARY,
    EVIDENCE,
    FIRST_DRAFT,
    RETRACTED_BECAUSE,
    SECOND_SUMMARY,
    SENT_BACK_BECAUSE,
    STATEMENT,
    Way,
)
from tests.standins import wikipedia

pytestmark = pytest.mark.browser


def test_the_editor_pastes_the_article_and_sees_it_being_split(
    people: People, desk: Desk, way: Way, article_text: str
) -> None:
    page = people.editor.go("/desk/articles/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator("a[href='/desk/articles/new/']").first.click()
    with pages.asleep(desk):
        pages.paste(
            page,
            article_text,
            published_on="2024-07-26",
            outlet="بريد الشام",
            url="https://barid.example/kremlin",
        )
        expect(page.locator("#sheet .split-note")).to_be_visible()
        expect(page.locator("#claims")).to_have_count(0)
    # Nobody presses anything: the page looks again by itself.
    expect(page.locator("#claims > li").first).to_be_visible(timeout=30_000)
    expect(page.locator("#sheet .split-note")).to_have_count(0)
    way.article = int(page.url.rstrip("/").rpartition("/")[2])
    assert desk.rows(
        "SELECT text, language, split_state FROM claims_article WHERE id = ?", way.article
    ) == [(article_text, "ar", "done")]
    way.reached("split")


def test_every_mark_in_the_text_is_the_articles_own_words(
    people: People, desk: Desk, way: Way, article_text: str
) -> None:
    way.after("split")
    spans = desk.rows(
        "SELECT DISTINCT start, end, stance FROM claims_position WHERE article_id = ? "
        "ORDER BY start, end DESC",
        way.article,
    )
    assert len(spans) >= 20
    assert pages.marked_words(people.editor.go(way.article_path)) == [
        article_text[start:end] for start, end, _stance in spans
    ]


def test_the_newspapers_prediction_stands_beside_the_denial(
    people: People, desk: Desk, way: Way
) -> None:
    way.after("split")
    page = people.editor.go(f"{way.article_path}?show=contested")
    entry = page.locator("#claims > li")
    expect(entry).to_have_count(1)
    expect(entry.locator(".cl").first).to_contain_text("صحيفة تركية")
    expect(entry.locator(".cl").first).to_contain_text("أغسطس المقبل")
    expect(entry.locator(".versus ~ .cl").first).to_contain_text("المسؤولين الأتراك")
    way.claim = int((entry.get_attribute("id") or "").removeprefix("claim-"))
    assert desk.rows("SELECT kind, state FROM claims_claim WHERE id = ?", way.claim) == [
        ("prediction", "found")
    ]
    dates = desk.value(
        "SELECT dates FROM claims_position WHERE claim_id = ? AND stance = 'asserts'", way.claim
    )
    assert '"from": "2024-08-01"' in dates
    assert '"to": "2024-08-31"' in dates
    way.reached("found")


def test_the_editor_accepts_it_and_watches_the_sources_answer(
    people: People, desk: Desk, way: Way
) -> None:
    way.after("found")
    desk.wikipedia.behaviour.fail_first = 1
    page = people.editor.go(f"{way.article_path}?show=contested")
    page.locator("#claims form[action*='/accept/'] button").click()
    expect(page.locator("#claims form[action*='/accept/']")).to_have_count(0)
    assert way.state(desk) == "queued"
    page.locator("#claims a.st").click()
    page.wait_for_url("**/change/")
    for ours in ("archive", "imported_checks"):
        expect(pages.source(page, ours)).to_have_attribute("data-state", "nothing", timeout=30_000)
    asked = pages.source(page, "wikipedia")
    expect(asked).to_contain_text("503", timeout=15_000)
    expect(asked).to_have_attribute("data-state", "waiting")
    expect(asked).to_have_attribute("data-state", "answered", timeout=40_000)
    asked.locator(".hits > summary").click()
    expect(asked.locator(".hit a.st").first).to_have_text("العلاقات السورية التركية")
    way.reached("asked")


def test_the_editor_chooses_evidence_and_proposes_a_verdict(
    people: People, desk: Desk, way: Way
) -> None:
    way.after("asked")
    page = people.editor.go(f"{way.claim_path}change/")
    page.locator("#moves [data-action=start]").click()
    page.locator("#edit > summary").click()
    page.locator("#edit [name=statement]").fill(STATEMENT)
    page.locator("#edit button[type=submit]").click()
    expect(page.locator("h1")).to_have_text(STATEMENT)

    pages.source(page, "wikipedia").locator(".hits > summary").click()
    pages.source(page, "wikipedia").locator(".hit form[data-use] button").first.click()
    expect(page.locator("#evidence-form [name=title]")).to_have_value("العلاقات السورية التركية")
    pages.fill_in_evidence(page, {"relation": "context", "primary": False})
    expect(page.locator("#evidence article.ev")).to_have_count(1)
    page.locator("#evidence a[href*='?add']").click()
    pages.fill_in_evidence(page, EVIDENCE)
    expect(page.locator("#evidence article.ev")).to_have_count(2)

    pages.write_verdict(page, FIRST_DRAFT, then="save")
    expect(page.locator("#verdict [name=summary]")).to_have_value(FIRST_DRAFT["summary"])
    expect(page.locator("#need li:not(.ok)")).to_have_count(0)
    page.locator("#verdict button[value=propose]").click()
    expect(page.locator("#verdict form")).to_have_count(0)
    assert way.state(desk) == "in_review"
    way.reached("proposed")


def test_the_editor_is_not_offered_to_approve_it(people: People, way: Way) -> None:
    way.after("proposed")
    page = people.editor.go(f"{way.claim_path}review/")
    expect(page.locator(".decide .say")).to_be_visible()
    expect(page.locator("[data-action=approve], form[action$='/approve/']")).to_have_count(0)


def test_the_reviewer_sends_it_back_and_the_editor_reads_why(
    people: People, desk: Desk, way: Way
) -> None:
    way.after("proposed")
    page = people.reviewer.go("/desk/review/")
    page.locator(f"a.st[href='{way.claim_path}review/']").click()
    expect(page.locator("main")).to_contain_text(FIRST_DRAFT["summary"])
    page.locator("[data-action=send_back]").click()
    page.locator("#back-reason").fill(SENT_BACK_BECAUSE)
    page.locator("[data-do=send_back]").click()
    page.wait_for_url("**/desk/review/")
    assert way.state(desk) == "researching"

    page = people.editor.go(f"{way.claim_path}change/")
    expect(page.locator("#sent-back")).to_contain_text(SENT_BACK_BECAUSE)
    pages.write_verdict(page, {**FIRST_DRAFT, "summary": SECOND_SUMMARY}, then="propose")
    assert way.state(desk) == "in_review"
    way.reached("proposed again")


def test_the_reviewer_sees_what_changed_and_approves_it(
    people: People, desk: Desk, way: Way
) -> None:
    way.after("proposed again")
    page = people.reviewer.go(f"{way.claim_path}review/")
    expect(page.locator(".diff ins").first).to_be_visible()
    pages.approve(people.reviewer, way)
    assert way.state(desk) == "approved"
    assert desk.rows(
        "SELECT version.number, decision, username FROM claims_review AS review "
        "JOIN claims_verdictversion AS version ON version.id = version_id "
        "JOIN auth_user ON auth_user.id = reviewer_id WHERE claim_id = ? ORDER BY review.id",
        way.claim,
    ) == [(1, "send_back", "reviewer"), (2, "approve", "reviewer")]
    way.reached("approved")


def test_the_publisher_looks_at_it_and_publishes_it(people: People, desk: Desk, way: Way) -> None:
    way.after("approved")
    page = people.publisher.go("/desk/publishing/")
    page.locator(f"a[href='{way.claim_path}preview/']").click()
    inside = page.frame_locator("iframe[data-preview]")
    expect(inside.locator("h1")).to_contain_text(STATEMENT)
    expect(inside.locator("main")).to_contain_text(SECOND_SUMMARY)
    pages.publish(people.publisher, way)
    assert way.state(desk) == "published"
    way.verdict = desk.value(
        "SELECT verdict_number FROM claims_publication WHERE claim_id = ?", way.claim
    )
    expect(page.locator(f"a[href='{desk.url}/v/{way.verdict}']")).to_be_visible()
    way.reached("published")


def test_the_article_shows_the_rating_on_the_report_and_not_on_its_denial(
    people: People, way: Way
) -> None:
    way.after("published")
    page = people.editor.go(way.article_path)
    report, denial = (
        page.locator(f"#claim-{way.claim} .cl").nth(place).get_attribute("data-n")
        for place in (0, 1)
    )
    expect(page.locator(f"mark[data-n='{report}']").first).to_have_class(re.compile(r"\br-false\b"))
    expect(page.locator(f"mark[data-n='{denial}']").first).not_to_have_class(
        re.compile(r"\br-false\b")
    )


def test_the_public_page_carries_the_verdict_for_machines(
    desk: Desk, way: Way, article_text: str
) -> None:
    way.after("published")
    here = f"{desk.url}/v/{way.verdict}"
    (document,) = readers.json_ld(here)
    published = document["datePublished"]
    age = datetime.now(UTC) - datetime.fromisoformat(published)
    assert timedelta(0) <= age < timedelta(minutes=10)
    denials = document["itemReviewed"].pop("subjectOf")
    hit = wikipedia.page_url("wiki.example", "ar", "العلاقات السورية التركية")
    assert document == claim_review.expected(
        site=desk.url, number=way.verdict, at=published, hit=hit
    )
    assert {denial["genre"] for denial in denials} == {"denies"}
    assert all(denial["text"] in article_text for denial in denials)
    assert {denial["about"]["@id"] for denial in denials} == {f"{here}#claim"}


def test_readers_find_it_on_the_index_and_on_its_page(people: People, way: Way) -> None:
    way.after("published")
    page = people.reader.go("/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("link", name=STATEMENT).first.click()
    expect(page.locator("h1")).to_have_text(STATEMENT)
    expect(page.locator(".stamp").first).to_contain_text("خاطئ")
    expect(page.locator("main")).to_contain_text(SECOND_SUMMARY)
    expect(page.locator("#who")).to_contain_text("صحيفة تركية")
    expect(page.locator("#who")).to_contain_text("المسؤولين الأتراك")
    expect(page.locator("#evidence li.ev")).to_have_count(2)


def test_every_advertised_feed_begins_with_it(desk: Desk, way: Way) -> None:
    way.after("published")
    here = f"{desk.url}/v/{way.verdict}"
    advertised = readers.feeds(f"{desk.url}/")
    assert set(advertised) == {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    }
    for kind, version, identifier in [
        ("application/rss+xml", "rss20", f"{here}/1"),
        ("application/atom+xml", "atom10", here),
    ]:
        status, body, headers = readers.get(advertised[kind])
        feed = feedparser.parse(body, response_headers=headers)
        newest = feed.entries[0]
        assert (status, feed.bozo, feed.version) == (200, False, version)
        assert (newest.id, newest.link) == (identifier, here)
        assert "خاطئ" in newest.title
        assert STATEMENT in newest.title
        assert readers.get(advertised[kind], **{"If-None-Match": headers["etag"]})[0] == 304
    feed = json.loads(readers.get(advertised["application/feed+json"])[1])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["url"] == here
    assert [feed["items"][0]["_claim_review"]] == readers.json_ld(here)


def test_the_api_lists_it_first(desk: Desk, way: Way) -> None:
    way.after("published")
    answer = json.loads(readers.get(f"{desk.url}/api/v1/verdicts/")[1])
    assert answer["next"] is None
    assert [(one["number"], one["version"], one["kind"]) for one in answer["results"]] == [
        (way.verdict, 1, "original"),
        (1, 1, "original"),
    ]
    assert answer["results"][0]["claim"] == STATEMENT
    assert answer["results"][0]["rating"] == {
        "slug": "false",
        "label": {"ar": "خاطئ", "tr": "Yanlış", "en": "False"},
        "value": 1,
        "best": 5,
        "worst": 1,
    }


def test_the_log_can_be_verified_from_outside(desk: Desk, way: Way, way_folder: Path) -> None:
    way.after("published")
    said = readers.verify_log(desk.url, way_folder, "--save", str(way_folder / "checkpoint"))
    assert "2 entries lead to this root; 2 bodies fit them." in said
    assert Path("clients/verify_log.py").read_bytes() == (way_folder / "verify_log.py").read_bytes()


def test_nothing_that_was_not_published_shows_anywhere(desk: Desk, way: Way) -> None:
    way.after("published")
    secrets = [
        SENT_BACK_BECAUSE,
        FIRST_DRAFT["summary"],
        *(
            statement
            for (statement,) in desk.rows(
                "SELECT statement FROM claims_claim WHERE state NOT IN ('published', 'retracted')"
            )
        ),
    ]
    assert len(secrets) > 30
    seen = dict(readers.everything(desk.url))
    assert len(seen) > 25
    assert sum(STATEMENT in text for text in seen.values()) > 5, "what is public was not reached"
    for where, text in [*seen.items(), *enumerate(readers.log_bodies(desk.url))]:
        for secret in secrets:
            assert secret not in text, f"“{secret}” stands at {where}"


def test_a_correction_is_seen_with_its_reason_and_leaves_the_first_version_readable(
    people: People, desk: Desk, way: Way
) -> None:
    way.after("published")
    page = people.publisher.go(f"{way.claim_path}correct/")
    page.locator("[name=kind][value=correction]").check()
    page.locator("#reason").fill(CORRECTED_BECAUSE)
    page.locator("button[data-action=correct]").click()
    page.wait_for_url("**/desk/publishing/")
    here = f"{desk.url}/v/{way.verdict}"
    assert readers.json_ld(here)[0]["reviewRating"]["ratingExplanation"] == SECOND_SUMMARY
    editors = people.editor.go(f"{way.claim_path}change/")
    pages.write_verdict(editors, {**FIRST_DRAFT, "summary": CORRECTED_SUMMARY}, then="propose")
    pages.approve(people.reviewer, way)
    assert readers.json_ld(here)[0]["reviewRating"]["ratingExplanation"] == SECOND_SUMMARY
    pages.publish(people.publisher, way)

    page = people.reader.go(f"/v/{way.verdict}")
    expect(page.locator("header.lead")).to_contain_text(CORRECTED_SUMMARY)
    expect(page.locator("#history")).to_contain_text(CORRECTED_BECAUSE)
    expect(people.reader.go("/corrections").locator("main")).to_contain_text(CORRECTED_BECAUSE)
    page = people.reader.go(f"/v/{way.verdict}/1")
    expect(page.locator("header.lead")).to_contain_text(SECOND_SUMMARY)
    expect(page.locator(".notice")).to_be_visible()
    assert readers.json_ld(f"{here}/1") == []
    (document,) = readers.json_ld(here)
    assert [comment["text"] for comment in document["correction"]] == [CORRECTED_BECAUSE]
    assert document["dateModified"] > document["datePublished"]
    way.reached("corrected")


def test_a_retraction_is_the_newest_word_everywhere(
    people: People, desk: Desk, way: Way, way_folder: Path
) -> None:
    way.after("corrected")
    claim = desk.value("SELECT claim_id FROM claims_publication WHERE verdict_number = 1")
    page = people.publisher.go(f"/desk/claims/claim/{claim}/retract/")
    page.locator("#reason").fill(RETRACTED_BECAUSE)
    page.locator("button[data-action=retract]").click()
    page.wait_for_url("**/desk/publishing/")

    expect(people.reader.go("/v/1").locator(".tomb")).to_contain_text(RETRACTED_BECAUSE)
    expect(people.reader.go("/corrections").locator("main")).to_contain_text(RETRACTED_BECAUSE)
    assert readers.json_ld(f"{desk.url}/v/1") == []
    feed = json.loads(readers.get(f"{desk.url}/feeds/feed.json")[1])
    assert [
        (item["url"], item["_log"]["kind"], item["_log"]["reason"]) for item in feed["items"]
    ] == [
        (f"{desk.url}/v/1", "retraction", RETRACTED_BECAUSE),
        (f"{desk.url}/v/{way.verdict}", "correction", CORRECTED_BECAUSE),
        (f"{desk.url}/v/{way.verdict}", "original", ""),
        (f"{desk.url}/v/1", "original", ""),
    ]
    assert "_claim_review" not in feed["items"][0]
    said = readers.verify_log(desk.url, way_folder, "--since", str(way_folder / "checkpoint"))
    assert "4 entries lead to this root; 4 bodies fit them." in said
    assert "The earlier checkpoint's 2 entries are there, unchanged." in said
