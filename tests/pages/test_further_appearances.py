"""Where a claim was seen again stands on its verdict's page, once a publisher has listed it."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import (
    Appearance,
    Article,
    Claim,
    ClusterMember,
    FurtherAppearance,
    Outlet,
    Publication,
)
from claims.pipeline import matching
from tests.pages.conftest import Publish
from tests.pages.test_leaks import everything
from tests.pipeline.matched import repeated, suggested

pytestmark = pytest.mark.django_db

PAGE = "/en/v/1"


@pytest.fixture
def again(verdict: Publication) -> Claim:
    return repeated(outlet="Harbour Courier")


def read(client: Client, path: str = PAGE) -> str:
    return client.get(path).content.decode()


def confirm(again: Claim, verdict: Publication, actor: User) -> None:
    matching.confirm(match=suggested(again, verdict.claim), actor=actor)


def test_outlet_day_and_link_stand_apart_from_what_was_signed(
    client: Client, verdict: Publication, again: Claim, publisher: User
) -> None:
    confirm(again, verdict, publisher)
    html = read(client)
    section = html.partition('id="further"')[2].partition("</section>")[0]
    assert "Harbour Courier" in section
    assert 'datetime="2026-07-20"' in section
    assert 'href="https://daffa.example/2"' in section
    assert "they are no part of the signed verdict" in section
    assert (
        "Harbour Courier" not in html.partition("application/ld+json")[2].partition("</script>")[0]
    )


def test_nothing_of_it_leaks_before_a_publisher_has_listed_it(
    client: Client, verdict: Publication, again: Claim, editor: User
) -> None:
    before = everything(client)
    match = suggested(again, verdict.claim)
    assert everything(client) == before
    matching.confirm(match=match, actor=editor)
    assert everything(client) == before
    assert b"Harbour Courier" not in b"".join(body for _status, body, _headers in before.values())


def test_listing_changes_the_page_and_its_etag_and_nothing_that_was_signed(
    client: Client, verdict: Publication, again: Claim, publisher: User
) -> None:
    before = everything(client)
    etag = client.get(PAGE)["ETag"]
    confirm(again, verdict, publisher)
    assert client.get(PAGE, headers={"if-none-match": etag}).status_code == 200
    changed = [path for path, answer in everything(client).items() if answer != before[path]]
    assert changed == ["/v/1", "/tr/v/1", "/en/v/1"]
    listed = client.get(PAGE)["ETag"]
    assert client.get(PAGE, headers={"if-none-match": listed}).status_code == 304
    matching.withdraw(listed=FurtherAppearance.objects.get(), actor=publisher)
    assert client.get(PAGE)["ETag"] == etag
    assert 'id="further"' not in read(client)


def test_the_frozen_version_stays_as_it_was_signed(
    client: Client, verdict: Publication, again: Claim, publisher: User
) -> None:
    before = client.get("/en/v/1/1")
    confirm(again, verdict, publisher)
    after = client.get("/en/v/1/1")
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])


def test_where_the_article_is_seen_later_is_not_listed_by_itself(
    client: Client, verdict: Publication, again: Claim, publisher: User
) -> None:
    confirm(again, verdict, publisher)
    Appearance.objects.create(
        article=again.article,
        outlet=Outlet.objects.create(name="Later Paper"),
        published_on=date(2026, 7, 22),
    )
    assert "Later Paper" not in read(client)


def test_an_article_that_becomes_confidential_leaves_the_page(
    client: Client, verdict: Publication, again: Claim, publisher: User
) -> None:
    confirm(again, verdict, publisher)
    etag = client.get(PAGE)["ETag"]
    Article.objects.filter(pk=again.article_id).update(confidential=True)
    assert client.get(PAGE)["ETag"] != etag
    assert "Harbour Courier" not in read(client)


def test_a_tombstone_lists_nothing(
    client: Client, verdict: Publication, again: Claim, publisher: User, retract: Publish
) -> None:
    confirm(again, verdict, publisher)
    retract(verdict, "We were wrong.")
    assert "Harbour Courier" not in read(client)


def test_what_a_correction_names_itself_is_not_told_twice(
    client: Client, verdict: Publication, again: Claim, publisher: User, change: Publish
) -> None:
    confirm(again, verdict, publisher)
    change(verdict, reason="More articles.", summary="ملخص آخر")
    html = read(client)
    assert 'id="further"' not in html
    assert len(ClusterMember.objects.all()) == 1
    assert "صحيفة 2" in html, "its position is part of the verdict now"
