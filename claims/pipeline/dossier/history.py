"""The claim's whole chain of moves, in a form in which its hashes can be made again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User

from claims.models import Claim, Transition
from claims.models.history import chain_form


def chain(claim: Claim, *, hidden: bool) -> list[dict[str, Any]]:
    """The oldest first. `canonical` is the text whose SHA-256 is `hash`; its `previous` is the hash
    of the move before. With `hidden` what people wrote is left out and `canonical` with it: the
    hashes still say that nothing was left out or put in between."""
    moves = (
        Transition.objects.filter(subject=Transition.Subject.CLAIM, subject_id=claim.pk)
        .select_related("actor")
        .order_by("number")
    )
    return [_move(move, hidden) for move in moves]


def moment(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}" if at else None


def name(person: User | None) -> str:
    return (person.get_full_name() or person.get_username()) if person else ""


def _move(move: Transition, hidden: bool) -> dict[str, Any]:
    said = {} if hidden else {"reason": move.reason, "data": move.data}
    return {
        "number": move.number,
        "action": move.action,
        "from_state": str(move.from_state),
        "to_state": str(move.to_state),
        "actor": move.actor_id,
        "by": name(move.actor),
        "at": moment(move.at),
        **said,
        "previous": move.previous,
        "hash": move.hash,
        "canonical": None if hidden else chain_form(move).decode(),
    }
