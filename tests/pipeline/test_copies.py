"""Chosen evidence is copied in the background: once, whole, or with the reason why not."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from warcio.archiveiterator import ArchiveIterator

from claims.models import Article, Evidence, Snapshot
from claims.models.content import is_as_proposed
from claims.pipeline import evidence, review
from claims.pipeline.evidence import copying
from claims.sources import _warc
from claims.workflow import IllegalMove
from tests import pdfs
from tests.cast import make_claim, researched_claim
from tests.pipeline.copies import ADDRESS, QUOTE, Pages, article, due_now, pages
from tests.sources.web import redirects

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def web() -> Iterator[Pages]:
    with pages() as found:
        yield found


def chosen(editor: User, url: str = ADDRESS, quote: str = QUOTE, **fields: Any) -> Evidence:
    claim = fields.pop("claim", None) or make_claim(Article.objects.first())
    return review.add_evidence(
        claim=claim, actor=editor, url=url, title="Notice", relation="refutes", quote=quote,
        independence_group="ministry", **fields,
    )  # fmt: skip


def copy_of(piece: Evidence) -> Snapshot:
    piece.refresh_from_db()
    assert piece.snapshot is not None
    return piece.snapshot


def test_choosing_evidence_leaves_the_note_that_its_page_is_to_be_copied(editor: User) -> None:
    piece = chosen(editor)
    copy = copy_of(piece)
    assert (copy.url, copy.state, copy.requested_by) == (ADDRESS, "waiting", editor)
    assert list(Snapshot.objects.due()) == [copy]


def test_a_choice_that_is_refused_leaves_no_note(editor: User) -> None:
    with pytest.raises(Exception, match="http"):
        chosen(editor, url="ftp://ministry.example/notice")
    assert not Snapshot.objects.exists()


def test_a_page_is_kept_as_it_came_with_its_words_and_the_place_of_the_quotation(
    editor: User, web: Pages
) -> None:
    web.put(article(), ETag='"7"')
    piece = chosen(editor)
    assert evidence.copy_due() == 1
    copy = copy_of(piece)
    assert (copy.state, copy.title, copy.media_type) == (
        "kept", "Notice about the meeting", "text/html",
    )  # fmt: skip
    assert copy.sha256 == hashlib.sha256(article()).hexdigest()
    assert copy.fetched_at is not None
    assert copy.text[piece.quote_start : piece.quote_end] == QUOTE
    assert piece.page is None
    assert not piece.quote_lost
    with copy.warc.open() as file:
        records = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"))
            for record in ArchiveIterator(file)
        ]
    assert records == [("warcinfo", None), ("response", ADDRESS)]
    with copy.warc.open() as file:
        assert file.read(2) == b"\x1f\x8b"
        file.seek(0)
        response = next(r for r in ArchiveIterator(file) if r.rec_type == "response")
        assert response.rec_headers.protocol == "WARC/1.1"
        assert response.http_headers.get_header("ETag") == '"7"'
        assert response.content_stream().read() == article()
    assert evidence.copy_due() == 0, "it is done"


def test_nothing_of_the_claim_is_sent_with_the_request(editor: User, web: Pages) -> None:
    web.put(article())
    piece = chosen(editor)
    evidence.copy_due()
    assert web.server is not None
    (request,) = web.server.requests
    assert request.path == "/notice"
    assert sorted(name.lower() for name in request.headers) == [
        "accept", "accept-encoding", "connection", "host", "user-agent",
    ]  # fmt: skip
    assert piece.claim.statement not in str(request.headers)


def test_the_quotation_of_a_pdf_is_kept_with_its_page(editor: User, web: Pages) -> None:
    body = pdfs.pdf("First page", "The deficit was 40 million.", title="Audit")
    web.put(body, "/audit", Content_Type="application/pdf")
    piece = chosen(editor, "http://ministry.example/audit", "The deficit was 40 million.")
    evidence.copy_due()
    copy = copy_of(piece)
    assert (copy.title, copy.media_type, len(copy.pages)) == ("Audit", "application/pdf", 2)
    assert piece.page == 2
    assert copy.text[piece.quote_start : piece.quote_end] == "The deficit was 40 million."


@pytest.mark.parametrize(
    ("body", "kind", "note"),
    [
        (pdfs.locked(), "application/pdf", "ملف PDF مقفل بكلمة مرور"),
        (pdfs.pdf("", scanned=True), "application/pdf", "لا نص في ملف PDF"),
        (b"%PDF-1.4 and then nothing", "application/octet-stream", "ملف PDF تالف"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "هذا النوع من الملفات (image/png) لا نص فيه."),
    ],
)
def test_what_has_no_words_is_kept_all_the_same_and_says_so(
    editor: User, web: Pages, body: bytes, kind: str, note: str
) -> None:
    web.put(body, Content_Type=kind)
    piece = chosen(editor)
    evidence.copy_due()
    copy = copy_of(piece)
    assert (copy.state, copy.text) == ("kept", "")
    assert copy.reason.startswith(note)
    assert piece.quote_lost


def test_of_a_page_that_is_no_article_all_words_are_kept(editor: User, web: Pages) -> None:
    form = b"<title>Prices</title><body><footer>Price of bread: <b>12</b> lira<br>Cash</footer>"
    web.put(b"<html>" + form + b"<script>var hidden = 1</script></body></html>")
    piece = chosen(editor, quote="12 lira")
    evidence.copy_due()
    assert copy_of(piece).text == "Price of bread: 12 lira\nCash"
    assert not piece.quote_lost


def test_words_that_the_page_does_not_have_are_marked(editor: User, web: Pages) -> None:
    web.put(article())
    piece = chosen(editor, quote="The meeting was cancelled.")
    assert not piece.quote_lost, "nobody knows yet"
    evidence.copy_due()
    copy_of(piece)
    assert piece.quote_lost


def test_one_young_copy_serves_everybody_who_chooses_the_page(editor: User, web: Pages) -> None:
    web.put(article())
    first = chosen(editor)
    second = chosen(editor, claim=make_claim(first.claim.article))
    assert copy_of(first) == copy_of(second)
    evidence.copy_due()
    third = chosen(editor, claim=first.claim)
    assert copy_of(third) == copy_of(first)
    assert third.quote_start == Evidence.objects.get(pk=first.pk).quote_start is not None
    assert web.asked == ["/notice"]


def test_another_address_is_another_copy(editor: User, web: Pages) -> None:
    web.put(article())
    piece = chosen(editor)
    evidence.copy_due()
    before = copy_of(piece)
    piece = review.change_evidence(piece=piece, actor=editor, url="http://ministry.example/two")
    assert copy_of(piece) != before
    assert (copy_of(piece).state, piece.quote_start) == ("waiting", None)


def test_a_page_that_is_missing_is_given_up_with_the_reason_and_an_editor_tries_again(
    editor: User, web: Pages
) -> None:
    web.take_off()
    piece = chosen(editor)
    evidence.copy_due()
    copy = copy_of(piece)
    assert (copy.state, copy.attempts) == ("gave_up", 1)
    assert copy.reason == "لا صفحة كهذه في «ministry.example» (404). تحقق من الرابط."
    web.put(article())
    evidence.copy_now(piece=piece, actor=editor)
    assert evidence.copy_due() == 1
    assert copy_of(piece).state == "kept"
    with pytest.raises(IllegalMove, match="copied already"):
        evidence.copy_now(piece=piece, actor=editor)


def test_a_server_that_is_down_is_asked_again_and_then_given_up(editor: User, web: Pages) -> None:
    web.take_off(status=503)
    piece = chosen(editor)
    for attempt in range(1, copying.ATTEMPTS):
        assert evidence.copy_due() == 1
        copy = copy_of(piece)
        assert (copy.state, copy.attempts) == ("waiting", attempt)
        assert evidence.copy_due() == 0, "it waits before it asks again"
        due_now()
    evidence.copy_due()
    assert copy_of(piece).state == "gave_up"


def test_an_address_inside_our_own_network_is_never_fetched(editor: User, web: Pages) -> None:
    web.answers["/notice"] = redirects("http://127.0.0.1:1/secret")
    piece = chosen(editor)
    inside = chosen(editor, "http://127.0.0.1:8000/desk/")
    evidence.copy_due()
    assert copy_of(piece).state == copy_of(inside).state == "gave_up"


def test_a_body_without_end_is_given_up(
    editor: User, web: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "MAX_BYTES", 1000)
    web.put(b"x" * 2000, Content_Type="text/plain")
    piece = chosen(editor)
    evidence.copy_due()
    assert copy_of(piece).state == "gave_up"


def test_a_dead_workers_copy_is_made_by_another_one(
    editor: User, web: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.put(article())
    piece = chosen(editor)
    assert len(copying._take()) == 1  # and then it dies
    assert evidence.copy_due() == 0, "the lease still runs"
    due_now()
    assert evidence.copy_due() == 1
    copy = copy_of(piece)
    assert (copy.state, copy.attempts) == ("kept", 2)


def test_a_worker_that_comes_back_late_writes_nothing_and_leaves_no_file(
    editor: User, web: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.put(article())
    piece = chosen(editor)
    (late,) = copying._take()
    due_now()
    web.put(article(second="Somebody has written something else here since, and quite a lot."))
    evidence.copy_due()
    copy = copy_of(piece)
    page, words = copying.fetch(copying.door(), ADDRESS)  # type: ignore[misc]
    copying._keep(late, page, words)
    piece.refresh_from_db()
    assert copy_of(piece).warc.name == copy.warc.name
    assert not late.warc


def test_a_copy_made_while_the_verdict_is_in_review_changes_nothing_of_it(
    editor: User, web: Pages, reviewer: User, publisher: User
) -> None:
    body = pdfs.pdf("A meeting was held.")
    web.put(body, Content_Type="application/pdf")
    claim = make_claim(denial=None)
    researched_claim(editor, claim)
    piece = chosen(editor, quote="A meeting was held.", claim=claim)
    claim.refresh_from_db()
    version = review.propose(claim=claim, actor=editor)
    evidence.copy_due()
    assert copy_of(piece).state == "kept"
    assert (piece.quote_start, piece.page) == (None, None)
    assert is_as_proposed(version)


def test_a_kept_copy_is_never_changed_or_deleted(editor: User, web: Pages) -> None:
    web.put(article())
    piece = chosen(editor)
    evidence.copy_due()
    copy = copy_of(piece)
    for change in (
        lambda: Snapshot.objects.filter(pk=copy.pk).update(text="other words"),
        lambda: Snapshot.objects.filter(pk=copy.pk).update(warc="other.warc.gz"),
        lambda: connection.cursor().execute("DELETE FROM claims_snapshot"),
    ):
        with pytest.raises(IntegrityError, match="a kept copy"), transaction.atomic():
            change()


def test_the_file_is_read_back_byte_for_byte(editor: User, web: Pages) -> None:
    web.put(bytes(range(256)) * 10, Content_Type="application/octet-stream")
    piece = chosen(editor)
    evidence.copy_due()
    with copy_of(piece).warc.open() as file:
        assert _warc.body(io.BytesIO(file.read())) == bytes(range(256)) * 10


def test_a_moved_page_is_kept_under_both_addresses(editor: User, web: Pages) -> None:
    web.put(article(), "/new")
    web.answers["/notice"] = redirects("/new", 301)
    piece = chosen(editor)
    evidence.copy_due()
    copy = copy_of(piece)
    assert (copy.url, copy.final_url) == (ADDRESS, "http://ministry.example/new")
    with copy.warc.open() as file:
        via = [r.content_stream().read() for r in ArchiveIterator(file) if r.rec_type == "metadata"]
    assert via == [f"via: {ADDRESS}\r\n".encode()]
