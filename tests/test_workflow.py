"""Which moves are legal: the table in code, every pair that is not in it, and who may."""

import threading
from itertools import product

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, connections, transaction

from claims.models import Claim, State, Transition
from claims.pipeline import corresponding, review
from claims.workflow import (
    TRANSITIONS,
    IllegalMove,
    StaleState,
    advance,
    broken_link,
    legal_pairs,
    locked,
    note,
    open_actions,
    record,
)
from tests.cast import (
    approved_claim,
    make_article,
    make_claim,
    proposed_claim,
    published_claim,
    researched_claim,
    set_policy,
)

pytestmark = pytest.mark.django_db

# The states and moves as the desk's handbook tells them, written out.
LEGAL = {
    ("found", "queued"),
    ("queued", "found"),
    ("found", "dismissed"),
    ("queued", "researching"),
    ("queued", "dismissed"),
    ("queued", "waiting"),
    ("researching", "dismissed"),
    ("researching", "waiting"),
    ("researching", "in_review"),
    ("waiting", "researching"),
    ("dismissed", "found"),
    ("dismissed", "queued"),
    ("dismissed", "researching"),
    ("in_review", "in_review"),
    ("in_review", "approved"),
    ("in_review", "researching"),
    ("in_review", "correcting"),
    ("approved", "researching"),
    ("approved", "correcting"),
    ("approved", "published"),
    ("published", "correcting"),
    ("published", "retracted"),
    ("correcting", "in_review"),
    ("correcting", "published"),
}
PAIRS = list(product([s.value for s in State], repeat=2))


def test_the_table_is_the_handbooks() -> None:
    assert legal_pairs() == LEGAL


def _put(claim: Claim, state: str) -> None:
    """Puts a claim into a state behind the desk's back, which takes dropping the guards."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(
                "UPDATE claims_claim SET state = %s, recheck_on = '2030-01-01' WHERE id = %s",
                [state, claim.pk],
            )
            cursor.execute("SET LOCAL session_replication_role = origin")
        else:
            cursor.execute(
                "SELECT sql, name FROM sqlite_master WHERE tbl_name = 'claims_claim'"
                " AND type = 'trigger'"
            )
            triggers = cursor.fetchall()
            for _sql, name in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(
                "UPDATE claims_claim SET state = %s, recheck_on = '2030-01-01' WHERE id = %s",
                [state, claim.pk],
            )
            for sql, _name in triggers:
                cursor.execute(sql)
    claim.refresh_from_db()


@pytest.mark.parametrize(
    ("source", "target"), [pair for pair in PAIRS if pair not in LEGAL and pair[0] != pair[1]]
)
def test_a_move_that_is_not_in_the_table_is_refused_by_code_and_by_the_database(
    superuser: User, source: str, target: str
) -> None:
    claim = make_claim()
    _put(claim, source)
    for action, move in TRANSITIONS.items():
        if target in move.targets:
            with pytest.raises(IllegalMove):
                advance(claim, action, actor=superuser, to=State(target), reason="because")
    row = Transition(
        subject="claim",
        subject_id=claim.pk,
        number=1,
        action="forged",
        from_state=source,
        to_state=target,
        actor=superuser,
        reason="because",
        hash="f" * 64,
    )
    with pytest.raises(IntegrityError, match="no such move from here"), transaction.atomic():
        row.save()


def test_a_claim_never_moves_without_its_transition(superuser: User) -> None:
    claim = make_claim()
    for change in ({"state": "queued"}, {"state": "queued", "moves": 1}, {"moves": 1}):
        with (
            pytest.raises(IntegrityError, match="a claim moves only with its transition"),
            transaction.atomic(),
        ):
            Claim.objects.filter(pk=claim.pk).update(**change)


def test_a_move_needs_the_right_to_make_it(outsider: User, editor: User) -> None:
    claim = make_claim()
    with pytest.raises(PermissionDenied):
        advance(claim, "accept", actor=outsider)
    advance(claim, "accept", actor=editor)
    assert claim.state == "queued"


def test_a_move_by_nobody_is_refused_unless_the_table_lets_it_happen_by_itself() -> None:
    with pytest.raises(PermissionDenied):
        advance(make_claim(), "accept", actor=None)


@pytest.mark.parametrize("action", ["dismiss", "wait"])
def test_some_moves_need_a_reason(editor: User, action: str) -> None:
    claim = make_claim()
    advance(claim, "accept", actor=editor)
    with pytest.raises(IllegalMove, match=r"سبب|reason"):
        advance(claim, action, actor=editor, reason="  ")


def test_the_second_of_two_moves_seen_from_the_same_state_is_told_what_it_is_now(
    editor: User, second_editor: User
) -> None:
    claim = make_claim()
    theirs = Claim.objects.get(pk=claim.pk)
    advance(claim, "accept", actor=editor)
    with pytest.raises(StaleState) as caught:
        advance(theirs, "dismiss", actor=second_editor, reason="not news")
    assert caught.value.now == "queued"


def test_every_move_leaves_a_row_that_names_the_hash_of_the_one_before(
    editor: User, reviewer: User, publisher: User
) -> None:
    publication = published_claim(editor, reviewer, publisher)
    rows = list(Transition.objects.filter(subject="claim", subject_id=publication.claim_id))
    assert [row.action for row in rows] == [
        "accept",
        "start",
        "add_evidence",
        "add_evidence",
        "propose",
        "approve",
        "publish",
    ]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert [row.previous for row in rows] == ["", *[row.hash for row in rows[:-1]]]
    assert broken_link(Transition.Subject.CLAIM, publication.claim_id) is None


def test_a_broken_chain_is_found_at_its_first_wrong_link(editor: User) -> None:
    claim = researched_claim(editor)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER transition_never_updated")
        cursor.execute(
            "UPDATE claims_transition SET action = 'dismiss', reason = 'x' WHERE subject_id = %s"
            " AND subject = 'claim' AND number = 2",
            [claim.pk],
        )
    assert broken_link(Transition.Subject.CLAIM, claim.pk) == 2


def test_the_interface_offers_each_person_what_they_may_do_now(
    editor: User, reviewer: User, publisher: User, superuser: User, outsider: User
) -> None:
    claim = make_claim()
    assert open_actions(editor, claim) == ["accept", "dismiss"]
    assert open_actions(outsider, claim) == []
    in_review = proposed_claim(editor, claim)
    assert open_actions(editor, in_review) == []
    assert open_actions(reviewer, in_review) == ["approve", "send_back"]
    assert open_actions(superuser, in_review) == ["approve", "send_back"]


def test_an_approved_claim_is_for_publishers(editor: User, reviewer: User, publisher: User) -> None:
    claim = approved_claim(editor, reviewer)
    assert open_actions(editor, claim) == ["reopen"]
    assert open_actions(reviewer, claim) == ["reopen"]
    assert open_actions(publisher, claim) == ["reopen", "publish"]


def test_who_has_decided_on_a_version_is_not_asked_again(
    editor: User, reviewer: User, second_reviewer: User
) -> None:
    set_policy(quorum=2)
    claim = proposed_claim(editor)
    review.approve(claim=claim, actor=reviewer, version=1, vouches=review.STANDARDS)
    assert open_actions(reviewer, claim) == []
    assert open_actions(second_reviewer, claim) == ["approve", "send_back"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("subject", ["article", "desk"])
def test_many_writers_of_one_chain_come_one_after_the_other(
    administrator: User, subject: str
) -> None:
    """Two administrators, or a reader of the day and a splitter: nobody is sent away, none forks."""
    number = make_article().pk if subject == "article" else 0
    gate = threading.Barrier(6)
    failed: list[Exception] = []

    def write() -> None:
        try:
            gate.wait()
            with transaction.atomic():
                record(Transition.Subject(subject), number, "confirm_day", actor=administrator)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert broken_link(Transition.Subject(subject), number) is None
    assert Transition.objects.filter(subject=subject, subject_id=number).count() == 6


def test_letters_and_dossiers_make_no_open_form_stale(editor: User, reviewer: User) -> None:
    claim = proposed_claim(editor)
    before = Claim.objects.get(pk=claim.pk)
    corresponding.ask(claim=claim, actor=editor, kind="reply", whom="The ministry")
    with transaction.atomic():
        note(locked(claim.pk), "make_dossier", actor=editor, data={"for": "x"})
    assert Claim.objects.get(pk=claim.pk).moves == before.moves + 2
    assert Claim.objects.get(pk=claim.pk).changed_at == before.changed_at
    advance(before, "send_back", actor=reviewer, to=State.RESEARCHING, reason="Again.")
    assert Claim.objects.get(pk=claim.pk).state == "researching"
