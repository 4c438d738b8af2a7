"""Several people at one claim: who is there, whose turn it is, and what they have typed so far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from claims.models import Claim, Draft, Presence, Rating, Transition, WorkingCopy
from claims.pipeline import review, together
from claims.workflow import IllegalMove, StaleState
from tests import cast
from tests.admin.hands import history
from tests.pipeline.test_races import during

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def keep(claim: Claim, person: User, form: str = "verdict", **given: Any) -> WorkingCopy | None:
    values = {
        "fields": {"summary": "كلمات"}, "base": 0, "window": "w1", "turn": 1, **given,
    }  # fmt: skip
    return together.keep(claim=claim, person=person, form=form, **values)


def aged(claim: Claim, person: User, seconds: int) -> None:
    Presence.objects.filter(claim=claim, person=person).update(
        seen_at=timezone.now() - timedelta(seconds=seconds)
    )


# --- who is there --------------------------------------------------------------------------------


def test_each_sees_the_others_and_not_themselves(editor: User, reviewer: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor)
    seen = together.look(claim=claim, person=reviewer)
    assert [one.person for one in seen.others] == [editor]
    assert seen.writer is None


def test_whoever_gives_no_sign_for_two_minutes_is_gone(editor: User, reviewer: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    aged(claim, editor, 119)
    assert len(together.at(claim=claim, person=reviewer).others) == 1
    aged(claim, editor, 121)
    assert together.at(claim=claim, person=reviewer).others == []


def test_a_sign_that_says_nothing_new_is_not_written(
    editor: User, django_capture_on_commit_callbacks: Any
) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor)
    aged(claim, editor, 15)
    before = Presence.objects.get().seen_at
    together.look(claim=claim, person=editor)
    assert Presence.objects.get().seen_at == before
    aged(claim, editor, 25)
    together.look(claim=claim, person=editor)
    assert Presence.objects.get().seen_at > before


def test_only_the_desk_sees_who_is_at_a_claim(outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        together.look(claim=cast.make_claim(), person=outsider)
    assert not Presence.objects.exists()


def test_whoever_leaves_is_gone_in_a_moment_and_a_reload_brings_them_back(
    editor: User, reviewer: User
) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    together.leave(claim=claim, person=editor)
    assert together.look(claim=claim, person=editor).holding
    together.leave(claim=claim, person=editor)
    aged(claim, editor, 130)
    assert together.at(claim=claim, person=reviewer).others == []


# --- whose turn it is ----------------------------------------------------------------------------


def test_the_first_who_types_holds_the_verdict(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    assert together.look(claim=claim, person=editor, writing=True).holding
    second = together.look(claim=claim, person=second_editor, writing=True)
    assert not second.holding
    assert second.writer is not None
    assert second.writer.person == editor


def test_the_database_knows_one_writer_of_a_claim(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.create(claim=claim, person=second_editor, writing_since=timezone.now())
    Presence.objects.create(claim=claim, person=second_editor)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_in_the_same_moment_one_holds_it(
    editor: User, second_editor: User
) -> None:
    claim = cast.make_claim()
    during(
        lambda: together.look(claim=claim, person=editor, writing=True),
        lambda: together.look(claim=claim, person=second_editor, writing=True),
    )
    assert Presence.objects.filter(claim=claim, writing_since__isnull=False).count() == 1
    assert Presence.objects.filter(claim=claim).count() == 2


@pytest.mark.django_db(transaction=True)
def test_taking_over_waits_for_a_save_that_is_under_way(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    values = {"rating": None, "summary": "ما كتبته", "explanation": ""}
    during(
        lambda: review.save_draft(claim=claim, actor=editor, revision=0, **values),
        lambda: together.take_over(claim=claim, actor=second_editor),
    )
    assert Draft.objects.get(claim=claim).summary == "ما كتبته"
    assert together.at(claim=claim, person=second_editor).holding
    assert history(claim) == []  # whoever has saved is not writing any more


def test_the_database_lets_nobody_hold_what_was_taken_from_them(
    editor: User, second_editor: User
) -> None:
    claim = cast.make_claim()
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.create(
            claim=claim, person=editor, writing_since=timezone.now(),
            taken_by=second_editor, taken_at=timezone.now(),
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.create(claim=claim, person=editor, taken_by=second_editor)


def test_a_closed_laptop_holds_nothing_after_two_minutes(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    aged(claim, editor, 121)
    assert together.look(claim=claim, person=second_editor, writing=True).holding
    assert not together.look(claim=claim, person=editor).holding


def test_nobody_holds_a_verdict_that_is_not_open(editor: User) -> None:
    proposed = cast.proposed_claim(editor)
    assert not together.look(claim=proposed, person=editor, writing=True).holding


def test_taking_over_is_told_to_both_and_in_the_history(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    keep(claim, editor, fields={"summary": "ما كتبته"})
    mine = together.take_over(claim=claim, actor=second_editor)
    assert mine.holding
    theirs = together.look(claim=claim, person=editor, writing=True)
    assert (theirs.holding, theirs.taken) == (False, True)
    assert theirs.mine is not None
    assert theirs.mine.taken_by == second_editor
    assert together.kept(claim=claim, person=editor)["verdict"].fields == {"summary": "ما كتبته"}
    row = Transition.objects.get(subject="claim", subject_id=claim.pk, action="take_over")
    assert (row.actor, row.data) == (second_editor, {"from": editor.pk, "name": "layla"})


def test_taking_what_nobody_holds_is_no_taking_over(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    aged(claim, editor, 121)
    assert together.take_over(claim=claim, actor=second_editor).holding
    assert history(claim) == []


def test_a_stranger_takes_nothing_over(editor: User, outsider: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    with pytest.raises(PermissionDenied):
        together.take_over(claim=claim, actor=outsider)
    assert together.at(claim=claim, person=editor).holding


def test_what_is_in_review_is_taken_over_by_nobody(editor: User, second_editor: User) -> None:
    claim = cast.proposed_claim(editor)
    with pytest.raises(IllegalMove):
        together.take_over(claim=claim, actor=second_editor)


def test_holding_stops_no_save_only_the_revision_does(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    values = {"rating": None, "summary": "أخرى", "explanation": ""}
    review.save_draft(claim=claim, actor=second_editor, revision=0, **values)
    with pytest.raises(StaleState):
        review.save_draft(
            claim=claim, actor=editor, revision=0, **{**values, "summary": "ما كتبته"}
        )


def test_whoever_saved_the_verdict_is_not_writing_it(editor: User) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    review.save_draft(
        claim=claim, actor=editor, revision=0, rating=None, summary="س", explanation=""
    )
    assert not together.at(claim=claim, person=editor).holding


# --- what is typed -------------------------------------------------------------------------------


def test_what_is_typed_is_kept_for_its_writer_alone(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    keep(claim, editor, fields={"summary": "لي\r\nوحدي\x00", "then": "save"})
    assert together.kept(claim=claim, person=editor)["verdict"].fields == {"summary": "لي\nوحدي"}
    assert together.kept(claim=claim, person=second_editor) == {}


def test_saving_forgets_the_copy_of_that_form_only(editor: User) -> None:
    claim = cast.make_claim()
    keep(claim, editor)
    keep(claim, editor, form="dismiss", fields={"reason": "رأي"})
    review.save_draft(
        claim=claim, actor=editor, revision=0, rating=None, summary="كلمات", explanation=""
    )
    assert set(together.kept(claim=claim, person=editor)) == {"dismiss"}


def test_saving_evidence_forgets_what_was_typed_of_it(editor: User) -> None:
    claim = cast.researched_claim(editor)
    piece = claim.evidence.first()
    assert piece is not None
    form = together.of_piece(piece.pk)
    keep(claim, editor, form=form, fields={"note": "ملاحظة", "url": piece.url})
    keep(claim, editor, form="evidence", fields={"title": "جديد"})
    review.change_evidence(piece=piece, actor=editor, note="ملاحظة")
    assert set(together.kept(claim=claim, person=editor)) == {"evidence"}


def test_an_older_sending_never_writes_over_a_newer_one(editor: User) -> None:
    claim = cast.make_claim()
    keep(claim, editor, turn=2, fields={"summary": "ثانٍ"})
    keep(claim, editor, turn=1, fields={"summary": "أول"})
    assert WorkingCopy.objects.get().fields == {"summary": "ثانٍ"}


def test_a_second_window_writes_over_nothing_it_has_not_shown(editor: User) -> None:
    claim = cast.make_claim()
    keep(claim, editor, window="w1", fields={"summary": "أول"})
    with pytest.raises(StaleState):
        keep(claim, editor, window="w2", fields={"summary": "ثانٍ"})
    keep(claim, editor, window="w2", over="w1", fields={"summary": "ثانٍ"})
    assert WorkingCopy.objects.get().fields == {"summary": "ثانٍ"}
    with pytest.raises(StaleState):
        keep(claim, editor, window="w1", turn=9, fields={"summary": "أول وأكثر"})


def test_a_sending_that_comes_after_the_save_leaves_nothing(editor: User) -> None:
    claim = cast.make_claim()
    review.save_draft(
        claim=claim, actor=editor, revision=0, rating=None, summary="كلمات وأكثر", explanation=""
    )
    claim = Claim.objects.get(pk=claim.pk)
    assert keep(claim, editor, base=0) is None
    assert not WorkingCopy.objects.exists()
    assert keep(claim, editor, base=1) is not None


def test_what_is_too_long_is_refused_in_words_and_what_was_kept_stays(editor: User) -> None:
    claim = cast.make_claim()
    keep(claim, editor, fields={"explanation": "قصير"})
    with pytest.raises(IllegalMove, match="too long"):
        keep(claim, editor, turn=2, fields={"explanation": "ط" * 200_001})
    assert WorkingCopy.objects.get().fields == {"explanation": "قصير"}


def test_nobody_leaves_more_than_three_hundred_forms_behind(editor: User) -> None:
    claim = cast.make_claim()
    other = cast.make_claim(article=claim.article, text="عدد العائدين بلغ 1200 شخص")
    WorkingCopy.objects.bulk_create(
        WorkingCopy(claim=claim, person=editor, form=f"evidence-{number}")
        for number in range(1, 301)
    )
    with pytest.raises(IllegalMove, match="too many"):
        keep(other, editor)


@pytest.mark.parametrize(
    "form", ["", "nothing", "evidence-0", "evidence-x", "evidence-" + "9" * 20]
)
def test_only_forms_of_the_page_are_kept(form: str, editor: User) -> None:
    with pytest.raises(IllegalMove):
        keep(cast.make_claim(), editor, form=form)


def test_whoever_may_not_write_keeps_nothing(outsider: User, editor: User) -> None:
    claim = cast.make_claim()
    with pytest.raises(PermissionDenied):
        keep(claim, outsider)
    with pytest.raises(PermissionDenied):
        keep(claim, editor, form="send_back", fields={"reason": "سبب"})


def test_the_sweep_forgets_after_thirty_days_and_those_who_are_gone(editor: User) -> None:
    claim = cast.make_claim()
    keep(claim, editor)
    keep(claim, editor, form="claim", fields={"topic": "x"})
    WorkingCopy.objects.filter(form="claim").update(saved_at=timezone.now() - timedelta(days=31))
    together.look(claim=claim, person=editor)
    aged(claim, editor, 700)
    together.sweep()
    together.sweep()
    assert set(together.kept(claim=claim, person=editor)) == {"verdict"}
    assert not Presence.objects.exists()


# --- an acceptance taken back --------------------------------------------------------------------


def test_an_acceptance_is_taken_back_while_nothing_has_happened_since(editor: User) -> None:
    claim = cast.make_claim()
    review.accept(claim=claim, actor=editor)
    assert claim.assignee == editor
    review.unaccept(claim=claim, actor=editor)
    claim = Claim.objects.get(pk=claim.pk)
    assert (claim.state, claim.assignee) == ("found", None)
    assert history(claim) == ["accept", "unaccept"]
    review.accept(claim=claim, actor=editor)


def test_work_is_not_taken_back_like_a_slip_of_the_hand(editor: User) -> None:
    claim = cast.make_claim()
    review.accept(claim=claim, actor=editor)
    review.edit_claim(claim=claim, actor=editor, revision=0, changes={"topic": "معابر"})
    claim = Claim.objects.get(pk=claim.pk)
    with pytest.raises(IllegalMove):
        review.unaccept(claim=claim, actor=editor)
    with pytest.raises(StaleState):
        review.unaccept(claim=cast_stale(claim), actor=editor)


def cast_stale(claim: Claim) -> Claim:
    """The claim as somebody's page still shows it: before the last move."""
    stale = Claim.objects.get(pk=claim.pk)
    stale.moves -= 1
    return stale


def test_ratings_are_kept_like_words(editor: User) -> None:
    claim = cast.make_claim()
    keep(claim, editor, fields={"rating": Rating.objects.get(slug="false").slug})
    assert together.kept(claim=claim, person=editor)["verdict"].fields == {"rating": "false"}
