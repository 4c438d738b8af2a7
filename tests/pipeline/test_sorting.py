"""What rules do with claims that come in, and what they leave alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from claims.models import (
    Claim,
    Cursor,
    Match,
    Notification,
    Outlet,
    Position,
    Rule,
    RuleApplication,
    Transition,
)
from claims.pipeline import review, sorting, telling
from claims.workflow import IllegalMove, note
from tests.admin.hands import history
from tests.cast import (
    DENIAL,
    STATEMENT,
    make_article,
    make_claim,
    person,
    published_claim,
)

pytestmark = pytest.mark.django_db


def rule(actor: User, *, notify: tuple[User, ...] = (), **fields: Any) -> Rule:
    fields = {"name": "A rule", "priority": 3} | fields
    return sorting.save_rule(rule=Rule(**fields), notify=notify, actor=actor)


def sort(claim: Claim) -> Claim:
    """The next turn of the background."""
    Cursor.objects.filter(name="sorting").update(next_at=timezone.now())
    sorting.sort_new()
    claim.refresh_from_db()
    return claim


def test_a_new_claim_that_names_somebody_is_given_away_and_ranked(
    reviewer: User, editor: User
) -> None:
    rule(reviewer, words="صوفيا", assignee=editor, topic="Diplomacy", severity=3)
    claim = sort(make_claim())
    assert claim.assignee == editor
    assert (claim.priority, claim.severity, claim.topic) == (3, 3, "Diplomacy")
    (move,) = Transition.objects.filter(subject="claim", subject_id=claim.pk)
    assert (move.action, move.actor, move.from_state, move.to_state) == (
        "sort", None, "found", "found",
    )  # fmt: skip
    assert move.data == {
        "rule": Rule.objects.get().pk,
        "name": "A rule",
        "topic": ["", "Diplomacy"],
        "priority": ["2", "3"],
        "severity": ["2", "3"],
        "assignee": ["", "layla"],
    }


def test_it_happens_once(reviewer: User) -> None:
    rule(reviewer, words="صوفيا")
    claim = sort(make_claim())
    Claim.objects.filter(pk=claim.pk).update(priority=1)
    assert sort(claim).priority == 1
    assert RuleApplication.objects.count() == 1
    assert history(claim) == ["sort"]


@pytest.mark.parametrize(
    ("words", "met"),
    [
        ("صوفيا", True),
        ("الوزيران, وزيرين", True),
        ("أغسطس المقبل", True),
        ("اغسطس", True),
        ("المرفأ", True),
        ("مرفا", True),
        ("لقاء وزاري", True),
        ("صوف", False),
        ("المقبل أغسطس", False),
        ("دمشق", False),
    ],
)
def test_names_are_found_folded_and_as_whole_words(reviewer: User, words: str, met: bool) -> None:
    rule(reviewer, words=words)
    assert (sort(make_claim()).priority == 3) is met


def test_turkish_names_are_found_however_they_are_spelt(reviewer: User) -> None:
    rule(reviewer, words="ERDOĞAN")
    article = make_article("Erdoğan'ın yarın geleceği söylendi.", language="tr")
    assert sort(make_claim(article, text="yarın geleceği")).priority == 3


def test_every_condition_that_is_set_must_hold(reviewer: User) -> None:
    outlet = Outlet.objects.create(name="Another")
    rule(reviewer, words="صوفيا", outlet=outlet)
    assert sort(make_claim()).priority == 2


@pytest.mark.parametrize(
    ("fields", "met"),
    [
        ({"language": "ar"}, True),
        ({"language": "tr"}, False),
        ({"worth_at_least": 0.8}, True),
        ({"worth_at_least": 0.81}, False),
        ({"contested": True}, False),
        ({"seen_again": True}, False),
    ],
)
def test_conditions_besides_names(reviewer: User, fields: dict[str, Any], met: bool) -> None:
    rule(reviewer, **fields)
    assert (sort(make_claim()).priority == 3) is met


def test_a_claim_that_becomes_contested_is_sorted_then(reviewer: User, editor: User) -> None:
    rule(reviewer, contested=True)
    claim = sort(make_claim())
    assert claim.priority == 2
    start = claim.article.text.index(DENIAL)
    Position.objects.create(
        claim=claim, article=claim.article, start=start, end=start + len(DENIAL), text=DENIAL,
        stance="denies", form="indirect",
    )  # fmt: skip
    note(Claim.objects.get(pk=claim.pk), "add_position", actor=editor, data={})
    assert sort(claim).priority == 3


def test_a_claim_that_turns_out_to_repeat_a_verdict_is_sorted_then(
    editor: User, reviewer: User, publisher: User
) -> None:
    head = published_claim(editor, reviewer, publisher).claim
    rule(reviewer, seen_again=True, assignee=editor)
    again = make_article("قالت الوزارة اليوم إن " + STATEMENT + ".", url="https://other.example/1")
    claim = sort(make_claim(again))
    assert (claim.priority, claim.assignee) == (2, None)
    Match.objects.create(
        claim=claim, earlier=head, relation=Match.Relation.SAME, score=0.95, method="test"
    )
    sort(claim)
    assert (claim.priority, claim.assignee) == (3, editor)


def test_a_new_rule_leaves_old_claims_alone(reviewer: User) -> None:
    claim = make_claim()
    rule(reviewer, words="صوفيا")
    assert sort(claim).priority == 2


def test_a_rule_that_is_switched_off_does_nothing(reviewer: User) -> None:
    made = rule(reviewer, words="صوفيا")
    sorting.switch_rule(rule=made, on=False, actor=reviewer)
    assert sort(make_claim()).priority == 2


def test_what_a_person_set_stays(reviewer: User, editor: User, second_editor: User) -> None:
    rule(reviewer, words="صوفيا", assignee=editor, topic="Diplomacy")
    claim = make_claim()
    review.edit_claim(
        claim=claim,
        actor=second_editor,
        revision=0,
        changes={"priority": 1, "assignee": second_editor},
    )
    sort(claim)
    assert (claim.priority, claim.assignee, claim.topic) == (1, second_editor, "Diplomacy")


def test_what_a_person_emptied_stays_empty(reviewer: User, editor: User) -> None:
    rule(reviewer, words="صوفيا", assignee=editor)
    claim = make_claim()
    for assignee in (editor, None):
        claim.refresh_from_db()
        review.edit_claim(
            claim=claim, actor=editor, revision=claim.revision, changes={"assignee": assignee}
        )
    assert sort(claim).assignee is None


def test_the_first_of_two_rules_wins(reviewer: User) -> None:
    rule(reviewer, name="Z", words="صوفيا", priority=1)
    rule(reviewer, name="A", words="صوفيا", priority=3)
    claim = sort(make_claim())
    assert claim.priority == 3
    assert history(claim) == ["sort", "sort"]


def test_nothing_is_given_to_somebody_who_has_lost_the_right(reviewer: User, editor: User) -> None:
    rule(reviewer, words="صوفيا", assignee=editor)
    editor.groups.clear()
    claim = sort(make_claim())
    assert claim.assignee is None
    assert claim.priority == 3


def test_a_rule_moves_no_claim_and_touches_none_that_people_have_done_with(
    reviewer: User, editor: User
) -> None:
    rule(reviewer, words="صوفيا")
    claim = make_claim()
    review.dismiss(claim=claim, actor=editor, reason="Nobody repeats it.")
    assert sort(claim).state == "dismissed"
    assert claim.priority == 2


def test_a_person_with_the_form_open_notices(reviewer: User) -> None:
    rule(reviewer, words="صوفيا")
    assert sort(make_claim()).revision == 1


def test_whom_a_rule_names_is_told(reviewer: User, editor: User, publisher: User) -> None:
    rule(reviewer, words="صوفيا", assignee=editor, notify=(editor, publisher))
    sort(make_claim())
    telling.tell()
    assert list(Notification.objects.order_by("kind").values_list("person", "kind")) == [
        (editor.pk, "assigned"),
        (publisher.pk, "rule"),
    ]


def test_reviewers_and_administrators_make_rules_and_nobody_else(
    reviewer: User, administrator: User, editor: User, outsider: User
) -> None:
    made = rule(reviewer, words="صوفيا")
    rule(administrator, name="Another", words="صوفيا")
    for one in (editor, outsider):
        with pytest.raises(PermissionDenied):
            rule(one, name="Third", words="صوفيا")
        with pytest.raises(PermissionDenied):
            sorting.switch_rule(rule=made, on=False, actor=one)
    assert Rule.objects.filter(active=True).count() == 2


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Set at least one condition."),
        ({"words": " , ،"}, "Set at least one condition."),
        ({"words": "x", "priority": None}, "Say what the rule does: at least one thing."),
        ({"worth_at_least": 1.5}, "The score lies between 0 and 1."),
    ],
)
def test_a_rule_that_asks_or_does_nothing_is_none(
    reviewer: User, fields: dict[str, Any], says: str
) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refused:
        rule(reviewer, **fields)
    assert refused.value.messages == [says]
    assert not Rule.objects.exists()


def test_nobody_is_named_who_may_not(reviewer: User, administrator: User, outsider: User) -> None:
    with translation.override("en"):
        with pytest.raises(ValidationError) as refused:
            rule(reviewer, words="x", assignee=administrator)
        assert list(refused.value.message_dict) == ["assignee"]
        with pytest.raises(ValidationError) as refused:
            rule(reviewer, words="x", notify=(outsider,))
        assert refused.value.message_dict == {"notify": ["guest does not work on the desk."]}


def test_what_was_changed_stands_in_the_chain_of_the_desk(reviewer: User) -> None:
    made = rule(reviewer, words="صوفيا")
    made.words = "صوفيا, فارنا"
    sorting.save_rule(rule=made, notify=(), actor=reviewer)
    sorting.switch_rule(rule=made, on=False, actor=reviewer)
    with pytest.raises(IllegalMove):
        sorting.switch_rule(rule=made, on=False, actor=reviewer)
    moves = Transition.objects.filter(subject="desk").order_by("number")
    assert [move.action for move in moves] == ["add_rule", "change_rule", "switch_rule"]
    assert moves[1].data["changes"] == {"words": ["صوفيا", "صوفيا, فارنا"]}
    assert moves[2].data["changes"] == {"active": [True, False]}


def test_a_trial_says_what_the_rule_would_have_met_and_changes_nothing(reviewer: User) -> None:
    claim = make_claim()
    make_claim(make_article("قال المدير إن الجسر فتح أمس.", outlet=""), text="الجسر فتح أمس")
    trial = sorting.try_rule(Rule(words="صوفيا"))
    assert (trial.looked_at, trial.met, trial.examples) == (2, 1, [claim])
    assert history(claim) == []


def test_a_rule_is_read_aloud(reviewer: User, editor: User) -> None:
    made = Rule(
        words="صوفيا، فارنا", language="ar", worth_at_least=0.6, assignee=editor, priority=3
    )
    with translation.override("en"):
        said = sorting.sentence(made, [reviewer]).replace("\u2068", "").replace("\u2069", "")
    assert said == (
        "When a new claim names “صوفيا” or “فارنا”, is in Arabic and scores at least 0.6: "
        "give it to layla, set the priority to high and tell samer."
    )


def test_claims_of_before_a_rule_are_left_alone_even_when_they_get_company(
    reviewer: User, editor: User
) -> None:
    claim = make_claim(denial=DENIAL)
    made = rule(reviewer, contested=True)
    Rule.objects.filter(pk=made.pk).update(created_at=timezone.now() + timedelta(seconds=1))
    assert sort(claim).priority == 2
    assert person("late", "Editor").is_staff
