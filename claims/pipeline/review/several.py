"""The same done to many claims at once: each in its own transaction, with everything that is asked of
one, and what is refused of one keeps nothing from the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim
from claims.pipeline._rights import need
from claims.pipeline.review.moves import accept, dismiss, restore, unaccept
from claims.pipeline.review.writing import edit_claim
from claims.workflow import IllegalMove, StaleState, in_words, locked

# A page of the queue, and room for a program.
MOST = 100
# What is done → the field of the claim that it sets.
FIELDS = {
    "assign": "assignee",
    "priority": "priority",
    "severity": "severity",
    "topic": "topic",
    "due": "due_at",
}
ACTS = ("accept", "dismiss", *FIELDS)


@dataclass(frozen=True)
class Refused:
    """`statement` is empty where the claim is gone."""

    claim: int
    statement: str
    why: str


@dataclass
class Outcome:
    """`done` and `same`: claims that were changed, and that were so already. `undo` is what
    `undo_several` takes, in JSON's own types; None where nothing can be undone."""

    done: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    undo: dict[str, Any] | None = None


def change_several(
    *,
    chosen: Mapping[int, int],
    actor: User,
    act: str,
    value: User | int | str | datetime | None = None,
    reason: str = "",
) -> Outcome:
    """Does one of ACTS to the claims that are the keys of `chosen`; the values are their numbers of
    moves as they were seen, which accept and dismiss hold to.

    `value` is what a field is set to (None: nobody, no day). Raises PermissionDenied where the
    actor may do it to none, IllegalMove where too many, none, or nothing that can be done was
    chosen; what is refused of a single claim stands in the outcome.
    """
    need(actor, permissions.RESEARCH)
    if act not in ACTS:
        raise IllegalMove(_("Choose what is done with the claims."))
    if not chosen:
        raise IllegalMove(_("No claim is selected. Tick the claims first."))
    if len(chosen) > MOST:
        raise IllegalMove(_("At most %(most)d claims are changed at once.") % {"most": MOST})
    if act == "dismiss" and not in_words(reason):
        raise IllegalMove(_("Say in a sentence why the claims are dismissed."))
    if isinstance(value, User) and not permissions.is_on_the_desk(value):
        raise IllegalMove(_("This person is not on the desk. Choose somebody else."))
    outcome = Outcome()
    back: list[list[Any]] = []
    for number, moves in sorted(chosen.items()):
        try:
            with transaction.atomic():
                way_back = (
                    _set(number, actor, FIELDS[act], value)
                    if act in FIELDS
                    else _move(number, moves, actor, act, reason)
                )
        except _REFUSALS as error:
            outcome.refused.append(_refused(number, error))
            continue
        if way_back is None:
            outcome.same.append(number)
        else:
            outcome.done.append(number)
            back.append([number, *way_back])
    if back:
        outcome.undo = {"act": act, "claims": back}
    return outcome


def undo_several(*, undo: Mapping[str, Any], actor: User) -> Outcome:
    """Takes back what `change_several` did, of every claim that nobody has changed since."""
    need(actor, permissions.RESEARCH)
    outcome = Outcome()
    act = undo["act"]
    for number, mark, before in undo["claims"]:
        try:
            with transaction.atomic():
                if act in FIELDS:
                    _set_back(number, mark, actor, FIELDS[act], before)
                else:
                    _move_back(number, mark, actor, act)
        except _REFUSALS as error:
            outcome.refused.append(_refused(number, error))
        else:
            outcome.done.append(number)
    return outcome


_REFUSALS = (IllegalMove, StaleState, PermissionDenied, ValidationError, IntegrityError)


def _set(number: int, actor: User, name: str, value: Any) -> tuple[int, Any] | None:
    """(revision after it, value before it), None where nothing is to be changed."""
    claim = locked(number)
    before = getattr(claim, name)
    if before == value:
        return None
    edit_claim(claim=claim, actor=actor, revision=claim.revision, changes={name: value})
    if isinstance(before, User):
        before = before.pk
    elif isinstance(before, datetime):
        before = before.isoformat()
    return claim.revision, before


def _set_back(number: int, revision: int, actor: User, name: str, before: Any) -> None:
    claim = locked(number)
    if name == "assignee" and before is not None:
        before = User.objects.filter(pk=before, is_active=True).first()
        if before is None:
            raise IllegalMove(_("Whom it was assigned to is no longer on the desk."))
    elif name == "due_at" and before is not None:
        before = datetime.fromisoformat(before)
    edit_claim(claim=claim, actor=actor, revision=revision, changes={name: before})


def _move(number: int, moves: int, actor: User, act: str, reason: str) -> tuple[int, None]:
    claim = locked(number)
    claim.moves = moves
    if act == "accept":
        accept(claim=claim, actor=actor)
    else:
        dismiss(claim=claim, actor=actor, reason=reason)
    return claim.moves, None


def _move_back(number: int, moves: int, actor: User, act: str) -> None:
    claim = locked(number)
    claim.moves = moves
    if act == "accept":
        unaccept(claim=claim, actor=actor)
    else:
        restore(claim=claim, actor=actor, reason=_("The dismissal was taken back."))


def _refused(number: int, error: Exception) -> Refused:
    claim = Claim.objects.filter(pk=number).only("statement").first()
    if isinstance(error, ValidationError):
        why = " ".join(error.messages)
    elif isinstance(error, IntegrityError):
        why = _("The desk's records refused this: somebody else was quicker. Look again.")
    else:
        why = str(error)
    return Refused(number, claim.statement if claim else "", why)
