"""Two at once: one is first, the other is told so, and nobody's work is lost or signed unread."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, connections, transaction
from django.utils import timezone, translation

from claims.detection import detector
from claims.models import (
    Article,
    Claim,
    Claimant,
    Draft,
    Evidence,
    Lookup,
    Notification,
    Position,
)
from claims.pipeline import (
    correcting,
    desk,
    discussing,
    lookup,
    matching,
    parties,
    review,
    splitting,
)
from claims.pipeline.lookup import draining
from claims.sources.base import Answer
from claims.workflow import StaleState
from tests.cast import DENIAL, make_article, make_claim, researched_claim
from tests.pipeline.matched import a_match

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> None:
    translation.activate("en")


def withdrawn(claim: Claim) -> None:
    """What splitting an article again does with a claim that nobody has worked on."""
    Lookup.objects.filter(claim=claim).delete()
    Claim.objects.filter(pk=claim.pk).delete()


def during(work: Callable[[], object], then: Callable[[], object]) -> None:
    """Runs `then` while `work` is done but not yet committed, and commits half a second later."""
    done, failed = threading.Event(), []

    def hold() -> None:
        try:
            with transaction.atomic():
                work()
                done.set()
                threading.Event().wait(0.5)
        except BaseException as error:
            failed.append(error)
            done.set()
        finally:
            connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    done.wait()
    try:
        then()
    finally:
        thread.join()
    assert failed == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("work", ["draft", "accept", "evidence"])
def test_work_begun_while_an_article_is_split_again_is_not_withdrawn(
    editor: User, work: str
) -> None:
    """The claim is one that the splitter does not find any more."""
    article = make_article(split=False)
    claim = make_claim(article, text="مصادر")

    def begin() -> None:
        if work == "accept":
            review.accept(claim=Claim.objects.get(pk=claim.pk), actor=editor)
        elif work == "draft":
            review.save_draft(
                claim=claim, actor=editor, revision=0, rating=None, summary="x", explanation=""
            )
        else:
            review.add_evidence(
                claim=claim,
                actor=editor,
                url="https://evidence.example/",
                title="x",
                relation="context",
                independence_group="x",
            )

    split: list[bool] = []
    during(begin, lambda: split.append(splitting.split_article(article.pk)))
    assert split == [True]
    assert Claim.objects.filter(pk=claim.pk).exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda claim, actor: review.accept(claim=claim, actor=actor),
        lambda claim, actor: review.dismiss(claim=claim, actor=actor, reason="x"),
        lambda claim, actor: review.edit_claim(
            claim=claim, actor=actor, revision=0, changes={"statement": "x"}
        ),
        lambda claim, actor: review.save_draft(
            claim=claim, actor=actor, revision=0, rating=None, summary="x", explanation=""
        ),
        lambda claim, actor: correcting.add(
            article=claim.article,
            actor=actor,
            start=0,
            end=5,
            kind="event",
            stance="denies",
            contests=claim,
        ),
    ],
)
def test_who_acts_on_a_claim_that_was_withdrawn_meanwhile_is_told(editor: User, act: Any) -> None:
    claim = make_claim()
    withdrawn(Claim.objects.get(pk=claim.pk))
    with pytest.raises(StaleState, match="split again"):
        act(claim, editor)


@pytest.mark.django_db(transaction=True)
def test_a_claim_withdrawn_while_its_lookups_are_opened_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claim = make_claim()
    real = Lookup.objects.bulk_create
    sources = set()

    def with_one_that_is_gone(rows: list[Lookup], **options: Any) -> list[Lookup]:
        source = rows[0].source if rows else ""
        if source not in sources:
            sources.add(source)
            rows = [*rows, Lookup(claim_id=claim.pk + 1000, source=source)]
        return real(rows, **options)

    monkeypatch.setattr(Lookup.objects, "bulk_create", with_one_that_is_gone)
    lookup.open_missing()
    assert not Lookup.objects.exists(), "the database refused them all"
    lookup.open_missing()
    assert set(Lookup.objects.values_list("claim", flat=True)) == {claim.pk}


@pytest.mark.parametrize(
    "act",
    [
        lambda piece, actor: review.change_evidence(piece=piece, actor=actor, title="new"),
        lambda piece, actor: review.remove_evidence(piece=piece, actor=actor),
        lambda piece, actor: review.move_evidence(piece=piece, actor=actor, up=True),
    ],
)
def test_evidence_that_a_colleague_took_off_does_not_come_back(
    editor: User, second_editor: User, act: Any
) -> None:
    claim = researched_claim(editor)
    piece = claim.evidence.get(primary=False)
    review.remove_evidence(piece=Evidence.objects.get(pk=piece.pk), actor=second_editor)
    with pytest.raises(StaleState, match="took this evidence off"):
        act(piece, editor)
    assert claim.evidence.count() == 1


def test_a_change_of_evidence_leaves_the_order_that_a_colleague_gave_it(
    editor: User, second_editor: User
) -> None:
    claim = researched_claim(editor)
    piece = claim.evidence.get(primary=False)
    review.move_evidence(piece=Evidence.objects.get(pk=piece.pk), actor=second_editor, up=True)
    review.change_evidence(piece=piece, actor=editor, title="new")
    assert list(claim.evidence.values_list("title", "primary")) == [
        ("new", False),
        ("جدول 1", True),
    ]


def test_nobody_signs_what_a_colleague_has_written_a_moment_ago(
    editor: User, second_editor: User
) -> None:
    claim = researched_claim(editor)
    draft = Draft.objects.get(claim=claim)
    review.save_draft(
        claim=claim,
        actor=second_editor,
        revision=draft.revision,
        rating=draft.rating,
        summary="something else",
        explanation=draft.explanation,
    )
    with pytest.raises(StaleState, match="mehmet saved this verdict meanwhile"):
        review.propose(claim=claim, actor=editor, revision=draft.revision)
    assert not claim.versions.exists()
    assert review.propose(claim=claim, actor=editor, revision=draft.revision + 1).number == 1


def test_a_late_answer_to_the_last_asking_is_no_answer_to_this_one(editor: User) -> None:
    """Asking again counts the attempts from 0, and the statement may be another by now."""
    claim = make_claim()
    source = lookup.usable()["archive"]

    def take() -> Lookup:
        Lookup.objects.update(next_at=timezone.now() - timedelta(seconds=1))
        (row,) = draining._take(source, 9)
        return row

    lookup.request(claim=claim, actor=editor, sources=["archive"])
    stalled, second = take(), take()
    draining._store([(second, Answer(hits=(), asked="the old statement"))])
    lookup.request(claim=claim, actor=editor, sources=["archive"])
    now = take()
    draining._store([(stalled, Answer(hits=(), asked="the old statement, late"))])
    assert Lookup.objects.get().state == "running"
    draining._store([(now, Answer(hits=(), asked="the new statement"))])
    assert Lookup.objects.get().asked == "the new statement"


def test_a_splitter_that_comes_back_late_writes_nothing_into_a_later_splitting(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article(split=False)
    real = detector.split
    asked: list[str] = []

    def stalls_at_first(text: str, **about: Any) -> Any:
        asked.append(text)
        if len(asked) == 1:
            # Its lease runs out, another splits, an editor has it split again, a third takes it.
            Article.objects.update(split_next_at=timezone.now() - timedelta(seconds=1))
            assert splitting.split_article(article.pk)
            splitting.split_again(article=article, actor=editor)
            Article.objects.update(
                split_state="running",
                split_attempts=1,
                split_next_at=timezone.now() + splitting.LEASE,
            )
        return real(text, **about)

    monkeypatch.setattr(detector, "split", stalls_at_first)
    assert not splitting.split_article(article.pk)
    assert Article.objects.get().split_state == "running"
    assert Position.objects.exists()


def without_waiting(act: Callable[[], object]) -> None:
    """Raises on PostgreSQL where a lock is in the way. SQLite has one writer at a time."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '100ms'")
        act()


@pytest.mark.django_db(transaction=True)
def test_a_person_works_on_while_somebody_changes_their_rights(
    editor: User, administrator: User
) -> None:
    """Nobody waits for the other: if both held what the other needs, PostgreSQL would end one."""
    claim, roles = make_claim(), list(editor.groups.all())
    during(
        lambda: desk.save_person(person=editor, roles=roles, actor=administrator),
        lambda: without_waiting(lambda: discussing.comment(claim=claim, actor=editor, text="x")),
    )
    assert claim.comments.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "held", ["by a move", "by a merge", "by a decision", "by a claimant's merge"]
)
def test_news_of_a_claim_is_written_while_somebody_holds_it(editor: User, held: str) -> None:
    """News of many claims is checked at its commit, in no order: it must wait for none of them."""
    match = a_match()
    claim, earlier = match.claim, match.earlier
    assert earlier is not None
    other = make_claim(claim.article, text=DENIAL)
    speakers = Claimant.objects.order_by("pk")
    acts: dict[str, Callable[[], object]] = {
        "by a move": lambda: review.accept(claim=claim, actor=editor),
        "by a merge": lambda: correcting.merge(claim=other, into=claim, actor=editor),
        "by a decision": lambda: matching.confirm(match=match, actor=editor),
        "by a claimant's merge": lambda: parties.merge(
            gone=speakers[1], into=speakers[0], actor=editor
        ),
    }

    def tell() -> None:
        Notification.objects.create(
            person=editor, kind=Notification.Kind.ASSIGNED, claim=claim, key="x"
        )

    during(acts[held], lambda: without_waiting(tell))
    assert Notification.objects.count() == 1
