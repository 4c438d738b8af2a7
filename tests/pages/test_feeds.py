"""The feeds over HTTP, read back with a reader that is not ours."""

import json
from email.utils import format_datetime

import feedparser
import pytest
from django.test import Client

from claims import feeds
from claims.models import Publication
from tests.cast import STATEMENT
from tests.pages.conftest import Publish

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("rss.xml", "application/rss+xml; charset=utf-8"),
        ("atom.xml", "application/atom+xml; charset=utf-8"),
    ],
)
def test_feedparser_reads_every_entry_with_its_rating_and_absolute_address(
    client: Client,
    verdict: Publication,
    change: Publish,
    retract: Publish,
    settings: object,
    name: str,
    content_type: str,
) -> None:
    settings.SITE_URL = "https://desk.example"  # type: ignore[attr-defined]
    change(verdict, reason="كتبنا 28 والصواب 27.", rating="misleading")
    retract(verdict, "الوثيقة مزورة.")
    response = client.get(f"/feeds/{name}")
    assert response["Content-Type"] == content_type
    read = feedparser.parse(response.content)
    assert not read.bozo
    assert len(read.entries) == 3
    newest, middle, oldest = read.entries
    assert STATEMENT in newest.title
    assert "خاطئ" not in newest.title
    assert middle.title.startswith("مضلّل: ")
    assert oldest.title.startswith("خاطئ: ")
    assert all(one.link.startswith("https://desk.example/v/1") for one in read.entries)
    assert "الوثيقة مزورة." in str(newest)


def test_the_json_feed_is_json_with_its_own_address(client: Client, verdict: Publication) -> None:
    response = client.get("/feeds/feed.json?language=ar")
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    read = json.loads(response.content)
    assert read["feed_url"] == "http://127.0.0.1:8000/feeds/feed.json?language=ar"
    assert read["home_page_url"] == "http://127.0.0.1:8000/"
    assert len(read["items"]) == 1


def test_a_language_has_its_own_feed(client: Client, publish: Publish) -> None:
    publish("عاد المرفأ إلى العمل")
    publish("Liman yeniden açıldı", language="tr", summary="Evet.", explanation="[1] [2]")
    for language, titles in (
        ("tr", ["Yanlış: Liman yeniden açıldı"]),
        ("ar", ["خاطئ: عاد المرفأ إلى العمل"]),
        ("en", []),
    ):
        read = feedparser.parse(client.get(f"/feeds/rss.xml?language={language}").content)
        assert [entry.title for entry in read.entries] == titles
    assert len(feedparser.parse(client.get("/feeds/rss.xml").content).entries) == 2


def test_a_language_that_is_not_served_is_refused_with_the_ones_that_are(client: Client) -> None:
    response = client.get("/feeds/rss.xml?language=xx")
    assert response.status_code == 400
    assert response.content.decode() == "No feed in 'xx'. Known: ar, tr, en.\n"
    assert client.get("/feeds/nope.xml").status_code == 404


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml", "feed.json"])
def test_an_unchanged_feed_is_answered_without_rendering_it(
    client: Client,
    verdict: Publication,
    publish: Publish,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    first = client.get(f"/feeds/{name}")
    assert first["Last-Modified"] == format_datetime(
        verdict.published_at.replace(microsecond=0), usegmt=True
    )

    def never(*_arguments: object) -> bytes:
        raise AssertionError("rendered")

    with monkeypatch.context() as broken:
        broken.setattr(feeds.registry()[name], "render", never)
        for header, value in (
            ("if-none-match", first["ETag"]),
            ("if-modified-since", first["Last-Modified"]),
        ):
            again = client.get(f"/feeds/{name}", headers={header: value})
            assert (again.status_code, again.content) == (304, b"")
            assert again["ETag"] == first["ETag"]
        with pytest.raises(AssertionError, match="rendered"):
            client.get(f"/feeds/{name}")
    publish("ادعاء جديد")
    changed = client.get(f"/feeds/{name}", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_the_cost_of_a_304_does_not_grow(
    client: Client,
    publish: Publish,
    django_assert_num_queries: object,
) -> None:
    for number in range(4):
        publish(f"ادعاء رقم {number}")
    etag = client.get("/feeds/atom.xml")["ETag"]
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get("/feeds/atom.xml", headers={"if-none-match": etag})
