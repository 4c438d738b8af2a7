"""Feeds from anywhere: what they say is read as text, and what is built to do harm is refused."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import translation

from claims.sources import _feed
from claims.sources._text import Unreadable

URL = "http://marfa.example/news/feed"


@pytest.fixture(autouse=True)
def _english() -> None:
    translation.activate("en")


def rss(items: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0"><channel>'
        f"<title>Marfa</title>{items}</channel></rss>"
    ).encode()


def item(**tags: str) -> str:
    return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in tags.items()) + "</item>"


def test_an_entry_is_read_as_text_with_an_absolute_address_and_an_instant() -> None:
    feed = _feed.parse(
        rss(
            item(
                guid="tag:1",
                title="A &amp; B",
                link="/ferries?id=1",
                description="&lt;p&gt;Said &lt;b&gt;so&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;",
                pubDate="Fri, 20 Nov 2026 10:00:00 +0300",
            )
        ),
        url=URL,
    )
    assert feed.title == "Marfa"
    assert feed.entries == (
        _feed.Entry(
            guid="tag:1",
            url="http://marfa.example/ferries?id=1",
            title="A & B",
            text="Said so",
            published=datetime(2026, 11, 20, 7, 0, tzinfo=UTC),
            updated="Fri, 20 Nov 2026 10:00:00 +0300",
        ),
    )


def test_without_a_guid_the_address_tells_entries_apart_and_each_counts_once() -> None:
    feed = _feed.parse(rss(item(link="http://a.example/1") * 2 + item(title="nowhere")), url=URL)
    assert [entry.guid for entry in feed.entries] == ["http://a.example/1"]
    assert feed.skipped == 1


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/x", "http://u:p@a.example/",
             "http://[::1", "http://a.example/" + "x" * 2000],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_left_out(link: str) -> None:
    assert _feed.parse(rss(item(title="t", link=link)), url=URL).entries == ()


def test_what_no_database_keeps_is_taken_out() -> None:
    feed = _feed.parse(
        rss(item(title="a&#1;b", link="http://a.example/1", guid="g\u0001")), url=URL
    )
    (entry,) = feed.entries
    assert "\x01" not in entry.title + entry.guid


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!entity % x SYSTEM "http://a.example/x.dtd"> %x;]>',
    ],
    ids=["laughs", "file", "parameter"],
)
def test_a_feed_that_defines_entities_is_refused(head: str) -> None:
    with pytest.raises(Unreadable, match="defines entities of its own"):
        _feed.parse(rss(item(title="&b;&x;", link="http://a.example/1"), head), url=URL)


def test_bytes_are_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "feed.xml"
    secret.write_bytes(rss(item(title="secret", link="http://a.example/1")))
    with pytest.raises(Unreadable, match="There is no RSS or Atom feed"):
        _feed.parse(str(secret).encode(), url=URL)


def test_of_a_whole_archive_the_first_two_hundred_are_read() -> None:
    many = "".join(item(link=f"http://a.example/{n}") for n in range(300))
    assert len(_feed.parse(rss(many), url=URL).entries) == 200


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"<html><body>hello",
        b"<rss><channel><item><title>" + b"<a>" * 50_000,
        b"\x89PNG\r\n\x1a\n",
        b"<" * 200_000,
        b"&" * 200_000,
    ],
    ids=["nothing", "page", "deep", "picture", "open", "ampersands"],
)
def test_what_is_no_feed_ends_soon_and_in_words(bad: bytes) -> None:
    started = time.perf_counter()
    with suppress(Unreadable):
        assert _feed.parse(bad, url=URL).entries == ()
    assert time.perf_counter() - started < 10


def test_a_feed_beyond_three_megabytes_or_with_too_many_tags_is_refused() -> None:
    with pytest.raises(Unreadable, match="at most 3145728 are read"):
        _feed.parse(b" " * (3 * 1024 * 1024 + 1), url=URL)
    with pytest.raises(Unreadable, match="more than 60000 tags"):
        _feed.parse(rss("<item></item>" * 30_000), url=URL)


@pytest.mark.parametrize("day", ["9999-12-31T23:30:00Z", "0001-01-01T00:10:00Z"])
def test_a_day_at_the_end_of_time_is_no_day(day: str) -> None:
    """It can be told in no other time zone."""
    feed = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><entry><id>1</id>'
        f'<link href="https://marfa.example/1"/><title>y</title><published>{day}</published>'
        f"<updated>{day}</updated></entry></feed>"
    )
    (entry,) = _feed.parse(feed.encode(), url="https://marfa.example/feed").entries
    assert entry.published is None
