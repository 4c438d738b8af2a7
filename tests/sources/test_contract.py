"""What holds for every source, also for one that is written tomorrow."""

import dataclasses
from collections.abc import Sequence
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

import pytest
from django.utils import translation

from claims import sources
from claims.sources._http import Door
from claims.sources.base import Answer, Context, Query, Row, RowKind, Source, SourceError
from tests.sources.web import PUBLIC, Web, sends, site
from tests.standins import wikipedia as standin

ALL = sources.registry()
BODIES = [
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"{}",
    b'{"query":null}',
    b'{"query":{"search":[null]}}',
    b'{"query":{"search":[{"title":7}]}}',
    b'{"error":{"code":"internal_api_error_DBQueryError","info":"x"}}',
    b"[" * 100_000,
    b"\xff\xfe\x00",
    b"<!DOCTYPE html><h1>Service unavailable</h1>",
]


def context(door: Door, **settings: str) -> Context:
    def search_rows(kind: RowKind, query: Query, limit: int) -> Sequence[Row]:
        assert limit > 0
        return [
            Row(
                title="A check",
                text="What it says",
                url="https://desk.example/v/1",
                language=query.language,
                publisher="A desk",
                published=date(2024, 7, 1),
                rating="False",
                score=1.0,
            )
        ]

    return Context(
        now=lambda: datetime(2024, 7, 26, tzinfo=UTC),
        fetch=door,
        settings=settings,
        search_rows=search_rows,
    )


def test_the_folder_is_the_list() -> None:
    assert list(ALL) == ["archive", "imported_checks", "wikipedia"]


@pytest.mark.parametrize("name", ALL)
def test_a_source_declares_what_an_editor_must_know(name: str) -> None:
    source = ALL[name]
    assert isinstance(source, Source)
    assert source.name == name
    with translation.override("en"):
        assert str(source.label).strip()
    assert isinstance(source.sends_text_to_third_party, bool)
    assert source.per_minute >= 1
    assert source.concurrency >= 1
    assert source.languages
    assert set(source.languages) <= {"ar", "tr", "en"}
    for setting in (*source.needs, *source.options):
        assert setting == setting.upper()
    if source.sends_text_to_third_party:
        assert urlsplit(source.docs).scheme == "https"
        assert (type(source).__doc__ or "").count("Sends") == 1


@pytest.mark.parametrize("name", [name for name in ALL if not ALL[name].sends_text_to_third_party])
def test_a_source_that_keeps_text_in_the_house_opens_no_connection(name: str) -> None:
    web = Web()
    answer = ALL[name].lookup(Query(text="a claim", language="en"), context(web.door()))
    assert isinstance(answer, Answer)
    assert web.resolved == []
    assert web.dialled == []


@pytest.mark.parametrize("language", ["ar", "tr", "en"])
@pytest.mark.parametrize("name", ALL)
def test_a_source_answers_in_plain_text_with_web_addresses(name: str, language: str) -> None:
    text = {"ar": "الكرملين في موسكو", "tr": "Moskova ve Erdoğan", "en": "Moscow and Erdoğan"}
    with standin.running() as server:
        door = Door(allow=frozenset({f"127.0.0.1:{server.server_port}"}))
        answer = ALL[name].lookup(
            Query(text=text[language], language=language),
            context(door, WIKIPEDIA_URL=server.api),
        )
    assert answer.hits
    assert answer.asked
    for hit in answer.hits:
        assert hit.title
        assert urlsplit(hit.url).scheme in ("http", "https")
        assert hit.kind in ("page", "check", "own")
        assert "<span" not in hit.title + hit.snippet
        assert "&quot;" not in hit.snippet
        with pytest.raises(dataclasses.FrozenInstanceError):
            hit.title = "other"  # type: ignore[misc]


@pytest.mark.parametrize("text", ["", " ", "…!؟", "x", "و", "'" * 50, "\u200f\u202e", "\ud800 a"])
@pytest.mark.parametrize("name", ALL)
def test_a_claim_of_any_shape_gets_an_answer_or_a_source_error(name: str, text: str) -> None:
    with standin.running() as server:
        door = Door(allow=frozenset({f"127.0.0.1:{server.server_port}"}))
        asked = context(door, WIKIPEDIA_URL=server.api)
        assert isinstance(ALL[name].lookup(Query(text=text, language="ar"), asked), Answer)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", [name for name in ALL if ALL[name].sends_text_to_third_party])
def test_whatever_comes_back_is_an_answer_or_a_source_error(name: str, body: bytes) -> None:
    with site(sends(body, Content_Type="application/json")) as server:
        web = Web(every_cable=server.server_port)
        web.names = {f"{code}.wikipedia.org": [PUBLIC] for code in ("ar", "tr", "en")}
        asked = context(web.door(), WIKIPEDIA_URL="http://{language}.wikipedia.org/w/api.php")
        with pytest.raises(SourceError) as caught:
            ALL[name].lookup(Query(text="Moscow", language="en"), asked)
        assert caught.value.message
        assert isinstance(caught.value.permanent, bool)
        assert server.requests


@pytest.mark.parametrize("name", [name for name in ALL if ALL[name].sends_text_to_third_party])
def test_no_network_is_a_source_error_that_may_pass(name: str) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no network")

    with pytest.raises(SourceError) as caught:
        ALL[name].lookup(Query(text="Moscow", language="en"), context(Door(resolver=unknown)))
    assert caught.value.permanent is False


def test_a_module_without_a_source_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from claims.sources import archive

    monkeypatch.delattr(archive, "Archive")
    sources._walk.cache_clear()
    try:
        with pytest.raises(TypeError, match=r"claims\.sources\.archive must define exactly one"):
            sources.registry()
    finally:
        monkeypatch.undo()
        sources._walk.cache_clear()
    assert "archive" in sources.registry()
