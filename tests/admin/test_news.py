"""The bell and the page under it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Notification, NotificationChoice
from tests.admin.hands import address, captured, signed_in
from tests.cast import make_claim

pytestmark = pytest.mark.django_db

PAGE, ALL = "/desk/news/", "/desk/news/read/"
HTMX = {"HX-Request": "true"}


def told(
    person: User, claim: Claim | None = None, kind: str = "assigned", **fields: Any
) -> Notification:
    number = Notification.objects.count()
    return Notification.objects.create(
        person=person,
        actor=User.objects.get_or_create(username="samer")[0],
        kind=kind,
        key=f"test:{number}",
        claim=claim or Claim.objects.first() or make_claim(),
        **fields,
    )


def text(html: str) -> str:
    bare = re.sub(r"<[^>]+>", " ", html).replace("\u2068", "").replace("\u2069", "")
    return " ".join(bare.split())


def read(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def bell(html: str) -> str:
    found = re.search(r'<a class="btn quiet icon bell".*?</a>', html, re.S)
    assert found
    return found[0]


def test_the_bell_counts_what_is_unread_on_every_page(editor: User) -> None:
    client = signed_in(editor)
    assert 'aria-label="News, nothing unread"' in bell(read(client, "/desk/"))
    told(editor)
    told(editor, read_at=timezone.now())
    for path in ("/desk/", "/desk/articles/", PAGE):
        assert 'aria-label="News, unread: 1"' in bell(read(client, path))


def test_it_stops_counting(editor: User) -> None:
    for _number in range(101):
        told(editor)
    assert "News, unread: 99+" in bell(read(signed_in(editor)))


def test_news_says_what_happened_and_leads_to_the_claim(editor: User) -> None:
    claim = make_claim()
    told(editor, claim, "sent_back", data={"reason": "Ask the <ministry>."})
    html = read(signed_in(editor))
    assert "samer sent this verdict back to you." in text(html)
    assert "Ask the &lt;ministry&gt;." in html
    assert f'href="{address(claim)}"' in html


def test_what_is_to_be_reviewed_leads_to_the_review(reviewer: User) -> None:
    claim = make_claim()
    told(reviewer, claim, "to_review")
    assert f'href="{address(claim, "review/")}"' in read(signed_in(reviewer))


def test_unread_stands_first_and_by_day(editor: User) -> None:
    now = timezone.now()
    told(editor, read_at=now, kind="published")
    told(editor, at=now - timedelta(days=1), kind="approved")
    told(editor, kind="assigned")
    words = text(read(signed_in(editor)))
    places = [
        words.index(word)
        for word in ("Unread", "gave you this", "Yesterday", "approved your", "published your")
    ]
    assert places == sorted(places)


def test_an_empty_desk_says_what_would_stand_here(editor: User) -> None:
    assert "You have read everything" in read(signed_in(editor))


def test_one_is_marked_as_read(editor: User) -> None:
    first, second = told(editor), told(editor)
    client = signed_in(editor)
    answer = client.post(f"{PAGE}{first.pk}/read/", headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in html
    assert 'hx-swap-oob="true"' in html
    assert "News, unread: 1" in bell(html)
    second.refresh_from_db()
    assert second.read_at is None
    assert client.post(f"{PAGE}{second.pk}/read/").headers["Location"] == PAGE


def test_all_that_the_page_showed_are_marked_as_read(editor: User) -> None:
    shown = told(editor)
    client = signed_in(editor)
    html = read(client)
    upto = re.search(r'name="upto" value="(\d+)"', html)
    assert upto
    later = told(editor)
    client.post(ALL, {"upto": upto[1]})
    shown.refresh_from_db()
    later.refresh_from_db()
    assert shown.read_at is not None
    assert later.read_at is None


@pytest.mark.parametrize("upto", ["", "x", "\x00", "9" * 40, "٣"])
def test_a_mangled_number_marks_nothing(editor: User, upto: str) -> None:
    news = told(editor)
    assert signed_in(editor).post(ALL, {"upto": upto}).status_code == 302
    news.refresh_from_db()
    assert news.read_at is None


def test_nobody_marks_anothers_news(editor: User, reviewer: User) -> None:
    news = told(editor)
    assert signed_in(reviewer).post(f"{PAGE}{news.pk}/read/").status_code == 302
    news.refresh_from_db()
    assert news.read_at is None
    assert "gave you" not in read(signed_in(reviewer))


def test_the_claims_page_reads_its_news(editor: User) -> None:
    claim = make_claim()
    told(editor, claim)
    client = signed_in(editor)
    html = read(client, address(claim))
    assert "News, nothing unread" in bell(html)
    assert Notification.objects.get().read_at is not None


def test_a_kind_that_is_not_wanted_here_is_not_here(editor: User) -> None:
    told(editor)
    NotificationChoice.objects.create(person=editor, kind="assigned", on_desk=False)
    html = read(signed_in(editor))
    assert "gave you this claim" not in html
    assert "News, nothing unread" in bell(html)


def test_old_news_is_turned_to_page_by_page(editor: User) -> None:
    for _number in range(45):
        told(editor, read_at=timezone.now())
    client = signed_in(editor)
    html = read(client)
    assert html.count("gave you this claim") == 40
    older = re.search(r"\?before=\d+", html)
    assert older
    assert read(client, PAGE + older[0]).count("gave you this claim") == 5


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?before=" + "9" * 30])
def test_a_mangled_page_is_the_first(editor: User, query: str) -> None:
    told(editor)
    assert "gave you this claim" in text(read(signed_in(editor), PAGE + query))


def test_every_kind_has_its_words_and_its_sign(editor: User) -> None:
    for kind in Notification.Kind:
        told(editor, kind=kind, data={"whom": "X", "rule": "R", "complaint": 1, "what": "reset"})
    html = read(signed_in(editor))
    assert html.count('<li class="fresh"') == len(Notification.Kind)


def test_many_cost_no_more_queries_than_one(editor: User) -> None:
    client = signed_in(editor)
    told(editor)
    one = len(captured(client, PAGE))
    for _number in range(30):
        told(editor)
    assert len(captured(client, PAGE)) == one < 20


def test_the_bell_asks_nobody_to_sign_in(editor: User, outsider: User) -> None:
    """A page with a half-written verdict on it must not be led to the login by its bell."""
    assert Client().get("/desk/news/bell/", headers=HTMX).status_code == 204
    assert signed_in(outsider).get("/desk/news/bell/").status_code == 204
    answer = signed_in(editor).get("/desk/news/bell/", headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("path", [PAGE, ALL, "/desk/news/1/read/"])
def test_it_is_for_the_desk_alone(outsider: User, path: str) -> None:
    answer = signed_in(outsider).post(path) if path != PAGE else signed_in(outsider).get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/login/")


@pytest.mark.parametrize("path", [ALL, "/desk/news/1/read/"])
def test_looking_marks_nothing(editor: User, path: str) -> None:
    assert signed_in(editor).get(path).status_code == 405
