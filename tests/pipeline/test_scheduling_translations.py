"""A translation, and a correction, go out at the time that was set, or say why they did not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from claims.models import Claim, LogEntry, Publication, ScheduledPublication, VerdictVersion
from claims.pipeline import publishing, review, translating
from claims.workflow import IllegalMove, StaleState
from tests import cast
from tests.admin.hands import history
from tests.pipeline import translated
from tests.pipeline.news import tell, told, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(editor: User, reviewer: User, publisher: User) -> Claim:
    publication = cast.published_claim(editor, reviewer, publisher)
    return Claim.objects.get(pk=publication.claim_id)


@pytest.fixture
def turkish(claim: Claim, second_editor: User, reviewer: User) -> VerdictVersion:
    version = translated.propose(claim, second_editor)
    translated.approve(version, reviewer)
    return version


def again(claim: Claim) -> Claim:
    return Claim.objects.get(pk=claim.pk)


def soon(**delta: float) -> datetime:
    return timezone.now() + timedelta(**(delta or {"hours": 1}))


def set_time(version: VerdictVersion, publisher: User, **more: str) -> ScheduledPublication:
    return publishing.schedule_translation(
        claim=again(version.claim),
        language=version.language,
        actor=publisher,
        at=soon(),
        version=version.number,
        **more,
    )


def its_time_comes(row: ScheduledPublication) -> None:
    ScheduledPublication.objects.filter(pk=row.pk).update(at=timezone.now())
    publishing.publish_due()
    row.refresh_from_db()


def corrected(claim: Claim, editor: User, reviewer: User, publisher: User) -> None:
    """Opened for correction, written anew and approved, not published."""
    publishing.correct(claim=again(claim), actor=publisher, kind="correction", reason="أخطأنا")
    cast.write_verdict(editor, again(claim), summary="خلاصة مصححة")
    version = review.propose(claim=again(claim), actor=editor)
    review.approve(
        claim=again(claim), actor=reviewer, version=version.number, vouches=review.STANDARDS
    )


def test_a_translation_goes_out_when_its_time_has_come_and_not_before(
    claim: Claim, turkish: VerdictVersion, publisher: User
) -> None:
    row = set_time(turkish, publisher)
    assert publishing.publish_due() == 0
    assert not Publication.objects.translations().exists()
    its_time_comes(row)
    publication = Publication.objects.translations().get()
    assert (publication.kind, publication.language) == (LogEntry.Kind.TRANSLATION, "tr")
    assert publication.published_by == publisher
    assert row.state == "done"
    assert history(claim)[-2:] == ["schedule_publication", "publish_translation"]


def test_it_goes_out_once_though_it_is_asked_twice(
    turkish: VerdictVersion, publisher: User
) -> None:
    its_time_comes(set_time(turkish, publisher))
    assert publishing.publish_due() == 0
    assert Publication.objects.translations().count() == 1


def test_a_changed_translation_goes_out_with_the_reason_that_was_given(
    claim: Claim, second_editor: User, reviewer: User, publisher: User
) -> None:
    translated.publish(claim, second_editor, reviewer, publisher)
    version = translated.propose(claim, second_editor, summary="Yazım düzeltildi.")
    translated.approve(version, reviewer)
    with pytest.raises(IllegalMove):
        set_time(version, publisher)
    its_time_comes(set_time(version, publisher, kind="correction", reason="Yazım hatası."))
    newest = Publication.objects.translations().current().get()
    assert (newest.kind, newest.reason) == ("correction", "Yazım hatası.")


def test_only_who_may_publish_sets_and_calls_off(
    claim: Claim, turkish: VerdictVersion, editor: User, reviewer: User, publisher: User
) -> None:
    for who in (editor, reviewer):
        with pytest.raises(PermissionDenied):
            set_time(turkish, who)
    set_time(turkish, publisher)
    for who in (editor, reviewer):
        with pytest.raises(PermissionDenied):
            publishing.call_off(claim=again(claim), actor=who, language="tr")


@pytest.mark.parametrize("delta", [{"seconds": -1}, {"days": 366}])
def test_the_time_is_still_to_come_and_within_a_year(
    delta: dict[str, float], claim: Claim, turkish: VerdictVersion, publisher: User
) -> None:
    with pytest.raises(IllegalMove):
        publishing.schedule_translation(
            claim=again(claim), language="tr", actor=publisher, at=soon(**delta),
            version=turkish.number,
        )  # fmt: skip
    assert not ScheduledPublication.objects.exists()


def test_a_translation_that_nobody_approved_gets_no_time(
    claim: Claim, second_editor: User, publisher: User
) -> None:
    with pytest.raises(IllegalMove):
        set_time(translated.propose(claim, second_editor), publisher)


def test_a_version_that_is_not_the_newest_is_noticed(
    claim: Claim, turkish: VerdictVersion, publisher: User
) -> None:
    with pytest.raises(StaleState):
        publishing.schedule_translation(
            claim=again(claim), language="tr", actor=publisher, at=soon(),
            version=turkish.number + 1,
        )  # fmt: skip


def test_two_languages_have_a_time_each(
    claim: Claim, turkish: VerdictVersion, second_editor: User, reviewer: User, publisher: User
) -> None:
    english = translated.propose(claim, second_editor, "en")
    translated.approve(english, reviewer)
    first, second = set_time(turkish, publisher), set_time(english, publisher)
    publishing.call_off(claim=again(claim), actor=publisher, language="en", reason="Later.")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("pending", "cancelled")


def test_a_new_time_takes_the_place_of_the_old(
    claim: Claim, turkish: VerdictVersion, publisher: User
) -> None:
    first, second = set_time(turkish, publisher), set_time(turkish, publisher)
    first.refresh_from_db()
    assert first.state == "cancelled"
    assert publishing.pending(claim, "tr") == second
    assert publishing.pending(claim) is None


def test_the_database_lets_no_version_have_two_times(
    turkish: VerdictVersion, publisher: User
) -> None:
    row = set_time(turkish, publisher)
    with pytest.raises(IntegrityError), transaction.atomic():
        ScheduledPublication.objects.create(
            claim=row.claim, version=turkish, at=soon(), set_by=publisher
        )


def test_publishing_by_hand_calls_it_off(
    claim: Claim, turkish: VerdictVersion, publisher: User
) -> None:
    row = set_time(turkish, publisher)
    publishing.publish_translation(
        claim=again(claim), language="tr", actor=publisher, version=turkish.number
    )
    its_time_comes(row)
    assert row.state == "cancelled"
    assert Publication.objects.translations().count() == 1


def test_retracting_the_verdict_calls_it_off(
    claim: Claim, turkish: VerdictVersion, publisher: User
) -> None:
    row = set_time(turkish, publisher)
    publishing.retract(claim=again(claim), actor=publisher, reason="مزوّر")
    its_time_comes(row)
    assert row.state == "cancelled"
    assert not Publication.objects.translations().exists()


def test_a_translation_of_what_was_corrected_meanwhile_stays_in_and_says_why(
    claim: Claim, turkish: VerdictVersion, editor: User, reviewer: User, publisher: User
) -> None:
    row = set_time(turkish, publisher)
    corrected(claim, editor, reviewer, publisher)
    publishing.publish(claim=again(claim), actor=publisher)
    its_time_comes(row)
    assert row.state == "failed"
    assert row.why
    assert not Publication.objects.translations().exists()
    assert history(claim)[-1] == "schedule_failed"


def test_a_translation_does_not_go_out_while_the_verdict_is_being_corrected(
    claim: Claim, turkish: VerdictVersion, publisher: User
) -> None:
    row = set_time(turkish, publisher)
    publishing.correct(claim=again(claim), actor=publisher, kind="update", reason="تغيّر")
    its_time_comes(row)
    assert row.state == "failed"
    assert not Publication.objects.translations().exists()


def test_another_version_does_not_go_out_at_the_time_of_the_first(
    claim: Claim,
    turkish: VerdictVersion,
    second_editor: User,
    reviewer: User,
    publisher: User,
) -> None:
    row = set_time(turkish, publisher)
    newer = translated.propose(claim, second_editor, summary="Başka bir özet.")
    translated.approve(newer, reviewer)
    its_time_comes(row)
    assert row.state == "failed"
    assert not Publication.objects.translations().exists()


def test_one_that_is_sent_back_after_its_approval_does_not_go_out(
    claim: Claim, turkish: VerdictVersion, second_reviewer: User, publisher: User
) -> None:
    row = set_time(turkish, publisher)
    translating.send_back(
        claim=again(claim), language="tr", actor=second_reviewer, version=turkish.number,
        reason="Sayı yanlış.",
    )  # fmt: skip
    its_time_comes(row)
    assert row.state == "failed"
    assert not Publication.objects.translations().exists()


def test_who_may_publish_no_more_does_not_publish_by_a_time_set_before(
    turkish: VerdictVersion, publisher: User
) -> None:
    row = set_time(turkish, publisher)
    publisher.groups.remove(Group.objects.get(name="Publisher"))
    its_time_comes(row)
    assert row.state == "failed"
    assert not Publication.objects.translations().exists()


def test_a_correction_goes_out_at_its_time_as_a_correction(
    claim: Claim, editor: User, reviewer: User, publisher: User
) -> None:
    corrected(claim, editor, reviewer, publisher)
    row = publishing.schedule(claim=again(claim), actor=publisher, at=soon())
    assert Publication.objects.current().get().kind == "original"
    its_time_comes(row)
    newest = Publication.objects.current().get()
    assert (newest.kind, newest.reason) == ("correction", "أخطأنا")
    assert newest.version.summary == "خلاصة مصححة"


def test_a_failure_is_told_to_whoever_may_publish_and_to_the_translator(
    turkish: VerdictVersion, publisher: User, second_editor: User
) -> None:
    second_publisher = cast.person("hadi", "Publisher")
    row = set_time(turkish, publisher)
    publishing.correct(
        claim=again(turkish.claim), actor=second_publisher, kind="update", reason="تغيّر"
    )
    its_time_comes(row)
    tell()
    for person in (publisher, second_publisher, second_editor):
        assert words(person)[-1] == (
            "The translation could not go out at its time. Once what stood in the way is mended, "
            "publish it by hand or set another time."
        )


def test_one_that_went_out_is_told_to_whoever_set_the_time_and_to_the_translator(
    turkish: VerdictVersion, publisher: User, second_editor: User, reviewer: User
) -> None:
    its_time_comes(set_time(turkish, publisher))
    tell()
    for person in (publisher, second_editor):
        assert words(person)[-1] == "The translation went out at its time."
    assert "scheduled" not in told(reviewer)
