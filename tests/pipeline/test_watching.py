"""Link rot: a page that rests as evidence is looked at again; there, changed, moved or gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from claims.models import Claim, Evidence, Snapshot, SnapshotCheck
from claims.pipeline import evidence, publishing, review
from claims.pipeline.evidence import watching
from claims.pipeline.evidence.comparing import says_the_same
from tests.cast import make_article, make_claim, published_claim
from tests.pipeline.copies import ADDRESS, QUOTE, SECOND, Pages, article, due_now, pages
from tests.sources.web import redirects

pytestmark = pytest.mark.django_db


@pytest.fixture
def web() -> Iterator[Pages]:
    with pages() as found:
        found.put(article())
        yield found


@pytest.fixture
def piece(editor: User, web: Pages) -> Evidence:
    """Evidence whose page has been copied."""
    return copied(editor, make_claim())


def copied(editor: User, claim: Claim) -> Evidence:
    piece = review.add_evidence(
        claim=claim, actor=editor, url=ADDRESS, title="Notice", relation="refutes", quote=QUOTE,
        independence_group="ministry",
    )  # fmt: skip
    evidence.copy_due()
    piece.refresh_from_db()
    return piece


def look(piece: Evidence) -> Snapshot:
    """The page is looked at once more; gives the copy as it is after it."""
    due_now(check=True)
    assert evidence.check_due() == 1
    return Snapshot.objects.get(pk=piece.snapshot_id)


def found(piece: Evidence) -> list[str]:
    return list(
        SnapshotCheck.objects.filter(snapshot=piece.snapshot_id)
        .order_by("pk")
        .values_list("found", flat=True)
    )


def test_a_copied_page_is_looked_at_again_in_about_a_week(piece: Evidence) -> None:
    assert piece.snapshot is not None
    assert piece.snapshot.check_next_at is not None
    pause = piece.snapshot.check_next_at - timezone.now()
    assert timedelta(days=5.9) < pause < timedelta(days=8.1)
    assert evidence.check_due() == 0


def test_a_page_that_says_the_same_is_there_and_nobody_is_told(piece: Evidence, web: Pages) -> None:
    web.put(article(counter=977).replace(b"</p>", b" </p>\n"))
    copy = look(piece)
    assert (copy.standing, found(piece)) == ("there", [])
    assert copy.checked_at is not None
    assert copy.check_next_at is not None
    assert copy.check_next_at > timezone.now() + timedelta(days=5)


def test_of_a_changed_page_a_newer_copy_is_kept_and_the_old_one_stays(
    piece: Evidence, web: Pages
) -> None:
    web.put(article(second=SECOND.replace("twelve", "fifteen")))
    copy = look(piece)
    check = SnapshotCheck.objects.get(snapshot=copy)
    assert (copy.standing, check.found, check.status, check.seen_by) == (
        "changed", "changed", 200, None,
    )  # fmt: skip
    assert check.newer is not None
    assert check.newer.state == "kept"
    assert "fifteen" in check.newer.text
    assert "twelve" in copy.text
    with check.newer.warc.open() as file:
        assert file.read(2) == b"\x1f\x8b"


def test_the_same_change_is_told_once(piece: Evidence, web: Pages) -> None:
    web.put(article(second="The talks have been called off until further notice, it now says."))
    look(piece)
    look(piece)
    assert found(piece) == ["changed"]
    assert Snapshot.objects.count() == 2
    web.put(article(second="The talks have been called on again, says the newest version of it."))
    look(piece)
    assert found(piece) == ["changed", "changed"]
    web.put(article())
    assert look(piece).standing == "there"
    assert found(piece) == ["changed", "changed", "there"]


def test_a_quotation_that_is_gone_is_a_change_however_small(editor: User, web: Pages) -> None:
    web.put(article().replace(b"Read 120 times", b"Read 120"))
    claim = make_claim()
    piece = review.add_evidence(
        claim=claim, actor=editor, url=ADDRESS, title="Notice", relation="context",
        quote="Read 120", independence_group="m",
    )  # fmt: skip
    evidence.copy_due()
    piece.refresh_from_db()
    web.put(article(counter=121))
    assert look(piece).standing == ("changed" if piece.quote_start is not None else "there")
    assert piece.quote_start is not None


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_no_longer_there_is_gone(piece: Evidence, web: Pages, status: int) -> None:
    web.take_off(status=status)
    assert look(piece).standing == "gone"
    check = SnapshotCheck.objects.get()
    assert (check.found, check.status) == ("gone", status)
    look(piece)
    assert found(piece) == ["gone"], "said once"
    web.put(article())
    assert look(piece).standing == "there"


def test_a_lasting_redirect_elsewhere_is_a_move(piece: Evidence, web: Pages) -> None:
    web.put(article(), "/archive/notice")
    web.answers["/notice"] = redirects("http://elsewhere.example/archive/notice", 301)
    assert look(piece).standing == "moved"
    check = SnapshotCheck.objects.get()
    assert (check.moved_to, check.newer) == ("http://elsewhere.example/archive/notice", None)


def test_a_lasting_redirect_to_the_front_page_means_gone(piece: Evidence, web: Pages) -> None:
    web.put(b"<html><title>Ministry</title><p>Welcome to our house.</p></html>", "/")
    web.answers["/notice"] = redirects("/", 301)
    assert look(piece).standing == "gone"


def test_a_passing_redirect_to_a_log_in_is_no_answer(piece: Evidence, web: Pages) -> None:
    web.put(b"<html><title>Log in</title><p>Log in to read on, please.</p></html>", "/login")
    web.answers["/notice"] = redirects("/login?next=/notice", 302)
    web.put(b"<html><title>Log in</title><p>Log in to read.</p></html>", "/login?next=/notice")
    assert look(piece).standing == "unreachable"


def test_a_server_that_is_down_is_only_called_gone_after_days(piece: Evidence, web: Pages) -> None:
    web.take_off(status=503)
    now = timezone.now()
    for day in range(3):
        with time_machine.travel(now + timedelta(days=day), tick=True):
            copy = look(piece)
            assert copy.standing == "unreachable"
            assert copy.check_next_at is not None
            assert copy.check_next_at < timezone.now() + timedelta(days=1.3)
    with time_machine.travel(now + timedelta(days=3), tick=True):
        assert look(piece).standing == "gone"
        look(piece)
    assert found(piece) == ["unreachable", "unreachable", "unreachable", "gone"]


def test_pressing_look_again_many_times_does_not_make_a_page_gone(
    piece: Evidence, web: Pages
) -> None:
    web.take_off(status=503)
    for _time in range(6):
        assert look(piece).standing == "unreachable"


def test_a_picture_is_compared_by_its_bytes(editor: User, web: Pages) -> None:
    web.put(b"\x89PNG one", Content_Type="image/png")
    piece = copied(editor, make_claim())
    assert look(piece).standing == "there"
    web.put(b"\x89PNG two", Content_Type="image/png")
    assert look(piece).standing == "changed"


def test_a_site_that_wants_no_machines_is_not_visited(piece: Evidence, web: Pages) -> None:
    web.put(b"User-agent: *\nDisallow: /notice\n", "/robots.txt", Content_Type="text/plain")
    web.take_off()
    visits = web.asked.count("/notice")
    copy = look(piece)
    assert (copy.standing, found(piece), web.asked.count("/notice")) == ("there", [], visits)
    assert copy.check_next_at is not None
    assert copy.check_next_at > timezone.now() + timedelta(days=5)


def test_an_editor_has_a_page_looked_at_now(piece: Evidence, editor: User, outsider: User) -> None:
    assert piece.snapshot is not None
    with pytest.raises(PermissionDenied):
        evidence.look_again(snapshot=piece.snapshot, actor=outsider)
    evidence.look_again(snapshot=piece.snapshot, actor=editor)
    assert evidence.check_due() == 1


def test_what_somebody_has_seen_is_told_no_more(piece: Evidence, web: Pages, editor: User) -> None:
    web.take_off()
    copy = look(piece)
    evidence.seen(snapshot=copy, actor=editor)
    assert SnapshotCheck.objects.get().seen_by == editor


def test_evidence_rests_on_the_newer_copy_where_an_editor_wants_it(
    piece: Evidence, web: Pages, editor: User
) -> None:
    web.put(article(second="Everything else has changed on this page, but not the first words."))
    look(piece)
    newer = SnapshotCheck.objects.get().newer
    assert newer is not None
    evidence.rest_on_newer(piece=piece, actor=editor, newer=newer)
    piece.refresh_from_db()
    assert piece.snapshot == newer
    assert newer.text[piece.quote_start : piece.quote_end] == QUOTE
    newer.refresh_from_db()
    assert newer.check_next_at is not None
    assert look(piece).standing == "there"
    assert SnapshotCheck.objects.get().seen_by == editor


def test_the_pages_of_a_confidential_claim_are_not_visited_by_themselves(
    editor: User, web: Pages
) -> None:
    piece = copied(editor, make_claim(make_article(confidential=True)))
    assert piece.snapshot is not None
    assert (piece.snapshot.state, piece.snapshot.check_next_at) == ("kept", None)
    evidence.look_again(snapshot=piece.snapshot, actor=editor)
    evidence.check_due()
    piece.snapshot.refresh_from_db()
    assert piece.snapshot.check_next_at is None, "once, because a person asked"


def test_what_is_published_is_watched_from_then_on(
    editor: User, reviewer: User, publisher: User, web: Pages
) -> None:
    claim = published_claim(editor, reviewer, publisher).claim
    assert set(claim.evidence.values_list("snapshot__state", flat=True)) == {"waiting"}
    Snapshot.objects.filter(url__endswith="/1").update(url=ADDRESS)
    evidence.copy_due()
    assert Snapshot.objects.filter(state="kept", check_next_at__isnull=False).count() == 1


def test_the_pages_of_a_dismissed_claim_are_looked_at_no_more(
    piece: Evidence, editor: User
) -> None:
    review.dismiss(claim=piece.claim, actor=editor, reason="not news")
    assert look(piece).check_next_at is None


def test_a_retracted_verdicts_pages_are_looked_at_no_more(
    editor: User, reviewer: User, publisher: User, web: Pages
) -> None:
    claim = published_claim(editor, reviewer, publisher).claim
    Snapshot.objects.filter(url__endswith="/1").update(url=ADDRESS)
    evidence.copy_due()
    publishing.retract(claim=claim, actor=publisher, reason="It was wrong.")
    piece = claim.evidence.get(snapshot__state="kept")
    assert look(piece).check_next_at is None


def test_a_worker_that_comes_back_late_writes_nothing(piece: Evidence, web: Pages) -> None:
    web.take_off()
    due_now(check=True)
    (late,) = watching._take()
    assert evidence.check_due() == 0, "the lease still runs"
    due_now(check=True)
    web.put(article())
    evidence.check_due()
    watching._write(late, watching.Look(Snapshot.Standing.GONE, 404))
    assert found(piece) == []
    assert Snapshot.objects.get().standing == "there"


@pytest.mark.parametrize(
    ("after", "same"),
    [
        ("The harbour was sold in July for 40 million.", True),
        ("the harbour was sold in July,  for 40 million", True),
        ("The harbour was sold in July for 41 million.", False),
        ("The harbour was not sold in July for 40 million.", False),
        ("Read 31 times\nThe harbour was sold in July for 40 million.\nShare", True),
        ("The harbour was sold in July for 40 million.\nThe minister denies it.", False),
        ("", False),
    ],
)
def test_what_counts_as_a_change(after: str, same: bool) -> None:
    before = "Read 30 times\nThe harbour was sold in July for 40 million.\nShare"
    assert says_the_same(before, after) is same


def test_arabic_sentences_are_compared_by_their_words() -> None:
    before = "أعلنت الوزارة أن عدد العائدين بلغ ١٢٠٠ شخص منذ مطلع الشهر الحالي"
    assert says_the_same(before, before + "  ،")
    assert not says_the_same(before, before.replace("١٢٠٠", "١٣٠٠"))
