"""Watched feeds: read conditionally and with patience, every entry once, its page as robots.txt allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from claims.models import Article, CollectedItem, Outlet, WatchedFeed
from claims.pipeline import collecting, intake
from claims.pipeline.collecting import pages, reading
from tests.sources.web import Web
from tests.standins import outlet
from tests.standins.outlet import FEED, Story, open_outlet

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FERRIES = Story("/ferries", "عودة خط العبارات")
TICKETS = Story("/tickets", "سعر التذكرة", paragraphs=(*outlet.SENTENCES[1:], "وانتهى الخبر هنا."))
LATER = "2026-11-24T13:00:00Z"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with translation.override("en"), time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def marfa() -> Iterator[tuple[outlet.Outlet, Web]]:
    with open_outlet(Story(**vars(FERRIES)), Story(**vars(TICKETS))) as opened:
        yield opened


def watched(**values: object) -> WatchedFeed:
    paper = Outlet.objects.get_or_create(name="المرفأ", defaults={"language": "ar"})[0]
    return WatchedFeed.objects.create(outlet=paper, url=FEED, **values)


def turn(web: Web, clock: time_machine.Traveller | None = None, minutes: float = 0) -> None:
    """What one task of the worker does, after so many minutes."""
    if clock is not None:
        clock.shift(timedelta(minutes=minutes))
    collecting.read_due(door=web.door())
    collecting.fetch_due(door=web.door())
    intake.take_in_due()


class TestReading:
    def test_every_entry_becomes_one_row_with_the_article_of_its_page(
        self, marfa: tuple[outlet.Outlet, Web]
    ) -> None:
        _site, web = marfa
        feed = watched()
        turn(web)
        feed.refresh_from_db()
        assert (feed.attempts, feed.reason, feed.succeeded_at) == (0, "", NOON)
        assert feed.next_at == NOON + timedelta(minutes=30)
        item = feed.items.get(guid="urn:/ferries")
        assert (item.title, item.url) == ("عودة خط العبارات", "http://marfa.example/ferries")
        assert outlet.SENTENCES[2] in item.text
        assert "الرئيسية" not in item.text
        # Folded: no article, one form for hamza carriers and ta marbuta.
        assert "وزاره" in item.folded.split()
        assert (item.next_at, item.wanted, item.article) == (None, False, None)
        assert feed.items.count() == 2
        assert not Article.objects.exists()

    def test_a_feed_that_has_not_changed_is_not_sent_again(
        self, marfa: tuple[outlet.Outlet, Web], clock: time_machine.Traveller
    ) -> None:
        site, web = marfa
        feed = watched()
        turn(web)
        turn(web, clock, 31)
        asked = [headers for path, headers in site.asked if path == "/feed"]
        assert "If-None-Match" not in asked[0]
        assert asked[1]["If-None-Match"] == site.etag
        feed.refresh_from_db()
        assert feed.succeeded_at == NOON + timedelta(minutes=31)
        assert sorted(site.pages()) == ["/ferries", "/tickets"]

    def test_only_what_is_due_is_read(
        self, marfa: tuple[outlet.Outlet, Web], clock: time_machine.Traveller
    ) -> None:
        site, web = marfa
        feed = watched()
        turn(web)
        turn(web, clock, 29)
        WatchedFeed.objects.filter(pk=feed.pk).update(active=False)
        turn(web, clock, 2)
        assert [path for path, _headers in site.asked].count("/feed") == 1

    def test_failures_wait_longer_each_time_and_as_long_as_the_server_says(
        self, marfa: tuple[outlet.Outlet, Web], clock: time_machine.Traveller
    ) -> None:
        site, web = marfa
        feed = watched()
        site.refuses["/feed"] = (500, {})
        pauses = []
        for _each in range(3):
            collecting.read_due(door=web.door())
            feed.refresh_from_db()
            pauses.append((feed.next_at - timezone.now()).total_seconds() / 60)
            clock.move_to(feed.next_at)
        assert [round(p, 9) for p in pauses] == [
            pytest.approx(1, rel=0.21), pytest.approx(2, rel=0.21), pytest.approx(4, rel=0.21),
        ]  # fmt: skip
        # Threads speak the language of the installation.
        assert "marfa.example" in feed.reason
        assert "(500)" in feed.reason
        site.refuses["/feed"] = (429, {"Retry-After": "7200"})
        collecting.read_due(door=web.door())
        feed.refresh_from_db()
        assert feed.next_at == timezone.now() + timedelta(hours=2)
        assert feed.active
        del site.refuses["/feed"]
        turn(web, clock, 121)
        feed.refresh_from_db()
        assert (feed.attempts, feed.reason) == (0, "")

    def test_a_feed_that_is_gone_for_good_is_switched_off_and_says_so(
        self, marfa: tuple[outlet.Outlet, Web]
    ) -> None:
        site, web = marfa
        feed = watched()
        site.refuses["/feed"] = (410, {})
        turn(web)
        feed.refresh_from_db()
        assert not feed.active
        assert feed.reason == (
            "The server says this feed is gone for good (410), so it is not watched any more. "
            "Look for the outlet's new feed and add that."
        )

    def test_a_page_that_is_no_feed_says_what_to_look_for(
        self, marfa: tuple[outlet.Outlet, Web]
    ) -> None:
        site, web = marfa
        feed = watched()
        site.feed_body = b"<!doctype html><title>Marfa</title><p>Welcome"
        turn(web)
        feed.refresh_from_db()
        assert feed.active
        assert "RSS" in feed.reason

    def test_a_worker_that_comes_back_late_writes_nothing(
        self, marfa: tuple[outlet.Outlet, Web], clock: time_machine.Traveller
    ) -> None:
        _site, web = marfa
        feed = watched()
        (late,) = reading._take(5)
        outcome = reading._ask(late, web.door())
        clock.shift(reading.LEASE)
        turn(web)
        CollectedItem.objects.all().delete()
        reading._store(late, outcome)
        assert not CollectedItem.objects.exists()
        feed.refresh_from_db()
        assert feed.attempts == 0


class TestPages:
    def test_robots_txt_keeps_a_page_unread_and_the_feeds_own_words_are_searched(
        self, marfa: tuple[outlet.Outlet, Web]
    ) -> None:
        site, web = marfa
        site.robots = "User-agent: *\nDisallow: /*ickets\n"
        feed = watched(takes_in=True, succeeded_at=NOON - timedelta(days=1))
        turn(web)
        assert site.pages() == ["/ferries"]
        assert [path for path, _headers in site.asked].count("/robots.txt") == 1
        item = feed.items.get(guid="urn:/tickets")
        assert (item.links, item.article, item.wanted) == (None, None, False)
        assert "robots.txt" in item.reason
        assert item.text == outlet.SENTENCES[1][:60].strip()
        assert "مدير" in item.folded.split()

    def test_a_site_whose_robots_txt_cannot_be_read_now_is_asked_later(
        self, marfa: tuple[outlet.Outlet, Web], clock: time_machine.Traveller
    ) -> None:
        site, web = marfa
        site.refuses["/robots.txt"] = (503, {})
        feed = watched()
        turn(web)
        assert site.pages() == []
        assert set(feed.items.values_list("attempts", flat=True)) == {1}
        del site.refuses["/robots.txt"]
        turn(web, clock, 2)
        assert sorted(site.pages()) == ["/ferries", "/tickets"]

    def test_a_pause_that_the_site_asks_for_is_left_between_two_pages(
        self, marfa: tuple[outlet.Outlet, Web], clock: time_machine.Traveller
    ) -> None:
        site, web = marfa
        site.robots = "User-agent: *\nCrawl-delay: 60\n"
        feed = watched()
        turn(web)
        assert len(site.pages()) == 1
        assert feed.items.get(next_at__isnull=False).attempts == 0
        turn(web, clock, 1.1)
        assert len(site.pages()) == 2

    def test_a_few_pages_of_one_feed_are_fetched_in_one_turn(
        self, clock: time_machine.Traveller
    ) -> None:
        with open_outlet(*[Story(f"/{n}", f"خبر {n}") for n in range(7)]) as (site, web):
            watched()
            turn(web)
            assert len(site.pages()) == pages.OF_ONE_FEED == 3
            turn(web, clock, 0.3)
            assert len(site.pages()) == 6

    def test_a_page_that_stays_away_is_given_up_with_its_reason(
        self, marfa: tuple[outlet.Outlet, Web], clock: time_machine.Traveller
    ) -> None:
        site, web = marfa
        site.refuses["/ferries"] = (500, {})
        feed = watched()
        for _each in range(5):
            turn(web, clock, 20)
        item = feed.items.get(guid="urn:/ferries")
        assert site.pages().count("/ferries") == pages.ATTEMPTS == 4
        assert (item.next_at, item.links) == (None, None)
        assert "(500)" in item.reason

    def test_a_page_at_which_every_worker_died_is_given_up(
        self, marfa: tuple[outlet.Outlet, Web]
    ) -> None:
        site, web = marfa
        feed = watched()
        item = CollectedItem.objects.create(
            feed=feed, guid="1", url=site.stories[0].path, attempts=4, wanted=True,
            next_at=timezone.now(),
        )  # fmt: skip
        assert collecting.fetch_due(door=web.door()) == 0
        item.refresh_from_db()
        assert (item.next_at, item.wanted) == (None, False)
        assert "died every time" in item.reason


class TestTakingIn:
    def test_of_a_new_feed_only_what_is_newer_than_its_adding_comes_in(
        self, marfa: tuple[outlet.Outlet, Web]
    ) -> None:
        site, web = marfa
        site.stories[1].published = LATER
        watched(takes_in=True)
        turn(web)
        assert CollectedItem.objects.count() == 2
        article = Article.objects.get()
        assert (article.title, article.channel, article.received_by) == (
            "سعر التذكرة",
            "feed",
            None,
        )

    def test_each_new_entry_comes_in_once_with_its_outlet_and_an_unconfirmed_day(
        self, marfa: tuple[outlet.Outlet, Web], clock: time_machine.Traveller
    ) -> None:
        site, web = marfa
        watched(takes_in=True)
        turn(web)
        assert not Article.objects.exists()
        site.stories.insert(0, Story("/harbour", "ميناء جديد", published="2026-11-24T12:10:00Z"))
        turn(web, clock, 31)
        turn(web, clock, 31)
        article = Article.objects.get()
        seen = article.appearances.get()
        assert seen.outlet is not None
        assert (seen.outlet.name, seen.url) == ("المرفأ", "http://marfa.example/harbour")
        assert (seen.published_on, seen.published_confirmed) == (date(2026, 11, 24), False)
        assert CollectedItem.objects.get(guid="urn:/harbour").article == article
        assert article.links == []

    def test_no_more_than_a_bounded_number_comes_in_at_once(
        self, clock: time_machine.Traveller
    ) -> None:
        feed = watched(takes_in=True)
        for n in range(30):
            CollectedItem.objects.create(
                feed=feed, guid=str(n), url=f"http://marfa.example/{n}", links=[], wanted=True,
                text=f"{outlet.SENTENCES[0]} ({n})",
            )  # fmt: skip
        assert intake.take_in_due() == 20
        assert Article.objects.count() == 20
        assert intake.take_in_due() == 10
        assert intake.take_in_due() == 0

    def test_what_cannot_be_taken_in_says_why_and_does_not_come_again(self) -> None:
        feed = watched(takes_in=True)
        item = CollectedItem.objects.create(
            feed=feed, guid="1", url="http://marfa.example/1", links=[], wanted=True, text="12 34"
        )
        intake.take_in_due()
        item.refresh_from_db()
        assert (item.wanted, item.article) == (False, None)
        assert item.reason.startswith("Not taken in: The language of the text could not be told")

    def test_one_that_no_article_can_be_made_of_does_not_hold_up_the_others(self) -> None:
        feed = watched(takes_in=True)
        ends_of_time = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
        for number, day in enumerate([ends_of_time, NOON], start=1):
            CollectedItem.objects.create(
                feed=feed, guid=str(number), url=f"https://marfa.example/{number}", links=[],
                text="أعلنت وزارة النقل أن خط العبارات يعود إلى العمل في ديسمبر المقبل.",
                published_at=day, wanted=True,
            )  # fmt: skip
        with timezone.override("Europe/Istanbul"):
            intake.take_in_due()
        bad, good = CollectedItem.objects.order_by("pk")
        assert (bad.article, bad.wanted) == (None, False)
        assert bad.reason == "Not taken in: An error in our own code. The log of the worker has it."
        assert good.article is not None

    def test_an_entry_that_the_feed_says_was_updated_supersedes_its_article(
        self, marfa: tuple[outlet.Outlet, Web], clock: time_machine.Traveller
    ) -> None:
        site, web = marfa
        watched(takes_in=True, succeeded_at=NOON - timedelta(days=1))
        turn(web)
        old = Article.objects.get(title="عودة خط العبارات")
        changed = site.stories[0]
        changed.updated = "2026-11-24T12:20:00Z"
        changed.paragraphs = (*outlet.SENTENCES[:2], "ونفى المدير أن يكون أحد قد عبر الخليج بعد.")
        turn(web, clock, 31)
        new = Article.objects.get(supersedes=old)
        assert "ونفى المدير" in new.text
        assert CollectedItem.objects.get(guid="urn:/ferries").article == new
        # Touched, and the same: no other version.
        changed.updated = "2026-11-24T12:50:00Z"
        turn(web, clock, 31)
        assert site.pages().count("/ferries") == 3
        assert Article.objects.count() == 3

    def test_a_click_takes_in_what_was_only_collected(
        self, marfa: tuple[outlet.Outlet, Web], editor: User, administrator: User
    ) -> None:
        _site, web = marfa
        feed = watched()
        turn(web)
        item = feed.items.get(guid="urn:/ferries")
        with pytest.raises(PermissionDenied):
            intake.take_in(item=item, actor=administrator)
        first = intake.take_in(item=item, actor=editor)
        again = intake.take_in(item=item, actor=editor)
        assert (first.is_new_article, again.is_new_article) == (True, False)
        assert first.article.received_by == editor
        item.refresh_from_db()
        assert item.article == first.article

    def test_a_click_fetches_the_page_that_has_not_been_read(
        self, marfa: tuple[outlet.Outlet, Web], editor: User
    ) -> None:
        _site, web = marfa
        feed = watched()
        collecting.read_due(door=web.door())
        item = feed.items.get(guid="urn:/ferries")
        received = intake.take_in(item=item, actor=editor, door=web.door())
        assert outlet.SENTENCES[2] in received.article.text
        assert not received.appearance.published_confirmed
