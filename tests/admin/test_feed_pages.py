"""The desk's pages of watched feeds and of what they have brought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from claims.models import Article, CollectedItem, Outlet, WatchedFeed
from claims.pipeline import collecting
from claims.pipeline.collecting import pages
from claims.pipeline.collecting._outcome import searchable
from tests.admin.hands import captured, signed_in
from tests.sources.web import Web
from tests.standins.outlet import FEED, SENTENCES, Story, open_outlet
from tests.standins.outlet import Outlet as Site

pytestmark = pytest.mark.django_db

FORM = {"url": FEED, "outlet": "المرفأ", "language": "ar", "every_minutes": "30"}


@pytest.fixture
def marfa() -> Iterator[tuple[Site, Web]]:
    stories = [Story("/ferries", "عودة خط العبارات"), Story("/x", "<script>alert(1)</script>")]
    # What a site allows is remembered by the process.
    pages._robots.cache_clear()
    with (
        open_outlet(*stories) as (site, web),
        # As FETCH_DOOR is meant: a resolver and a dialer, the guard stays on.
        override_settings(FETCH_DOOR={"resolver": web.resolve, "dialer": web.dial}),
    ):
        yield site, web
    pages._robots.cache_clear()


def post(user: User, path: str, **fields: Any) -> Any:
    return signed_in(user).post(path, fields, follow=True)


def watched(**values: Any) -> WatchedFeed:
    paper = Outlet.objects.get_or_create(name="المرفأ", defaults={"language": "ar"})[0]
    return WatchedFeed.objects.create(outlet=paper, **{"url": FEED} | values)


def collected(title: str, text: str = SENTENCES[0], **values: Any) -> CollectedItem:
    feed = WatchedFeed.objects.first() or watched()
    return CollectedItem.objects.create(
        **{
            "feed": feed, "guid": title, "url": f"http://marfa.example/{title[:3]}", "title": title,
            "text": text, "folded": searchable(title, text, "ar"), "links": [],
        } | values,
    )  # fmt: skip


class TestFeeds:
    def test_a_feed_is_tried_before_it_is_watched(
        self, marfa: tuple[Site, Web], administrator: User
    ) -> None:
        page = post(administrator, "/desk/feeds/", **FORM, do="try")
        html = page.content.decode()
        assert "The feed can be read: “المرفأ”" in html
        assert "عودة خط العبارات" in html
        assert "<script>alert" not in html
        # What was typed is still in the form.
        assert f'value="{FEED}"' in html
        assert not WatchedFeed.objects.exists()
        page = post(administrator, "/desk/feeds/", **FORM, takes_in="on", do="add")
        assert page.redirect_chain[0][0] == "/desk/feeds/"
        feed = WatchedFeed.objects.get()
        assert (feed.outlet.name, feed.takes_in, feed.added_by) == ("المرفأ", True, administrator)

    def test_a_feed_that_cannot_be_read_says_why(
        self, marfa: tuple[Site, Web], administrator: User
    ) -> None:
        site, _web = marfa
        site.refuses["/feed"] = (404, {})
        html = post(administrator, "/desk/feeds/", **FORM, do="try").content.decode()
        assert "has no such page (404). Check the address." in html
        html = post(
            administrator, "/desk/feeds/", **{**FORM, "url": "http://127.0.0.1/feed"}, do="try"
        ).content.decode()
        assert "127.0.0.1" in html
        assert 'role="alert"' in html

    @pytest.mark.parametrize(
        ("field", "value", "message"),
        [
            ("url", "javascript:alert(1)", "This is no web address."),
            ("url", "", "This field is required."),
            ("outlet", "", "This field is required."),
            ("every_minutes", "1", "greater than or equal to 5"),
        ],
    )
    def test_what_is_wrong_stands_at_its_field(
        self, administrator: User, field: str, value: str, message: str
    ) -> None:
        page = post(administrator, "/desk/feeds/", **{**FORM, field: value}, do="add")
        assert page.status_code == 422
        assert message in page.content.decode()
        assert not WatchedFeed.objects.exists()

    def test_the_same_feed_twice_is_refused_in_words(self, administrator: User) -> None:
        watched()
        page = post(administrator, "/desk/feeds/", **FORM, do="add")
        assert page.status_code == 422
        assert "This feed is in the list already." in page.content.decode()

    def test_an_editor_sees_the_feeds_and_changes_none(
        self, marfa: tuple[Site, Web], editor: User
    ) -> None:
        feed = watched(reason="Nobody answers.")
        html = signed_in(editor).get("/desk/feeds/").content.decode()
        assert "Nobody answers." in html
        assert "Add a feed" not in html
        page = post(editor, "/desk/feeds/", **{**FORM, "url": FEED + "2"}, do="add")
        assert page.status_code == 403
        post(editor, f"/desk/feeds/{feed.pk}/off/")
        post(editor, "/desk/feeds/", **FORM, do="try")
        feed.refresh_from_db()
        assert feed.active
        assert marfa[0].asked == []

    def test_a_feed_is_switched_and_read_by_buttons(self, administrator: User) -> None:
        feed = watched()
        for what, field, value in [
            ("off", "active", False), ("on", "active", True), ("take-in", "takes_in", True),
            ("collect-only", "takes_in", False),
        ]:  # fmt: skip
            post(administrator, f"/desk/feeds/{feed.pk}/{what}/")
            feed.refresh_from_db()
            assert getattr(feed, field) is value
        assert "is being read" in post(
            administrator, f"/desk/feeds/{feed.pk}/read/"
        ).content.decode()  # fmt: skip
        assert signed_in(administrator).get(f"/desk/feeds/{feed.pk}/off/").status_code == 302
        assert post(administrator, "/desk/feeds/99999/off/").status_code == 404

    def test_what_it_brought_in_a_week_is_counted_in_a_bounded_number_of_queries(
        self, administrator: User
    ) -> None:
        for n in range(3):
            feed = watched(url=f"{FEED}{n}")
            for k in range(3):
                collected(f"خبر {k}", feed=feed, guid=f"{n}-{k}", reason="away" if k == 1 else "")
        client = signed_in(administrator)
        html = client.get("/desk/feeds/").content.decode()
        assert html.count("3 collected") == 3
        assert html.count("1 pages could not be read") == 3
        assert len(captured(client, "/desk/feeds/")) <= 12


class TestCollected:
    def test_the_newest_stand_first_and_words_are_searched_in_their_own_folding(
        self, editor: User
    ) -> None:
        collected("وزارة النقل تتحدث", "نص قصير")
        collected("خبر آخر تماما", "عن المطار")
        client = signed_in(editor)
        html = client.get("/desk/collected/").content.decode()
        assert html.index("خبر آخر تماما") < html.index("وزارة النقل تتحدث")
        html = client.get("/desk/collected/", {"q": "الوزارة"}).content.decode()
        assert "وزارة النقل تتحدث" in html
        assert "خبر آخر تماما" not in html
        html = client.get("/desk/collected/", {"q": 'zzz" OR *'}).content.decode()
        assert "Nothing collected holds all these words" in html

    def test_one_click_takes_an_article_in_and_keeps_the_list(self, editor: User) -> None:
        item = collected("عودة خط العبارات")
        page = post(editor, f"/desk/collected/{item.pk}/take-in/?q=العبارات")
        assert page.redirect_chain[0][0].startswith("/desk/collected/?q=")
        html = page.content.decode()
        assert "Taken in: “عودة خط العبارات”" in html
        article = Article.objects.get()
        assert f'href="/desk/articles/{article.pk}/"' in html
        again = post(editor, f"/desk/collected/{item.pk}/take-in/")
        assert "This text was here already" in again.content.decode()

    def test_a_page_that_cannot_be_fetched_says_so(
        self, marfa: tuple[Site, Web], editor: User
    ) -> None:
        item = collected("خبر ضاع", links=None, url="http://marfa.example/gone")
        html = post(editor, f"/desk/collected/{item.pk}/take-in/").content.decode()
        assert "“خبر ضاع”: “marfa.example” has no such page (404). Check the address." in html
        assert not Article.objects.exists()

    def test_only_who_may_bring_articles_in_is_offered_the_button(
        self, administrator: User
    ) -> None:
        item = collected("عودة خط العبارات")
        html = signed_in(administrator).get("/desk/collected/").content.decode()
        assert "take-in/" not in html
        post(administrator, f"/desk/collected/{item.pk}/take-in/")
        assert not Article.objects.exists()

    def test_an_empty_list_says_what_will_fill_it(self, editor: User, outsider: User) -> None:
        html = signed_in(editor).get("/desk/collected/").content.decode()
        assert "Nothing has been collected yet" in html
        assert signed_in(outsider).get("/desk/collected/").status_code == 302


def test_a_read_feed_stands_in_both_lists(
    marfa: tuple[Site, Web], administrator: User, editor: User
) -> None:
    post(administrator, "/desk/feeds/", **FORM, do="add")
    collecting.read_due()
    collecting.fetch_due()
    assert "2 collected" in signed_in(editor).get("/desk/feeds/").content.decode()
    assert "عودة خط العبارات" in signed_in(editor).get("/desk/collected/").content.decode()
