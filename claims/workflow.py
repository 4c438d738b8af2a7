"""Which move is legal, and the row that every move leaves.

`TRANSITIONS` is the authority for the states of a claim; the handbook's table and the trigger on
Transition (migration 0002) say the same, and tests hold them against each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import permissions
from claims.models import Article, Claim, Policy, State, Transition
from claims.models.history import chain_hash

S = State


class IllegalMove(Exception):
    """The move is not open from here, or a guard is not met. The message says what is missing."""


class StaleState(Exception):
    """Somebody else was quicker. `now` says what it is now, for the 409 and the page."""

    def __init__(self, message: str, *, now: str = "") -> None:
        super().__init__(message)
        self.now = now


@dataclass(frozen=True)
class Move:
    """One action: from which states to which, who may, and what it needs.

    `to` empty: the pipeline decides between several (`targets`), as with a dismissed claim that
    goes back to where it came from. `by_itself`: the system may do it without a person.
    """

    label: str | Promise
    sources: tuple[State, ...]
    targets: tuple[State, ...]
    permission: str
    reason: bool = False
    by_itself: bool = False


TRANSITIONS: dict[str, Move] = {
    "accept": Move(_("Accept"), (S.FOUND,), (S.QUEUED,), permissions.RESEARCH),
    "unaccept": Move(_("Take the acceptance back"), (S.QUEUED,), (S.FOUND,), permissions.RESEARCH),
    "start": Move(_("Start research"), (S.QUEUED,), (S.RESEARCHING,), permissions.RESEARCH),
    "dismiss": Move(
        _("Dismiss"),
        (S.FOUND, S.QUEUED, S.RESEARCHING),
        (S.DISMISSED,),
        permissions.RESEARCH,
        reason=True,
    ),
    "restore": Move(
        _("Bring back"),
        (S.DISMISSED,),
        (S.FOUND, S.QUEUED, S.RESEARCHING),
        permissions.RESEARCH,
        reason=True,
    ),
    "wait": Move(
        _("Wait until a date"),
        (S.QUEUED, S.RESEARCHING),
        (S.WAITING,),
        permissions.RESEARCH,
        reason=True,
    ),
    "resume": Move(
        _("Resume research"),
        (S.WAITING,),
        (S.RESEARCHING,),
        permissions.RESEARCH,
        reason=True,
        by_itself=True,
    ),
    "propose": Move(
        _("Send to review"),
        (S.RESEARCHING, S.CORRECTING),
        (S.IN_REVIEW,),
        permissions.RESEARCH,
    ),
    "second": Move(_("Approve"), (S.IN_REVIEW,), (S.IN_REVIEW,), permissions.REVIEW),
    "approve": Move(_("Approve"), (S.IN_REVIEW,), (S.APPROVED,), permissions.REVIEW),
    "send_back": Move(
        _("Send back"),
        (S.IN_REVIEW,),
        (S.RESEARCHING, S.CORRECTING),
        permissions.REVIEW,
        reason=True,
    ),
    "reopen": Move(
        _("Back to research"),
        (S.APPROVED,),
        (S.RESEARCHING, S.CORRECTING),
        permissions.RESEARCH,
        reason=True,
    ),
    "publish": Move(_("Publish"), (S.APPROVED,), (S.PUBLISHED,), permissions.PUBLISH),
    "correct": Move(
        _("Correct"),
        (S.PUBLISHED,),
        (S.CORRECTING,),
        permissions.PUBLISH,
        reason=True,
        by_itself=True,
    ),
    "drop_correction": Move(
        _("Drop the correction"),
        (S.CORRECTING,),
        (S.PUBLISHED,),
        permissions.PUBLISH,
        reason=True,
    ),
    "retract": Move(_("Retract"), (S.PUBLISHED,), (S.RETRACTED,), permissions.PUBLISH, reason=True),
}


# Notes beside the verdict: remarks of colleagues, pages shared with experts, letters to and from those
# it is about, readers' complaints, dossiers.
# Nothing that a decision rests on changes with them, so no decision is refused for one that came
# meanwhile, and no queue is ordered by them.
BESIDE = frozenset(
    {
        "comment",
        "resolve_comment",
        "reopen_comment",
        "share_link",
        "open_link",
        "revoke_link",
        "expert_comment",
        "receive_complaint",
        "answer_complaint",
        "ask",
        "answer",
        "change_contact",
        "make_dossier",
    }
)


def legal_pairs() -> set[tuple[str, str]]:
    """Every (from, to) that some action allows."""
    return {
        (source.value, target.value)
        for move in TRANSITIONS.values()
        for source in move.sources
        for target in move.targets
    }


def open_actions(user: permissions.Person, claim: Claim) -> list[str]:
    """What this person may do with this claim now, in the table's order: the interface asks this
    and holds no rules. Four eyes included, as far as it can be told beforehand."""
    actions = [
        action
        for action, move in TRANSITIONS.items()
        if action != "second"
        and claim.state in move.sources
        and permissions.may(user, move.permission)
    ]
    if claim.state == S.IN_REVIEW and not _fresh_eyes(user, claim):
        actions = [action for action in actions if action not in ("approve", "send_back")]
    if claim.state == S.QUEUED and not just_accepted(claim):
        actions = [action for action in actions if action != "unaccept"]
    if claim.state == S.DISMISSED and hasattr(claim, "membership"):
        # It is the same as another claim; undoing that match brings it back.
        actions = [action for action in actions if action != "restore"]
    return actions


def just_accepted(claim: Claim) -> bool:
    """Whether nothing has happened to the claim since it was accepted."""
    newest = Transition.objects.filter(
        subject=Transition.Subject.CLAIM, subject_id=claim.pk, number=claim.moves
    )
    return newest.filter(action="accept").exists()


def has_contributed(user: permissions.Person, claim: Claim) -> bool:
    """Whether this person had a hand in what would be published next."""
    return isinstance(user, User) and (
        claim.contributions.filter(
            user=user, language="", publications=claim.publications.originals().count()
        ).exists()
    )


def _fresh_eyes(user: permissions.Person, claim: Claim) -> bool:
    """Neither wrote any of it nor has decided on this version already."""
    return (
        isinstance(user, User)
        and Claim.objects.filter(permissions.fresh_eyes(user), pk=claim.pk).exists()
    )


def locked(claim_id: int) -> Claim:
    """The claim's row, locked until the transaction ends. Raises StaleState where it is gone:
    splitting an article again withdraws claims that nobody has worked on.

    Its key is left to others: their notes that name this claim are checked when they commit, in no
    order, and would wait for claims in a circle with whoever holds several.
    """
    claim = Claim.objects.select_for_update(no_key=True).filter(pk=claim_id).first()
    if claim is None:
        raise StaleState(
            gettext("This claim is gone: its article was split again. Look at the article.")
        )
    return claim


def in_words(text: str) -> str:
    """What a person wrote, without what is no word: white space around it, and the NUL, which
    PostgreSQL keeps in no text."""
    return text.replace("\x00", "").strip()


@transaction.atomic
def advance(
    claim: Claim,
    action: str,
    *,
    actor: User | None,
    to: State | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> Transition:
    """Moves a claim and writes the Transition, or neither.

    `claim` is as the caller saw it: if its number of moves has changed since, the move is refused
    with StaleState. Raises IllegalMove, PermissionDenied or StaleState. The instance is brought
    up to date.
    """
    move = TRANSITIONS[action]
    seen = claim.moves
    now = locked(claim.pk)
    if now.moves != seen and moved_since(now, seen):
        raise StaleState(
            gettext("Somebody else moved this claim meanwhile. It is now “%(state)s”.")
            % {"state": now.get_state_display()},
            now=now.state,
        )
    if now.state not in move.sources:
        raise IllegalMove(
            gettext("“%(action)s” is not open for a claim that is “%(state)s”.")
            % {"action": move.label, "state": now.get_state_display()}
        )
    if actor is None and not move.by_itself:
        raise PermissionDenied(gettext("This move needs a person."))
    if actor is not None and not permissions.may(actor, move.permission):
        raise PermissionDenied(
            gettext("“%(action)s” is not among your rights. Ask an administrator.")
            % {"action": move.label}
        )
    if move.reason and not in_words(reason):
        raise IllegalMove(
            gettext("“%(action)s” needs a reason. Write one sentence.") % {"action": move.label}
        )
    target = to or move.targets[0]
    if target not in move.targets:
        raise IllegalMove(
            gettext("“%(action)s” does not lead to “%(state)s”.")
            % {"action": move.label, "state": target.label}
        )
    written = record(
        Transition.Subject.CLAIM,
        claim.pk,
        action,
        actor=actor,
        from_state=now.state,
        to_state=target,
        reason=in_words(reason),
        data=data or {},
        number=now.moves + 1,
    )
    Claim.objects.filter(pk=claim.pk, moves=now.moves).update(
        state=target, moves=now.moves + 1, changed_at=written.at
    )
    claim.refresh_from_db(fields=["state", "moves", "changed_at"])
    return written


def moved_since(claim: Claim, seen: int) -> bool:
    """Whether more than notes BESIDE the verdict was written after move number `seen`."""
    since = Transition.objects.filter(
        subject=Transition.Subject.CLAIM, subject_id=claim.pk, number__gt=seen
    )
    return seen > claim.moves or since.exclude(action__in=BESIDE).exists()


@transaction.atomic
def note(claim: Claim, action: str, *, actor: User | None, data: dict[str, Any]) -> Transition:
    """Writes an edit that moves nothing into the claim's chain: who changed what, before and after.
    No `actor`: somebody outside, or the desk itself.

    `claim` must be locked by the caller; the instance is brought up to date.
    """
    written = record(
        Transition.Subject.CLAIM,
        claim.pk,
        action,
        actor=actor,
        from_state=claim.state,
        to_state=claim.state,
        data=data,
        number=claim.moves + 1,
    )
    changed: dict[str, Any] = {} if action in BESIDE else {"changed_at": written.at}
    Claim.objects.filter(pk=claim.pk, moves=claim.moves).update(moves=claim.moves + 1, **changed)
    claim.moves += 1
    return written


def record(
    subject: Transition.Subject,
    subject_id: int,
    action: str,
    *,
    actor: User | None,
    from_state: str = "",
    to_state: str = "",
    reason: str = "",
    data: dict[str, Any] | None = None,
    number: int | None = None,
) -> Transition:
    """Appends one row to a subject's chain. Call it inside the transaction of what it records.

    The writers of one chain come one after the other: the row it is about is locked first (the
    policy's for the desk, whose changes all hang together).
    """
    if subject == Transition.Subject.ARTICLE:
        Article.objects.select_for_update(no_key=True).only("pk").get(pk=subject_id)
    elif subject == Transition.Subject.DESK:
        Policy.objects.select_for_update().get(pk=1)
    last = (
        Transition.objects.filter(subject=subject, subject_id=subject_id)
        .order_by("-number")
        .first()
    )
    row = Transition(
        subject=subject,
        subject_id=subject_id,
        number=number or (last.number + 1 if last else 1),
        action=action,
        from_state=from_state,
        to_state=to_state,
        actor=actor,
        reason=reason,
        data=data or {},
        at=timezone.now(),
        previous=last.hash if last else "",
    )
    row.hash = chain_hash(row)
    row.save(force_insert=True)
    return row


def broken_link(subject: Transition.Subject, subject_id: int) -> int | None:
    """The number of the first move that does not fit its chain, or None."""
    return broken_in(
        Transition.objects.filter(subject=subject, subject_id=subject_id).order_by("number")
    )


def broken_in(chain: Iterable[Transition]) -> int | None:
    """The same in a whole chain that has been read, the first move first."""
    previous = ""
    for expected, row in enumerate(chain, start=1):
        if row.number != expected or row.previous != previous or row.hash != chain_hash(row):
            return expected
        previous = row.hash
    return None
