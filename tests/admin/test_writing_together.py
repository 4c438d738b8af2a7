"""The claim's page while several people work on it, and after somebody left without saving."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Claim, Presence, WorkingCopy
from claims.models.addresses import verdict_url
from claims.pipeline import review, together
from tests import cast
from tests.admin.hands import address, history, press, signed_in

pytestmark = pytest.mark.django_db


def type_in(client: Client, claim: Claim, form: str = "verdict", **fields: object) -> object:
    sent = {"_base": 0, "_window": "w1", "_turn": 1, **fields}
    return client.post(address(claim, f"keep/{form}/"), sent)


def page(client: Client, claim: Claim, tail: str = "change/") -> str:
    return client.get(address(claim, tail)).content.decode()


def test_what_was_typed_stands_in_its_form_again(editor: User) -> None:
    claim = cast.make_claim()
    client = signed_in(editor)
    answer = type_in(client, claim, summary="‏half a sentence", rating="false")
    assert answer.status_code == 200  # type: ignore[attr-defined]
    html = page(signed_in(editor), claim)
    assert "You typed this at" in html
    assert "half a sentence</textarea>" in html
    assert "Drop it: show what is saved" in html


def test_nobody_else_reads_it(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    type_in(signed_in(editor), claim, summary="for me alone")
    assert "for me alone" not in page(signed_in(second_editor), claim)
    assert "for me alone" not in page(
        signed_in(editor), cast.make_claim(claim.article, text="نفوا الخبر")
    )


def test_dropping_shows_what_is_saved(editor: User) -> None:
    claim = cast.make_claim()
    client = signed_in(editor)
    type_in(client, claim, summary="half a sentence")
    answer = press(client, claim, "drop/verdict/")
    assert answer["Location"] == address(claim, "change/#verdict")
    assert "half a sentence" not in page(client, claim)


def test_a_copy_that_says_what_is_saved_is_not_told(editor: User) -> None:
    claim = cast.researched_claim(editor, summary="As it is")
    type_in(signed_in(editor), claim, summary="As it is", _base=1)
    WorkingCopy.objects.update(fields={"summary": "As it is"})
    assert "You typed this at" not in page(signed_in(editor), claim)


def test_a_copy_and_a_newer_save_stand_beside_each_other(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    client = signed_in(editor)
    type_in(client, claim, summary="The ministers met", explanation="Because I say so")
    review.save_draft(
        claim=claim, actor=second_editor, revision=0, rating=None,
        summary="The ministers never met", explanation="",
    )  # fmt: skip
    html = page(client, claim)
    assert "Somebody has saved another version since" in html
    assert '<del><bdi dir="auto">never </bdi></del>' in html
    assert "Save mine over theirs" in html
    assert "Take theirs, drop mine" in html
    assert "Because I say so</textarea>" in html
    saved = client.post(
        address(claim, "draft/"),
        {"revision": 1, "summary": "The ministers met", "explanation": "Because I say so"},
    )
    assert saved.status_code == 302
    assert not WorkingCopy.objects.exists()


def test_a_lost_race_shows_what_differs_word_by_word(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    review.save_draft(
        claim=claim, actor=second_editor, revision=0, rating=None,
        summary="Nobody met in Sofia", explanation="",
    )  # fmt: skip
    answer = signed_in(editor).post(
        address(claim, "draft/"), {"revision": 0, "summary": "Everybody met in Sofia"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert (
        '<del><bdi dir="auto">Nobody</bdi></del><ins><bdi dir="auto">Everybody</bdi></ins>' in html
    )
    assert "Everybody met in Sofia</textarea>" in html


def test_what_was_typed_of_the_claim_itself_opens_its_form(editor: User) -> None:
    claim = cast.make_claim()
    client = signed_in(editor)
    type_in(client, claim, "claim", statement="أوضح من قبل", topic="معابر", _base=claim.revision)
    html = page(client, claim)
    assert "أوضح من قبل</textarea>" in html
    assert '<details class="ask edit" id="edit" open>' in html
    review.edit_claim(claim=claim, actor=editor, revision=0, changes={"topic": "طرق"})
    assert "أوضح من قبل" not in page(client, claim)  # whoever saved has saved


def test_evidence_half_typed_is_offered_and_opened(editor: User) -> None:
    claim = cast.researched_claim(editor)
    client = signed_in(editor)
    type_in(client, claim, "evidence", title="تقرير لم يُحفظ بعد", relation="refutes")
    html = page(client, claim)
    assert "تقرير لم يُحفظ بعد" in html
    assert f'href="{address(claim)}?add#evidence-form"' in html
    assert 'value="تقرير لم يُحفظ بعد"' in page(client, claim, "change/?add")


def test_words_whose_form_is_closed_are_not_lost(editor: User, second_editor: User) -> None:
    claim = cast.researched_claim(editor)
    client = signed_in(second_editor)
    type_in(client, claim, summary="ما لم أحفظه من الحكم")
    review.propose(claim=claim, actor=editor)
    html = page(client, claim)
    assert "ما لم أحفظه من الحكم" in html
    assert "Its form is not open now" in html


def test_hidden_characters_in_what_was_left_are_seen(editor: User, second_editor: User) -> None:
    claim = cast.researched_claim(editor)
    client = signed_in(second_editor)
    type_in(client, claim, summary="ما لم \u202eأحفظه من الحكم")
    review.propose(claim=claim, actor=editor)
    assert 'data-ctl="RLO"' in page(client, claim)


def test_the_form_of_a_verdict_that_somebody_writes_is_only_shown(
    editor: User, second_editor: User
) -> None:
    claim = cast.make_claim()
    together.look(claim=claim, person=editor, writing=True)
    html = page(signed_in(second_editor), claim)
    assert "is writing this verdict since" in html
    assert "data-turn disabled" in html
    assert "data-turn disabled" not in page(signed_in(editor), claim)


def test_taking_over_on_the_page_and_being_told(editor: User, second_editor: User) -> None:
    claim = cast.make_claim()
    first = signed_in(editor)
    first.post(address(claim, "present/"), {"writing": "1"})
    assert press(signed_in(second_editor), claim, "take-over/").status_code == 302
    told = first.post(address(claim, "present/"), {"writing": "1"}).content.decode()
    assert "took the verdict over from you at" in told
    assert "Take it back" in told
    assert history(claim) == ["take_over"]
    assert "Took over the verdict that somebody was writing" in page(first, claim)


def test_leaving_is_said_without_an_answer(editor: User) -> None:
    claim = cast.make_claim()
    client = signed_in(editor)
    client.post(address(claim, "present/"), {"writing": "1"})
    assert client.post(address(claim, "present/"), {"leaving": "1"}).status_code == 204


@pytest.mark.parametrize("tail", ["present/", "take-over/", "keep/verdict/", "drop/verdict/"])
def test_looking_at_an_action_leads_to_the_claim_and_changes_nothing(
    tail: str, editor: User
) -> None:
    claim = cast.make_claim()
    answer = signed_in(editor).get(address(claim, tail))
    assert (answer.status_code, answer["Location"]) == (302, address(claim))
    assert not Presence.objects.exists()


@pytest.mark.parametrize("tail", ["present/", "take-over/", "keep/verdict/"])
def test_a_stranger_gets_nowhere(tail: str, outsider: User) -> None:
    claim = cast.make_claim()
    answer = signed_in(outsider).post(address(claim, tail), {"writing": "1", "summary": "a b"})
    assert answer.status_code in (302, 403)
    assert not Presence.objects.exists()
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize(
    ("form", "fields", "status"),
    [
        ("nothing", {"summary": "x"}, 422),
        ("verdict", {"explanation": "x" * 200_001}, 422),
        ("send_back", {"reason": "x"}, 403),
        (
            "verdict",
            {"summary": "\x00", "_base": "9" * 40, "_turn": "-1", "_window": "w" * 99},
            200,
        ),
    ],
)
def test_whatever_is_sent_is_answered_in_words(
    form: str, fields: dict[str, str], status: int, editor: User
) -> None:
    answer = type_in(signed_in(editor), cast.make_claim(), form, **fields)
    assert answer.status_code == status  # type: ignore[attr-defined]
    told = json.loads(answer.content)  # type: ignore[attr-defined]
    assert told.get("said") or told.get("kept")


def test_a_page_asks_who_is_signed_in_before_it_sends_again(editor: User, reviewer: User) -> None:
    client = signed_in(editor)
    told = json.loads(client.get("/desk/signed-in/").content)
    assert told["person"] == editor.pk
    assert len(told["token"]) == 64
    assert Client().get("/desk/signed-in/").status_code == 302


def test_the_reviewers_page_says_who_else_is_there(editor: User, reviewer: User) -> None:
    claim = cast.proposed_claim(editor)
    together.look(claim=claim, person=editor)
    html = page(signed_in(reviewer), claim, "review/")
    assert "<bdi>layla</bdi> has this claim open." in html


def test_readers_see_nothing_of_it(editor: User, reviewer: User, publisher: User) -> None:
    publication = cast.published_claim(editor, reviewer, publisher)
    together.look(claim=publication.claim, person=editor)
    address_of_it = verdict_url(publication.verdict_number, publication.language)
    answer = Client().get(address_of_it)
    assert answer.status_code == 200
    assert "layla" not in answer.content.decode()
