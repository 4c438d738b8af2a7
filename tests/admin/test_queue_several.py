"""Many claims at once, as the queue's buttons do it."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from claims.models import Claim, State
from claims.pipeline import review
from tests.admin.hands import signed_in
from tests.cast import make_article, make_claim

pytestmark = pytest.mark.django_db

QUEUE = "/desk/claims/claim/"
SEVERAL, UNDO = QUEUE + "several/", QUEUE + "several/undo/"


@pytest.fixture
def claims(db: None) -> list[Claim]:
    article = make_article()
    return [make_claim(article, statement=statement) for statement in ("first", "second")]


def boxes(claims: list[Claim]) -> list[str]:
    return [f"{claim.pk}.{claim.moves}" for claim in claims]


def press(client: Client, claims: list[Claim], act: str, **fields: Any) -> str:
    """Presses a button of the bar; gives the page that follows."""
    response = client.post(
        SEVERAL,
        {"claim": boxes(claims), "act": act, "back": QUEUE + "?tab=found", **fields},
        follow=True,
    )
    assert response.status_code == 200
    return response.content.decode()


def told(html: str) -> str:
    found = re.search(r"<span data-told>(.*?)</span>", html)
    return found[1] if found else ""


def test_the_boxes_and_the_bar_are_for_those_who_may_write(
    editor: User, administrator: User, claims: list[Claim]
) -> None:
    html = signed_in(editor).get(QUEUE + "?tab=found").content.decode()
    for box in boxes(claims):
        assert f'name="claim" value="{box}"' in html
    assert f'action="{SEVERAL}"' in html
    theirs = signed_in(administrator).get(QUEUE + "?tab=found").content.decode()
    assert 'name="claim" value=' not in theirs
    assert f'action="{SEVERAL}"' not in theirs


def test_ticked_claims_are_accepted_told_and_taken_back(editor: User, claims: list[Claim]) -> None:
    client = signed_in(editor)
    html = press(client, claims, "accept")
    assert told(html) == "Done: 2 claims."
    assert 'data-do="undo"' in html
    assert Claim.objects.filter(state=State.QUEUED).count() == 2
    # It is said once.
    assert told(client.get(QUEUE).content.decode()) == ""
    html = client.post(UNDO, {"back": QUEUE}, follow=True).content.decode()
    assert told(html) == "Taken back: 2 claims."
    assert Claim.objects.filter(state=State.FOUND).count() == 2
    html = client.post(UNDO, {"back": QUEUE}, follow=True).content.decode()
    assert "There is nothing left to undo here." in html


@pytest.mark.parametrize(
    ("act", "fields", "name", "value"),
    [
        ("priority:3", {}, "priority", 3),
        ("severity:1", {}, "severity", 1),
        ("topic", {"topic": "  grain   trade "}, "topic", "grain trade"),
        ("topic", {"topic": ""}, "topic", ""),
        ("due:none", {"due": "2030-01-01"}, "due_at", None),
    ],
)
def test_each_button_sets_its_field(
    editor: User, claims: list[Claim], act: str, fields: dict[str, str], name: str, value: object
) -> None:
    press(signed_in(editor), claims, act, **fields)
    assert [getattr(Claim.objects.get(pk=one.pk), name) for one in claims] == [value, value]


def test_claims_are_assigned_to_me_to_another_and_to_nobody(
    editor: User, second_editor: User, claims: list[Claim]
) -> None:
    client = signed_in(editor)
    for act, expected in [
        ("assign:me", editor),
        (f"assign:{second_editor.pk}", second_editor),
        ("assign:", None),
    ]:
        press(client, claims, act)
        assert [Claim.objects.get(pk=one.pk).assignee for one in claims] == [expected] * 2


def test_a_day_is_due_at_its_evening(editor: User, claims: list[Claim]) -> None:
    press(signed_in(editor), claims, "due", due="2030-01-02")
    due = Claim.objects.get(pk=claims[0].pk).due_at
    assert due is not None
    assert timezone.localtime(due).strftime("%Y-%m-%d %H:%M") == "2030-01-02 18:00"


def test_a_dismissal_takes_the_chosen_reason_or_ones_own(editor: User, claims: list[Claim]) -> None:
    client = signed_in(editor)
    press(client, claims[:1], "dismiss", reason="Wrongly split")
    press(client, claims[1:], "dismiss", reason="Wrongly split", other="a rumour of last year")
    assert Claim.objects.filter(state=State.DISMISSED).count() == 2
    assert "a rumour of last year" in client.get(f"{QUEUE}{claims[1].pk}/change/").content.decode()


def test_what_is_refused_stands_there_with_its_claim_and_reason(
    editor: User, second_editor: User, claims: list[Claim]
) -> None:
    as_seen = boxes(claims)
    review.accept(claim=claims[0], actor=second_editor)
    html = (
        signed_in(editor)
        .post(SEVERAL, {"claim": as_seen, "act": "accept", "back": QUEUE}, follow=True)
        .content.decode()
    )
    assert told(html) == "Done: 1 claim. 1 was left as it is:"
    assert re.search(
        rf'<li><a href="{QUEUE}{claims[0].pk}/change/"><bdi>first</bdi></a>: Somebody else moved',
        html,
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"act": "accept"}, "No claim is selected. Tick the claims first."),
        ({"act": "", "claim": ["1.0"]}, "Choose what is done with the claims."),
        ({"act": "publish", "claim": ["1.0"]}, "Choose what is done with the claims."),
        ({"act": "accept", "claim": ["x", "1", "1.x", "²", "9" * 30 + ".0"]}, "Tick the claims"),
        ({"act": "priority:9", "claim": ["1.0"]}, "Choose low, normal or high."),
        ({"act": "assign:999999", "claim": ["1.0"]}, "This person is not on the desk."),
        ({"act": "assign:x", "claim": ["1.0"]}, "This person is not on the desk."),
        ({"act": "due", "due": "2030-13-45", "claim": ["1.0"]}, "Give the day as year-month-day"),
        ({"act": "due", "due": "2001-01-01", "claim": ["1.0"]}, "a day that is still to come"),
        ({"act": "dismiss", "other": " ", "claim": ["1.0"]}, "Say in a sentence why"),
    ],
)
def test_bad_input_is_answered_in_words(editor: User, fields: dict[str, Any], words: str) -> None:
    response = signed_in(editor).post(SEVERAL, {"back": QUEUE, **fields}, follow=True)
    assert response.status_code == 200
    assert words in response.content.decode()


def test_whoever_may_not_write_is_refused(administrator: User, claims: list[Claim]) -> None:
    html = press(signed_in(administrator), claims, "accept")
    assert "Your role does not include this." in html
    assert not Claim.objects.exclude(state=State.FOUND).exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/desk/", "x", ""])
def test_it_leads_back_to_the_queue_and_nowhere_else(
    editor: User, claims: list[Claim], back: str
) -> None:
    response = signed_in(editor).post(
        SEVERAL, {"claim": boxes(claims), "act": "accept", "back": back, "at": "1); x"}
    )
    assert response["Location"] == QUEUE


def test_it_leads_back_to_the_claim_at_hand(editor: User, claims: list[Claim]) -> None:
    back = QUEUE + "?tab=found&language=ar"
    response = signed_in(editor).post(
        SEVERAL, {"claim": boxes(claims), "act": "accept", "back": back, "at": str(claims[0].pk)}
    )
    assert response["Location"] == f"{back}#claim-{claims[0].pk}"


@pytest.mark.parametrize("path", [SEVERAL, UNDO])
def test_looking_at_an_action_leads_to_the_queue(editor: User, path: str) -> None:
    assert signed_in(editor).get(path)["Location"] == QUEUE
