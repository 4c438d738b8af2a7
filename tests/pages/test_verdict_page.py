"""A verdict's page: what a reader meets, and what a machine reads off it."""

import json
from importlib import import_module
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Profile, Publication
from claims.pipeline import publishing, review
from tests.cast import (
    DENIAL,
    STATEMENT,
    approved_claim,
    make_article,
    make_claim,
    published_claim,
    researched_claim,
)
from tests.pages.conftest import Publish
from tests.pages.soup import soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = "https://desk.example"
    settings.DESK_NAME = "مكتب الميزان"


def test_claim_rating_reason_sides_explanation_evidence_history_and_citation_come_in_this_order(
    client: Client, verdict: Publication
) -> None:
    page = client.get("/v/1").content.decode()
    parts = [
        f"<h1>{STATEMENT}</h1>",
        'class="stamp"',
        'class="scale"',
        'id="who"',
        'id="how"',
        'id="evidence"',
        'id="history"',
        'id="cite"',
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)


def test_the_claim_is_a_quotation_with_who_said_it_where_and_when(
    client: Client, verdict: Publication
) -> None:
    claim = soup(client, "/v/1").find("figure", class_="claim")
    assert isinstance(claim, Tag)
    quotation = claim.find("blockquote")
    assert isinstance(quotation, Tag)
    assert quotation.attrs == {
        "lang": "ar",
        "dir": "rtl",
        "cite": "https://marfa.example/sofia",
    }
    caption = claim.find("figcaption")
    assert "صحيفة المرفأ" in words(caption)
    assert isinstance(caption, Tag)
    link = caption.find("a")
    assert isinstance(link, Tag)
    assert link["href"] == "https://marfa.example/sofia"
    assert link["rel"] == ["nofollow", "noopener"]
    day = caption.find("time")
    assert isinstance(day, Tag)
    assert day["datetime"] == "2026-07-20"
    assert words(day) == "20 يوليو 2026"


def test_the_rating_is_word_mark_and_colour_and_has_its_place_on_the_scale(
    client: Client, verdict: Publication
) -> None:
    page = soup(client, "/v/1")
    article = page.find("article")
    assert isinstance(article, Tag)
    assert article["class"] == ["r-false"]
    stamp = page.find("p", class_="stamp")
    assert words(stamp).endswith("خاطئ")
    assert isinstance(stamp, Tag)
    mark = stamp.find("use")
    assert isinstance(mark, Tag)
    assert mark["href"] == "#m-false"
    assert page.find("symbol", id="m-false")
    assert words(page.find("p", class_="why")) == "انقضى أغسطس ولم يلتق الوزيران."
    here = [words(step) for step in page.select(".scale li[aria-current]")]
    assert len(here) == 1
    assert here[0].startswith("خاطئ")


def test_positions_stand_on_two_sides_and_a_denial_is_not_among_the_evidence(
    client: Client, verdict: Publication
) -> None:
    page = soup(client, "/v/1")
    asserting, contesting = page.select(".sides2 > section")
    assert [words(one) for one in asserting.select("blockquote")] == [STATEMENT]
    assert [words(one) for one in contesting.select("blockquote")] == [DENIAL]
    assert DENIAL not in words(page.find(id="evidence"))


def test_the_explanation_cites_evidence_by_links_that_lead_to_it(
    client: Client, verdict: Publication
) -> None:
    page = soup(client, "/v/1")
    links = page.select("#how a.ref")
    assert [link["href"] for link in links] == ["#e1", "#e2"]
    assert all(page.find(id=str(link["href"])[1:]) for link in links)
    assert "[" not in words(page.find(id="how"))


def test_evidence_shows_what_it_does_its_kind_its_quote_and_a_link_without_endorsement(
    client: Client, verdict: Publication
) -> None:
    first, second = soup(client, "/v/1").select("#evidence li.ev")
    assert first.select(".weigh use")[0]["href"] == "#n-denies"
    assert words(first.select(".weigh span")[0]) != words(second.select(".weigh span")[0])
    assert words(first.find("blockquote")) == "لا لقاء في أغسطس"
    link = first.find("a")
    assert isinstance(link, Tag)
    assert link["href"] == "https://evidence.example/1"
    assert link["rel"] == ["nofollow", "noopener"]


def test_a_citation_of_nothing_stays_the_words_it_is(
    client: Client, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing like it is published any more; what was stays readable."""
    publishing_one = import_module("claims.pipeline.publishing.publish")
    monkeypatch.setattr(publishing_one, "need_valid", lambda version, **_more: None)
    publish("عاد المرفأ إلى العمل", explanation="انظر [1] و[2] ثم [7].")
    page = soup(client, "/v/1")
    assert [link["href"] for link in page.select("#how a.ref")] == ["#e1", "#e2"]
    assert "[7]" in words(page.find(id="how"))


def test_withheld_evidence_is_nowhere_and_the_others_keep_their_numbers(
    client: Client, editor: User, reviewer: User, publisher: User
) -> None:
    claim = researched_claim(editor)
    for title, withheld in (("مصدر سري", True), ("سجل مفتوح", False)):
        review.add_evidence(
            claim=claim,
            actor=editor,
            url=f"https://records.example/{'secret' if withheld else 'open'}",
            title=title,
            publisher="",
            quote="",
            quote_language="",
            relation="context",
            primary=False,
            independence_group=title,
            withheld=withheld,
        )
    review.save_draft(
        claim=claim,
        actor=editor,
        revision=claim.draft.revision,
        rating=claim.draft.rating,
        summary=claim.draft.summary,
        explanation="يخلو الجدول [1] والوكالة [2] والمصدر [3] والسجل [4].",
    )
    review.propose(claim=claim, actor=editor)
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    publishing.publish(claim=claim, actor=publisher)
    page = soup(client, "/v/1")
    assert [item["id"] for item in page.select("li.ev")] == ["e1", "e2", "e4"]
    assert [link["href"] for link in page.select("#how a.ref")] == ["#e1", "#e2", "#e4"]
    for path in (
        "/v/1",
        "/v/1/1",
        "/en/v/1",
        "/",
        "/api/v1/verdicts/",
        "/api/v1/verdicts/1/",
        "/feeds/rss.xml",
        "/feeds/atom.xml",
        "/feeds/feed.json",
        "/log/body/0",
    ):
        body = client.get(path).content.decode()
        for secret in (
            "مصدر سري",
            "records.example/secret",
            "[3]",
            "#e3",
            '"e3"',
            "\\u0633\\u0631\\u064a",
        ):
            assert secret not in body, (path, secret)


def test_scripts_in_anything_published_stay_words(
    client: Client, editor: User, reviewer: User, publisher: User
) -> None:
    attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
    article = make_article(f"قالت {attack} اليوم", outlet=attack)
    claim = make_claim(article, text=attack, claimant=attack)
    published_claim(
        editor, reviewer, publisher, claim, summary=attack, explanation=f"{attack} [1] [2]"
    )
    for path in ("/v/1", "/v/1/1", "/en/v/1", "/", "/corrections"):
        page = BeautifulSoup(client.get(path).content, "html.parser")
        assert {script.get("type") for script in page.find_all("script")} <= {"application/ld+json"}
        assert not page.find("img")
    (script,) = soup(client, "/v/1").find_all("script")
    assert json.loads(script.string)["claimReviewed"] == attack


def test_the_json_ld_is_a_claim_review_that_says_what_the_page_says(
    client: Client, verdict: Publication
) -> None:
    (script,) = soup(client, "/v/1").find_all("script")
    assert script["type"] == "application/ld+json"
    document = json.loads(script.string)
    assert document["@context"] == "https://schema.org"
    assert document["@type"] == "ClaimReview"
    assert document["@id"] == "https://desk.example/v/1"
    assert document["url"] == "https://desk.example/v/1"
    assert document["claimReviewed"] == STATEMENT
    assert document["inLanguage"] == "ar"
    assert document["author"]["@type"] == "Organization"
    assert document["author"]["name"] == "مكتب الميزان"
    assert document["author"]["url"] == "https://desk.example/"
    rating = document["reviewRating"]
    assert rating["@type"] == "Rating"
    assert rating["alternateName"] == "خاطئ"
    assert (rating["worstRating"], rating["ratingValue"], rating["bestRating"]) == (1, 1, 5)
    assert rating["ratingExplanation"] == "انقضى أغسطس ولم يلتق الوزيران."
    claim = document["itemReviewed"]
    assert claim["@type"] == "Claim"
    assert claim["author"]["name"] == "صحيفة المرفأ"
    assert claim["datePublished"] == "2026-07-20"
    assert claim["firstAppearance"]["url"] == "https://marfa.example/sofia"
    assert [one["url"] for one in document["citation"]] == [
        "https://evidence.example/1",
        "https://evidence.example/2",
    ]
    publisher = document["publisher"]
    assert publisher["correctionsPolicy"] == "https://desk.example/methodology#corrections"
    assert soup(client, "/methodology").find(id="corrections")
    assert document["sdLicense"] == "https://creativecommons.org/licenses/by/4.0/"
    published = verdict.published_at.strftime("%Y-%m-%dT%H:%M:%S")
    assert document["datePublished"].startswith(published)


def test_a_rating_off_the_scale_has_no_number_in_the_json_ld(
    client: Client, publish: Publish
) -> None:
    publish("سيفتح المعبر في الشتاء المقبل", rating="not-yet")
    (script,) = soup(client, "/v/1").find_all("script")
    rating = json.loads(script.string)["reviewRating"]
    assert rating["alternateName"] == "لم يحن أوانه"
    assert not {"ratingValue", "bestRating", "worstRating"} & rating.keys()


def test_the_address_chooses_the_language_of_the_frame_and_the_content_keeps_its_own(
    client: Client, verdict: Publication
) -> None:
    for path, language, direction, rating in (
        ("/v/1", "ar", "rtl", "خاطئ"),
        ("/tr/v/1", "tr", "ltr", "Yanlış"),
        ("/en/v/1", "en", "ltr", "False"),
    ):
        page = soup(client, path)
        html = page.find("html")
        assert isinstance(html, Tag)
        assert html.attrs == {"lang": language, "dir": direction}
        assert words(page.find("p", class_="stamp")).endswith(rating)
        for selector in (".claim blockquote", ".why", ".prose"):
            content = page.select_one(selector)
            assert content is not None
            assert (content["lang"], content["dir"]) == ("ar", "rtl"), selector
        canonical = page.find("link", rel="canonical")
        assert isinstance(canonical, Tag)
        assert canonical["href"] == "https://desk.example/v/1"
    english = words(soup(client, "/en/v/1").find("main"))
    assert "Who says what" in english
    assert "20 July 2026" in english
    assert client.get("/ar/v/1").status_code == 404
    assert client.get("/v/01").status_code == 404


def test_accept_language_and_the_desks_cookie_change_nothing(
    client: Client, verdict: Publication
) -> None:
    plain = client.get("/v/1")
    client.cookies["language"] = "en"
    other = client.get("/v/1", headers={"accept-language": "en"})
    assert other.content == plain.content
    assert "Vary" not in plain.headers


def test_a_page_names_its_desk_and_the_desk_alone(client: Client, verdict: Publication) -> None:
    page = client.get("/v/1").content.decode()
    for person in ("layla", "samer", "nour"):
        assert person not in page
    assert words(soup(client, "/v/1").select_one(".byline dd")) == "مكتب الميزان"
    assert page.count("Touchstone") == 1
    assert page.index("Touchstone") > page.index("<footer")


def test_a_chosen_byline_is_shown(
    client: Client, editor: User, reviewer: User, publisher: User
) -> None:
    Profile.objects.update_or_create(user=editor, defaults={"byline": "قسم التدقيق"})
    claim = approved_claim(editor, reviewer)
    publishing.publish(claim=claim, actor=publisher)
    assert words(soup(client, "/v/1").select_one(".byline dd")) == "قسم التدقيق"


def test_a_lost_signing_key_takes_nothing_from_readers(
    client: Client, verdict: Publication, settings: Any
) -> None:
    settings.SIGNING_KEY_FILE = settings.DATA_DIR / "lost.key"
    for path in ("/v/1", "/v/1/1", "/en/v/1", "/feeds", "/feeds/rss.xml", "/log/checkpoint"):
        response = client.get(path)
        assert response.status_code == 200
        assert b"--key" not in response.content
