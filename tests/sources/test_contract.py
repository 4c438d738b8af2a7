"""What holds for every source, also for one that is written tomorrow."""

import dataclasses
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.utils import translation

from claims import sources
from claims.sources._http import Door
from claims.sources._http.connection import Deadline
from claims.sources.base import Answer, Context, Query, Row, RowKind, Source, SourceError
from tests.sources.recorded import APIS
from tests.sources.web import Web, redirects, sends, site

ALL = sources.registry()
OUTSIDE = [name for name, source in ALL.items() if source.sends_text_to_third_party]
QUERY = Query(
    text="The harbour of Sandhaven was sold in July",
    language="en",
    claimant="Nadia Harun",
    published=date(2024, 7, 25),
    urls=("https://paper.example/harbour",),
)
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


@contextmanager
def api(
    name: str,
    answers: Mapping[str, bytes] | Callable[[BaseHTTPRequestHandler], None],
    *,
    status: int = 200,
    content_type: str = "",
    **headers: str,
) -> Iterator[Callable[..., Answer]]:
    """The source's API on loopback, answering per path; what is given asks the source."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        assert not callable(answers)
        body = answers.get(urlsplit(handler.path).path, b"")
        kind = content_type or APIS[name].content_type
        sends(body, status, Content_Type=kind, **headers)(handler)

    with site(answers if callable(answers) else answer) as server:
        web = Web()
        web.host("api.example", server)

        def ask(**changes: Any) -> Answer:
            query = dataclasses.replace(QUERY, **changes)
            return ALL[name].lookup(query, context(web.door(), **APIS[name].settings))

        yield ask


def test_the_folder_is_the_list() -> None:
    assert list(ALL) == [
        "archive", "collected", "gdelt", "google_fact_check", "imported_checks",
        "internet_archive", "own_links", "searxng", "wikidata", "wikipedia",
    ]  # fmt: skip


def test_every_outside_api_is_recorded() -> None:
    assert sorted(APIS) == OUTSIDE


@pytest.mark.parametrize("name", ALL)
def test_a_source_declares_what_an_editor_must_know(name: str) -> None:
    source = ALL[name]
    assert isinstance(source, Source)
    assert source.name == name
    with translation.override("en"):
        assert str(source.label).strip()
        assert str(source.sends).startswith("Sends ") is source.sends_text_to_third_party
    assert isinstance(source.sends_text_to_third_party, bool)
    assert source.per_minute >= 1
    assert source.concurrency >= 1
    assert source.languages
    assert set(source.languages) <= {"ar", "tr", "en"}
    for setting in (*source.needs, *source.options):
        assert hasattr(settings, setting), "no variable of the environment reaches it"
    if source.sends_text_to_third_party:
        assert urlsplit(source.docs).scheme == "https"


@pytest.mark.parametrize("name", sorted(set(ALL) - set(OUTSIDE)))
def test_a_source_that_keeps_text_in_the_house_opens_no_connection(name: str) -> None:
    web = Web()
    answer = ALL[name].lookup(Query(text="a claim", language="en"), context(web.door()))
    assert isinstance(answer, Answer)
    assert web.resolved == []
    assert web.dialled == []


@pytest.mark.parametrize("name", OUTSIDE)
def test_an_answer_of_the_apis_shape_becomes_hits_in_plain_text(name: str) -> None:
    with api(name, APIS[name].answer) as ask:
        answer = ask()
    assert tuple(hit.title for hit in answer.hits) == APIS[name].titles
    assert answer.asked
    assert "a-key-nobody-may-see" not in answer.asked
    for hit in answer.hits:
        assert urlsplit(hit.url).scheme in ("http", "https")
        assert hit.kind in ("page", "check", "own", "entity")
        assert not re.search(r"<\w|&\w+;|[\x00-\x1f]", hit.title + hit.snippet)
        with pytest.raises(dataclasses.FrozenInstanceError):
            hit.title = "other"  # type: ignore[misc]


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_found_is_an_answer(name: str) -> None:
    with api(name, APIS[name].empty) as ask:
        assert ask().hits == ()


@pytest.mark.parametrize("name", [name for name in OUTSIDE if APIS[name].error])
def test_an_error_that_comes_with_status_200_is_a_source_error(name: str) -> None:
    error = APIS[name].error
    assert error
    with api(name, error, content_type=APIS[name].error_type) as ask, pytest.raises(SourceError):
        ask()


@pytest.mark.parametrize("name", OUTSIDE)
def test_asked_too_often_says_how_long_to_wait(name: str) -> None:
    with api(name, {}, status=429, Retry_After="17") as ask, pytest.raises(SourceError) as caught:
        ask()
    assert (caught.value.permanent, caught.value.retry_after) == (False, 17.0)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_server_that_is_broken_may_be_asked_again(name: str) -> None:
    with api(name, {}, status=500) as ask, pytest.raises(SourceError) as caught:
        ask()
    assert caught.value.permanent is False
    assert "a-key-nobody-may-see" not in caught.value.message


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", OUTSIDE)
def test_whatever_comes_back_is_an_answer_or_a_source_error(name: str, body: bytes) -> None:
    with api(name, dict.fromkeys(APIS[name].answer, body)) as ask, suppress(SourceError):
        assert ask().hits == ()


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_slow_drip_ends_at_the_deadline(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.sources._http.door.Deadline", lambda seconds: Deadline(0.3))

    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        for _second in range(40):
            handler.wfile.write(b" ")
            time.sleep(0.05)

    with api(name, drips) as ask, pytest.raises(SourceError) as caught:
        ask()
    assert caught.value.permanent is False


@pytest.mark.parametrize("name", OUTSIDE)
def test_an_endless_body_is_cut_off(name: str) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.end_headers()
        while True:
            handler.wfile.write(b" " * 100_000)

    with api(name, endless) as ask, pytest.raises(SourceError):
        ask()


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_redirect_to_a_private_address_is_refused(name: str) -> None:
    with (
        api(name, redirects("http://127.0.0.1:1/inside")) as ask,
        pytest.raises(SourceError) as caught,
    ):
        ask()
    assert caught.value.permanent is True


@pytest.mark.parametrize("text", ["", " ", "…!؟", "x", "و", "'" * 50, "\u200f\u202e", "\ud800 a"])
@pytest.mark.parametrize("name", ALL)
def test_a_claim_of_any_shape_gets_an_answer_or_a_source_error(name: str, text: str) -> None:
    if name not in APIS:
        assert ALL[name].lookup(Query(text=text, language="ar"), context(Door()))
        return
    with api(name, APIS[name].answer) as ask:
        assert isinstance(ask(text=text, claimant=text, language="ar"), Answer)


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_network_is_a_source_error_that_may_pass(name: str) -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no network")

    with pytest.raises(SourceError) as caught:
        ALL[name].lookup(QUERY, context(Door(resolver=unknown), **APIS[name].settings))
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
