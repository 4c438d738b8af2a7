"""What became of a verdict, and what its page says of itself."""

import json
from typing import Any

import pytest
from bs4 import Tag
from django.conf import settings as project
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Position, Publication, Rating
from claims.pipeline import publishing, review
from claims.pipeline.publishing import log
from clients.verify_log import verify_proof
from tests.cast import (
    STATEMENT,
    make_article,
    make_claim,
    published_claim,
)
from tests.pages.conftest import Publish
from tests.pages.soup import soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://desk.example"
    settings.DESK_NAME = "مكتب الميزان"


def test_a_correction_is_shown_with_its_reason_and_the_change_of_rating(
    client: Client, verdict: Publication, change: Publish
) -> None:
    change(verdict, reason="أغفلنا سجل الموانئ.", rating="misleading")
    page = soup(client, "/v/1")
    assert "أغفلنا سجل الموانئ." in words(page.select_one(".notice"))
    newest, oldest = page.select("#history li")
    assert "أغفلنا سجل الموانئ." in words(newest)
    assert [words(tag) for tag in newest.select(".tag")] == ["خاطئ", "مضلّل"]
    assert [words(tag) for tag in oldest.select(".tag")] == ["خاطئ"]
    assert [a["href"] for a in page.select("#history a")] == ["/v/1/2", "/v/1/1"]
    assert words(page.find("p", class_="stamp")).endswith("مضلّل")
    (script,) = page.find_all("script")
    document = json.loads(script.string)
    assert document["reviewRating"]["alternateName"] == "مضلّل"
    assert document["correction"][0]["text"] == "أغفلنا سجل الموانئ."


def test_a_frozen_version_stays_as_it_was_says_it_is_old_and_carries_no_markup(
    client: Client, verdict: Publication, change: Publish
) -> None:
    change(verdict, reason="أغفلنا سجل الموانئ.", rating="misleading")
    old = soup(client, "/v/1/1")
    assert words(old.find("p", class_="stamp")).endswith("خاطئ")
    notice = old.select_one(".notice a")
    assert notice is not None
    assert notice["href"] == "/v/1"
    assert not old.find_all("script")
    robots = old.find("meta", attrs={"name": "robots"})
    assert isinstance(robots, Tag)
    assert robots["content"] == "noindex"
    assert words(soup(client, "/v/1/2").find("p", class_="stamp")).endswith("مضلّل")
    assert client.get("/v/1/3").status_code == 404


def test_a_retracted_verdict_stays_as_a_tombstone_without_rating_or_markup(
    client: Client, verdict: Publication, retract: Publish
) -> None:
    retract(verdict, "الوثيقة مزورة.")
    page = soup(client, "/v/1")
    assert not page.find_all("script")
    assert "ClaimReview" not in str(page)
    assert "الوثيقة مزورة." in words(page.select_one(".tomb"))
    assert STATEMENT in words(page.find("h1"))
    assert "انقضى أغسطس ولم يلتق الوزيران." not in str(page)
    assert not page.select(".stamp .mark")
    first = soup(client, "/v/1/1")
    assert first.select_one(".notice") is not None
    assert not first.find_all("script")


def test_the_page_says_its_log_entry_and_how_to_verify_it(client: Client, publish: Publish) -> None:
    publish("أول ادعاء")
    second = publish("ثاني ادعاء")
    cite = words(soup(client, "/v/2").find(id="cite"))
    assert "https://desk.example/v/2/1" in cite
    assert f"1 sha256:{second.entry.body_sha256}" in cite
    assert "verify_log.py https://desk.example/log --key" in cite
    assert "--entry 1" in cite


def test_the_page_hands_out_a_proof_that_is_verified_without_the_desk(
    client: Client, publish: Publish
) -> None:
    publish("أول ادعاء")
    link = soup(client, "/v/1").select_one("#cite a[href]")
    assert link is not None
    answer = client.get(str(link["href"]))
    assert answer["Content-Disposition"] == 'attachment; filename="entry-0.tlog-proof"'
    report = verify_proof(answer.content, log.verifier_key(), client.get("/log/body/0").content)
    assert (report.size, report.bodies) == (1, 1)
    assert client.get("/log/proof/1").status_code == 404


def test_a_missing_primary_source_is_said_openly(
    client: Client, editor: User, reviewer: User, publisher: User
) -> None:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    review.start(claim=claim, actor=editor)
    for number in (1, 2):
        review.add_evidence(
            claim=claim,
            actor=editor,
            url=f"https://agency.example/{number}",
            title=f"برقية {number}",
            publisher="",
            quote="",
            quote_language="",
            relation="refutes",
            primary=False,
            independence_group=f"g{number}",
        )
    review.save_draft(
        claim=claim,
        actor=editor,
        revision=0,
        rating=Rating.objects.get(slug="false"),
        summary="لم يلتقيا.",
        explanation="برقيتان [1] [2].",
        no_primary_reason="السجل مغلق أمام الجمهور.",
    )
    review.propose(claim=claim, actor=editor)
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    publishing.publish(claim=claim, actor=publisher)
    page = soup(client, "/v/1")
    assert "السجل مغلق أمام الجمهور." in words(page.find(id="gaps"))
    assert "#gaps" in [link["href"] for link in page.select(".jump a")]


def test_where_nothing_is_missing_there_is_no_such_part(
    client: Client, verdict: Publication
) -> None:
    page = soup(client, "/v/1")
    assert page.find(id="gaps") is None
    assert "#gaps" not in [link["href"] for link in page.select(".jump a")]


def test_words_of_a_confidential_article_are_not_shown(
    client: Client, editor: User, reviewer: User, publisher: User
) -> None:
    article = make_article("أبلغنا شاهد أن السد تصدّع ليلًا.", confidential=True)
    claim = make_claim(article, text="السد تصدّع ليلًا", claimant="شاهد", statement="تصدّع السد")
    published_claim(editor, reviewer, publisher, claim)
    assert Position.objects.get(claim=claim).text == "السد تصدّع ليلًا"
    for path in ("/v/1", "/api/v1/verdicts/1/", "/log/body/0", "/feeds/rss.xml"):
        assert "تصدّع ليلًا" not in client.get(path).content.decode(), path


def test_page_and_stylesheets_together_stay_under_60000_bytes(
    client: Client, verdict: Publication, change: Publish
) -> None:
    change(verdict, reason="تصحيح", explanation="فقرة طويلة من الشرح [1] [2].\n\n" * 40)
    static = project.BASE_DIR / "claims" / "static" / "claims"
    sheets = ["fonts/fonts.css", "public/public.css"]
    page = client.get("/v/1").content
    assert all(sheet in page.decode() for sheet in sheets)
    total = len(page) + sum((static / sheet).stat().st_size for sheet in sheets)
    assert total < 60_000


def test_the_policy_allows_no_script_no_frame_and_no_foreign_server(
    client: Client, verdict: Publication
) -> None:
    policy = client.get("/v/1")["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules == {
        "default-src": "'none'",
        "script-src": "'none'",
        "connect-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self'",
        "font-src": "'self'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    page = client.get("/v/1").content.decode()
    assert "style=" not in page
    assert "onclick" not in page
