"""Rules are made, changed and switched by reviewers and administrators, and by nobody else: a rule
gives work to others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Rule, Transition
from claims.pipeline.sorting.applying import able
from claims.pipeline.sorting.meeting import names
from claims.workflow import IllegalMove, StaleState, record

CONDITIONS = ("words", "outlet", "language", "seen_again", "contested", "worth_at_least")
DEEDS = ("assignee", "topic", "priority", "severity")


def may_make_rules(user: permissions.Person) -> bool:
    return permissions.may(user, permissions.REVIEW) or permissions.may(
        user, permissions.ADMINISTER
    )


@transaction.atomic
def save_rule(*, rule: Rule, notify: Iterable[User], actor: User) -> Rule:
    """Stores a rule, new or changed. It holds for claims that come in from now on. Raises
    ValidationError, by field where one is to blame."""
    _need(actor)
    people = list(notify)
    old = Rule.objects.select_for_update().filter(pk=rule.pk).first() if rule.pk else None
    if rule.pk and old is None:
        raise StaleState(_("This rule is gone. Make it anew."))
    rule.words = " ".join(rule.words.split()) if names(rule.words) else ""
    rule.name, rule.topic = " ".join(rule.name.split()), " ".join(rule.topic.split())
    if old is None:
        rule.created_by = actor
    rule.full_clean(exclude=["created_by"])
    if not people and all(getattr(rule, name) in (None, "") for name in DEEDS):
        raise ValidationError(_("Say what the rule does: at least one thing."))
    if rule.assignee is not None and not able(rule.assignee):
        raise ValidationError(
            {"assignee": _("This person may not research claims. Choose somebody who may.")}
        )
    if outside := [one for one in people if not permissions.is_on_the_desk(one)]:
        raise ValidationError(
            {
                "notify": _("%(name)s does not work on the desk.")
                % {"name": outside[0].get_full_name() or outside[0].get_username()}
            }
        )
    before = values(old) if old else {}
    rule.save()
    rule.notify.set(people)
    after = values(rule)
    changes = {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }
    if changes:
        _record("change_rule" if old else "add_rule", actor, rule, changes=changes)
    return rule


@transaction.atomic
def switch_rule(*, rule: Rule, on: bool, actor: User) -> None:
    """In force, or not. What came in meanwhile is not sorted later."""
    _need(actor)
    now = Rule.objects.select_for_update().filter(pk=rule.pk).first()
    if now is None:
        raise StaleState(_("This rule is gone. Make it anew."))
    if now.active == on:
        raise IllegalMove(
            _("This rule is in force already.") if on else _("This rule is switched off already.")
        )
    now.active = rule.active = on
    now.save(update_fields=["active"])
    _record("switch_rule", actor, now, changes={"active": [not on, on]})


def values(rule: Rule) -> dict[str, Any]:
    """What a rule says, for before and after."""
    said = {
        name: getattr(rule, name) for name in ("name", "active", *CONDITIONS, "topic", *DEEDS[2:])
    }
    said["outlet"] = rule.outlet.name if rule.outlet else ""
    said["assignee"] = rule.assignee.get_username() if rule.assignee else ""
    said["notify"] = sorted(person.get_username() for person in rule.notify.all())
    return said


def _record(action: str, actor: User, rule: Rule, **data: Any) -> None:
    record(
        Transition.Subject.DESK,
        0,
        action,
        actor=actor,
        data={"rule": rule.pk, "name": rule.name, **data},
    )


def _need(actor: User) -> None:
    if not may_make_rules(actor):
        raise PermissionDenied(_("Rules are made by reviewers and administrators."))
