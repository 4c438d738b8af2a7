"""A web page comes in through the guarded door: a public name that leads to a loopback server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation

from claims.models import Appearance, Article, Outlet, Transition
from claims.pipeline.intake import IntakeError, Received, receive, receive_url
from tests.sources.web import Site, Web, redirects, sends, site

URL = "http://marfa.example/sofia"
PARAGRAPHS = (
    (
        "أعلنت وزارة النقل أمس أن خط العبارات بين المينائين يعود إلى العمل مطلع الشهر المقبل بعد "
        "توقف دام سنتين بسبب أعمال الصيانة في الرصيف الشرقي."
    ),
    (
        "وقال مدير الميناء إن عدد الرحلات سيبلغ أربعا في اليوم، وإن سعر التذكرة يبقى كما كان قبل "
        "التوقف، على أن يعاد النظر فيه في نهاية الصيف."
    ),
)


def page(
    *,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    day: str = "2026-11-20",
    name: str = "المرفأ",
    title: str = "عودة خط العبارات",
) -> bytes:
    date_mark = f'<meta property="article:published_time" content="{day}T08:00:00+03:00">'
    return f"""<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>{title}</title>
    <meta property="og:title" content="{title}"><meta property="og:site_name" content="{name}">
    {date_mark if day else ""}</head><body><nav><a href="/">الرئيسية</a></nav>
    <article><h1>{title}</h1>{"".join(f"<p>{text}</p>" for text in paragraphs)}</article>
    <footer>جميع الحقوق محفوظة</footer></body></html>""".encode()


@pytest.fixture(autouse=True)
def _a_day_in_november() -> Iterator[None]:
    with (
        translation.override("en"),
        time_machine.travel(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), tick=True),
    ):
        yield


@pytest.fixture
def paper() -> Iterator[Site]:
    with site(sends(page())) as server:
        yield server


@pytest.fixture
def web(paper: Site) -> Web:
    web = Web()
    web.host("marfa.example", paper)
    return web


def fetch(web: Web, url: str = URL, **fields: Any) -> Received:
    return receive_url(url=url, door=web.door(), **{"received_by": None} | fields)


def refusal(web: Web, url: str = URL, **fields: Any) -> tuple[str, str, str, bool]:
    with pytest.raises(IntakeError) as caught:
        fetch(web, url, **fields)
    assert not Article.objects.exists()
    assert not Transition.objects.exists()
    return caught.value.code, caught.value.field, caught.value.message, caught.value.again


@pytest.mark.django_db
class TestWhatAPageSays:
    def test_becomes_an_article_with_an_unconfirmed_day(self, web: Web) -> None:
        received = fetch(web)
        article = Article.objects.get(pk=received.article.pk)
        for paragraph in PARAGRAPHS:
            assert paragraph in article.text
        assert "الرئيسية" not in article.text
        assert (article.title, article.language, article.channel) == (
            "عودة خط العبارات",
            "ar",
            "url",
        )
        appearance = received.appearance
        assert appearance.outlet is not None
        assert (appearance.outlet.name, appearance.url) == ("المرفأ", URL)
        assert (appearance.published_on, appearance.published_confirmed) == (
            date(2026, 11, 20),
            False,
        )

    def test_yields_to_what_a_person_says(self, web: Web) -> None:
        received = fetch(
            web,
            published_on=date(2026, 11, 19),
            outlet="الميناء",
            title="العبارات تعود",
            language="tr",
            confidential=True,
        )
        article, appearance = received.article, received.appearance
        assert (article.title, article.language, article.confidential) == (
            "العبارات تعود",
            "tr",
            True,
        )
        assert appearance.outlet is not None
        assert appearance.outlet.name == "الميناء"
        assert (appearance.published_on, appearance.published_confirmed) == (
            date(2026, 11, 19),
            True,
        )

    def test_is_kept_under_the_address_that_answered(self, web: Web) -> None:
        with site(redirects("http://marfa.example/2026/sofia#top")) as shortener:
            web.host("short.example", shortener, address="93.184.215.15")
            assert fetch(web, "http://short.example/x").appearance.url == (
                "http://marfa.example/2026/sofia"
            )

    def test_does_not_give_it_the_name_of_an_outlet_known_elsewhere(
        self, web: Web, paper: Site
    ) -> None:
        Outlet.objects.create(name="Harbour Post", homepage="https://harbour.example/")
        paper.answer = sends(page(name="harbour post"))
        outlet = fetch(web).appearance.outlet
        assert outlet is not None
        assert outlet.name == "marfa.example"

    def test_is_no_match_for_the_outlet_known_by_its_host(self, web: Web, paper: Site) -> None:
        known = Outlet.objects.create(name="جريدة المرفأ", homepage="https://www.marfa.example/")
        paper.answer = sends(page(name="Somebody Else"))
        assert fetch(web).appearance.outlet == known


@pytest.mark.django_db
class TestAPageThatChanged:
    def test_is_a_new_article_that_supersedes_the_old_one(self, web: Web, paper: Site) -> None:
        first = fetch(web).article
        paper.answer = sends(page(paragraphs=(*PARAGRAPHS, "تصحيح: عدد الرحلات خمس في اليوم.")))
        second = fetch(web).article
        assert second != first
        assert second.supersedes == first
        row = Transition.objects.get(subject="article", subject_id=second.pk)
        assert row.data["supersedes"] == first.pk

    def test_supersedes_the_newest_of_its_line(self, web: Web, paper: Site) -> None:
        first = fetch(web).article
        line = [first]
        for number in ("خمس", "ست"):
            paper.answer = sends(page(paragraphs=(*PARAGRAPHS, f"عدد الرحلات {number} في اليوم.")))
            line.append(fetch(web).article)
        assert [article.supersedes for article in line] == [None, line[0], line[1]]

    def test_stays_confidential(self, web: Web, paper: Site) -> None:
        fetch(web, confidential=True)
        paper.answer = sends(page(paragraphs=(*PARAGRAPHS, "تصحيح: عدد الرحلات خمس في اليوم.")))
        assert fetch(web).article.confidential

    def test_and_changed_back_is_the_old_article_again(self, web: Web, paper: Site) -> None:
        first = fetch(web).article
        paper.answer = sends(page(paragraphs=(*PARAGRAPHS, "تصحيح: عدد الرحلات خمس في اليوم.")))
        fetch(web)
        paper.answer = sends(page())
        assert fetch(web).article == first
        assert Article.objects.count() == 2

    def test_supersedes_what_was_pasted_from_it(self, web: Web) -> None:
        pasted = receive(
            text="عودة خط العبارات مطلع الشهر المقبل",
            url=URL,
            published_on=date(2026, 11, 20),
            channel=Article.Channel.PASTE,
            received_by=None,
        ).article
        assert fetch(web).article.supersedes == pasted

    def test_but_an_unchanged_one_leaves_nothing(self, web: Web) -> None:
        fetch(web)
        again = fetch(web)
        assert (again.is_new_article, again.is_new_appearance) == (False, False)
        assert (Appearance.objects.count(), Transition.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_new_states_of_one_page_at_once_make_one_line() -> None:
    receive(
        text="النص الأول عن خط العبارات",
        url=URL,
        published_on=date(2026, 11, 20),
        channel=Article.Channel.URL,
        received_by=None,
    )
    gate = threading.Barrier(4)
    errors: list[Exception] = []

    def take(number: int) -> None:
        try:
            gate.wait()
            receive(
                text=f"النص المعدل عن خط العبارات {number}",
                url=URL,
                published_on=date(2026, 11, 20),
                channel=Article.Channel.URL,
                received_by=None,
            )
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Article.objects.filter(supersedes=None).count() == 1
    assert Article.objects.filter(superseded_by=None).count() == 1
    assert Article.objects.count() == 5


@pytest.mark.django_db
class TestRefused:
    def test_a_page_that_is_not_there(self, web: Web, paper: Site) -> None:
        paper.answer = sends(b"gone", 404)
        assert refusal(web) == (
            "page_missing",
            "url",
            "“marfa.example” has no such page (404). Check the address.",
            False,
        )

    def test_a_site_that_does_not_answer_now_may_be_asked_again(
        self, web: Web, paper: Site
    ) -> None:
        paper.answer = sends(b"busy", 503)
        assert refusal(web) == (
            "site_unavailable",
            "url",
            "“marfa.example” is not able to answer now (503). Try again later.",
            True,
        )

    def test_a_name_that_leads_inside(self, web: Web) -> None:
        web.names["intranet.example"] = ["10.0.0.5"]
        code, field, message, again = refusal(web, "http://intranet.example/")
        assert (code, field, again) == ("address_refused", "url", False)
        assert message == (
            "“intranet.example” leads to 10.0.0.5, which is not on the public internet (private). "
            "Only public web addresses are fetched; paste the text instead."
        )
        assert web.dialled == []

    def test_a_redirect_that_leads_inside(self, web: Web, paper: Site) -> None:
        paper.answer = redirects("http://169.254.169.254/latest/meta-data/")
        assert refusal(web)[0] == "address_refused"
        assert web.dialled == [("93.184.215.14", 80)]

    def test_another_port(self, web: Web) -> None:
        assert refusal(web, "http://marfa.example:8080/")[0] == "address_refused"
        assert web.dialled == []

    def test_a_pdf(self, web: Web, paper: Site) -> None:
        paper.answer = sends(b"%PDF-1.7 ...", Content_Type="application/pdf")
        assert refusal(web) == (
            "page_unusable",
            "url",
            "“marfa.example” sent a PDF, not a web page. Open it and paste the text.",
            False,
        )

    def test_a_pdf_that_calls_itself_a_page(self, web: Web, paper: Site) -> None:
        paper.answer = sends(b"%PDF-1.7 ...")
        assert refusal(web)[0::2][:2] == (
            "page_unusable",
            "This is a PDF file, not text. Open it and paste the text.",
        )

    def test_a_picture(self, web: Web, paper: Site) -> None:
        paper.answer = sends(b"\x89PNG", Content_Type="image/png")
        assert refusal(web)[2] == (
            "“marfa.example” sent image/png, not text. Only text can be taken in."
        )

    def test_a_page_without_an_article(self, web: Web, paper: Site) -> None:
        paper.answer = sends(b"<html><body><div id=app></div><script>go()</script></body></html>")
        assert refusal(web) == (
            "page_unusable",
            "url",
            (
                "No article was found on this page; perhaps a script draws it, or one has to log in. "
                "Paste the text instead."
            ),
            False,
        )

    def test_a_page_without_a_day(self, web: Web, paper: Site) -> None:
        paper.answer = sends(page(day=""))
        assert refusal(web) == (
            "date_missing",
            "published_on",
            "“marfa.example” does not say when it was published. Give the day.",
            False,
        )

    def test_a_page_whose_day_has_not_come_counts_as_without_one(
        self, web: Web, paper: Site
    ) -> None:
        paper.answer = sends(page(day="2027-01-01"))
        assert refusal(web)[0] == "date_missing"

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"published_on": date(2027, 1, 1)}, "date_future"),
            ({"language": "fr"}, "language_unserved"),
            ({"outlet": "two\nlines"}, "outlet_unusable"),
            ({"url": "ftp://marfa.example/"}, "url_malformed"),
            ({"url": " "}, "url_malformed"),
        ],
    )
    def test_bad_input_before_anything_is_fetched(
        self, web: Web, paper: Site, fields: dict[str, Any], code: str
    ) -> None:
        assert refusal(web, **fields)[0] == code
        assert paper.requests == []

    def test_somebody_without_the_right_before_anything_is_fetched(
        self, web: Web, paper: Site, outsider: User
    ) -> None:
        with pytest.raises(PermissionDenied):
            fetch(web, received_by=outsider)
        assert paper.requests == []
