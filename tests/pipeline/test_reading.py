"""Pages that sources named are read for their best passage, through the guarded door."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone, translation

from claims.models import Claim, Lookup, Reading
from claims.pipeline import _traffic as traffic
from claims.pipeline import reading, review
from claims.pipeline.lookup import draining
from claims.pipeline.reading import fetching, taking, writing
from claims.sources.base import Answer, Hit
from claims.workflow import IllegalMove
from tests.cast import make_article, make_claim
from tests.sources.web import Site, Web, sends, site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]

HOST = "marsad.example"
URL = f"http://{HOST}/story"
WEATHER = "وبقي الطقس باردا في الجبال خلال عطلة نهاية الأسبوع، ونصحت الأرصاد السائقين بالحذر."
REPORT = (
    "قال متحدث باسم الحكومة إن الوزيرين سيلتقيان في صوفيا في أغسطس المقبل لبحث ملف الحدود. "
    + WEATHER
)
DENIAL = "وأعلنت الوزارة في بيان أن الوزيرين لن يلتقيا في صوفيا في أغسطس المقبل."
MORE = (
    "وتحدث البيان عن زيارات أخرى يقوم بها وفد من الوزارة إلى مدن الساحل مطلع الشهر، منها جولة على "
    "المرافئ ولقاءات مع أصحاب السفن والصيادين. ولم تذكر الوزارة موعدا لعودة الوفد إلى العاصمة."
)


def page(*paragraphs: str, day: str = "", language: str = "ar", title: str = "خبر") -> bytes:
    mark = f'<meta property="article:published_time" content="{day}T08:00:00Z">' if day else ""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{mark}</head><body><article><h1>{title}</h1>"
        f"{''.join(f'<p>{text}</p>' for text in paragraphs)}</article></body></html>"
    ).encode()


class Paper:
    """A site on loopback: what it answers at which path, and what it was asked."""

    def __init__(self, server: Site) -> None:
        self.server = server
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.server.requests]

    @property
    def pages(self) -> list[str]:
        return [path for path in self.paths if path != "/robots.txt"]


@pytest.fixture
def paper(settings: Any) -> Iterator[Paper]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        found = papers.answers.get(handler.path, sends(b"", 404))
        found(handler)

    web = Web()
    with site(answer) as server, translation.override("en"):
        papers = Paper(server)
        for name in (HOST, "copy.example", "third.example"):
            web.host(name, server)
        settings.FETCH_DOOR = {"resolver": web.resolve, "dialer": web.dial}
        fetching.robots.cache_clear()
        forget_traffic()
        yield papers
    fetching.robots.cache_clear()


def forget_traffic() -> None:
    for name in (HOST, "copy.example", "third.example"):
        traffic._client().delete(*traffic._keys(f"host:{name}"))


@pytest.fixture
def wanted(editor: User) -> Claim:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    return claim


def answered(claim: Claim, *hits: Hit, source: str = "gdelt") -> Lookup:
    """A source's answer, stored as the drain stores it."""
    row = Lookup.objects.create(
        claim=claim,
        source=source,
        state=Lookup.State.RUNNING,
        attempts=1,
        started_at=timezone.now(),
    )
    draining._store([(row, Answer(hits=hits, asked="words"))])
    row.refresh_from_db()
    return row


def hit(url: str = URL, title: str = "لقاء الوزيرين في صوفيا", **more: Any) -> Hit:
    return Hit(title=title, url=url, snippet="", language="ar", **more)


def read_one(claim: Claim, *paragraphs: str, paper: Paper, **named: str) -> Reading:
    paper.answers["/story"] = sends(page(*paragraphs, **named))
    answered(claim, hit())
    assert reading.read() == 1
    return claim.readings.get()


def test_a_page_that_says_the_same_seems_to_support_the_claim(wanted: Claim, paper: Paper) -> None:
    row = read_one(wanted, WEATHER, REPORT, MORE, paper=paper)
    assert (row.state, row.hint, row.language) == ("read", "supports", "ar")
    assert row.passage == (
        "قال متحدث باسم الحكومة إن الوزيرين سيلتقيان في صوفيا في أغسطس المقبل لبحث ملف الحدود."
    )
    assert row.start is not None
    assert row.score is not None
    assert row.score > 0.5


def test_a_page_that_says_no_seems_to_deny_it_and_the_reason_is_kept(
    wanted: Claim, paper: Paper
) -> None:
    row = read_one(wanted, MORE, DENIAL, WEATHER, paper=paper)
    assert row.hint == "denies"
    assert row.passage == DENIAL
    assert row.why[0][0] in ("negation", "denial")


def test_the_passage_is_found_in_another_language(wanted: Claim, paper: Paper) -> None:
    row = read_one(
        wanted,
        "Snow fell in the mountains over the weekend and drivers were told to take care.",
        "The two ministers will meet in Sofia next August, a government spokesman said.",
        paper=paper,
        language="en",
    )
    assert row.passage == (
        "The two ministers will meet in Sofia next August, a government spokesman said."
    )
    assert (row.language, row.hint) == ("en", "supports")


def test_a_page_about_something_else_gets_no_passage(wanted: Claim, paper: Paper) -> None:
    row = read_one(wanted, WEATHER, WEATHER, paper=paper)
    assert (row.state, row.passage, row.hint, row.start) == ("read", "", "", None)


def test_a_check_that_repeats_the_claim_does_not_support_it(wanted: Claim, paper: Paper) -> None:
    paper.answers["/story"] = sends(page(REPORT, MORE))
    answered(wanted, hit(kind="check", rating="زائف"))
    reading.read()
    assert wanted.readings.get().hint == "mentions"


@pytest.mark.parametrize(("day", "later"), [("2026-07-19", False), ("2026-07-21", True)])
def test_a_page_from_after_the_claim_is_marked(
    wanted: Claim, paper: Paper, day: str, later: bool
) -> None:
    row = read_one(wanted, REPORT, MORE, paper=paper, day=day)
    assert (row.published_on, row.later) == (date.fromisoformat(day), later)


def test_copies_of_one_story_share_their_origin(wanted: Claim, paper: Paper) -> None:
    story = [REPORT, MORE, DENIAL]
    paper.answers["/a"] = sends(page(*story))
    paper.answers["/b"] = sends(page("وكالات: " + story[0], *story[1:], title="عنوان آخر"))
    paper.answers["/c"] = sends(
        page("لم يرد في جدول زيارات الوزير إلى صوفيا في أغسطس أي لقاء، كما اطلعت عليه الصحيفة.")
    )
    answered(
        wanted,
        hit(f"http://{HOST}/a"),
        hit("http://copy.example/b"),
        hit("http://third.example/c"),
    )
    assert reading.read() == 3
    origins = {row.url.rpartition("/")[2]: row.origin for row in wanted.readings.all()}
    assert origins["a"] == origins["b"]
    assert origins["a"] != origins["c"]


def test_a_copy_of_the_claims_own_article_is_no_other_source(editor: User, paper: Paper) -> None:
    article = make_article("\n".join([REPORT, MORE, DENIAL]))
    claim = make_claim(article, text="الوزيرين سيلتقيان في صوفيا في أغسطس المقبل")
    review.accept(claim=claim, actor=editor)
    row = read_one(claim, REPORT, MORE, DENIAL, paper=paper)
    assert row.origin.startswith(writing.OWN)


def test_the_claims_own_article_and_its_kept_copies_are_not_read(
    wanted: Claim, paper: Paper
) -> None:
    own = "https://marfa.example/sofia"
    answered(wanted, hit(own), hit(f"https://web.archive.org/web/20260721000000/{own}"))
    assert not wanted.readings.exists()


def test_what_is_no_page_is_not_read(wanted: Claim, paper: Paper) -> None:
    answered(wanted, hit(kind="entity"), hit("javascript:alert(1)"), hit(kind="own"))
    assert not wanted.readings.exists()


def test_only_the_nearest_pages_are_read(
    wanted: Claim, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.choosing, "PAGES", 1)
    paper.answers["/story"] = sends(page(REPORT, MORE))
    answered(wanted, hit(f"http://{HOST}/weather", "حالة الطقس في الجبال"), hit())
    assert reading.read() == 1
    assert paper.pages == ["/story"]
    assert list(wanted.readings.values_list("url", flat=True)) == [URL]


def test_slow_sources_are_waited_for_before_pages_are_chosen(wanted: Claim, paper: Paper) -> None:
    slow = Lookup.objects.create(claim=wanted, source="wikipedia")
    answered(wanted, hit())
    assert reading.choose() == 0
    Lookup.objects.filter(pk=slow.pk).update(next_at=timezone.now() + timedelta(minutes=5))
    assert reading.choose() == 1


def test_for_a_claim_that_nobody_wants_no_page_is_read(paper: Paper, editor: User) -> None:
    claim = make_claim()
    answered(claim, hit(), source="own_links")
    assert not reading.is_due(timezone.now())
    assert reading.read() == 0
    assert paper.paths == []
    paper.answers["/story"] = sends(page(REPORT))
    review.accept(claim=claim, actor=editor)
    assert reading.is_due(timezone.now())
    assert reading.read() == 1


def test_nothing_is_fetched_for_a_confidential_article(paper: Paper, editor: User) -> None:
    claim = make_claim(make_article(confidential=True))
    review.accept(claim=claim, actor=editor)
    answered(claim, hit(), source="own_links")
    # Even a page that was chosen in some other way is not fetched.
    Reading.objects.update(score=1.0, next_at=timezone.now())
    assert reading.read() == 0
    assert paper.paths == []
    with pytest.raises(IllegalMove, match="never for a confidential"):
        reading.request(claim=claim, actor=editor, url=URL)


def test_a_claim_dismissed_meanwhile_is_not_read_for(
    wanted: Claim, paper: Paper, editor: User
) -> None:
    answered(wanted, hit())
    reading.choose()
    review.dismiss(claim=wanted, actor=editor, reason="not news")
    assert reading.read() == 0
    assert paper.paths == []


def test_what_robots_txt_forbids_is_not_fetched(wanted: Claim, paper: Paper) -> None:
    paper.answers["/robots.txt"] = sends(
        b"User-agent: *\nDisallow: /story", Content_Type="text/plain"
    )
    row = read_one(wanted, REPORT, paper=paper)
    assert row.state == "gave_up"
    assert "robots.txt" in row.reason
    assert paper.pages == []


def test_what_robots_txt_forbids_is_not_fetched_by_way_of_a_redirect(
    wanted: Claim, paper: Paper
) -> None:
    paper.answers["/robots.txt"] = sends(
        b"User-agent: *\nDisallow: /moved", Content_Type="text/plain"
    )
    paper.answers["/story"] = sends(b"", 302, Location=f"http://{HOST}/moved")
    paper.answers["/moved"] = sends(page(REPORT))
    answered(wanted, hit())
    assert reading.read() == 1
    row = wanted.readings.get()
    assert row.state == "gave_up"
    assert "robots.txt" in row.reason
    assert paper.pages == ["/story"]


def test_the_pause_a_host_wants_is_kept_between_two_of_its_pages(
    wanted: Claim, paper: Paper
) -> None:
    paper.answers["/robots.txt"] = sends(
        b"User-agent: *\nCrawl-delay: 40", Content_Type="text/plain"
    )
    paper.answers["/story"] = paper.answers["/other"] = sends(page(REPORT))
    answered(wanted, hit(), hit(f"http://{HOST}/other"))
    assert reading.read() == 1
    waiting = wanted.readings.get(state="waiting")
    assert (waiting.next_at - timezone.now()).total_seconds() > 30
    assert waiting.attempts == 0


def test_a_host_that_fails_is_asked_again_and_then_given_up(wanted: Claim, paper: Paper) -> None:
    paper.answers["/story"] = sends(b"", 503)
    answered(wanted, hit())
    for attempt in range(1, taking.ATTEMPTS + 1):
        assert reading.read() == 1
        row = wanted.readings.get()
        assert row.attempts == attempt
        forget_traffic()
        Reading.objects.update(next_at=timezone.now())
    assert row.state == "gave_up"
    assert "503" in row.reason
    assert row.finished_at is not None


def test_a_page_without_an_article_says_so(wanted: Claim, paper: Paper) -> None:
    paper.answers["/story"] = sends(b"<!doctype html><html><body></body></html>")
    answered(wanted, hit())
    reading.read()
    row = wanted.readings.get()
    assert row.state == "gave_up"
    assert row.reason


def test_a_page_is_read_once_however_often_the_work_comes(wanted: Claim, paper: Paper) -> None:
    read_one(wanted, REPORT, paper=paper)
    answered(wanted, hit(), source="searxng")
    assert reading.read() == 0
    assert paper.pages == ["/story"]


def test_a_worker_that_comes_back_late_overwrites_nothing(wanted: Claim, paper: Paper) -> None:
    paper.answers["/story"] = sends(page(REPORT))
    answered(wanted, hit())
    reading.choose()
    ((stalled, *_rest),) = taking._take(1)
    Reading.objects.update(next_at=timezone.now())  # Its lease has run out.
    forget_traffic()
    assert reading.read() == 1
    stale = fetching.ReadPage("late", DENIAL, "ar", None, 0.0)
    assert not writing.write(stalled, stale)
    assert wanted.readings.get().hint == "supports"


def test_an_editor_has_a_page_read_that_was_not_among_the_best(
    wanted: Claim, paper: Paper, editor: User, outsider: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.choosing, "PAGES", 0)
    paper.answers["/story"] = sends(page(REPORT))
    answered(wanted, hit())
    assert reading.read() == 0
    with pytest.raises(PermissionDenied):
        reading.request(claim=wanted, actor=outsider, url=URL)
    with pytest.raises(IllegalMove, match="No source named this page"):
        reading.request(claim=wanted, actor=editor, url="http://marsad.example/another")
    reading.request(claim=wanted, actor=editor, url=URL)
    assert reading.read() == 1
    assert wanted.readings.get().hint == "supports"


@pytest.mark.django_db(transaction=True)
def test_two_workers_read_a_page_once(wanted: Claim, paper: Paper) -> None:
    paper.answers["/story"] = sends(page(REPORT))
    answered(wanted, hit())
    reading.choose()
    dealt: list[int] = []

    def work() -> None:
        dealt.append(reading.read())
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(dealt) == [0, 1]
    assert paper.pages == ["/story"]
