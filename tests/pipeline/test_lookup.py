"""Asking the sources: one row each, in the background, outcome stored; guard 9 holds."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone, translation

from claims.admin import source_health
from claims.models import Claim, ImportedCheck, Lookup, Publication, Transition
from claims.pipeline import lookup, review
from claims.pipeline.lookup import budget, draining
from claims.sources.base import Answer, Context, Hit, Query, SourceError
from claims.tasks import wake_waiting_claims
from claims.workflow import IllegalMove
from tests.cast import make_article, make_claim, published_claim, set_policy
from tests.pipeline.told import Told, due_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


def test_for_a_found_claim_only_our_own_rows_are_asked(told: Told) -> None:
    claim = make_claim()
    lookup.open_missing()
    assert sorted(claim.lookups.values_list("source", flat=True)) == [
        "archive", "collected", "imported_checks", "own_links",
    ]  # fmt: skip
    assert lookup.drain("told") == 0
    assert told.asked == []


def test_a_queued_claim_goes_to_outside_sources_too(told: Told, queued: Claim) -> None:
    lookup.open_missing()
    assert sorted(queued.lookups.values_list("source", flat=True)) == [
        "archive", "collected", "gdelt", "imported_checks", "internet_archive", "own_links",
        "told", "wikidata", "wikipedia",
    ]  # fmt: skip
    assert lookup.drain("told") == 1
    assert told.asked == [queued.statement]


def test_nothing_of_a_confidential_article_leaves_the_house(told: Told, editor: User) -> None:
    claim = make_claim(make_article(confidential=True))
    review.accept(claim=claim, actor=editor)
    lookup.open_missing()
    assert not claim.lookups.filter(source__in=["told", "wikipedia"]).exists()
    with pytest.raises(IllegalMove):
        lookup.request(claim=claim, actor=editor, sources=["told"])
    # Even a row that got there in some other way is not acted on.
    Lookup.objects.create(claim=claim, source="told")
    lookup.drain("told")
    assert told.asked == []
    assert claim.lookups.get(source="told").state == "gave_up"


def test_a_claim_dismissed_meanwhile_is_not_sent(told: Told, queued: Claim, editor: User) -> None:
    lookup.open_missing()
    review.dismiss(claim=queued, actor=editor, reason="not news")
    lookup.drain("told")
    assert told.asked == []


def test_an_answer_is_stored_with_what_was_asked(told: Told, queued: Claim) -> None:
    hit = Hit(title="t", url="https://x.example/", snippet="s", language="ar")
    told.answers = [Answer(hits=(hit,), asked="what was asked")]
    lookup.open_missing()
    lookup.drain("told")
    row = queued.lookups.get(source="told")
    assert (row.state, row.asked, row.attempts) == ("answered", "what was asked", 1)
    assert row.hits == [
        {
            "title": "t", "url": "https://x.example/", "snippet": "s", "language": "ar",
            "publisher": "", "published": None, "rating": "", "kind": "page",
        }
    ]  # fmt: skip


def test_nothing_found_is_an_outcome(told: Told, queued: Claim) -> None:
    lookup.open_missing()
    lookup.drain("told")
    assert queued.lookups.get(source="told").state == "nothing"


def test_what_trying_again_can_help_is_tried_again_and_then_given_up(
    told: Told, queued: Claim
) -> None:
    told.answers = [SourceError("503, try later", permanent=False)] * 9
    lookup.open_missing()
    for attempt in range(1, draining.ATTEMPTS + 1):
        assert lookup.drain("told") == 1
        row = queued.lookups.get(source="told")
        assert row.attempts == attempt
        assert lookup.drain("told") == 0, "it waits before it asks again"
        due_now()
    assert (row.state, row.reason) == ("gave_up", "503, try later")
    assert lookup.drain("told") == 0
    assert len(told.asked) == draining.ATTEMPTS


def test_what_trying_again_cannot_help_is_given_up_at_once(told: Told, queued: Claim) -> None:
    told.answers = [SourceError("the key is wrong", permanent=True)]
    lookup.open_missing()
    lookup.drain("told")
    assert queued.lookups.get(source="told").state == "gave_up"


def test_an_error_in_our_own_code_is_said_and_holds_up_nobody(
    told: Told, queued: Claim, caplog: pytest.LogCaptureFixture
) -> None:
    told.answers = [ZeroDivisionError()]
    lookup.open_missing()
    lookup.drain("told")
    row = queued.lookups.get(source="told")
    assert row.state == "gave_up"
    assert row.reason
    assert "ZeroDivisionError" in caplog.text


def test_an_editor_asks_again(told: Told, queued: Claim, editor: User, outsider: User) -> None:
    lookup.open_missing()
    lookup.drain("told")
    with pytest.raises(PermissionDenied):
        lookup.request(claim=queued, actor=outsider, sources=["told"])
    assert lookup.request(claim=queued, actor=editor, sources=["told"]) == 1
    assert lookup.drain("told") == 1
    row = queued.lookups.get(source="told")
    assert (row.requested_by, row.state, len(told.asked)) == (editor, "nothing", 2)


def test_a_source_nobody_knows_is_named(queued: Claim, editor: User) -> None:
    with pytest.raises(IllegalMove, match="archive, collected, gdelt, imported_checks"):
        lookup.request(claim=queued, actor=editor, sources=["gopher"])


def test_the_days_budget_is_kept(told: Told, editor: User) -> None:
    set_policy(third_party_budget=1)
    for number in range(2):
        text = f"افتتح الوزير الجسر رقم {number} أمس"
        claim = make_claim(make_article(text), text=text)
        review.accept(claim=claim, actor=editor)
    lookup.open_missing()
    lookup.drain("told")
    assert len(told.asked) == 1
    lookup.drain("told")
    assert len(told.asked) == 1
    waiting = Lookup.objects.get(source="told", state="waiting")
    assert waiting.next_at.date() == timezone.now().date() + timedelta(days=1)
    assert waiting.reason


def test_no_answer_before_the_deadline_is_said(told: Told, queued: Claim) -> None:
    lookup.open_missing()
    told.answers = [SourceError("503, try later", permanent=False)]
    lookup.drain("told")
    row = queued.lookups.get(source="told")
    assert row.deadline_at is not None
    Lookup.objects.update(deadline_at=timezone.now() - timedelta(seconds=1))
    due_now()
    lookup.drain("told")
    row.refresh_from_db()
    assert (row.state, row.reason, len(told.asked)) == ("gave_up", "503, try later", 1)


def test_a_dead_workers_row_is_taken_over_when_its_lease_has_run_out(
    told: Told, queued: Claim
) -> None:
    lookup.open_missing()
    told.answers = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        lookup.drain("told")
    assert queued.lookups.get(source="told").state == "running"
    assert lookup.drain("told") == 0, "the lease still runs"
    due_now()
    assert lookup.drain("told") == 1
    assert queued.lookups.get(source="told").state == "nothing"


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_comes_back_late_overwrites_nothing(told: Told, queued: Claim) -> None:
    lookup.open_missing()
    real = told.lookup

    def slow(query: Query, context: Context) -> Answer:
        told.lookup = real  # type: ignore[method-assign]
        due_now()
        told.answers = [Answer(hits=(), asked="the second worker")]
        try:
            assert lookup.drain("told") == 1
        finally:
            connection.close()
        return Answer(hits=(), asked="the first worker")

    told.lookup = slow  # type: ignore[method-assign]
    lookup.drain("told")
    assert queued.lookups.get(source="told").asked == "the second worker"


def test_the_archive_finds_the_desks_own_verdict_on_the_same_thing(
    editor: User, reviewer: User, publisher: User
) -> None:
    publication = published_claim(editor, reviewer, publisher)
    article = make_article("ذكرت الإذاعة أن الوزيرين سيلتقيان في مدينة صوفيا في أغسطس.")
    claim = make_claim(article, text="الوزيرين سيلتقيان في مدينة صوفيا في أغسطس")
    unrelated = make_claim(
        make_article("ارتفع سعر الخبز في العاصمة عشرة في المئة."), text="ارتفع سعر الخبز"
    )
    lookup.open_missing()
    lookup.drain("archive")
    row = claim.lookups.get(source="archive")
    assert [(hit["kind"], hit["rating"], hit["url"]) for hit in row.hits] == [
        ("own", "خاطئ", f"http://127.0.0.1:8000/v/{publication.verdict_number}")
    ]
    assert unrelated.lookups.get(source="archive").state == "nothing"


def test_imported_checks_are_found_and_stay_theirs(db: Any) -> None:
    from claims.languages import tokens

    text = "الوزيران سيلتقيان في صوفيا في أغسطس"
    ImportedCheck.objects.create(
        publisher="مكتب آخر", url="https://other.example/1", claim=text, claim_sha256="0" * 64,
        rating="غير صحيح", language="ar", folded=" ".join(tokens(text, "ar")),
    )  # fmt: skip
    claim = make_claim()
    lookup.open_missing()
    lookup.drain("imported_checks")
    hit = claim.lookups.get(source="imported_checks").hits[0]
    assert (hit["kind"], hit["publisher"], hit["rating"]) == ("check", "مكتب آخر", "غير صحيح")


def test_a_waiting_claim_asks_its_sources_again_when_its_date_has_come(
    told: Told, queued: Claim, editor: User
) -> None:
    lookup.open_missing()
    lookup.drain("told")
    review.wait(
        claim=queued, actor=editor, until=timezone.localdate() + timedelta(days=1), reason="later"
    )
    wake_waiting_claims()
    queued.refresh_from_db()
    assert queued.state == "waiting"
    Claim.objects.update(recheck_on=timezone.localdate())
    wake_waiting_claims()
    queued.refresh_from_db()
    assert queued.state == "researching"
    assert lookup.drain("told") == 1


def test_a_published_claim_whose_date_has_come_opens_for_an_update_and_stays_public(
    told: Told, editor: User, reviewer: User, publisher: User
) -> None:
    claim = published_claim(editor, reviewer, publisher).claim
    review.edit_claim(
        claim=claim,
        actor=editor,
        revision=claim.revision,
        changes={"recheck_on": timezone.localdate()},
    )
    with translation.override("en"):
        wake_waiting_claims()
        wake_waiting_claims()
    claim.refresh_from_db()
    assert (claim.state, claim.recheck_on) == ("correcting", None)
    # Readers will see the reason, so it is in the verdict's language and not in the worker's.
    reason = Transition.objects.get(subject="claim", action="correct").reason
    assert reason == f"حلّ موعده: {timezone.localdate()}."
    assert Publication.objects.standing().filter(claim=claim).exists()
    assert claim.lookups.get(source="told").state == "waiting"


def test_where_there_was_nothing_to_ask_nobody_answered_and_nothing_was_spent(
    told: Told, queued: Claim
) -> None:
    told.answers = [Answer(hits=(), asked="nobody", sent=False)]
    lookup.open_missing()
    before = budget.left(timezone.now())
    lookup.drain("told")
    row = queued.lookups.get(source="told")
    assert (row.state, row.asked, row.started_at) == ("nothing", "nobody", None)
    assert budget.left(timezone.now()) == before


def test_wikidata_is_not_asked_who_somebody_is_that_an_editor_has_named(queued: Claim) -> None:
    claimant = queued.positions.get().claimant
    assert claimant is not None
    claimant.wikidata_id = "Q42"
    claimant.save()
    lookup.open_missing()
    lookup.drain("wikidata")
    row = queued.lookups.get(source="wikidata")
    assert (row.state, row.asked) == ("nothing", f"لا أحد: {claimant.name} معروف بالمعرّف Q42")
    (health,) = (one for one in source_health.last_day(timezone.now()) if one.name == "wikidata")
    assert (health.answered, health.gave_up, health.open) == (0, 0, 0)
