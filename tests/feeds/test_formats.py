"""Each format, read back by feedparser or the standard library: nothing of ours parses it."""

import json
import xml.etree.ElementTree as ET
from dataclasses import fields, replace

import feedparser
import pytest

from claims import feeds
from claims.feeds import atom, json_feed, rss
from claims.feeds.base import Entry, OfOriginal, RatingLabel
from tests.feeds.entries import (
    CORRECTION,
    ENTRIES,
    HEAD,
    HOSTILE,
    IN_ENGLISH,
    ORIGINAL,
    RETRACTION,
)

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"


def test_the_folder_is_the_list_of_formats() -> None:
    assert list(feeds.registry()) == [
        "atom.xml", "datafeed.json", "dump.csv", "dump.ndjson", "feed.json", "rss.xml",
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(feeds.registry()))
def test_a_format_says_what_it_is_and_renders_the_same_bytes_twice(name: str) -> None:
    feed = feeds.registry()[name]
    assert name == feed.FILE_NAME
    assert "; charset=utf-8" in feed.CONTENT_TYPE
    assert str(feed.LABEL)
    assert feed.render(HEAD, ENTRIES) == feed.render(HEAD, ENTRIES)
    assert feed.render(HEAD, []) == feed.render(HEAD, [])


def test_rss_leads_each_title_with_the_verdict() -> None:
    parsed = feedparser.parse(rss.render(HEAD, [ORIGINAL]))
    assert not parsed.bozo
    assert (parsed.version, parsed.feed.title, parsed.feed.language) == (
        "rss20",
        "مكتب الفحص",
        "ar",
    )
    assert parsed.entries[0].title == "خاطئ: أُغلق الجسر أمس"
    assert parsed.entries[0].link == "https://desk.example/v/2"
    assert parsed.entries[0].id == "https://desk.example/v/2/1"
    assert parsed.entries[0].published == "Tue, 24 Nov 2026 09:00:00 +0000"
    assert parsed.entries[0].author == "مكتب الفحص"
    assert parsed.entries[0].tags[0].term == "خاطئ"


def test_rss_carries_the_reasoning_in_paragraphs_with_their_direction() -> None:
    root = ET.fromstring(rss.render(HEAD, [ORIGINAL]))
    description = root.findtext("channel/item/description") or ""
    assert description.startswith('<div lang="ar" dir="rtl"><p><strong>خاطئ</strong></p>')
    assert "<p>الجسر مفتوح.</p><p>زرنا الجسر.</p><p>الحركة عادية.</p></div>" in description
    assert "بلدية المدينة" in description


def test_rss_names_feed_verdict_kind_and_language() -> None:
    root = ET.fromstring(rss.render(HEAD, [CORRECTION]))
    link = root.find(f"channel/{ATOM}link")
    assert link is not None
    assert link.attrib == {"rel": "self", "href": "https://desk.example/feeds/NAME"}
    assert root.findtext("channel/copyright") == "https://creativecommons.org/licenses/by/4.0/"
    item = root.find("channel/item")
    assert item is not None
    assert item.findtext(f"{DC}identifier") == "https://desk.example/v/2"
    assert item.findtext(f"{DC}language") == "ar"
    assert item.findtext(f"{DC}type") == "correction"
    assert item.findtext(f"{ATOM}updated") == "2026-11-25T09:30:00+00:00"


def test_each_publication_is_an_item_of_its_own_in_rss_and_json() -> None:
    parsed = feedparser.parse(rss.render(HEAD, ENTRIES))
    ids = [f"https://desk.example/v/2/{version}" for version in (3, 2, 1)]
    assert [entry.id for entry in parsed.entries] == ids
    items = json.loads(json_feed.render(HEAD, ENTRIES))["items"]
    assert [item["id"] for item in items] == ids
    assert {item["_log"]["verdict"] for item in items} == {"https://desk.example/v/2"}


def test_in_atom_the_newest_entry_with_an_id_is_what_stands() -> None:
    parsed = feedparser.parse(atom.render(HEAD, ENTRIES))
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert parsed.feed.updated == "2026-11-26T07:00:00+00:00"
    assert parsed.feed.id == "https://desk.example/feeds/NAME"
    assert {entry.id for entry in parsed.entries} == {"https://desk.example/v/2"}
    assert [entry.updated for entry in parsed.entries] == [
        "2026-11-26T07:00:00+00:00",
        "2026-11-25T09:30:00+00:00",
        "2026-11-24T09:00:00+00:00",
    ]
    assert {entry.published for entry in parsed.entries} == {"2026-11-24T09:00:00+00:00"}


def test_atom_carries_rating_kind_language_and_the_frozen_version() -> None:
    root = ET.fromstring(atom.render(HEAD, [ORIGINAL]))
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.attrib == {"{http://www.w3.org/XML/1998/namespace}lang": "ar"}
    assert [one.attrib for one in entry.findall(f"{ATOM}category")] == [
        {"scheme": "https://desk.example/kind", "term": "original"},
        {"scheme": "https://desk.example/rating", "term": "false", "label": "خاطئ"},
    ]
    links = {one.attrib["rel"]: one.attrib["href"] for one in entry.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "https://desk.example/v/2",
        "memento": "https://desk.example/v/2/1",
    }


def test_the_json_feed_is_one_and_carries_the_markup() -> None:
    feed = json.loads(json_feed.render(HEAD, [ORIGINAL]))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["language"], feed["feed_url"]) == ("ar", "https://desk.example/feeds/NAME")
    assert feed["authors"] == [{"name": "مكتب الفحص", "url": "https://desk.example/"}]
    (item,) = feed["items"]
    assert item["title"] == "خاطئ: أُغلق الجسر أمس"
    assert item["date_published"] == "2026-11-24T09:00:00+00:00"
    assert item["tags"] == ["خاطئ"]
    assert item["_claim_review"] == {"@context": "https://schema.org", "@type": "ClaimReview"}
    assert item["_log"]["number"] == 4


@pytest.mark.parametrize("name", ["atom.xml", "feed.json", "rss.xml"])
def test_a_retraction_is_a_tombstone_in_every_format(name: str) -> None:
    english = replace(RETRACTION, language="en", direction="ltr", claim="The bridge was closed")
    data = feeds.registry()[name].render(HEAD, [english]).decode()
    assert "Retracted: The bridge was closed" in data
    assert "اعتمدنا على صورة قديمة" in data
    for absent in ("خاطئ", "الجسر مفتوح", "زرنا الجسر", "ClaimReview", "_claim_review", "tags"):
        assert absent not in data


def test_a_correction_says_so_in_its_title_and_what_was_corrected() -> None:
    corrected = replace(IN_ENGLISH, kind="correction", reason="The bridge's name was wrong")
    updated = replace(IN_ENGLISH, kind="update", reason="It was closed today")
    parsed = feedparser.parse(rss.render(HEAD, [corrected, updated]))
    first, second = parsed.entries
    assert first.title == "False: The bridge was closed yesterday (corrected)"
    assert "What was corrected: The bridge&#x27;s name was wrong" in first.description
    assert second.title == "False: The bridge was closed yesterday (updated)"
    assert "What is new: It was closed today" in second.description


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "retraction"},
        {"kind": "retraction", "rating": None},
        {"rating": None},
        {"claim_review": None},
        {"kind": "update", "rating": None, "claim_review": None},
    ],
)
def test_no_entry_is_half_a_tombstone(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="a retraction carries no rating and no ClaimReview"):
        replace(ORIGINAL, **changes)  # type: ignore[arg-type]


def hostile() -> Entry:
    texts = {
        field.name: HOSTILE
        for field in fields(Entry)
        if field.name in ("claim", "summary", "explanation", "claimant", "reason")
    }
    rating = RatingLabel(slug="false", label=HOSTILE, value=1, best=5, worst=1)
    return replace(ORIGINAL, **texts, rating=rating, claim_review={"claimReviewed": HOSTILE})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_whatever_characters_come_the_xml_is_well_formed(name: str) -> None:
    head = replace(HEAD, title=HOSTILE, description=HOSTILE, publisher=HOSTILE, licence=HOSTILE)
    data = feeds.registry()[name].render(head, [hostile()])
    ET.fromstring(data)
    parsed = feedparser.parse(data)
    assert not parsed.bozo
    assert "a\ufffdb\ufffdc\ufffd d\ufffde \ufffd ]]> " in ET.fromstring(data).findtext(
        "channel/item/title" if name == "rss.xml" else f"{ATOM}entry/{ATOM}title", ""
    )


@pytest.mark.parametrize("name", ["atom.xml", "feed.json", "rss.xml"])
def test_markup_in_a_claim_stays_text(name: str) -> None:
    data = feeds.registry()[name].render(HEAD, [hostile()])
    if name == "feed.json":
        html = json.loads(data)["items"][0]["content_html"]
    else:
        root = ET.fromstring(data)
        html = root.findtext("channel/item/description") or root.findtext(
            f"{ATOM}entry/{ATOM}content", ""
        )
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;" in html
    assert "<script" not in html


def test_the_json_feed_survives_lone_surrogates_in_the_document() -> None:
    feed = json.loads(json_feed.render(HEAD, [hostile()]))
    reviewed = feed["items"][0]["_claim_review"]["claimReviewed"]
    assert reviewed.startswith("a\x00b\x0bc\x1f d\ufffde")


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_an_empty_feed_is_a_feed(name: str) -> None:
    parsed = feedparser.parse(feeds.registry()[name].render(HEAD, []))
    assert not parsed.bozo
    assert parsed.entries == []
    assert parsed.feed.title == "مكتب الفحص"


@pytest.mark.parametrize(
    ("stands", "says"),
    [
        (True, "The verdict itself stands."),
        (False, "This verdict has been retracted."),
        (None, "This translation has been retracted."),
    ],
)
def test_a_translation_taken_back_says_of_the_verdict_what_is_known(
    stands: bool | None, says: str
) -> None:
    """An archive page (None) says nothing that may change afterwards."""
    of = OfOriginal(
        language="ar", translator="", url="https://desk.example/v/2", version=1,
        version_url="https://desk.example/v/2/1", older=None, stands=stands, reason_language="en",
    )  # fmt: skip
    data = feeds.registry()["feed.json"].render(
        HEAD, [replace(RETRACTION, language="en", direction="ltr", translation=of)]
    )
    assert says in json.loads(data)["items"][0]["content_html"]
