"""The feeds' older entries: every one is reached, and a page that is full never changes."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from claims import feeds
from claims.models import LogEntry
from claims.pipeline.publishing import archives, erasing, files, log
from tests.pages.conftest import Publish

pytestmark = pytest.mark.django_db

FOREVER = "public, max-age=31536000, immutable"
LINK = "{http://www.w3.org/2005/Atom}link"
FORMATS = ["atom.xml", "feed.json", "rss.xml"]
ALL = sorted(feeds.registry())


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.PUBLIC_DIR = tmp_path / "public"
    monkeypatch.setattr(archives, "PAGE", 2)
    monkeypatch.setattr(archives, "NEWEST", 0)
    return tmp_path / "public"


@pytest.fixture
def five(publish: Publish, change: Publish, retract: Publish) -> None:
    first = publish("الجسر الأول")
    publish("الجسر الثاني", language="en")
    change(first, reason="أخطأنا في السنة.")
    third = publish("الجسر الثالث")
    retract(third, "تبين أن السجل يخص جسرا آخر.")


def relations(data: bytes, name: str) -> dict[str, str]:
    """Where a feed document says that its other pages are, as paths."""
    if name == "feed.json":
        found = json.loads(data).get("_pages", {})
    else:
        root = ElementTree.fromstring(data)
        within = root if name == "atom.xml" else root[0]
        found = {link.get("rel"): link.get("href") for link in within.iter(LINK)}
    return {rel: url.removeprefix("http://127.0.0.1:8000") for rel, url in found.items()}


def entries(data: bytes, name: str) -> list[str]:
    """The frozen address of each entry, newest first."""
    if name == "feed.json":
        return [item["id"] for item in json.loads(data)["items"]]
    root = ElementTree.fromstring(data)
    if name == "rss.xml":
        return [str(item.findtext("guid")) for item in root.iter("item")]
    return [
        str(next(link.get("href") for link in entry.iter(LINK) if link.get("rel") == "memento"))
        for entry in root.iter("{http://www.w3.org/2005/Atom}entry")
    ]


def walked(client: Client, name: str, query: str = "") -> list[str]:
    found, path = [], f"/feeds/{name}{query}"
    while path:
        data = client.get(path).content
        found += entries(data, name)
        path = relations(data, name).get("prev-archive", "")
    return found


@pytest.mark.parametrize("name", FORMATS)
def test_from_the_subscription_back_every_entry_is_met_once(
    name: str, client: Client, five: None
) -> None:
    ends = ["/3/2", "/3/1", "/1/2", "/en/v/2/1", "/1/1"]
    found = walked(client, name)
    assert [url[-len(end) :] for url, end in zip(found, ends, strict=True)] == ends


@pytest.mark.parametrize("name", FORMATS)
def test_a_language_has_pages_of_its_own(name: str, client: Client, five: None) -> None:
    found = walked(client, name, "?language=en")
    assert [url[-9:] for url in found] == ["/en/v/2/1"]
    assert len(walked(client, name, "?language=ar")) == 4


@pytest.mark.parametrize("name", ALL)
def test_a_full_page_keeps_its_bytes_whatever_is_published(
    name: str, client: Client, publish: Publish, change: Publish, retract: Publish
) -> None:
    first = publish("الجسر الأول")
    publish("الجسر الثاني")
    page = client.get(f"/feeds/archive/0/{name}")
    assert page["Cache-Control"] == FOREVER
    change(first, reason="أخطأنا في السنة.")
    assert client.get(f"/feeds/archive/0/{name}").content == page.content
    assert files.read(f"/feeds/archive/0/{name}") is None
    files.write_due()
    assert files.read(f"/feeds/archive/0/{name}") == page.content


def test_an_archive_says_that_it_is_one_and_the_subscription_does_not(
    client: Client, five: None
) -> None:
    for name in ("atom.xml", "rss.xml"):
        mark = b"<fh:archive/>"
        assert mark in client.get(f"/feeds/archive/0/{name}").content
        assert mark not in client.get(f"/feeds/{name}").content
    pages = relations(client.get("/feeds/archive/1/atom.xml").content, "atom.xml")
    assert pages["current"] == "/feeds/atom.xml"
    assert pages["prev-archive"] == "/feeds/archive/0/atom.xml"
    assert pages["next-archive"] == "/feeds/archive/2/atom.xml"


def test_the_page_that_is_not_full_yet_leads_to_the_subscription(
    client: Client, five: None
) -> None:
    onward = client.get("/feeds/archive/2/ar/rss.xml")
    assert (onward.status_code, onward["Location"]) == (302, "/feeds/rss.xml?language=ar")
    assert onward["Cache-Control"] == "no-cache"
    for path in ("3/rss.xml", "0/xx/rss.xml", "0/other.xml", "00/rss.xml", "-1/rss.xml"):
        assert client.get(f"/feeds/archive/{path}").status_code == 404, path


def test_a_text_withdrawn_by_law_leaves_its_page_and_the_file_of_it(
    client: Client, publish: Publish, administrator: User
) -> None:
    for name in ("الأول", "الثاني", "الثالث"):
        publish(f"الجسر {name}")
    files.write_due()
    assert "الجسر الأول" in (files.read("/feeds/archive/0/rss.xml") or b"").decode()
    assert not files.is_due()
    erasing.erase(number=0, ground="قرار المحكمة", actor=administrator)
    assert files.is_due()
    files.write_due()
    for name in ALL:
        for path in (f"/feeds/archive/0/{name}", f"/feeds/archive/0/ar/{name}"):
            data = (files.read(path) or b"").decode()
            assert "الجسر الأول" not in data, path
            assert "الجسر الثاني" in data, path
            assert client.get(path).content == data.encode(), path


def long_log() -> None:
    with transaction.atomic():
        for _each in range(260):
            log.append(kind=LogEntry.Kind.AUDIT, id="x", at=log.next_time(), body={})


def test_full_tiles_and_bundles_lie_there_as_files_and_partial_ones_do_not(
    client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "PAGE", 100)
    long_log()
    files.write_due()
    written = {
        str(path.relative_to(folder)) for path in (folder / "log").rglob("*") if path.is_file()
    }
    assert written == {"log/tile/0/000", "log/tile/entries/000"}
    for path in written:
        made = log.resource(path.removeprefix("log/"))
        assert (folder / path).read_bytes() == made
        assert client.get(f"/{path}").content == made
    assert client.get("/log/tile/0/001.p/4").status_code == 200


def test_writing_that_broke_off_goes_on_and_may_be_begun_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "PAGE", 100)
    long_log()
    assert files.write_due(timezone.now() - timedelta(seconds=1))
    assert (folder / ".upto").read_text() == "100"
    assert not (folder / "log").exists()
    assert not files.write_due()
    assert not files.is_due()
    (folder / "log/tile/0/000").unlink()
    call_command("write_public_files", "--again")
    assert (folder / "log/tile/0/000").exists()
