import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from claims.sources._http import Door
from claims.sources.base import Answer, Context, Query, SourceError
from claims.sources.wikipedia import Wikipedia
from tests.sources.web import Web, sends, site
from tests.standins import wikipedia as standin

Ask = Callable[..., Answer]


@pytest.fixture
def server() -> Iterator[standin.Server]:
    with standin.running() as running:
        yield running


@pytest.fixture
def ask(server: standin.Server) -> Ask:
    door = Door(allow=frozenset({f"127.0.0.1:{server.server_port}"}))

    def lookup(text: str, language: str) -> Answer:
        return Wikipedia().lookup(Query(text=text, language=language), context(door, server.api))

    return lookup


def context(door: Door, api: str = "") -> Context:
    return Context(
        now=lambda: datetime(2024, 7, 26, tzinfo=UTC),
        fetch=door,
        settings={"WIKIPEDIA_URL": api} if api else {},
        search_rows=lambda kind, query, limit: [],
    )


def test_an_arabic_claim_finds_a_page_by_its_names_and_numbers(
    ask: Ask, server: standin.Server
) -> None:
    answer = ask("قال مسؤولون إن وزراء الدفاع عقدوا أول اجتماع في موسكو في ديسمبر 2022.", "ar")
    assert [hit.title for hit in answer.hits] == ["العلاقات السورية التركية"]
    hit = answer.hits[0]
    assert hit.url == standin.page_url(
        f"127.0.0.1:{server.server_port}", "ar", "العلاقات السورية التركية"
    )
    assert hit.kind == "page"
    assert hit.language == "ar"
    assert hit.publisher == "Wikipedia"
    assert 'اجتماع قمة "بعد" انقطاع' in hit.snippet


def test_the_raw_sentence_is_never_sent(ask: Ask, server: standin.Server) -> None:
    ask("The mayor said that Sandhaven was with 40,000 inhabitants in 2023.", "en")
    assert server.behaviour.requests[0]["srsearch"] == "mayor Sandhaven 40,000 inhabitants 2023"


def test_six_words_that_meet_on_no_page_become_three(ask: Ask, server: standin.Server) -> None:
    answer = ask(
        "Assad and Erdoğan will meet in Moscow with Kern, Harbourtown's envoy, and Miller.", "en"
    )
    sent = [request["srsearch"] for request in server.behaviour.requests]
    assert sent == ["Assad Erdoğan Moscow Kern Harbourtown Miller", "Erdoğan Moscow Harbourtown"]
    assert answer.asked == f"127.0.0.1: {sent[0]}; {sent[1]}"
    assert answer.hits == ()


def test_what_is_asked_is_what_the_api_documents(ask: Ask, server: standin.Server) -> None:
    ask("Moskova'da Erdoğan", "tr")
    assert server.behaviour.requests == [
        {
            "language": "tr",
            "action": "query",
            "list": "search",
            "srsearch": "Moskova Erdoğan",
            "srnamespace": "0",
            "srlimit": "5",
            "srinfo": "totalhits",
            "srprop": "snippet|timestamp",
            "format": "json",
            "formatversion": "2",
            "utf8": "1",
            "maxlag": "5",
        }
    ]
    assert server.behaviour.user_agents == ["Touchstone fact-check desk"]


@pytest.mark.parametrize("version", [1, 2])
def test_both_format_versions_are_read(ask: Ask, server: standin.Server, version: int) -> None:
    server.behaviour.format_version = version
    assert [hit.title for hit in ask("Kumliman", "tr").hits] == ["Kumliman"]


def test_snippets_lose_their_markup_and_keep_what_was_escaped(ask: Ask) -> None:
    hit = ask("Bağdat", "tr").hits[0]
    assert "Bağdat <görüşme> yerleri" in hit.snippet
    assert "searchmatch" not in hit.snippet
    assert "Syria & Turkey broke off" in ask("Diplomatic relations in Syria", "en").hits[0].snippet


def test_no_more_than_five_pages_are_shown(ask: Ask) -> None:
    assert len(ask("Sandhaven", "en").hits) == 5


def test_nothing_in_the_claims_language_is_nothing_and_no_other_one_is_tried(
    ask: Ask, server: standin.Server
) -> None:
    answer = ask("Kumliman", "ar")
    assert answer.hits == ()
    assert {request["language"] for request in server.behaviour.requests} == {"ar"}


def test_a_claim_without_a_word_worth_asking_for_asks_nothing(
    ask: Ask, server: standin.Server
) -> None:
    assert ask("…", "ar").hits == ()
    assert server.behaviour.requests == []


def test_a_language_without_a_wikipedia_of_ours_is_refused_by_name(ask: Ask) -> None:
    with pytest.raises(SourceError, match=r"“fr”\. Known: ar, en, tr") as caught:
        ask("Moscou", "fr")
    assert caught.value.permanent is True


@pytest.mark.parametrize(
    ("code", "permanent"),
    [
        ("missingparam", True),
        ("badvalue", True),
        ("ratelimited", False),
        ("readonly", False),
        ("internal_api_error_DBConnectionError", False),
    ],
)
def test_an_error_sent_with_200_is_an_error(
    ask: Ask, server: standin.Server, code: str, permanent: bool
) -> None:
    server.behaviour.error = code
    with pytest.raises(SourceError, match=code) as caught:
        ask("Moscow", "en")
    assert caught.value.permanent is permanent


def test_maxlag_asks_for_patience_and_says_how_much(ask: Ask, server: standin.Server) -> None:
    server.behaviour.maxlag_first = 1
    with pytest.raises(SourceError, match="7 seconds lagged") as caught:
        ask("Moscow", "en")
    assert (caught.value.permanent, caught.value.retry_after) == (False, 7.0)
    assert ask("Moscow", "en").hits


def test_a_server_that_fails_twice_is_there_again_the_third_time(
    ask: Ask, server: standin.Server
) -> None:
    server.behaviour.fail_first = 2
    for _ in range(2):
        with pytest.raises(SourceError) as caught:
            ask("Moscow", "en")
        assert caught.value.permanent is False
    assert [hit.title for hit in ask("Moscow August", "en").hits] == ["Recep Tayyip Erdoğan"]


def test_html_instead_of_json_is_an_error(ask: Ask, server: standin.Server) -> None:
    server.behaviour.not_json = True
    with pytest.raises(SourceError, match="text/html"):
        ask("Moscow", "en")


def test_the_errors_list_of_newer_versions_is_read_too() -> None:
    body = b'{"errors":[{"code":"ratelimited","html":"<b>Slow</b> down"}],"docref":"x"}'
    with site(sends(body, Content_Type="application/json")) as server:
        door = Door(allow=frozenset({server.pair}))
        with pytest.raises(SourceError, match="Slow down") as caught:
            Wikipedia().lookup(
                Query(text="Moscow", language="en"),
                context(door, f"http://{server.pair}/{{language}}/w/api.php"),
            )
        assert caught.value.permanent is False


def test_without_a_setting_the_real_wikipedia_of_the_language_is_meant() -> None:
    web = Web(names={"tr.wikipedia.org": []})
    with pytest.raises(SourceError, match=r"tr\.wikipedia\.org"):
        Wikipedia().lookup(Query(text="Moskova", language="tr"), context(web.door()))
    assert web.resolved == ["tr.wikipedia.org"]


def test_a_mirror_inside_the_house_must_be_allowed_by_the_desk(server: standin.Server) -> None:
    with pytest.raises(SourceError, match="Only ports 80 and 443") as caught:
        Wikipedia().lookup(Query(text="Moskova", language="tr"), context(Door(), server.api))
    assert caught.value.permanent is True
    assert server.behaviour.requests == []


def test_the_standin_refuses_who_does_not_say_who_asks(server: standin.Server) -> None:
    door = Door(allow=frozenset({f"127.0.0.1:{server.server_port}"}), user_agent="")
    with pytest.raises(SourceError, match="403") as caught:
        Wikipedia().lookup(Query(text="Moskova", language="tr"), context(door, server.api))
    assert caught.value.permanent is True


def test_the_standin_runs_as_a_process_with_its_failures_chosen_by_flags() -> None:
    command = [sys.executable, "-m", "tests.standins.wikipedia", "--port", "0", "--fail-first", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = dict(part.split("=", 1) for part in process.stdout.readline().split())
            door = Door(allow=frozenset({told["FETCH_ALLOW"]}))
            asked = context(door, told["WIKIPEDIA_URL"])
            with pytest.raises(SourceError, match="503"):
                Wikipedia().lookup(Query(text="Kumliman", language="tr"), asked)
            hits = Wikipedia().lookup(Query(text="Kumliman", language="tr"), asked).hits
            assert [hit.title for hit in hits] == ["Kumliman"]
            page = door.for_source(hits[0].url).get(hits[0].url)
            assert "kurgusal bir kenttir" in page.body.decode()
        finally:
            process.terminate()
