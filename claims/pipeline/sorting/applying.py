"""The background's turn: rules meet the claims that came in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims import permissions
from claims.models import Claim, Match, Rule, RuleApplication, State, Transition
from claims.pipeline import _streams
from claims.pipeline.sorting.meeting import gathered, meets
from claims.workflow import StaleState, locked, note

READER = "sorting"
# Before anybody has finished with it: later a claim is in people's hands.
SORTABLE = (State.FOUND, State.QUEUED, State.RESEARCHING)
# Moves by which a claim can come to have both sides.
COMPANY = ("confirm_match", "add_position", "merge", "cut", "cut_off", "respan")
SET = ("topic", "priority", "severity")


def is_due(now: datetime) -> bool:
    return _streams.due(READER, now)


def sort_new() -> None:
    """Applies the rules in force to what is new, if nobody else is at it: to each new claim, and
    those that ask for it to a claim that is seen again or got company. May be stopped anywhere and
    run again."""
    if not _streams.take(READER, timezone.now()):
        return
    rules = list(
        Rule.objects.filter(active=True).select_related("assignee").prefetch_related("notify")
    )
    later = [rule for rule in rules if rule.seen_again or rule.contested]
    came = Claim.objects.only("created_at")
    for part in _streams.unread("sorting.claims", came, time="created_at"):
        _sort({claim.pk for claim in part}, rules)
    found = Match.objects.only("suggested_at", "claim_id")
    for part in _streams.unread("sorting.matches", found, time="suggested_at"):
        _sort({match.claim_id for match in part}, later)
    company = Transition.objects.filter(subject=Transition.Subject.CLAIM, action__in=COMPANY)
    for part in _streams.unread("sorting.moves", company, time="at"):
        _sort({move.subject_id for move in part}, later)
    _streams.rest(READER)


def _sort(numbers: set[int], rules: list[Rule]) -> None:
    """Applies rules to claims that came after them; what goes on from an older version of a page is
    no new claim."""
    if not rules:
        return
    claims = Claim.objects.filter(pk__in=numbers, state__in=SORTABLE, carried_from=None)
    done = set(RuleApplication.objects.filter(claim__in=numbers).values_list("rule_id", "claim_id"))
    for facts in gathered(claims.order_by("pk")):
        for rule in rules:
            new = facts.claim.created_at >= rule.created_at
            if new and (rule.pk, facts.claim.pk) not in done and meets(rule, facts):
                _apply(rule, facts.claim.pk)


@transaction.atomic
def _apply(rule: Rule, number: int) -> None:
    """Does to the claim what the rule says and nobody has decided already; once, with a note in the
    claim's chain that says which rule did what."""
    try:
        claim = locked(number)
    except StaleState:
        return
    _row, first = RuleApplication.objects.get_or_create(rule=rule, claim=claim)
    if not first or claim.state not in SORTABLE:
        return
    said = _said(rule, claim)
    if "assignee" in said:
        claim.assignee = rule.assignee
    for name in SET:
        if name in said:
            setattr(claim, name, getattr(rule, name))
    if changed := [name for name in ("assignee", *SET) if name in said]:
        claim.revision += 1
        claim.changed_at = timezone.now()
        claim.save(update_fields=[*changed, "revision", "changed_at"])
    tell = sorted(person.pk for person in rule.notify.all() if permissions.is_on_the_desk(person))
    data = {"rule": rule.pk, "name": rule.name, **said, **({"tell": tell} if tell else {})}
    note(claim, "sort", actor=None, data=data)


def _said(rule: Rule, claim: Claim) -> dict[str, Any]:
    """Field → [before, after] of what the rule changes: only what neither a person nor another rule
    has set, and an assignee who may do the work."""
    touched = {
        name
        for data in Transition.objects.filter(
            subject=Transition.Subject.CLAIM, subject_id=claim.pk
        ).values_list("data", flat=True)
        for name in data
    }
    said: dict[str, Any] = {}
    for name in SET:
        wanted = getattr(rule, name)
        if wanted not in (None, "") and name not in touched and wanted != getattr(claim, name):
            said[name] = [str(getattr(claim, name)), str(wanted)]
    free = claim.assignee_id is None and "assignee" not in touched
    if rule.assignee and free and able(rule.assignee):
        said["assignee"] = ["", rule.assignee.get_username()]
    return said


def able(person: User) -> bool:
    """Whether a claim can be given to them."""
    return permissions.is_on_the_desk(person) and permissions.may(person, permissions.RESEARCH)
