"""Asking the sources: one row each, in the background, outcome stored; guard 9 holds."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone, translation

from claims.models import Claim, ImportedCheck, Lookup, Publication, Transition
from claims.pipeline import _traffic as traffic
from claims.pipeline import lookup, review
from claims.pipeline.lookup import asking, budget, draining
from claims.sources.base import Answer, Context, Hit, Query, Source, SourceError
from claims.tasks import wake_waiting_claims
from claims.workflow import IllegalMove
from tests.cast import make_article, make_claim, published_claim, set_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("broker")]


class Told(Source):
    """A source that answers what the test told it, and remembers what it was asked."""

    label = "Told"
    sends_text_to_third_party = True
    per_minute = 100
    concurrency = 2
    languages = ("ar",)
    docs = ""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.terms: list[str] = []
        self.answers: list[Answer | BaseException] = []

    @property
    def name(self) -> str:
        return "told"

    def lookup(self, query: Query, context: Context) -> Answer:
        self.asked.append(query.text)
        self.terms.append(query.terms)
        answer = self.answers.pop(0) if self.answers else Answer(hits=(), asked=query.text)
        if isinstance(answer, BaseException):
            raise answer
        return answer


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    source = Told()
    real = asking.registry()
    for module in (asking, budget):
        monkeypatch.setattr(module, "registry", lambda: {**real, "told": source})
    forget_traffic()
    return source


def forget_traffic(*keys: str) -> None:
    for key in keys or traffic._keys("told"):
        traffic._client().delete(key)


def due_now() -> None:
    Lookup.objects.update(next_at=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def queued(editor: User) -> Claim:
    claim = make_claim()
    review.accept(claim=claim, actor=editor)
    return claim


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


def test_the_rate_of_a_source_is_kept_by_all_workers_together(
    told: Told, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Told, "per_minute", 2)
    for number in range(3):
        text = f"افتتح الوزير الجسر رقم {number} أمس"
        review.accept(claim=make_claim(make_article(text), text=text), actor=editor)
    lookup.open_missing()
    assert lookup.drain("told") == 2
    assert lookup.drain("told") == 0
    forget_traffic()  # As if two minutes had gone by.
    assert lookup.drain("told") == 1


def test_a_pause_between_two_requests_is_kept(
    told: Told, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Told, "least_seconds", 60.0)
    for number in range(2):
        text = f"افتتح الوزير الجسر رقم {number} أمس"
        review.accept(claim=make_claim(make_article(text), text=text), actor=editor)
    lookup.open_missing()
    assert lookup.drain("told") == 1
    assert lookup.drain("told") == 0
    waiting = Lookup.objects.get(source="told", state="waiting")
    assert (waiting.attempts, waiting.started_at) == (0, None), "it has not been tried"


def test_a_source_that_keeps_failing_is_left_alone_for_a_while(
    told: Told, queued: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traffic, "FAILURES", 2)
    monkeypatch.setattr(draining, "ATTEMPTS", 9)
    told.answers = [SourceError("503", permanent=False)] * 2
    lookup.open_missing()
    for _attempt in range(2):
        assert lookup.drain("told") == 1
        due_now()
    assert lookup.drain("told") == 0, "the breaker is open"
    state = traffic.state(["told"])["told"]
    assert (state.failures, state.open) == (2, 0)
    assert 50 < state.closed_for <= 60
    # Its time is over: one request sees whether the source works again, and then all may.
    traffic._client().hset(traffic._keys("told")[2], "closed_until", 0)
    assert lookup.drain("told") == 1
    assert traffic.state(["told"])["told"].failures == 0


def test_a_source_that_asks_us_to_wait_is_not_asked_by_anybody(told: Told, queued: Claim) -> None:
    told.answers = [SourceError("429", permanent=False, retry_after=40.0)]
    lookup.open_missing()
    lookup.drain("told")
    due_now()
    assert lookup.drain("told") == 0
    assert 30 < traffic.state(["told"])["told"].closed_for <= 40


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


def test_no_more_requests_are_open_than_the_source_allows(told: Told, editor: User) -> None:
    for number in range(6):
        text = f"افتتح الوزير الجسر رقم {number} أمس"
        review.accept(claim=make_claim(make_article(text), text=text), actor=editor)
    lookup.open_missing()
    most: list[int] = []
    real = told.lookup

    def counted(query: Query, context: Context) -> Answer:
        most.append(traffic.state(["told"])["told"].open)
        return real(query, context)

    told.lookup = counted  # type: ignore[method-assign]
    assert lookup.drain("told") == 6
    assert max(most) == 2
    assert traffic.state(["told"])["told"].open == 0


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


def test_an_editors_words_are_asked_instead_and_asked_again(
    told: Told, queued: Claim, editor: User, outsider: User
) -> None:
    lookup.open_missing()
    lookup.drain("told")
    with pytest.raises(PermissionDenied):
        lookup.set_words(claim=queued, actor=outsider, source="told", words="جسر المرفأ")
    assert lookup.set_words(claim=queued, actor=editor, source="told", words="  جسر  المرفأ ")
    assert lookup.drain("told") == 1
    row = queued.lookups.get(source="told")
    assert (row.terms, row.state, row.requested_by) == ("جسر المرفأ", "nothing", editor)
    assert told.terms == ["", "جسر المرفأ"]
    # Nothing typed: they are made from the claim again.
    lookup.set_words(claim=queued, actor=editor, source="told", words="")
    assert queued.lookups.get(source="told").terms is None


def test_the_words_that_are_made_anyway_are_no_editors_words(
    told: Told, queued: Claim, editor: User
) -> None:
    lookup.set_words(claim=queued, actor=editor, source="told", words=queued.statement)
    assert queued.lookups.get(source="told").terms is None


def test_an_answer_to_the_old_words_is_not_stored(told: Told, queued: Claim, editor: User) -> None:
    lookup.open_missing()
    (asking_now,) = draining._take(told, 1)
    lookup.set_words(claim=queued, actor=editor, source="told", words="جسر المرفأ")
    draining._store([(asking_now, Answer(hits=(), asked="the old words"))])
    assert queued.lookups.get(source="told").state == "waiting"


def test_words_chosen_before_a_claim_is_accepted_wait_until_it_is(told: Told, editor: User) -> None:
    claim = make_claim()
    assert not lookup.set_words(claim=claim, actor=editor, source="told", words="جسر المرفأ")
    lookup.open_missing()
    assert lookup.drain("told") == 0
    assert told.asked == []
    review.accept(claim=claim, actor=editor)
    lookup.open_missing()
    assert lookup.drain("told") == 1
    assert told.terms == ["جسر المرفأ"]


def test_words_cannot_be_chosen_where_the_source_will_never_be_asked(
    told: Told, editor: User
) -> None:
    claim = make_claim(make_article(confidential=True))
    with pytest.raises(IllegalMove, match="مقاله سرّي"):
        lookup.set_words(claim=claim, actor=editor, source="told", words="جسر")
    assert not claim.lookups.exists()


@pytest.mark.parametrize("source", ["wikidata", "own_links", "gopher"])
def test_words_are_refused_for_a_source_that_is_not_asked_in_words(
    queued: Claim, editor: User, source: str
) -> None:
    with pytest.raises(IllegalMove, match=source):
        lookup.set_words(claim=queued, actor=editor, source=source, words="جسر")


def test_too_many_words_are_refused_with_the_limit(told: Told, queued: Claim, editor: User) -> None:
    with pytest.raises(ValidationError, match="500"):
        lookup.set_words(claim=queued, actor=editor, source="told", words="كلمة " * 101)
