"""The contact log on the claim's page, and complaints on theirs: what is asked, answered, refused."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Claim, Complaint, Contact, Publication
from claims.pipeline import corresponding
from tests.admin.hands import address, signed_in
from tests.cast import published_claim, researched_claim

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
ASKED = {"kind": "reply", "whom": "Press office", "asked_at": "2026-07-21T09:30"}
COMPLAINT = {
    "verdict": "1",
    "language": "en",
    "text": "The day is wrong.",
    "name": "A READER",
    "email": "reader@example.org",
}


@pytest.fixture
def claim(editor: User) -> Claim:
    return researched_claim(editor)


@pytest.fixture
def published(editor: User, reviewer: User, publisher: User) -> Publication:
    return published_claim(editor, reviewer, publisher)


def post(user: User, claim: Claim, tail: str, **fields: Any) -> Any:
    return signed_in(user).post(address(claim, tail), fields, headers=HTMX)


def test_the_form_knows_the_claimant_who_is_to_be_asked(claim: Claim, editor: User) -> None:
    speaker = claim.positions.get(stance="asserts").claimant
    assert speaker is not None
    client = signed_in(editor)
    assert f"?ask=reply&amp;claimant={speaker.pk}" in client.get(address(claim)).content.decode()
    form = client.get(address(claim, f"contacts/?ask=reply&claimant={speaker.pk}"))
    assert f'name="whom" value="{speaker.name}"' in form.content.decode()
    sent = post(editor, claim, "contacts/", **ASKED, claimant=speaker.pk)
    assert sent.status_code == 200
    assert Contact.objects.get().claimant == speaker
    assert "?ask=reply&amp;claimant=" not in client.get(address(claim)).content.decode()


def test_what_was_noted_is_told_to_the_pages_other_forms(claim: Claim, editor: User) -> None:
    claim.refresh_from_db()
    response = post(editor, claim, "contacts/", **ASKED)
    assert json.loads(response.headers["HX-Trigger"]) == {
        "claim-moved": {"before": claim.moves, "after": claim.moves + 1}
    }
    assert "<html" not in response.content.decode()


def test_a_refused_entry_says_which_field_and_keeps_what_was_typed(
    claim: Claim, editor: User
) -> None:
    response = post(
        editor, claim, "contacts/", **{**ASKED, "until": "2026-07-20T09:30", "how": "by owl"}
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "An answer cannot be wanted before it was asked for." in html
    assert 'value="by owl"' in html
    assert not Contact.objects.exists()


def test_a_lost_race_shows_both_and_saves_the_second_on_purpose(
    claim: Claim, editor: User, second_editor: User
) -> None:
    contact = corresponding.ask(claim=claim, actor=editor, kind="reply", whom="Press office")
    corresponding.change(
        contact=contact, actor=editor, revision=0, outcome="answered", answer="THEIRS"
    )
    tail = f"contacts/{contact.pk}/"
    mine = {
        "whom": "Press office",
        "asked_at": timezone.localtime(contact.asked_at).strftime("%Y-%m-%dT%H:%M"),
        "outcome": "answered",
        "answer": "MINE",
        "revision": "0",
    }
    lost = post(second_editor, claim, tail, **mine)
    html = lost.content.decode()
    assert lost.status_code == 409
    assert "THEIRS" in html
    assert "MINE</textarea>" in html
    assert 'name="revision" value="1"' in html
    assert post(second_editor, claim, tail, **{**mine, "revision": "1"}).status_code == 200
    contact.refresh_from_db()
    assert contact.answer == "MINE"


@pytest.mark.parametrize(
    "fields",
    [
        {"revision": "-1"},
        {"revision": "9" * 30},
        {"asked_at": "yesterday"},
        {"asked_at": "0001-01-01T00:00"},
        {"claimant": "x"},
        {"claimant": "9" * 30},
        {"outlet": "\x00"},
        {"whom": "\x00"},
        {"answer": "a" * 9000},
        {"outcome": "corrected"},
        {"outcome": ""},
    ],
)
def test_mangled_entries_are_answered_and_never_fail(
    fields: dict[str, str], claim: Claim, editor: User
) -> None:
    contact = corresponding.ask(claim=claim, actor=editor, kind="reply", whom="Press office")
    sent = {**ASKED, "outcome": "declined", "revision": "0", **fields}
    assert post(editor, claim, f"contacts/{contact.pk}/", **sent).status_code in (200, 409, 422)
    for ask in ("reply&claimant=9999999999999999999", "gossip", "reply&outlet=²"):
        assert signed_in(editor).get(address(claim, f"contacts/?ask={ask}")).status_code == 200


def test_whoever_may_not_research_looks_and_changes_nothing(
    claim: Claim, administrator: User, editor: User
) -> None:
    contact = corresponding.ask(claim=claim, actor=editor, kind="reply", whom="Press office")
    assert post(administrator, claim, "contacts/", **ASKED).status_code == 403
    tail = f"contacts/{contact.pk}/"
    sent = {**ASKED, "outcome": "declined", "revision": "0"}
    assert post(administrator, claim, tail, **sent).status_code == 403
    html = signed_in(administrator).get(address(claim, tail)).content.decode()
    assert "Press office" in html
    assert "contact-form" not in html


def test_a_complaint_by_mail_is_entered_answered_and_leads_to_the_correction(
    published: Publication, publisher: User
) -> None:
    client = signed_in(publisher)
    came = timezone.localtime(published.published_at).strftime("%Y-%m-%dT%H:%M")
    sent = client.post("/desk/complaints/enter/", {**COMPLAINT, "received_at": came})
    complaint = Complaint.objects.get()
    assert sent.headers["Location"] == f"/desk/complaints/{complaint.pk}/"
    html = client.get(sent.headers["Location"]).content.decode()
    assert "The day is wrong." in html
    assert "A READER" in html
    assert "انقضى أغسطس ولم يلتق الوزيران." in html
    answered = client.post(
        sent.headers["Location"],
        {"decision": "upheld", "answer": "You are right.", "revision": "0"},
    )
    assert answered.headers["Location"] == address(published.claim, "correct/")
    complaint.refresh_from_db()
    assert (complaint.state, complaint.answered_by) == ("upheld", publisher)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "77"}, "There is no such verdict."),
        ({"verdict": "9" * 40}, "There is no such verdict."),
        ({"received_at": "2100-01-01T00:00"}, "This is still to come."),
        ({"received_at": "2001-01-01T00:00"}, "before the verdict was published"),
        ({"email": "nobody"}, "Not entered."),
        ({"text": "t" * 5001}, "longer than 5000"),
        ({"text": "\x00"}, "Not entered."),
    ],
)
def test_a_complaint_that_cannot_be_entered_keeps_what_was_typed(
    change: dict[str, str], message: str, published: Publication, publisher: User
) -> None:
    sent = {**COMPLAINT, "received_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"), **change}
    response = signed_in(publisher).post("/desk/complaints/enter/", sent)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert "A READER" in response.content.decode()
    assert not Complaint.objects.exists()


def test_a_lost_race_over_a_complaint_shows_the_answer_and_keeps_mine(
    published: Publication, publisher: User
) -> None:
    complaint, _secret = corresponding.receive(publication=published, text="Wrong.")
    corresponding.answer(
        complaint=complaint, actor=publisher, revision=0, upheld=False, text="THEIR ANSWER"
    )
    response = signed_in(publisher).post(
        f"/desk/complaints/{complaint.pk}/",
        {"decision": "upheld", "answer": "MY ANSWER", "revision": "0"},
    )
    assert response.status_code == 409
    assert "THEIR ANSWER" in response.content.decode()
    assert "MY ANSWER" in response.content.decode()


def test_only_publishers_see_who_complained_and_answer(
    published: Publication, editor: User, publisher: User, outsider: User
) -> None:
    complaint, _secret = corresponding.receive(
        publication=published, text="Wrong.", name="A READER", email="reader@example.org"
    )
    page = f"/desk/complaints/{complaint.pk}/"
    html = signed_in(editor).get(page).content.decode()
    assert "Wrong." in html
    assert "A READER" not in html
    assert "reader@example.org" not in html
    sent = {"decision": "rejected", "answer": "No.", "revision": "0"}
    assert signed_in(editor).post(page, sent).status_code == 403
    assert signed_in(outsider).get(page).status_code == 302
    empty = signed_in(publisher).post(page, {"answer": "typed"})
    assert empty.status_code == 422
    assert "typed" in empty.content.decode()


@pytest.mark.parametrize("query", ["state=late", "state=\x01", "after=x", "before=", "state=all"])
def test_the_list_takes_any_address(query: str, published: Publication, publisher: User) -> None:
    corresponding.receive(publication=published, text="Wrong.")
    assert signed_in(publisher).get(f"/desk/complaints/?{query}").status_code == 200
