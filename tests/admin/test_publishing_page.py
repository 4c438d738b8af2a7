"""Publishing, correcting and retracting through the pages, each of which says what it does."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Claim, Publication
from claims.pipeline import publishing, review
from tests import cast
from tests.admin.hands import address, captured, history, offered, press, signed_in

pytestmark = pytest.mark.django_db


def test_an_approved_verdict_is_offered_with_its_preview(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer)
    html = signed_in(publisher).get("/desk/publishing/").content.decode()
    assert offered(html) == {"publish"}
    assert f'href="{address(claim, "preview/")}"' in html
    assert re.search(r"Approved by</span> <bdi>samer</bdi>", html)


@pytest.mark.parametrize("who", ["editor", "reviewer", "administrator"])
def test_whoever_is_no_publisher_looks_and_is_refused(
    who: str, editor: User, reviewer: User, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    claim = cast.approved_claim(editor, reviewer)
    client = signed_in(user)
    assert offered(client.get("/desk/publishing/").content.decode()) == set()
    answer = press(client, claim, "publish/")
    assert answer.status_code == 403
    assert "Ask a publisher" in answer.content.decode()
    assert not Publication.objects.exists()


def test_publishing_asks_says_what_happens_and_then_does_it_once(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer)
    client = signed_in(publisher)
    asks = client.get(address(claim, "publish/")).content.decode()
    assert "It becomes an entry of the verdict log" in asks
    assert offered(asks) == {"publish", "schedule"}
    assert not Publication.objects.exists()
    assert press(client, claim, "publish/").headers["Location"] == "/desk/publishing/"
    claim.refresh_from_db()
    assert claim.state == "published"
    again = press(client, claim, "publish/")
    assert again.status_code == 422
    assert Publication.objects.count() == 1
    html = client.get("/desk/publishing/").content.decode()
    assert re.search(r"Log entry</span> 0<", html)
    assert offered(html) == {"correct", "retract"}


def test_what_changed_after_the_approval_is_not_published(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.approved_claim(editor, reviewer)
    claim.positions.filter(stance="denies").delete()
    answer = press(signed_in(publisher), claim, "publish/")
    assert answer.status_code == 422
    assert "nobody has reviewed what would be published" in answer.content.decode()


def test_the_preview_shows_all_that_will_be_public_and_nothing_withheld(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.researched_claim(editor, explanation="انظر [1] ثم [3].")
    review.add_evidence(
        claim=claim, actor=editor, url="https://secret.example/", title="سرّي", quote="همس",
        relation="context", independence_group="s", withheld=True, note="لا تذكروه",
    )  # fmt: skip
    claim.refresh_from_db()
    review.propose(claim=claim, actor=editor)
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    client = signed_in(publisher)
    whole = client.get(address(claim, "preview/"))
    (frame,) = re.findall(r'src="(/desk/preview/\d+/page/)"', whole.content.decode())
    for answer in (whole, client.get(frame), client.get(frame.replace("/page/", "/card/"))):
        html = answer.content.decode()
        assert answer.status_code == 200
        for secret in ("سرّي", "همس", "secret.example", "لا تذكروه", 'href="#e3"'):
            assert secret not in html
        assert "no-store" in answer.headers["Cache-Control"]
        assert "private" in answer.headers["Cache-Control"]
    page = client.get(frame).content.decode()
    assert "لا لقاء في أغسطس" in page
    assert 'href="#e1"' in page


def test_there_is_no_preview_of_what_was_never_proposed(publisher: User) -> None:
    claim = cast.make_claim()
    assert signed_in(publisher).get(address(claim, "preview/")).status_code == 404


@pytest.mark.parametrize("kind", ["correction", "update"])
def test_a_correction_is_opened_shown_and_dropped(
    kind: str, editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.published_claim(editor, reviewer, publisher).claim
    client = signed_in(publisher)
    assert press(client, claim, "correct/", kind=kind, reason="الرقم خطأ").status_code == 302
    html = client.get("/desk/publishing/").content.decode()
    assert "Being corrected" in html
    assert "الرقم خطأ" in html
    assert "drop_correction" in offered(html)
    assert press(client, claim, "drop_correction/", reason="كان صحيحا").status_code == 302
    claim.refresh_from_db()
    assert claim.state == "published"
    assert history(claim)[-2:] == ["correct", "drop_correction"]


def test_a_correction_needs_its_kind_and_keeps_the_reason_typed(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.published_claim(editor, reviewer, publisher).claim
    answer = press(signed_in(publisher), claim, "correct/", kind="", reason="سبب طويل")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Say whether this is a correction or an update" in html
    assert "سبب طويل</textarea>" in html


@pytest.mark.parametrize("action", ["correct", "retract"])
def test_readers_are_owed_a_reason(
    action: str, editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.published_claim(editor, reviewer, publisher).claim
    answer = press(signed_in(publisher), claim, f"{action}/", kind="update", reason="  ")
    assert answer.status_code == 422
    assert "needs a reason" in answer.content.decode()
    assert Publication.objects.count() == 1


def test_retracting_warns_that_it_cannot_be_undone_and_leaves_a_tombstone(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.published_claim(editor, reviewer, publisher).claim
    client = signed_in(publisher)
    assert "It cannot be undone" in client.get(address(claim, "retract/")).content.decode()
    assert press(client, claim, "retract/", reason="بيان مزوّر").status_code == 302
    claim.refresh_from_db()
    assert claim.state == "retracted"
    html = client.get("/desk/publishing/").content.decode()
    assert "بيان مزوّر" in html
    assert offered(html) == set()


def test_an_action_that_is_not_open_says_so_and_offers_no_button(
    editor: User, publisher: User
) -> None:
    claim = cast.researched_claim(editor)
    for action in ("publish", "correct", "drop_correction", "retract"):
        html = signed_in(publisher).get(address(claim, f"{action}/")).content.decode()
        assert offered(html) == set()
        assert "This is not open to you now" in html
        answer = press(signed_in(publisher), claim, f"{action}/", kind="update", reason="x")
        assert answer.status_code == 422, action


def test_a_corrected_verdict_is_published_with_what_readers_will_be_told(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.published_claim(editor, reviewer, publisher).claim
    publishing.correct(claim=claim, actor=publisher, kind="correction", reason="أخطأنا في العدد")
    cast.write_verdict(editor, claim, summary="خلاصة مصححة")
    review.propose(claim=claim, actor=editor)
    review.approve(claim=claim, actor=reviewer, version=2, vouches=review.STANDARDS)
    client = signed_in(publisher)
    html = client.get(address(claim, "publish/")).content.decode()
    assert "Readers see it as: correction" in html
    assert "أخطأنا في العدد" in html
    assert press(client, claim, "publish/").status_code == 302
    newest = Publication.objects.order_by("-entry_id")[0]
    assert (newest.kind, newest.version_number) == ("correction", 2)


def test_a_lost_race_for_a_correction_is_said(
    editor: User, reviewer: User, publisher: User
) -> None:
    claim = cast.published_claim(editor, reviewer, publisher).claim
    claim.refresh_from_db()
    seen = claim.moves
    publishing.correct(claim=claim, actor=publisher, kind="update", reason="سبقتك")
    answer = signed_in(publisher).post(
        address(claim, "correct/"), {"moves": seen, "kind": "update", "reason": "سببي"}
    )
    assert answer.status_code == 409
    assert "سببي</textarea>" in answer.content.decode()


def test_the_page_costs_the_same_queries_for_one_and_for_five(
    editor: User, reviewer: User, publisher: User
) -> None:
    def one_of_each(number: int) -> None:
        for kind in ("approved", "published", "correcting"):
            article = cast.make_article(cast.TEXT + f"\n{kind} {number}")
            claim = cast.approved_claim(editor, reviewer, cast.make_claim(article))
            if kind != "approved":
                publishing.publish(claim=claim, actor=publisher)
            if kind == "correcting":
                claim = Claim.objects.get(pk=claim.pk)
                publishing.correct(claim=claim, actor=publisher, kind="update", reason="س")

    client = signed_in(publisher)
    one_of_each(0)
    client.get("/desk/publishing/")
    few = len(captured(client, "/desk/publishing/"))
    for number in range(1, 5):
        one_of_each(number)
    assert len(captured(client, "/desk/publishing/")) == few
    assert few <= 30


def test_a_missing_signing_key_is_named_and_nothing_is_published(
    editor: User, reviewer: User, publisher: User, settings: Any
) -> None:
    cast.published_claim(editor, reviewer, publisher)
    article = cast.make_article("Other\n" + cast.DENIAL)
    claim = cast.approved_claim(editor, reviewer, cast.make_claim(article, text=cast.DENIAL))
    settings.SIGNING_KEY_FILE = settings.DATA_DIR / "lost.key"
    answer = press(signed_in(publisher), claim, "publish/")
    assert answer.status_code == 503
    assert "lost.key" in answer.content.decode()
    assert Publication.objects.count() == 1
