"""Writing what would be published: the statement, the draft verdict, the evidence."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Draft, Evidence, Matching, Rating, Snapshot, Transition
from claims.pipeline import _typed
from claims.pipeline._rights import contributed, need, need_editable
from claims.workflow import StaleState, locked, note


@transaction.atomic
def edit_claim(*, claim: Claim, actor: User, revision: int, changes: dict[str, Any]) -> None:
    """Changes a claim's editable fields, if nobody else has since `revision`.

    A change of the statement counts as writing what will be published; the others (topic, priority,
    severity, assignee, due_at, recheck_on, kind) are the desk's own and stay open in every state.
    """
    need(actor, permissions.RESEARCH)
    allowed = {
        "statement", "topic", "priority", "severity", "assignee", "due_at", "recheck_on",
    }  # fmt: skip
    if unknown := set(changes) - allowed:
        raise ValueError(f"not editable: {', '.join(sorted(unknown))}")
    now = locked(claim.pk)
    if now.revision != revision:
        raise StaleState(
            _(
                "Somebody else changed this claim meanwhile. Compare both versions, then save again."
            ),
            now=now.statement,
        )
    writes = "statement" in changes and changes["statement"] != now.statement
    if writes:
        need_editable(now)
        now.unresolved = []  # whoever wrote it says what it means
    _typed.saved(now, actor, _typed.CLAIM)
    before = {name: str(getattr(now, name) or "") for name in changes}
    for name, value in changes.items():
        setattr(now, name, value)
    now.revision += 1
    now.changed_at = timezone.now()
    now.full_clean(validate_unique=False, exclude=["article"])
    now.save(update_fields=[*changes, "unresolved", "revision", "changed_at"])
    note(
        now,
        "edit",
        actor=actor,
        data={
            n: [before[n], str(getattr(now, n) or "")]
            for n in changes
            if before[n] != str(getattr(now, n) or "")
        },
    )
    if writes:
        contributed(now, actor)
        Matching.objects.filter(claim=now).update(
            state=Matching.State.WAITING, next_at=now.changed_at, attempts=0
        )
    claim.refresh_from_db()


@transaction.atomic
def save_draft(
    *,
    claim: Claim,
    actor: User,
    revision: int,
    rating: Rating | None,
    summary: str,
    explanation: str,
    no_primary_reason: str = "",
) -> Draft:
    """Saves the verdict being written, if nobody else has since `revision` (StaleState otherwise,
    and the caller shows both). A save that changes nothing is none."""
    need(actor, permissions.RESEARCH)
    now = locked(claim.pk)
    need_editable(now)
    draft, _created = Draft.objects.select_for_update().get_or_create(claim=now)
    new = (
        rating.pk if rating else None,
        summary.strip(),
        explanation.strip(),
        no_primary_reason.strip(),
    )
    if new == (draft.rating_id, draft.summary, draft.explanation, draft.no_primary_reason):
        _typed.saved(now, actor, _typed.VERDICT)
        return draft
    if draft.revision != revision:
        raise StaleState(
            _("%(who)s saved this verdict meanwhile. Compare both versions, then save again.")
            % {"who": draft.changed_by and (draft.changed_by.get_full_name() or draft.changed_by)}
        )
    draft.rating = rating
    draft.summary, draft.explanation, draft.no_primary_reason = new[1:]
    draft.revision += 1
    draft.changed_by, draft.changed_at = actor, timezone.now()
    draft.full_clean(validate_unique=False)
    draft.save()
    _typed.saved(now, actor, _typed.VERDICT)
    contributed(now, actor)
    return draft


@transaction.atomic
def add_evidence(*, claim: Claim, actor: User, **fields: Any) -> Evidence:
    """Chooses a piece of evidence; it goes to the end. Fields are those of `Evidence`. Its page is
    noted to be copied."""
    need(actor, permissions.RESEARCH)
    now = locked(claim.pk)
    need_editable(now)
    last = now.evidence.aggregate(last=Max("order"))["last"] or 0
    piece = Evidence(claim=now, order=last + 1, added_by=actor, **fields)
    piece.full_clean()
    piece.snapshot = Snapshot.objects.wanted(piece.url, actor)
    piece.place_quote()
    piece.save()
    _typed.saved(now, actor, _typed.EVIDENCE)
    note(now, "add_evidence", actor=actor, data={"evidence": piece.pk, "url": piece.url})
    contributed(now, actor)
    claim.moves = now.moves
    return piece


@transaction.atomic
def change_evidence(
    *,
    piece: Evidence,
    actor: User,
    seen: int | None = None,
    start: int | None = None,
    **fields: Any,
) -> Evidence:
    """`seen`: the claim's number of moves when the piece was read; if somebody has changed it since,
    the change is refused with StaleState, and the caller shows both. `start`: where in the kept
    copy the quotation was selected. Another address is another page, noted to be copied."""
    need(actor, permissions.RESEARCH)
    now = locked(piece.claim_id)
    need_editable(now)
    _look_again(piece)
    if seen is not None and _changed_since(piece, seen):
        raise StaleState(
            _(
                "Somebody else changed this evidence meanwhile. Compare both versions, then save "
                "again."
            )
        )
    _typed.saved(now, actor, _typed.of_piece(piece.pk))
    before = {name: str(getattr(piece, name)) for name in fields}
    for name, value in fields.items():
        setattr(piece, name, value)
    piece.full_clean()
    if "url" in fields:
        piece.snapshot = Snapshot.objects.wanted(piece.url, actor)
    piece.place_quote(piece.quote_start if start is None else start)
    piece.save()
    note(
        now,
        "change_evidence",
        actor=actor,
        data={"evidence": piece.pk, "fields": {n: [before[n], str(fields[n])] for n in fields}},
    )
    contributed(now, actor)
    return piece


@transaction.atomic
def remove_evidence(*, piece: Evidence, actor: User) -> None:
    """Takes a piece off the claim. What it said stays in the history."""
    need(actor, permissions.RESEARCH)
    now = locked(piece.claim_id)
    need_editable(now)
    _look_again(piece)
    note(
        now,
        "remove_evidence",
        actor=actor,
        data={
            "url": piece.url,
            "title": piece.title,
            "quote": piece.quote,
            "relation": piece.relation,
        },
    )
    piece.delete()
    contributed(now, actor)


@transaction.atomic
def move_evidence(*, piece: Evidence, actor: User, up: bool) -> None:
    """One place up or down in the order by which the explanation counts."""
    need(actor, permissions.RESEARCH)
    now = locked(piece.claim_id)
    need_editable(now)
    _look_again(piece)
    pieces = list(now.evidence.all())
    here = pieces.index(piece)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(pieces):
        return
    pieces[here], pieces[there] = pieces[there], pieces[here]
    for order, moved in enumerate(pieces, start=1):
        Evidence.objects.filter(pk=moved.pk).update(order=order)
    note(now, "order_evidence", actor=actor, data={"order": [moved.pk for moved in pieces]})
    contributed(now, actor)


def _look_again(piece: Evidence) -> None:
    """The piece as it is now that its claim is locked: one that was taken off stays off."""
    try:
        piece.refresh_from_db()
    except Evidence.DoesNotExist as error:
        raise StaleState(
            _("Somebody else took this evidence off the claim meanwhile. Its history has it.")
        ) from error


def _changed_since(piece: Evidence, seen: int) -> bool:
    return Transition.objects.filter(
        subject=Transition.Subject.CLAIM,
        subject_id=piece.claim_id,
        number__gt=seen,
        action="change_evidence",
        data__evidence=piece.pk,
    ).exists()
