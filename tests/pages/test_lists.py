"""The index, the corrections, and the pages around them."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from claims.models import Publication
from claims.pages import verdicts
from tests.cast import STATEMENT
from tests.pages.conftest import Publish

pytestmark = pytest.mark.django_db


def soup(client: Client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_rating_comes_before_the_claim_so_that_no_false_claim_reads_as_a_headline(
    client: Client, publish: Publish
) -> None:
    publish("انهار الجسر الكبير")
    publish("فاض النهر ليلًا", rating="true")
    main = str(soup(client, "/").find("main"))
    for claim, rating in (("فاض النهر ليلًا", "صحيح"), ("انهار الجسر الكبير", "خاطئ")):
        tag = main.index(f"</svg>{rating}</span>")
        assert tag < main.index(claim)
    assert main.index("فاض النهر ليلًا") < main.index("انهار الجسر الكبير")


def test_the_feeds_are_advertised(client: Client) -> None:
    for path in ("/", "/tr/", "/en/", "/corrections"):
        page = soup(client, path)
        found = {
            (link["type"], link["href"])
            for link in page.find_all("link", rel="alternate")
            if link.has_attr("type")
        }
        assert found == {
            ("application/rss+xml", "/feeds/rss.xml"),
            ("application/atom+xml", "/feeds/atom.xml"),
            ("application/feed+json", "/feeds/feed.json"),
        }


def test_an_empty_desk_has_pages_that_say_so(client: Client) -> None:
    assert "Nothing published yet" in client.get("/en/").content.decode()
    assert "Nothing has been corrected" in client.get("/en/corrections").content.decode()
    for path in ("/feeds", "/methodology", "/log/checkpoint", "/sitemap.xml", "/feeds/atom.xml"):
        assert client.get(path).status_code == 200, path


def test_links_stay_in_the_language_of_the_page(client: Client, verdict: Publication) -> None:
    for path in ("/en/", "/en/v/1", "/en/corrections", "/en/methodology", "/en/feeds"):
        page = soup(client, path)
        own = {
            a["href"]
            for part in ("main", "nav.sections", "footer")
            for a in page.select(f"{part} a[href^='/']")
            if not re.match(r"/(feeds/|api/|log/|static/)", str(a["href"]))
        }
        assert own
        assert all(str(href).startswith("/en/") for href in own), own


def test_the_pager_meets_every_verdict_once_while_new_ones_are_published(
    client: Client, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdicts, "PAGE", 2)
    for number in range(1, 6):
        publish(f"ادعاء رقم {number}")
    seen: list[str] = []
    path, meanwhile = "/", 10
    while path:
        page = soup(client, path)
        claims = page.select("main h2.q a, main h3.q a")
        seen += [str(a["href"]) for a in claims]
        publish(f"ادعاء رقم {meanwhile}")
        meanwhile += 1
        following = page.find("a", rel="next")
        path = f"/{following['href']}".replace("//", "/") if isinstance(following, Tag) else ""
    assert seen == ["/v/5", "/v/4", "/v/3", "/v/2", "/v/1"]


@pytest.mark.parametrize("before", ["x", "-1", "", "9" * 40, "1;drop", "٣"])
def test_a_garbled_page_is_the_first_page(
    client: Client, verdict: Publication, before: str
) -> None:
    response = client.get("/", {"before": before})
    assert response.status_code == 200
    assert STATEMENT in response.content.decode()


def test_corrections_updates_and_retractions_are_listed_with_their_reasons(
    client: Client, verdict: Publication, publish: Publish, change: Publish, retract: Publish
) -> None:
    change(verdict, reason="كتبنا 28 والصواب 27.")
    change(verdict, kind="update", reason="انقضى الشهر.", rating="misleading")
    other = publish("وُقّع الاتفاق سرًا")
    retract(other, "الوثيقة مزورة.")
    page = soup(client, "/corrections")
    rows = page.select("ol.log > li")
    assert [row["id"] for row in rows] == ["c4", "c2", "c1"]
    text = [" ".join(row.get_text().split()) for row in rows]
    assert "الوثيقة مزورة." in text[0]
    assert "gone" in rows[0]["class"]
    assert "انقضى الشهر." in text[1]
    assert [t.get_text() for t in rows[1].select(".tag")] == ["خاطئ", "مضلّل"]
    assert "كتبنا 28 والصواب 27." in text[2]
    figures = [figure.get_text() for figure in page.select(".nums dd")]
    assert figures == ["2", "1", "1", "1"]


def test_a_retracted_verdict_leaves_the_index_and_the_sitemap(
    client: Client, verdict: Publication, retract: Publish
) -> None:
    assert "/v/1<" in client.get("/sitemap.xml").content.decode()
    retract(verdict, "الوثيقة مزورة.")
    main = soup(client, "/").find("main")
    assert isinstance(main, Tag)
    assert not main.select("a.q, h2.q, h3.q")
    assert "/v/1<" not in client.get("/sitemap.xml").content.decode()


def test_the_methodology_says_what_each_rating_means(client: Client) -> None:
    page = soup(client, "/methodology")
    meanings = [" ".join(div.get_text().split()) for div in page.select("#ratings dl > div")]
    assert len(meanings) == 7
    assert meanings[3].startswith("خاطئ الأدلة تنقض الادعاء.")
    assert page.find(id="corrections")


def test_robots_are_kept_from_the_desk_and_shown_the_sitemap(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow: /desk/",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]


def test_the_feeds_page_shows_the_logs_head_and_key(client: Client, verdict: Publication) -> None:
    page = client.get("/feeds").content.decode()
    size, key = client.get("/log/checkpoint").content.decode().splitlines()[1], "127.0.0.1/log+"
    assert size == "1"
    assert key in page
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert f'href="/feeds/{name}"' in page
    program = client.get("/log/verify_log.py")
    assert program.content.decode().startswith("#!/usr/bin/env python3")
