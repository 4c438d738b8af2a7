"""The room of the rules."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from claims.models import Outlet, Rule, Transition
from claims.pipeline import sorting
from tests.admin.hands import captured, signed_in
from tests.cast import make_claim

pytestmark = pytest.mark.django_db

LIST, NEW = "/desk/rules/", "/desk/rules/new/"


def form(**changed: Any) -> dict[str, Any]:
    return {"name": "Sofia", "words": "صوفيا", "priority": "3", "do": "keep", **changed}


def made(actor: User, **fields: Any) -> Rule:
    rule = Rule(**{"name": "Sofia", "words": "صوفيا", "priority": 3, **fields})
    return sorting.save_rule(rule=rule, notify=(), actor=actor)


def plain(html: str) -> str:
    return html.replace("\u2068", "").replace("\u2069", "")


def test_an_empty_room_says_what_a_rule_is_good_for(reviewer: User, editor: User) -> None:
    assert "Make one for what you would otherwise do by hand" in (
        signed_in(reviewer).get(LIST).content.decode()
    )
    html = signed_in(editor).get(LIST).content.decode()
    assert "Reviewers and administrators make them." in html
    assert NEW not in html


def test_a_rule_is_made_and_read_aloud(reviewer: User, editor: User) -> None:
    Outlet.objects.create(name="المرفأ")
    answer = signed_in(reviewer).post(
        NEW,
        form(
            outlet=" المرفأ ", language="ar", contested="on", worth_at_least="0.5",
            assignee=str(editor.pk), topic="Diplomacy", notify=[str(editor.pk), str(reviewer.pk)],
        ),
        follow=True,
    )  # fmt: skip
    assert answer.status_code == 200
    rule = Rule.objects.get()
    assert (rule.outlet and rule.outlet.name, rule.worth_at_least, rule.contested) == (
        "المرفأ", 0.5, True,
    )  # fmt: skip
    assert set(rule.notify.all()) == {editor, reviewer}
    assert rule.created_by == reviewer
    html = plain(answer.content.decode())
    assert (
        "When a new claim names “صوفيا”, comes from المرفأ, is in Arabic, is contested and scores "
        "at least 0.5: give it to layla, set the topic to “Diplomacy”, set the priority to high "
        "and tell layla and samer."
    ) in html
    assert "has met 0 claims" in html


def test_a_trial_counts_and_keeps_nothing(reviewer: User) -> None:
    claim = make_claim()
    answer = signed_in(reviewer).post(NEW, form(do="try"))
    html = plain(answer.content.decode())
    assert answer.status_code == 200
    assert "Of the last 1 claim, this rule would have met 1." in html
    assert f"/desk/claims/claim/{claim.pk}/change/" in html
    assert 'value="صوفيا"' in html
    assert not Rule.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"words": ""}, "Set at least one condition."),
        ({"priority": ""}, "Say what the rule does: at least one thing."),
        ({"name": ""}, "name"),
        ({"outlet": "Nobody"}, "The desk knows no outlet of this name."),
        ({"worth_at_least": "7"}, "The score lies between 0 and 1."),
        ({"worth_at_least": "nan"}, "worth_at_least"),
        ({"assignee": "999"}, "assignee"),
        ({"assignee": "x"}, "assignee"),
        ({"notify": ["x"]}, "notify"),
        ({"priority": "9"}, "priority"),
        ({"language": "xx"}, "language"),
        ({"words": "a" * 201}, "words"),
        ({"words": "a\x00"}, "words"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(
    reviewer: User, wrong: dict[str, Any], says: str
) -> None:
    answer = signed_in(reviewer).post(
        NEW, form(topic="Typed", **wrong) if "priority" not in wrong else form(**wrong)
    )
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Rule.objects.exists()


def test_a_name_is_used_once(reviewer: User) -> None:
    made(reviewer)
    assert signed_in(reviewer).post(NEW, form()).status_code == 422
    assert Rule.objects.count() == 1


def test_a_rule_is_changed_where_it_stands(reviewer: User) -> None:
    rule = made(reviewer)
    client = signed_in(reviewer)
    html = client.get(f"{LIST}{rule.pk}/").content.decode()
    assert 'value="صوفيا"' in html
    client.post(f"{LIST}{rule.pk}/", form(words="صوفيا, فارنا"))
    rule.refresh_from_db()
    assert rule.words == "صوفيا, فارنا"
    assert Transition.objects.filter(subject="desk", action="change_rule").count() == 1


def test_a_rule_is_switched_off_and_on(reviewer: User) -> None:
    rule = made(reviewer)
    client = signed_in(reviewer)
    html = client.post(f"{LIST}{rule.pk}/switch/", {"on": "0"}, follow=True).content.decode()
    assert "Switched off: “Sofia”." in html
    assert "switched off</span>" in html
    again = client.post(f"{LIST}{rule.pk}/switch/", {"on": "0"}, follow=True).content.decode()
    assert "This rule is switched off already." in again
    client.post(f"{LIST}{rule.pk}/switch/", {"on": "1"})
    rule.refresh_from_db()
    assert rule.active


@pytest.mark.parametrize("path", [NEW, LIST + "1/"])
def test_who_may_not_make_rules_makes_none(editor: User, path: str) -> None:
    client = signed_in(editor)
    assert client.get(path).status_code == 403
    assert client.post(path, form()).status_code == 403
    assert not Rule.objects.exists()


def test_who_may_not_make_rules_switches_none(editor: User, reviewer: User) -> None:
    rule = made(reviewer)
    html = (
        signed_in(editor)
        .post(f"{LIST}{rule.pk}/switch/", {"on": "0"}, follow=True)
        .content.decode()
    )
    assert "Rules are made by reviewers and administrators." in html
    rule.refresh_from_db()
    assert rule.active


def test_a_rule_that_is_not_there_is_not_found(reviewer: User) -> None:
    client = signed_in(reviewer)
    assert client.get(LIST + "99/").status_code == 404
    assert client.post(LIST + "99/switch/").status_code == 404
    assert client.get(LIST + "99999999999999999999999/").status_code in (400, 404)


def test_many_rules_cost_no_more_queries_than_one(reviewer: User) -> None:
    client = signed_in(reviewer)
    made(reviewer)
    one = len(captured(client, LIST))
    for number in range(10):
        made(reviewer, name=f"Rule {number}")
    assert len(captured(client, LIST)) == one < 20


def test_the_claims_history_says_which_rule_did_what(reviewer: User) -> None:
    made(reviewer)
    claim = make_claim()
    sorting.sort_new()
    html = signed_in(reviewer).get(f"/desk/claims/claim/{claim.pk}/change/").content.decode()
    assert "A rule sorted it" in html
    assert "Sofia" in html
