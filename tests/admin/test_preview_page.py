"""The preview: the public page itself, the card, the markup and the feeds, for the desk alone."""

from __future__ import annotations

import json
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Claim, LogEntry, Publication
from claims.pipeline import publishing, review
from tests import cast
from tests.admin.hands import address, signed_in
from tests.pipeline import translated

pytestmark = pytest.mark.django_db


def frame_of(client: Client, claim: Claim, query: str = "") -> str:
    html = client.get(address(claim, "preview/" + query)).content.decode()
    (found,) = re.findall(r'src="(/desk/preview/\d+/page/)"', html)
    return str(found)


def without(html: str, *patterns: str) -> str:
    for pattern in patterns:
        html = re.sub(pattern, "", html)
    return html


def test_the_page_in_the_frame_is_the_page_that_is_published_then(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer)
    client = signed_in(publisher)
    before = client.get(frame_of(client, claim)).content.decode()
    publishing.publish(claim=claim, actor=publisher)
    after = Client().get("/v/1").content.decode()
    # The instant and the fingerprint are known only then.
    unknown = (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^\"<]*", r"sha256:[0-9a-f…]+", r"--key \S+")
    assert without(before, *unknown) == without(after, *unknown)


def test_it_shows_the_markup_that_will_be_embedded_and_every_feeds_entry(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer)
    html = signed_in(publisher).get(address(claim, "preview/")).content.decode()
    for name in ("rss.xml", "atom.xml", "feed.json"):
        assert name in html
    (markup,) = re.findall(r"JSON-LD\)</summary><pre[^>]*>(.*?)</pre>", html, re.S)
    shown = json.loads(markup.replace("&quot;", '"').replace("&#x27;", "'"))
    assert shown["claimReviewed"] == cast.STATEMENT
    assert not Publication.objects.exists()
    assert not LogEntry.objects.exists()


def test_the_card_says_what_the_pages_own_meta_elements_say(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer)
    client = signed_in(publisher)
    html = client.get(frame_of(client, claim).replace("/page/", "/card/")).content.decode()
    assert f"<h1>خطأ: {cast.STATEMENT}</h1>" in html or cast.STATEMENT in html
    assert "انقضى أغسطس ولم يلتق الوزيران." in html


def test_only_the_previews_own_page_may_be_framed_and_only_by_us(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer)
    client = signed_in(publisher)
    outer = client.get(address(claim, "preview/"))
    assert "frame-src 'self'" in outer.headers["Content-Security-Policy"]
    assert outer.headers["X-Frame-Options"] == "DENY"
    inner = client.get(frame_of(client, claim))
    assert inner.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = inner.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "script-src 'none'" in policy
    other = client.get("/desk/publishing/")
    assert "frame-src" not in other.headers["Content-Security-Policy"]


def test_nobody_outside_the_desk_is_shown_it(
    editor: User, reviewer: User, publisher: User, outsider: User
) -> None:
    claim = cast.approved_claim(editor, reviewer)
    frame = frame_of(signed_in(publisher), claim)
    for client in (Client(), signed_in(outsider)):
        for path in (frame, frame.replace("/page/", "/card/"), "/desk/preview/987654/page/"):
            answer = client.get(path)
            assert answer.status_code == 302
            assert "/desk/login/" in answer.headers["Location"]


def test_who_has_yet_to_rate_blind_does_not_see_the_proposal(editor: User, reviewer: User) -> None:
    cast.set_policy(blind_rating=True)
    claim = cast.proposed_claim(editor)
    frame = frame_of(signed_in(editor), claim)
    client = signed_in(reviewer)
    assert client.get(frame).status_code == 404
    assert client.get(address(claim, "preview/")).status_code == 404


def test_what_stands_in_the_way_is_told_with_where_to_mend_it_and_there_is_no_button(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer, explanation="انظر [1] و[2] و[7].")
    client = signed_in(publisher)
    html = client.get(address(claim, "preview/")).content.decode()
    assert "The explanation cites evidence that there is not: 7." in html
    assert f'href="{address(claim)}#verdict"' in html
    assert f'href="{address(claim, "publish/")}"' not in html
    asks = client.get(address(claim, "publish/")).content.decode()
    assert "The explanation cites evidence that there is not: 7." in asks
    assert 'data-action="publish"' not in asks


def test_a_translation_is_previewed_in_its_language(
    editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.published_claim(editor, reviewer, publisher).claim
    translated.propose(claim, second_editor)
    client = signed_in(publisher)
    html = client.get(frame_of(client, claim, "?language=tr")).content.decode()
    assert '<html lang="tr" dir="ltr">' in html
    assert translated.WORDS["summary"] in html
    assert "Yanlış" in html


def test_a_correction_and_a_retraction_show_the_page_with_the_note(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.published_claim(editor, reviewer, publisher).claim
    client = signed_in(publisher)
    for action, kind in (("correct", "correction"), ("retract", "retraction")):
        html = client.get(address(claim, f"{action}/")).content.decode()
        assert "The reason is public" in html or action == "retract"
        (frame,) = re.findall(rf'src="(/desk/preview/\d+/page/\?kind={kind})#note"', html)
        shown = client.get(f"{frame}&reason=أخطأنا").content.decode()
        assert "أخطأنا" in shown
        assert ("application/ld+json" in shown) == (action == "correct")
    assert Publication.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["?kind=original", "?kind=x", "?kind=correction&reason=" + "س" * 3000]
)
def test_mangled_questions_are_answered(
    query: str, editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.published_claim(editor, reviewer, publisher).claim
    version = review.under_review(claim)
    assert signed_in(publisher).get(f"/desk/preview/{version.pk}/page/{query}").status_code == 200


def test_a_version_without_number_or_a_form_that_is_none(publisher: User) -> None:
    client = signed_in(publisher)
    assert client.get("/desk/preview/99999999999999999999/page/").status_code == 404
    assert client.get("/desk/preview/1/pdf/").status_code == 404
