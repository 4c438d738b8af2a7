"""Looking at an article's page again from the desk, and what its newer version says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings

from claims.admin.article_changes import Passage, passages
from claims.admin.word_diff import Segment
from claims.models import Article, Position
from claims.pipeline import intake, review, splitting
from tests.admin.hands import signed_in
from tests.sources.web import Web
from tests.standins.outlet import Outlet, Story, open_outlet

pytestmark = pytest.mark.django_db

URL = "http://marfa.example/ferries"
TRIPS = "وقال مدير الميناء سامر الحداد إن عدد الرحلات سيبلغ أربعا في اليوم على مدار فصل الشتاء."
CROSSED = "وقالت النقابة إن 1200 راكب عبروا الخليج في الأسبوع الأول من التجربة في الخريف الماضي."
FEWER = "وقالت النقابة إن 900 راكب عبروا الخليج في الأسبوع الأول من التجربة في الخريف الماضي."
GUARDS = "وأكدت الشرطة أن الرصيف الشرقي سيبقى مغلقا أمام الشاحنات الثقيلة حتى نهاية العام."


@pytest.fixture
def marfa() -> Iterator[tuple[Outlet, Web]]:
    with (
        open_outlet(Story("/ferries", "عودة خط العبارات", (TRIPS, CROSSED, GUARDS))) as (site, web),
        override_settings(FETCH_DOOR={"resolver": web.resolve, "dialer": web.dial}),
    ):
        yield site, web


def first() -> Article:
    article = intake.receive_url(url=URL, received_by=None).article
    assert splitting.split_article(article.pk)
    return article


def look(user: User, article: Article) -> Any:
    return signed_in(user).post(f"/desk/articles/{article.pk}/look-again/", follow=True)


def test_the_button_says_that_a_page_still_says_the_same(
    marfa: tuple[Outlet, Web], editor: User
) -> None:
    article = first()
    html = signed_in(editor).get(f"/desk/articles/{article.pk}/").content.decode()
    assert f'action="/desk/articles/{article.pk}/look-again/' in html
    page = look(editor, article)
    assert page.redirect_chain[-1][0] == f"/desk/articles/{article.pk}/"
    assert "The page still says the same." in page.content.decode()
    assert Article.objects.count() == 1


def test_a_changed_page_leads_to_what_has_changed_and_both_versions_to_each_other(
    marfa: tuple[Outlet, Web], editor: User
) -> None:
    site, _web = marfa
    old = first()
    review.accept(claim=claim(old, "عدد الرحلات"), actor=editor)
    site.stories[0].paragraphs = (TRIPS, FEWER)
    page = look(editor, old)
    new = Article.objects.get(supersedes=old)
    assert page.redirect_chain[-1][0] == f"/desk/articles/{new.pk}/changes/"
    html = page.content.decode()
    assert "is being split into claims; load this page again" in html
    assert splitting.split_article(new.pk)

    client = signed_in(editor)
    html = client.get(f"/desk/articles/{new.pk}/changes/").content.decode()
    changed, gone, gone_on = (html.index(f"<dt>{w}") for w in ("Changed", "No longer", "As before"))
    assert html.index('<del><bdi dir="rtl">1200</bdi></del><ins><bdi dir="rtl">900') > changed
    assert gone < html.index("الرصيف الشرقي سيبقى مغلقا") < gone_on
    kept = claim(old, "عدد الرحلات")
    assert f"goes on from claim {kept.pk}</a>" in html[gone_on:]
    assert "2 paragraphs unchanged" in html

    older = client.get(f"/desk/articles/{old.pk}/").content.decode()
    assert f'href="/desk/articles/{new.pk}/"' in older
    assert f'href="/desk/articles/{new.pk}/changes/"' in older
    assert "look-again/" not in older
    newer = client.get(f"/desk/articles/{new.pk}/").content.decode()
    assert f'href="/desk/articles/{old.pk}/"' in newer
    # Nobody is asked to decide once more on what is worked on there.
    carried = claim(new, "عدد الرحلات")
    assert f"goes on from claim {kept.pk}</a>" in newer
    assert f'name="claim" value="{carried.pk}"' not in newer
    assert f'name="claim" value="{claim(new, "900").pk}"' in newer


def claim(article: Article, words: str) -> Any:
    return Position.objects.filter(article=article, text__contains=words).order_by("pk")[0].claim


def test_a_page_that_is_gone_says_so_and_changes_nothing(
    marfa: tuple[Outlet, Web], editor: User
) -> None:
    site, _web = marfa
    article = first()
    site.refuses["/ferries"] = (404, {})
    html = look(editor, article).content.decode()
    assert "“marfa.example” has no such page (404). Check the address." in html


def test_an_article_without_an_address_or_an_older_version_has_neither_button_nor_page(
    editor: User, administrator: User
) -> None:
    article = intake.receive(
        text=TRIPS, published_on=date(2026, 11, 20), channel=Article.Channel.PASTE,
        received_by=editor,
    ).article  # fmt: skip
    client = signed_in(editor)
    assert "look-again/" not in client.get(f"/desk/articles/{article.pk}/").content.decode()
    assert client.get(f"/desk/articles/{article.pk}/changes/").status_code == 404
    assert "No address of this article is known" in look(editor, article).content.decode()
    assert "not among your rights" in look(administrator, article).content.decode()


def test_paragraphs_that_stayed_are_counted_and_changed_ones_compared_by_words() -> None:
    before = "one\n\ntwo three\nfour"
    assert passages(before, "one\n\ntwo five\nfour") == [
        Passage([], same=1),
        Passage([Segment("same", "two "), Segment("del", "three"), Segment("ins", "five")]),
        Passage([], same=1),
    ]
    assert passages(before, before) == [Passage([], same=3)]


def test_a_text_rewritten_from_end_to_end_is_told_as_replaced_in_little_time() -> None:
    before = "\n".join(f"old{n} " * 60 for n in range(300))
    after = "\n".join(f"new{n} " * 60 for n in range(300))
    (only,) = passages(before, after)
    assert [segment.operation for segment in only.segments] == ["del", "ins"]
