"""Replies and corrections that the desk asks for, and complaints that readers send."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from claims import workflow
from claims.models import Claim, Complaint, Contact, Publication, Transition
from claims.pipeline import corresponding
from claims.workflow import IllegalMove, StaleState
from tests.admin.hands import history
from tests.cast import published_claim, researched_claim, set_policy

pytestmark = pytest.mark.django_db

ASKED = datetime(2026, 7, 21, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def claim(editor: User) -> Claim:
    return researched_claim(editor)


@pytest.fixture
def published(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def ask(claim: Claim, actor: User, **fields: Any) -> Contact:
    return corresponding.ask(
        claim=claim,
        actor=actor,
        **{"kind": "reply", "whom": "Press office", "asked_at": ASKED, **fields},
    )


def last(claim: Claim) -> Transition:
    return Transition.objects.filter(subject="claim", subject_id=claim.pk).latest("number")


def test_who_was_asked_stands_in_the_claims_chain(claim: Claim, editor: User) -> None:
    contact = ask(claim, editor, how=" by telephone ", until=ASKED + timedelta(days=2))
    assert (contact.asked_by, contact.how, contact.outcome) == (editor, "by telephone", "open")
    note = last(claim)
    assert (note.action, note.actor) == ("ask", editor)
    assert note.data["fields"]["whom"] == ["", "Press office"]
    assert note.data["fields"]["until"] == ["", "2026-07-23T09:30:00+00:00"]


def test_an_answer_is_noted_with_before_and_after(claim: Claim, editor: User) -> None:
    contact = ask(claim, editor)
    corresponding.change(
        contact=contact, actor=editor, revision=0, outcome="answered", answer=" No comment yet. "
    )
    note = last(claim)
    assert note.action == "answer"
    assert note.data["fields"]["outcome"] == ["open", "answered"]
    assert note.data["fields"]["answer"] == ["", "No comment yet."]
    contact.refresh_from_db()
    assert (contact.revision, contact.answered_at is not None) == (1, True)
    corresponding.change(contact=contact, actor=editor, revision=1, answer="A longer answer.")
    assert last(claim).action == "change_contact"
    assert last(claim).data["fields"] == {"answer": ["No comment yet.", "A longer answer."]}
    assert workflow.broken_link(Transition.Subject.CLAIM, claim.pk) is None


def test_of_two_who_note_at_once_the_second_is_told(
    claim: Claim, editor: User, second_editor: User
) -> None:
    contact = ask(claim, editor)
    corresponding.change(contact=contact, actor=editor, revision=0, outcome="unreachable")
    with pytest.raises(StaleState):
        corresponding.change(contact=contact, actor=second_editor, revision=0, outcome="declined")
    contact.refresh_from_db()
    assert contact.outcome == "unreachable"


def test_a_change_that_changes_nothing_is_none(claim: Claim, editor: User) -> None:
    contact = ask(claim, editor)
    corresponding.change(contact=contact, actor=editor, revision=7, whom="Press office")
    assert history(claim).count("change_contact") == 0


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"whom": " "}, "whom"),
        ({"whom": "w" * 201}, "whom"),
        ({"kind": "gossip"}, "kind"),
        ({"outcome": "corrected"}, "outcome"),
        ({"outcome": "answered"}, "__all__"),
        ({"until": ASKED - timedelta(hours=1)}, "until"),
        ({"asked_at": datetime(2100, 1, 1, tzinfo=UTC)}, "asked_at"),
        ({"outcome": "declined", "answered_at": ASKED - timedelta(1)}, "answered_at"),
        ({"question": "q" * 8001}, "question"),
    ],
)
def test_what_cannot_be_so_is_refused_at_its_field(
    fields: dict[str, Any], where: str, claim: Claim, editor: User
) -> None:
    with pytest.raises(ValidationError) as refused:
        ask(claim, editor, **fields)
    assert where in refused.value.message_dict
    assert not Contact.objects.exists()


def test_an_answer_that_is_taken_back_leaves_no_day(claim: Claim, editor: User) -> None:
    contact = ask(claim, editor, outcome="declined")
    corresponding.change(contact=contact, actor=editor, revision=0, outcome="open")
    contact.refresh_from_db()
    assert contact.answered_at is None


def test_asking_needs_the_right_to_research(
    claim: Claim, editor: User, administrator: User, outsider: User
) -> None:
    contact = ask(claim, editor)
    for person in (administrator, outsider):
        with pytest.raises(PermissionDenied):
            ask(claim, person)
        with pytest.raises(PermissionDenied):
            corresponding.change(contact=contact, actor=person, revision=0, whom="Me")


def test_it_is_overdue_when_the_day_has_passed_without_an_answer(
    claim: Claim, editor: User
) -> None:
    contact = ask(claim, editor, until=ASKED + timedelta(days=1))
    assert corresponding.is_overdue(contact, ASKED + timedelta(days=2))
    assert not corresponding.is_overdue(contact, ASKED)
    contact.outcome = Contact.Outcome.DECLINED
    assert not corresponding.is_overdue(contact, ASKED + timedelta(days=2))


def test_readers_are_told_in_a_sentence(claim: Claim, editor: User) -> None:
    contact = ask(claim, editor)
    assert (
        corresponding.sentence(contact, "en")
        == "We asked Press office for a comment on 21 July 2026; no answer came."
    )
    contact.outcome, contact.answer = Contact.Outcome.ANSWERED, "100% wrong"
    assert corresponding.sentence(contact, "en").endswith("the answer was: “100% wrong”.")


@pytest.mark.parametrize("kind", Contact.Kind.values)
def test_each_outcome_has_its_sentence(kind: str, claim: Claim, editor: User) -> None:
    contact = ask(claim, editor, kind=kind)
    for outcome in corresponding.OUTCOMES[kind]:
        contact.outcome = outcome
        assert "Press office" in corresponding.sentence(contact, "tr")


def test_a_contact_is_not_changed_past_its_revision_nor_deleted(claim: Claim, editor: User) -> None:
    ask(claim, editor)
    with pytest.raises(IntegrityError, match="by its revision"), transaction.atomic():
        Contact.objects.update(answer="smuggled in")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Contact.objects.all()._raw_delete("default")


def test_a_complaint_has_the_days_of_the_policy_and_a_secret_told_once(
    published: Publication,
) -> None:
    set_policy(answer_days=10)
    complaint, secret = corresponding.receive(
        publication=published, text=" The day is wrong. ", email="r@example.org", language="tr"
    )
    assert complaint.text == "The day is wrong."
    assert complaint.due_on == timezone.localdate() + timedelta(days=10)
    assert len(secret) == 32
    assert secret not in str(Complaint.objects.values())
    assert len(complaint.sha256) == 64
    note = last(published.claim)
    assert (note.action, note.actor) == ("receive_complaint", None)
    assert "r@example.org" not in str(note.data)
    assert "wrong" not in str(note.data)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"text": " \x00"}, "text"),
        ({"text": "t" * 5001}, "text"),
        ({"email": "no address"}, "email"),
        ({"language": "de"}, "language"),
        ({"name": "n" * 121}, "name"),
    ],
)
def test_a_complaint_that_cannot_be_kept_is_refused_at_its_field(
    fields: dict[str, str], where: str, published: Publication
) -> None:
    with pytest.raises(ValidationError) as refused:
        corresponding.receive(publication=published, **{"text": "Wrong.", **fields})
    assert list(refused.value.message_dict) == [where]
    assert not Complaint.objects.exists()


def test_one_that_came_by_mail_counts_from_when_it_came(
    published: Publication, publisher: User, editor: User
) -> None:
    came = published.published_at
    complaint = corresponding.enter(
        publication=published, actor=publisher, text="Wrong.", received_at=came
    )
    assert complaint.due_on == timezone.localdate(came) + timedelta(days=14)
    assert complaint.sha256 == ""
    for at in (came - timedelta(days=1), timezone.now() + timedelta(hours=1)):
        with pytest.raises(ValidationError):
            corresponding.enter(
                publication=published, actor=publisher, text="Wrong.", received_at=at
            )
    with pytest.raises(PermissionDenied):
        corresponding.enter(publication=published, actor=editor, text="Wrong.")


def test_a_complaint_is_answered_once_by_a_publisher(
    published: Publication, publisher: User, reviewer: User
) -> None:
    complaint, _secret = corresponding.receive(publication=published, text="Wrong.")
    with pytest.raises(PermissionDenied):
        corresponding.answer(
            complaint=complaint, actor=reviewer, revision=0, upheld=True, text="Thanks."
        )
    with pytest.raises(IllegalMove):
        corresponding.answer(
            complaint=complaint, actor=publisher, revision=0, upheld=True, text=" "
        )
    answered = corresponding.answer(
        complaint=complaint, actor=publisher, revision=0, upheld=True, text=" Thanks. "
    )
    assert (answered.state, answered.answer) == ("upheld", "Thanks.")
    with pytest.raises(StaleState):
        corresponding.answer(
            complaint=complaint, actor=publisher, revision=0, upheld=False, text="No."
        )
    assert last(published.claim).data == {"complaint": complaint.pk, "state": "upheld"}
    with pytest.raises(IntegrityError, match="as it was answered"), transaction.atomic():
        Complaint.objects.update(answer="other")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Complaint.objects.all()._raw_delete("default")
