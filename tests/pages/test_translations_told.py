"""What readers and machines are told of a translation: of what it is one, and whether that has changed."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Claim, Profile, Publication
from claims.pipeline import publishing
from tests.pages.conftest import Publish
from tests.pipeline import translated

pytestmark = pytest.mark.django_db

HOST = "http://127.0.0.1:8000"
OF_ORIGINAL = {
    "language": "ar",
    "url": f"{HOST}/v/1",
    "version": 1,
    "version_url": f"{HOST}/v/1/1",
    "translator": "Deniz Ak",
    "older_than_original": False,
    "original_stands": True,
}


@pytest.fixture
def turkish(
    verdict: Publication, second_editor: User, reviewer: User, publisher: User
) -> Publication:
    Profile.objects.update_or_create(user=second_editor, defaults={"byline": "Deniz Ak"})
    claim = Claim.objects.get(pk=verdict.claim_id)
    return translated.publish(claim, second_editor, reviewer, publisher)


def read(client: Client, path: str) -> Any:
    return json.loads(client.get(path).content)


def items(client: Client) -> list[Any]:
    return read(client, "/feeds/feed.json?language=tr")["items"]  # type: ignore[no-any-return]


def test_the_api_says_of_what_it_is_a_translation(client: Client, turkish: Publication) -> None:
    found = read(client, "/api/v1/verdicts/1/?language=tr")
    assert found["translation_of"] == OF_ORIGINAL
    assert found["versions"][0]["translation_of"] == OF_ORIGINAL
    assert found["translations"] == []


def test_the_api_names_the_translations_of_an_original(
    client: Client, turkish: Publication
) -> None:
    found = read(client, "/api/v1/verdicts/1/")
    assert found["translation_of"] is None
    assert found["translations"] == [
        {
            "language": "tr",
            "url": f"{HOST}/tr/v/1",
            "version": 1,
            "older_than_original": False,
        }
    ]


def test_a_translation_is_older_once_the_original_is_corrected(
    client: Client, turkish: Publication, verdict: Publication, change: Publish
) -> None:
    before = client.get("/feeds/feed.json?language=tr")
    assert items(client)[0]["_translation_of"] == OF_ORIGINAL
    change(verdict, reason="كتبنا 28 والصواب 27.")
    older = {**OF_ORIGINAL, "older_than_original": True}
    assert read(client, "/api/v1/verdicts/1/?language=tr")["translation_of"] == older
    assert read(client, "/api/v1/verdicts/1/")["translations"][0]["older_than_original"] is True
    again = client.get("/feeds/feed.json?language=tr", headers={"if-none-match": before["ETag"]})
    assert again.status_code == 200
    assert json.loads(again.content)["items"][0]["_translation_of"] == older


def test_every_feed_names_the_version_that_was_translated(
    client: Client, turkish: Publication, verdict: Publication, change: Publish
) -> None:
    change(verdict, reason="كتبنا 28 والصواب 27.")
    (rss,) = feedparser.parse(client.get("/feeds/rss.xml?language=tr").content).entries
    assert rss.dc_source == f"{HOST}/v/1/1"
    (atom,) = feedparser.parse(client.get("/feeds/atom.xml?language=tr").content).entries
    # The reader writes relations in small letters, as RFC 8288 compares them.
    (link,) = [one for one in atom.links if one.rel == "https://schema.org/translationofwork"]
    assert (link.href, link.hreflang) == (f"{HOST}/v/1/1", "ar")
    assert "older" in [tag.term for tag in atom.tags]


def test_the_markup_names_the_translator_and_the_version(turkish: Publication) -> None:
    markup = publishing.claim_review(turkish)
    assert markup is not None
    assert markup["inLanguage"] == "tr"
    assert markup["translator"] == {"@type": "Person", "name": "Deniz Ak"}
    assert markup["translationOfWork"]["url"] == f"{HOST}/v/1/1"


def test_an_original_is_no_translation_to_any_feed(client: Client, verdict: Publication) -> None:
    (item,) = read(client, "/feeds/feed.json")["items"]
    assert "_translation_of" not in item
    assert "translationOfWork" not in client.get("/feeds/atom.xml").content.decode()
    assert "dc:source" not in client.get("/feeds/rss.xml").content.decode()


def test_a_reason_in_the_verdicts_own_language_is_marked_on_the_translated_page(
    client: Client, turkish: Publication, verdict: Publication, retract: Publish
) -> None:
    retract(verdict, "الوثيقة مزورة.")
    page = BeautifulSoup(client.get("/tr/v/1").content, "html.parser")
    marked = [one for one in page.find_all("p") if one.get_text() == "الوثيقة مزورة."]
    assert [(one["lang"], one["dir"]) for one in marked] == [("ar", "rtl"), ("ar", "rtl")]
    found = read(client, "/api/v1/verdicts/1/?language=tr")
    assert (found["reason"], found["reason_language"]) == ("الوثيقة مزورة.", "ar")
    newest = items(client)[0]
    assert '<span lang="ar" dir="rtl">الوثيقة مزورة.</span>' in newest["content_html"]
    assert newest["_translation_of"]["original_stands"] is False


def test_a_translation_taken_back_alone_gives_its_reason_in_its_own_language(
    client: Client, turkish: Publication, publisher: User
) -> None:
    publishing.retract_translation(
        claim=Claim.objects.get(pk=turkish.claim_id),
        language="tr",
        actor=publisher,
        reason="Çeviri yanlıştı.",
    )
    page = BeautifulSoup(client.get("/tr/v/1").content, "html.parser")
    (marked, *_more) = [one for one in page.find_all("p") if one.get_text() == "Çeviri yanlıştı."]
    assert (marked["lang"], marked["dir"]) == ("tr", "ltr")
    newest = items(client)[0]
    assert "<span" not in newest["content_html"]
    assert newest["_translation_of"]["original_stands"] is True
    assert "no longer be relied on" not in newest["content_html"]


def test_the_corrections_page_marks_the_language_of_each_reason(
    client: Client, turkish: Publication, verdict: Publication, retract: Publish
) -> None:
    retract(verdict, "الوثيقة مزورة.")
    page = BeautifulSoup(client.get("/tr/corrections").content, "html.parser")
    marked = [one for one in page.find_all("p") if one.get_text() == "الوثيقة مزورة."]
    assert {one["lang"] for one in marked} == {"ar"}
    assert len(marked) == 2


def test_fifty_translations_cost_a_feed_no_more_queries_than_one(
    client: Client,
    publish: Publish,
    second_editor: User,
    reviewer: User,
    publisher: User,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(3):
        one = publish(f"ادعاء رقم {number}")
        translated.publish(Claim.objects.get(pk=one.claim_id), second_editor, reviewer, publisher)
    with django_assert_max_num_queries(6):
        assert len(items(client)) == 3
    with django_assert_max_num_queries(6):
        assert len(read(client, "/api/v1/verdicts/")["results"]) == 6
