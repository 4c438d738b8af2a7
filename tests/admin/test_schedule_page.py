"""A time for publishing through the pages; nothing of it is seen outside before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Claim, Profile, Publication, ScheduledPublication
from claims.pipeline import publishing
from tests import cast
from tests.admin.hands import address, history, press, signed_in
from tests.pages.test_leaks import everything
from tests.pipeline import translated

pytestmark = pytest.mark.django_db


def local(**delta: float) -> str:
    return f"{timezone.localtime() + timedelta(**delta):%Y-%m-%dT%H:%M}"


@pytest.fixture
def claim(editor: User, reviewer: User) -> Claim:
    return cast.approved_claim(editor, reviewer)


def test_a_time_is_set_shown_changed_and_called_off(claim: Claim, publisher: User) -> None:
    client = signed_in(publisher)
    at = local(days=2)
    answer = press(client, claim, "schedule/", at=at, embargo="حتى المؤتمر")
    assert answer.headers["Location"] == "/desk/publishing/"
    row = ScheduledPublication.objects.get()
    listed = client.get("/desk/publishing/").content.decode()
    assert "Goes out by itself" in listed
    assert f"{row.at:%Y-%m-%d %H:%M} UTC" in listed
    assert "حتى المؤتمر" in listed
    assert "Goes out by itself" in client.get(address(claim)).content.decode()
    press(client, claim, "schedule/", at=local(days=3))
    assert ScheduledPublication.objects.pending().get().pk != row.pk
    assert press(client, claim, "schedule/call-off/", reason="أُجّل").status_code == 302
    assert not ScheduledPublication.objects.pending().exists()
    assert history(claim)[-3:] == [
        "schedule_publication", "schedule_publication", "call_off_publication",
    ]  # fmt: skip
    assert "Called off the time" in client.get(address(claim, "whole-history/")).content.decode()


@pytest.mark.parametrize("at", ["", "morgen", "2026-13-40T99:99", "1999-01-01T10:00", "9999-12-31T23:59", "\x00"])  # fmt: skip
def test_a_time_that_is_none_is_refused_and_stays_in_its_field(
    at: str, claim: Claim, publisher: User
) -> None:
    answer = press(signed_in(publisher), claim, "schedule/", at=at, embargo="سبب الحظر")
    assert answer.status_code == 422
    assert "سبب الحظر" in answer.content.decode()
    assert not ScheduledPublication.objects.exists()


def test_whoever_is_no_publisher_is_refused(claim: Claim, reviewer: User) -> None:
    assert press(signed_in(reviewer), claim, "schedule/", at=local(days=1)).status_code == 403
    assert not ScheduledPublication.objects.exists()


def test_a_claim_that_moved_meanwhile_is_a_lost_race(claim: Claim, publisher: User) -> None:
    answer = signed_in(publisher).post(
        address(claim, "schedule/"), {"moves": claim.moves - 1, "at": local(days=1)}
    )
    assert answer.status_code == 409


def test_one_that_could_not_go_out_says_why_on_the_publishing_page(
    claim: Claim, publisher: User
) -> None:
    publishing.schedule(claim=claim, actor=publisher, at=timezone.now() + timedelta(hours=1))
    Profile.objects.update_or_create(user=publisher, defaults={"language": "en"})
    claim.positions.filter(stance="denies").delete()
    ScheduledPublication.objects.update(at=timezone.now())
    publishing.publish_due()
    html = signed_in(publisher).get("/desk/publishing/").content.decode()
    assert "and could not:" in html
    assert "nobody has reviewed what would be published" in html


def test_nothing_of_it_is_seen_outside_before_its_time(
    claim: Claim, publisher: User, editor: User, reviewer: User, client: Client
) -> None:
    article = cast.make_article("نص آخر\n" + cast.DENIAL)
    cast.published_claim(
        editor, reviewer, publisher, cast.make_claim(article, text=cast.DENIAL, claimant="ثان")
    )
    before: dict[str, Any] = everything(client)
    publishing.schedule(claim=claim, actor=publisher, at=timezone.now() + timedelta(hours=1))
    assert everything(client) == before
    publishing.call_off(claim=claim, actor=publisher)
    assert everything(client) == before
    publishing.schedule(claim=claim, actor=publisher, at=timezone.now() + timedelta(hours=1))
    ScheduledPublication.objects.update(at=timezone.now())
    publishing.publish_due()
    assert Publication.objects.count() == 2
    assert everything(client) != before


def test_a_translation_is_given_a_time_shown_and_called_off(
    editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    claim = Claim.objects.get(pk=cast.published_claim(editor, reviewer, publisher).claim_id)
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    client = signed_in(publisher)
    room = address(claim, "translations/tr/")
    refused = client.post(
        f"{room}schedule/", {"version": version.number, "at": "", "embargo": "x y"}
    )
    assert refused.status_code == 422
    assert "x y" in refused.content.decode()
    assert not ScheduledPublication.objects.exists()
    told = {"version": version.number, "at": local(days=2), "embargo": "حتى المؤتمر"}
    assert client.post(f"{room}schedule/", told).headers["Location"] == "/desk/publishing/"
    row = ScheduledPublication.objects.get()
    listed = client.get("/desk/publishing/").content.decode()
    assert "Translations ready to publish" not in listed
    assert f"{row.at:%Y-%m-%d %H:%M} UTC" in listed
    assert "حتى المؤتمر" in listed
    assert "Goes out by itself" in client.get(f"{room}publish/").content.decode()
    assert client.post(f"{room}schedule/call-off/", {"reason": "ertelendi"}).status_code == 302
    assert not ScheduledPublication.objects.pending().exists()
    assert "Translations ready to publish" in client.get("/desk/publishing/").content.decode()
    told_of = client.get(address(claim, "whole-history/")).content.decode()
    assert "Called off the time" in told_of
    assert "ertelendi" in told_of


def test_a_translation_that_could_not_go_out_says_why_on_the_publishing_page(
    editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    claim = Claim.objects.get(pk=cast.published_claim(editor, reviewer, publisher).claim_id)
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    Profile.objects.update_or_create(user=publisher, defaults={"language": "en"})
    client = signed_in(publisher)
    told = {"version": version.number, "at": local(days=2)}
    client.post(address(claim, "translations/tr/schedule/"), told)
    publishing.correct(
        claim=Claim.objects.get(pk=claim.pk), actor=publisher, kind="update", reason="تغيّر"
    )
    ScheduledPublication.objects.update(at=timezone.now())
    publishing.publish_due()
    publishing.drop_correction(
        claim=Claim.objects.get(pk=claim.pk), actor=publisher, reason="لا شيء"
    )
    html = client.get("/desk/publishing/").content.decode()
    assert "and could not:" in html
    assert "The verdict itself is being changed" in html
    assert "publish it by hand or set another time" in html


def test_only_a_publisher_sets_a_translation_its_time(
    editor: User, second_editor: User, reviewer: User, publisher: User
) -> None:
    claim = Claim.objects.get(pk=cast.published_claim(editor, reviewer, publisher).claim_id)
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    told = {"version": version.number, "at": local(days=2)}
    room = address(claim, "translations/tr/")
    assert signed_in(reviewer).post(f"{room}schedule/", told).status_code == 403
    assert not ScheduledPublication.objects.exists()
    assert "Let it go out later" not in signed_in(reviewer).get(f"{room}publish/").content.decode()
