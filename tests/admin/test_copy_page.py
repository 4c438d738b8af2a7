"""The kept copy at the desk: its words to quote from, its file to save, what became of its page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation

from claims.models import Claim, Evidence, Snapshot, SnapshotCheck
from claims.pipeline import evidence, review
from tests import pdfs
from tests.admin.hands import address, history, press, signed_in
from tests.cast import make_claim, researched_claim
from tests.pipeline.copies import ADDRESS, QUOTE, SECOND, Pages, article, due_now, pages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def web() -> Iterator[Pages]:
    with pages() as found:
        found.put(article())
        yield found


@pytest.fixture
def client(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def claim(editor: User) -> Claim:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    return claim


def add(client: Client, claim: Claim, **fields: str) -> Evidence:
    press(
        client, claim, "evidence/", url=ADDRESS, title="Notice", relation="refutes", **fields
    )  # fmt: skip
    return claim.evidence.get()


def soup(client: Client, claim: Claim, piece: Evidence, tail: str = "copy/") -> BeautifulSoup:
    answer = client.get(address(claim, f"evidence/{piece.pk}/{tail}"))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def line(client: Client, claim: Claim) -> Any:
    """The copy's line under the evidence on the claim's page."""
    html = BeautifulSoup(client.get(address(claim)).content, "html.parser")
    return html.select_one("#evidence .copy")


def words(tag: Any) -> str:
    return " ".join(tag.get_text(" ").split())


def test_the_copy_comes_by_itself_while_the_editor_goes_on(
    client: Client, claim: Claim, web: Pages
) -> None:
    piece = add(client, claim)
    waiting = line(client, claim)
    assert "The page is being copied." in words(waiting)
    assert waiting["hx-get"] == address(claim, f"evidence/{piece.pk}/copy/state/")
    evidence.copy_due()
    kept = soup(client, claim, piece, "copy/state/").select_one(".copy")
    assert kept is not None
    assert "hx-get" not in kept.attrs, "there is nothing left to wait for"
    assert "Quote from the kept copy" in words(kept)


def test_the_words_are_shown_as_text_and_nothing_of_the_page_runs(
    client: Client, claim: Claim, web: Pages
) -> None:
    hostile = SECOND + " &lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt;"
    web.put(article(second=hostile + "<script>alert(3)</script>"))
    piece = add(client, claim)
    evidence.copy_due()
    page = soup(client, claim, piece)
    body = page.select_one(".copy-body")
    assert body is not None
    assert "<script>alert(1)</script>" in body.get_text()
    assert not body.select("script, img")
    assert "alert(3)" not in str(page)


def test_each_paragraph_stands_at_its_place_in_the_text(
    client: Client, claim: Claim, web: Pages
) -> None:
    piece = add(client, claim)
    evidence.copy_due()
    text = Snapshot.objects.get().text
    shown = soup(client, claim, piece).select(".copy-body .p")
    assert len(shown) >= 2
    for one in shown:
        paragraph = one.select_one("p")
        assert paragraph is not None
        at = int(str(one["data-at"]))
        assert text[at : at + len(paragraph.get_text())] == paragraph.get_text()


def test_selected_words_become_the_quotation(client: Client, claim: Claim, web: Pages) -> None:
    piece = add(client, claim)
    evidence.copy_due()
    text = Snapshot.objects.get().text
    start = text.index(QUOTE)
    answer = press(
        client, claim, f"evidence/{piece.pk}/copy/quote/",
        words=QUOTE, start=start, end=start + len(QUOTE),
    )  # fmt: skip
    assert answer.status_code == 302
    piece.refresh_from_db()
    assert (piece.quote, piece.quote_start, piece.quote_end) == (QUOTE, start, start + len(QUOTE))
    assert history(claim)[-1] == "change_evidence"
    marked = soup(client, claim, piece).select_one(".copy-body mark")
    assert marked is not None
    assert marked.get_text() == QUOTE


def test_words_that_stand_twice_are_quoted_where_they_were_selected(
    client: Client, claim: Claim, web: Pages
) -> None:
    web.put(article(second=f"Once more, because it matters to everybody who reads this: {QUOTE}"))
    piece = add(client, claim)
    evidence.copy_due()
    second = Snapshot.objects.get().text.rindex(QUOTE)
    press(
        client, claim, f"evidence/{piece.pk}/copy/quote/",
        words=QUOTE, start=second, end=second + len(QUOTE),
    )  # fmt: skip
    piece.refresh_from_db()
    assert piece.quote_start == second


def test_pasted_words_are_found_whatever_white_space_they_came_with(
    client: Client, claim: Claim, web: Pages
) -> None:
    piece = add(client, claim)
    evidence.copy_due()
    press(
        client, claim, f"evidence/{piece.pk}/copy/quote/",
        words=QUOTE.replace(" ", "\r\n", 2), start="", end="",
    )  # fmt: skip
    piece.refresh_from_db()
    assert (piece.quote, piece.quote_start is None) == (QUOTE, False)


@pytest.mark.parametrize(
    ("typed", "start", "end", "said"),
    [
        ("It was cancelled.", "", "", "These words are not in the kept copy."),
        ("It was cancelled.", "3", "20", "These words are not in the kept copy."),
        ("", "", "", "Select the words in the text, or paste them."),
        ("x" * 9, "99999999999999999999", "-1", "These words are not in the kept copy."),
    ],
)
def test_words_that_are_not_there_are_refused_and_stay_typed(
    client: Client, claim: Claim, web: Pages, typed: str, start: str, end: str, said: str
) -> None:
    piece = add(client, claim)
    evidence.copy_due()
    answer = press(
        client, claim, f"evidence/{piece.pk}/copy/quote/", words=typed, start=start, end=end
    )
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    alert, field = page.select_one("[role=alert]"), page.select_one("#words")
    assert alert is not None
    assert field is not None
    assert said in alert.get_text()
    assert field.get_text().strip() == typed
    piece.refresh_from_db()
    assert piece.quote == ""


def test_a_quotation_from_a_pdf_says_its_page(client: Client, claim: Claim, web: Pages) -> None:
    web.put(pdfs.pdf("One.", "The deficit was 40 million."), Content_Type="application/pdf")
    piece = add(client, claim)
    evidence.copy_due()
    assert "page 2" in words(soup(client, claim, piece).select_one(".copy-body"))
    press(client, claim, f"evidence/{piece.pk}/copy/quote/", words="deficit was 40 million")
    piece.refresh_from_db()
    assert piece.page == 2
    assert "page 2" in words(line(client, claim))


def test_a_quotation_that_the_copy_does_not_have_is_marked(
    client: Client, claim: Claim, web: Pages
) -> None:
    add(client, claim, quote="It was cancelled.")
    evidence.copy_due()
    assert "The quotation was not found in the kept copy." in words(line(client, claim))


def test_nobody_quotes_anew_in_a_verdict_under_review(
    client: Client, editor: User, web: Pages
) -> None:
    claim = researched_claim(editor)
    Snapshot.objects.filter(url__endswith="/1").update(url=ADDRESS)
    evidence.copy_due()
    piece = claim.evidence.get(snapshot__state="kept")
    claim.refresh_from_db()
    review.propose(claim=claim, actor=editor)
    assert soup(client, claim, piece).select_one("#words") is None
    answer = press(client, claim, f"evidence/{piece.pk}/copy/quote/", words=QUOTE)
    assert answer.status_code == 422
    piece.refresh_from_db()
    assert piece.quote == "لا لقاء في أغسطس"


def test_the_file_is_for_saving_and_for_the_desk_alone(
    client: Client, claim: Claim, web: Pages, outsider: User
) -> None:
    piece = add(client, claim)
    evidence.copy_due()
    where = address(claim, f"evidence/{piece.pk}/copy/file/")
    answer = client.get(where)
    assert answer.content == article()
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-{piece.pk}.html.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "private" in answer["Cache-Control"]
    assert client.get(where, {"form": "warc"}).content[:2] == b"\x1f\x8b"
    for stranger in (Client(), signed_in(outsider)):
        assert stranger.get(where).status_code == 302
        assert stranger.get(address(claim, f"evidence/{piece.pk}/copy/")).status_code == 302
    other = make_claim(claim.article)
    assert client.get(address(other, f"evidence/{piece.pk}/copy/file/")).status_code == 404


@pytest.mark.parametrize("form", ["", "warc"])
def test_a_copy_whose_file_is_missing_says_so_and_what_to_do(
    client: Client, claim: Claim, web: Pages, form: str
) -> None:
    piece = add(client, claim)
    evidence.copy_due()
    copy = Snapshot.objects.get()
    copy.warc.storage.delete(copy.warc.name or "")
    answer = client.get(address(claim, f"evidence/{piece.pk}/copy/file/"), {"form": form})
    assert answer.status_code == 404
    assert "Content-Disposition" not in answer
    html = BeautifulSoup(answer.content, "html.parser")
    alert = words(html.select_one('[role="alert"]'))
    assert "missing from the desk's disk" in alert
    assert copy.warc.name in alert.replace(" ", "")  # what is a number on its own is set apart
    assert QUOTE in words(html.select_one(".copy-body"))


def test_the_folder_of_copies_has_no_address(client: Client, claim: Claim, web: Pages) -> None:
    add(client, claim)
    evidence.copy_due()
    name = Snapshot.objects.get().warc.name
    for path in (f"/{name}", f"/media/{name}", f"/static/{name}"):
        assert Client().get(path).status_code == 404


def test_a_page_that_could_not_be_copied_says_why_and_is_tried_again(
    client: Client, claim: Claim, web: Pages
) -> None:
    web.take_off()
    piece = add(client, claim)
    evidence.copy_due()
    assert "No copy could be made:" in words(line(client, claim))
    web.put(article())
    answer = press(client, claim, f"evidence/{piece.pk}/copy/now/")
    assert answer.status_code == 302
    evidence.copy_due()
    assert "Quote from the kept copy" in words(line(client, claim))
    again = press(client, claim, f"evidence/{piece.pk}/copy/now/")
    assert again.status_code == 422
    assert b"The page is copied already" in again.content


def test_evidence_from_before_is_copied_when_somebody_asks(
    client: Client, claim: Claim, web: Pages
) -> None:
    piece = add(client, claim)
    Evidence.objects.update(snapshot=None)
    assert "No copy of this page is kept." in words(line(client, claim))
    press(client, claim, f"evidence/{piece.pk}/copy/now/")
    evidence.copy_due()
    assert "Quote from the kept copy" in words(line(client, claim))


def test_the_desk_is_told_of_a_changed_page_until_somebody_has_seen_it(
    client: Client, claim: Claim, web: Pages
) -> None:
    piece = add(client, claim, quote=QUOTE)
    evidence.copy_due()
    today = "/desk/"
    assert b'id="worn"' not in client.get(today).content
    web.put(article(second=SECOND.replace("twelve", "fifteen")))
    press(client, claim, f"evidence/{piece.pk}/copy/look/")
    assert "The page is being looked at again." in words(line(client, claim))
    evidence.check_due()
    told = BeautifulSoup(client.get(today).content, "html.parser").select_one("#worn")
    assert told is not None
    assert "changed since" in words(told)
    assert "The page has changed since it was copied." in words(line(client, claim))
    page = soup(client, claim, piece)
    changed = page.select_one(".changed")
    assert changed is not None
    assert [one.get_text() for one in changed.select("del, ins")] == ["twelve", "fifteen"]
    press(client, claim, f"evidence/{piece.pk}/copy/seen/")
    assert b'id="worn"' not in client.get(today).content
    assert "The page has changed since it was copied." not in words(line(client, claim))
    assert "On the web: changed since" in words(line(client, claim))


def test_a_page_that_is_gone_is_told_and_the_copy_stays(
    client: Client, claim: Claim, web: Pages
) -> None:
    piece = add(client, claim, quote=QUOTE)
    evidence.copy_due()
    web.take_off()
    due_now(check=True)
    evidence.check_due()
    assert "The page is gone. The kept copy is still here." in words(line(client, claim))
    assert QUOTE in soup(client, claim, piece).get_text()


def test_evidence_rests_on_the_newer_copy_after_one_press(
    client: Client, claim: Claim, web: Pages
) -> None:
    piece = add(client, claim, quote=QUOTE)
    evidence.copy_due()
    web.put(article(second=SECOND.replace("twelve", "fifteen")))
    due_now(check=True)
    evidence.check_due()
    answer = press(client, claim, f"evidence/{piece.pk}/copy/newer/", at="copy")
    assert answer["Location"] == address(claim, f"evidence/{piece.pk}/copy/")
    piece.refresh_from_db()
    assert piece.snapshot == SnapshotCheck.objects.get().newer
    assert "fifteen" in soup(client, claim, piece).get_text()


def test_a_press_that_comes_too_late_is_answered_in_words(
    client: Client, claim: Claim, web: Pages
) -> None:
    piece = add(client, claim)
    for action, said in (
        ("newer", b"There is no such copy any more."),
        ("look", b"There is no copy yet"),
    ):
        answer = press(client, claim, f"evidence/{piece.pk}/copy/{action}/")
        assert answer.status_code in (409, 422)
        assert said in answer.content
    assert press(client, claim, "evidence/999999/copy/look/").status_code == 404
    assert client.get(address(claim, f"evidence/{piece.pk}/copy/look/")).status_code == 302


def test_who_may_not_research_reads_and_changes_nothing(
    claim: Claim, client: Client, web: Pages, administrator: User
) -> None:
    piece = add(client, claim)
    evidence.copy_due()
    theirs = signed_in(administrator)
    page = soup(theirs, claim, piece)
    assert page.select_one("#words") is None
    for tail in ("look", "seen", "now", "quote"):
        answer = press(theirs, claim, f"evidence/{piece.pk}/copy/{tail}/", words=QUOTE)
        assert answer.status_code == 403, tail


def test_a_long_copy_is_shown_in_parts_and_opens_at_its_quotation(
    client: Client, claim: Claim, web: Pages
) -> None:
    lines = [
        f"Line {number} of a very long list of things that were said." for number in range(900)
    ]
    web.put("\n".join(lines).encode(), Content_Type="text/plain")
    piece = add(client, claim, quote="Line 700 of a very long list")
    evidence.copy_due()
    page = soup(client, claim, piece)
    assert page.select_one("mark") is not None
    assert "Line 0 of" not in page.get_text()
    assert "Line 0 of" in soup(client, claim, piece, "copy/?at=0").get_text()


def test_the_archives_copy_is_linked(client: Client, claim: Claim, web: Pages) -> None:
    add(client, claim)
    evidence.copy_due()
    there = f"https://web.archive.org/web/20261124103000/{ADDRESS}"
    Snapshot.objects.update(archive_url=there)
    assert "Internet Archive" in words(line(client, claim).select_one(f'a[href="{there}"]'))
