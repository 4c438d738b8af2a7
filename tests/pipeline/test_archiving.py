"""A kept copy is asked for at the Internet Archive too, where its address may be told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Evidence, Snapshot
from claims.pipeline import evidence, review
from claims.pipeline.evidence import archiving
from tests.cast import make_article, make_claim
from tests.pipeline.copies import ADDRESS, Pages, article, due_now, pages
from tests.standins.internet_archive import KEY, Archive, internet_archive

pytestmark = pytest.mark.django_db
PENDING = {"status": "pending", "job_id": "spn2-1", "resources": []}


@pytest.fixture
def web() -> Iterator[Pages]:
    with pages() as found:
        found.put(article())
        yield found


@pytest.fixture
def archive(settings: Any) -> Iterator[Archive]:
    with internet_archive() as found:
        settings.ARCHIVE_KEY, settings.ARCHIVE_SAVE_URL = KEY, found.api
        settings.FETCH_ALLOW = [found.pair]
        yield found


def kept(
    editor: User, *, accepted: bool = True, confidential: bool = False, **fields: Any
) -> Evidence:
    claim = make_claim(make_article(confidential=confidential))
    if accepted:
        review.accept(claim=claim, actor=editor)
    piece = review.add_evidence(
        claim=claim, actor=editor, url=ADDRESS, title="Notice", relation="refutes",
        independence_group="ministry", **fields,
    )  # fmt: skip
    evidence.copy_due()
    return Evidence.objects.select_related("snapshot").get(pk=piece.pk)


def copy_now() -> Snapshot:
    return Snapshot.objects.get()


def test_a_kept_copy_is_saved_there_and_its_address_comes_back(
    editor: User, web: Pages, archive: Archive
) -> None:
    kept(editor)
    archive.job_says(PENDING)
    assert evidence.archive_due() == 1
    assert copy_now().archive_job.startswith("spn2-")
    assert evidence.archive_due() == 0, "it is given time"
    for _time in range(2):
        due_now(archive=True)
        assert evidence.archive_due() == 1
    copy = copy_now()
    assert copy.archive_url == f"https://web.archive.org/web/20261124103000/{ADDRESS}"
    assert (copy.archive_job, copy.archive_next_at) == ("", None)
    assert (archive.wished, len(archive.asked)) == ([ADDRESS], 2)


def test_without_a_key_nothing_is_asked_for(
    editor: User, web: Pages, archive: Archive, settings: Any
) -> None:
    settings.ARCHIVE_KEY = ""
    kept(editor)
    assert evidence.archive_due() == 0
    assert archive.wished == []


@pytest.mark.parametrize(
    "kind",
    [{"confidential": True}, {"withheld": True}, {"accepted": False}],
    ids=["confidential", "withheld", "not accepted yet"],
)
def test_what_may_not_be_told_is_not_told(
    editor: User, web: Pages, archive: Archive, kind: dict[str, bool]
) -> None:
    piece = kept(editor, **kind)
    assert piece.snapshot is not None
    assert piece.snapshot.state == "kept"
    assert evidence.archive_due() == 0
    assert archive.wished == []


def test_evidence_that_may_be_told_later_is_saved_then(
    editor: User, web: Pages, archive: Archive
) -> None:
    piece = kept(editor, withheld=True)
    assert evidence.archive_due() == 0
    review.change_evidence(piece=piece, actor=editor, withheld=False)
    assert evidence.archive_due() == 1


def test_what_the_archive_refuses_for_good_is_said_and_not_asked_again(
    editor: User, web: Pages, archive: Archive
) -> None:
    archive.says({"status": "error", "status_ext": "error:robots-txt", "message": "No."})
    kept(editor)
    evidence.archive_due()
    copy = copy_now()
    assert copy.archive_next_at is None
    assert "error:robots-txt" in copy.archive_reason
    assert copy.archive_url == ""


def test_what_may_pass_is_asked_again_after_ever_longer_pauses(
    editor: User, web: Pages, archive: Archive
) -> None:
    archive.saves = [(503, "<h1>later</h1>", {})] * 3
    kept(editor)
    pauses = []
    for _time in range(3):
        due_now(archive=True)
        evidence.archive_due()
        at = copy_now().archive_next_at
        assert at is not None
        pauses.append(at - timezone.now())
    assert timedelta(minutes=3) < pauses[0] < timedelta(minutes=7)
    assert pauses[0] < pauses[1] < pauses[2]
    due_now(archive=True)
    evidence.archive_due()
    assert copy_now().archive_job


def test_a_job_that_failed_is_wished_for_anew(editor: User, web: Pages, archive: Archive) -> None:
    archive.job_says({"status": "error", "status_ext": "error:bad-gateway", "message": "x"})
    kept(editor)
    for _time in range(4):
        due_now(archive=True)
        evidence.archive_due()
    assert (copy_now().archive_url != "", len(archive.wished)) == (True, 2)


def test_when_the_archive_asks_us_to_wait_no_other_copy_is_asked_for(
    editor: User, web: Pages, archive: Archive
) -> None:
    archive.says("<h1>slow down</h1>", 429, Retry_After="600")
    piece = kept(editor)
    web.put(article(), "/second")
    review.add_evidence(
        claim=piece.claim, actor=editor, url="http://ministry.example/second", title="Second",
        relation="context", independence_group="ministry",
    )  # fmt: skip
    evidence.copy_due()
    assert evidence.archive_due() == 1
    assert evidence.archive_due() == 0
    assert len(archive.wished) == 1


def test_a_job_that_never_ends_is_given_up(
    editor: User, web: Pages, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archiving, "ATTEMPTS", 3)
    archive.states = [(200, PENDING, {})] * 9
    kept(editor)
    for _time in range(3):
        due_now(archive=True)
        evidence.archive_due()
    copy = copy_now()
    assert (copy.archive_next_at, copy.archive_url) == (None, "")
    assert copy.archive_reason


def test_a_worker_that_comes_back_late_writes_nothing(
    editor: User, web: Pages, archive: Archive
) -> None:
    kept(editor)
    late = archiving._take()
    assert late is not None
    assert evidence.archive_due() == 0, "the lease still runs"
    for _time in range(2):
        due_now(archive=True)
        evidence.archive_due()
    archiving._store(late, archiving.Saving("making", "spn2-late"))
    assert copy_now().archive_job == ""
    assert copy_now().archive_url
