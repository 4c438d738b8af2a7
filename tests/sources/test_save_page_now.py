"""Asking the Internet Archive for a copy: what Save Page Now 2 really answers, and what it means."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils import translation

from claims.sources._http import Door
from claims.sources.base import SourceError
from claims.sources.internet_archive import Saving, save, saved
from tests.standins.internet_archive import KEY, Archive, internet_archive

URL = "https://ministry.example/notice?a=1&b=2"
NOW = datetime(2026, 11, 24, 10, 33, 0, tzinfo=UTC)


@pytest.fixture
def archive() -> Iterator[Archive]:
    with internet_archive() as found, translation.override("en"):
        yield found


def wish(archive: Archive, key: str = KEY) -> Saving:
    door = Door(allow=frozenset({archive.pair}))
    return save(door, URL, api=archive.api, key=key, now=NOW)


def ask(archive: Archive, job: str = "spn2-1") -> Saving:
    archive.wished.append(URL)
    return saved(Door(allow=frozenset({archive.pair})), job, api=archive.api, key=KEY)


def refusal(archive: Archive, *, key: str = KEY) -> SourceError:
    with pytest.raises(SourceError) as refused:
        wish(archive, key)
    return refused.value


def test_a_wish_becomes_a_job_and_the_job_an_address(archive: Archive) -> None:
    made = wish(archive)
    assert made == Saving("making", f"spn2-{1:040x}")
    assert archive.wished == [URL]
    assert ask(archive, made.where) == Saving(
        "made", f"https://web.archive.org/web/20261124103000/{URL}"
    )


def test_a_job_without_the_usual_form_is_a_job(archive: Archive) -> None:
    archive.says({"url": URL, "job_id": "ac58789b-f3ca-48d0-9ea6-1d1225e98695"})
    assert wish(archive).where == "ac58789b-f3ca-48d0-9ea6-1d1225e98695"


def test_a_job_takes_its_time(archive: Archive) -> None:
    archive.job_says({"status": "pending", "job_id": "spn2-1", "resources": []})
    assert ask(archive) == Saving("making", "spn2-1")
    assert ask(archive).state == "made"


def test_a_copy_made_minutes_ago_is_named_instead_of_a_job(archive: Archive) -> None:
    recent = (
        "The same snapshot had been made 3 minutes ago. You can make new capture of this URL "
        "after 2 hours."
    )
    archive.says({"url": URL, "job_id": None, "message": recent})
    assert wish(archive) == Saving("made", f"https://web.archive.org/web/20261124103300/{URL}")
    archive.says({"url": URL, "job_id": "spn2-before", "message": recent})
    assert wish(archive) == Saving("making", "spn2-before")


@pytest.mark.parametrize(
    ("code", "permanent"),
    [
        ("error:invalid-host-resolution", True),
        ("error:robots-txt", True),
        ("error:not-found", True),
        ("error:blocked", True),
        ("error:too-many-daily-captures", False),
        ("error:user-session-limit", False),
        ("error:max-daily-bandwidth", False),
        ("error:service-unavailable", False),
        ("error:bad-gateway", False),
    ],
)
def test_an_error_comes_with_status_200(archive: Archive, code: str, permanent: bool) -> None:
    answer = {"status": "error", "status_ext": code, "message": "Why it is so."}
    archive.says(answer)
    error = refusal(archive)
    assert error.permanent is permanent
    assert error.message == f"The Internet Archive made no copy ({code}): Why it is so."
    archive.job_says(answer | {"job_id": "spn2-1", "exception": "x", "resources": []})
    with pytest.raises(SourceError) as refused:
        ask(archive)
    assert refused.value.permanent is permanent


@pytest.mark.parametrize("status", [429, 500, 502, 503, 509])
def test_what_may_pass_is_tried_again(archive: Archive, status: int) -> None:
    archive.says("<h1>later</h1>", status)
    assert not refusal(archive).permanent


def test_the_pause_it_asks_for_is_told(archive: Archive) -> None:
    archive.says("<h1>slow down</h1>", 429, Retry_After="300")
    assert refusal(archive).retry_after == 300


def test_a_key_it_does_not_know_is_said_and_is_no_pages_fault(archive: Archive) -> None:
    error = refusal(archive, key="access:wrong")
    assert error.message == "The Internet Archive does not know the key in ARCHIVE_KEY (401)."
    assert not error.permanent
    assert error.retry_after == 3600


@pytest.mark.parametrize("answer", ["<html>spn.watchJob(1)</html>", "[]", "null", "", "{}"])
def test_an_answer_of_another_kind_is_an_error(archive: Archive, answer: str) -> None:
    archive.says(answer)
    assert isinstance(refusal(archive), SourceError)
    archive.job_says(answer)
    with pytest.raises(SourceError):
        ask(archive)
