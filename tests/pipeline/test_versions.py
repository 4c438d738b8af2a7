"""A page fetched again: the same text is the same article, a changed one supersedes it, and its claims
go on where their words have not changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import translation

from claims.detection.model import Detection
from claims.models import Article, Claim, Lookup, Matching, Position
from claims.pipeline import intake, lookup, matching, review, splitting
from claims.pipeline.intake import IntakeError
from tests.sources.web import Web
from tests.standins.outlet import Outlet, Story, open_outlet

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
URL = "http://marfa.example/ferries"
RETURN = (
    "أعلنت وزارة النقل أن خط العبارات يعود إلى العمل في ديسمبر المقبل بعد توقف دام سنتين كاملتين."
)
TRIPS = "وقال مدير الميناء سامر الحداد إن عدد الرحلات سيبلغ أربعا في اليوم على مدار فصل الشتاء."
CROSSED = "وقالت النقابة إن 1200 راكب عبروا الخليج في الأسبوع الأول من التجربة في الخريف الماضي."
FEWER = "وقالت النقابة إن 900 راكب عبروا الخليج في الأسبوع الأول من التجربة في الخريف الماضي."


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with translation.override("en"), time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture
def marfa() -> Iterator[tuple[Outlet, Web]]:
    with open_outlet(Story("/ferries", "عودة خط العبارات", (RETURN, TRIPS, CROSSED))) as opened:
        yield opened


def first(web: Web, **fields: object) -> Article:
    article = intake.receive_url(url=URL, received_by=None, door=web.door(), **fields).article  # type: ignore[arg-type]
    split(article)
    return article


def split(article: Article) -> None:
    assert splitting.split_article(article.pk)


def claim_of(article: Article, words: str) -> Claim:
    return Position.objects.filter(article=article, text__contains=words).order_by("pk")[0].claim


@pytest.mark.django_db
class TestLookingAgain:
    def test_the_same_text_is_the_same_article_seen_at_the_same_place(
        self, marfa: tuple[Outlet, Web], editor: User
    ) -> None:
        _site, web = marfa
        article = first(web)
        again = intake.look_again(article=article, actor=editor, door=web.door())
        assert (again.article, again.is_new_article, again.is_new_appearance) == (
            article, False, False,
        )  # fmt: skip

    def test_other_line_breaks_are_no_other_text(
        self, marfa: tuple[Outlet, Web], editor: User
    ) -> None:
        _site, web = marfa
        text = first(web).text
        pasted = intake.receive(
            text=text.replace("\n", "\n\n") + "\n", url=URL, published_on=date(2026, 11, 20),
            channel=Article.Channel.PASTE, received_by=editor,
        ).article  # fmt: skip
        again = intake.look_again(article=pasted, actor=editor, door=web.door())
        assert again.article == pasted
        assert Article.objects.count() == 2

    def test_a_changed_text_supersedes_and_stays_confidential(
        self, marfa: tuple[Outlet, Web], editor: User
    ) -> None:
        site, web = marfa
        old = first(web, confidential=True)
        site.stories[0].paragraphs = (RETURN, TRIPS, FEWER)
        new = intake.look_again(article=old, actor=editor, door=web.door()).article
        assert (new.supersedes, new.confidential, new.language) == (old, True, "ar")
        # From the older one's page as well: the newest version is what is compared.
        again = intake.look_again(article=old, actor=editor, door=web.door())
        assert (again.article, again.is_new_article) == (new, False)
        site.stories[0].paragraphs = (RETURN, FEWER)
        third = intake.look_again(article=old, actor=editor, door=web.door()).article
        assert third.supersedes == new

    def test_what_cannot_be_looked_at_says_why(
        self, marfa: tuple[Outlet, Web], editor: User, administrator: User
    ) -> None:
        site, web = marfa
        article = first(web)
        with pytest.raises(PermissionDenied):
            intake.look_again(article=article, actor=administrator, door=web.door())
        site.refuses["/ferries"] = (410, {})
        with pytest.raises(IntakeError, match="no such page"):
            intake.look_again(article=article, actor=editor, door=web.door())
        pasted = intake.receive(
            text=TRIPS, published_on=date(2026, 11, 20), channel=Article.Channel.PASTE,
            received_by=editor,
        ).article  # fmt: skip
        with pytest.raises(IntakeError, match="No address of this article is known"):
            intake.look_again(article=pasted, actor=editor, door=web.door())

    def test_a_page_keeps_where_its_article_links_to(
        self, marfa: tuple[Outlet, Web], editor: User
    ) -> None:
        site, web = marfa
        site.stories[0].paragraphs = (RETURN, TRIPS)
        site.stories[0].more = (
            f'<p>{CROSSED} <a href="/2026/report#page3">تقرير النقابة</a>, '
            '<a href="https://ministry.example/note?id=1">بيان الوزارة</a>, '
            '<a href="javascript:alert(1)">هنا</a> <a href="mailto:a@b.example">اكتب لنا</a></p>'
        )
        assert first(web).links == [
            {"url": "http://marfa.example/2026/report#page3", "text": "تقرير النقابة"},
            {"url": "https://ministry.example/note?id=1", "text": "بيان الوزارة"},
        ]


@pytest.mark.django_db
class TestClaimsGoOn:
    def changed(self, marfa: tuple[Outlet, Web], editor: User) -> tuple[Article, Article]:
        site, web = marfa
        old = first(web)
        site.stories[0].paragraphs = (RETURN, TRIPS, FEWER)
        new = intake.look_again(article=old, actor=editor, door=web.door()).article
        split(new)
        return old, new

    def test_where_their_words_have_not_changed(
        self, marfa: tuple[Outlet, Web], editor: User
    ) -> None:
        old, new = self.changed(marfa, editor)
        assert claim_of(new, "عدد الرحلات").carried_from == claim_of(old, "عدد الرحلات")
        assert claim_of(new, "900 راكب").carried_from is None
        assert claim_of(new, "900 راكب").state == "found"

    def test_and_are_no_new_work(self, marfa: tuple[Outlet, Web], editor: User) -> None:
        old, new = self.changed(marfa, editor)
        carried, fresh = claim_of(new, "عدد الرحلات"), claim_of(new, "900 راكب")
        lookup.open_missing()
        matching.open_missing()
        undecided = Claim.objects.undecided()
        assert carried not in undecided
        assert fresh in undecided
        assert claim_of(old, "عدد الرحلات") in undecided
        assert not Lookup.objects.filter(claim=carried).exists()
        assert not Matching.objects.filter(claim=carried).exists()
        assert Lookup.objects.filter(claim=fresh).exists()
        assert Matching.objects.filter(claim=fresh).exists()

    def test_the_work_stays_with_the_first_however_often_the_page_changes(
        self, marfa: tuple[Outlet, Web], editor: User
    ) -> None:
        site, web = marfa
        old, new = self.changed(marfa, editor)
        worked_on = claim_of(old, "عدد الرحلات")
        review.accept(claim=worked_on, actor=editor)
        site.stories[0].paragraphs = (TRIPS, FEWER)
        third = intake.look_again(article=new, actor=editor, door=web.door()).article
        split(third)
        assert claim_of(third, "عدد الرحلات").carried_from == worked_on
        assert claim_of(third, "900 راكب").carried_from == claim_of(new, "900 راكب")

    def test_another_speaker_of_the_same_words_is_another_claim(
        self, marfa: tuple[Outlet, Web], editor: User
    ) -> None:
        site, web = marfa
        old = first(web)
        site.stories[0].paragraphs = (RETURN, TRIPS, CROSSED.replace("النقابة", "الشركة"))
        new = intake.look_again(article=old, actor=editor, door=web.door()).article
        split(new)
        before, after = claim_of(old, "1200 راكب"), claim_of(new, "1200 راكب")
        assert before.positions.get().text == after.positions.get().text
        assert after.carried_from is None

    def test_splitting_either_version_again_keeps_what_goes_on(
        self, marfa: tuple[Outlet, Web], editor: User
    ) -> None:
        old, new = self.changed(marfa, editor)
        carried = claim_of(new, "عدد الرحلات")
        for article in (new, old):
            splitting.split_again(article=article, actor=editor)
            split(article)
        carried.refresh_from_db()
        assert carried.carried_from == claim_of(old, "عدد الرحلات")

    def test_a_claim_that_goes_on_stays_where_the_splitter_no_longer_finds_it(
        self, marfa: tuple[Outlet, Web], editor: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With other rules the older version says less; the newer one's claims rest on it."""
        old, new = self.changed(marfa, editor)
        first_one, lone = claim_of(old, "عدد الرحلات"), claim_of(old, "1200 راكب")
        splitting.split_again(article=old, actor=editor)
        nothing = Detection("ar", NOON.date(), sentences=(), claims=())
        monkeypatch.setattr(splitting.detector, "split", lambda *_text, **_about: nothing)
        split(old)
        assert claim_of(new, "عدد الرحلات").carried_from == first_one
        assert not Claim.objects.filter(pk=lone.pk).exists()

    def test_the_newer_version_waits_until_the_older_one_is_split(
        self, marfa: tuple[Outlet, Web], editor: User
    ) -> None:
        site, web = marfa
        old = intake.receive_url(url=URL, received_by=None, door=web.door()).article
        site.stories[0].paragraphs = (RETURN, TRIPS, FEWER)
        new = intake.look_again(article=old, actor=editor, door=web.door()).article
        assert list(Article.objects.due_for_splitting()) == [old]
        assert not splitting.split_article(new.pk)
        split(old)
        split(new)
        assert claim_of(new, "عدد الرحلات").carried_from is not None


@pytest.mark.django_db(transaction=True)
def test_a_page_looked_at_by_many_at_once_is_superseded_once(editor: User) -> None:
    with open_outlet(Story("/ferries", "عودة خط العبارات", (RETURN, TRIPS, CROSSED))) as (
        site,
        web,
    ):
        old = intake.receive_url(url=URL, received_by=None, door=web.door()).article
        site.stories[0].paragraphs = (RETURN, TRIPS, FEWER)
        together = Barrier(4)
        made: list[tuple[int, bool]] = []
        errors: list[BaseException] = []

        def look() -> None:
            try:
                together.wait(10)
                received = intake.look_again(article=old, actor=editor, door=web.door())
                made.append((received.article.pk, received.is_new_article))
            except BaseException as error:
                errors.append(error)
            finally:
                connection.close()

        threads = [Thread(target=look) for _each in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert errors == []
        new = Article.objects.get(supersedes=old)
        assert sorted(made) == [(new.pk, False)] * 3 + [(new.pk, True)]
        assert new.appearances.count() == 1
