"""What an editor may do about a copy: have it made, have it made after all, rest on a newer one."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Evidence, Snapshot
from claims.pipeline._rights import contributed, need, need_editable
from claims.workflow import IllegalMove, StaleState, locked, note


@transaction.atomic
def copy_now(*, piece: Evidence, actor: User) -> None:
    """Has the page copied that has no copy yet, or whose copying was given up. In every state of the
    claim: nothing that is published changes."""
    need(actor, permissions.RESEARCH)
    locked(piece.claim_id)
    piece.refresh_from_db()
    if piece.snapshot is None:
        piece.snapshot = Snapshot.objects.wanted(piece.url, actor)
        piece.save(update_fields=["snapshot"])
        return
    if not Snapshot.objects.filter(pk=piece.snapshot.pk, state=Snapshot.State.GAVE_UP).update(
        state=Snapshot.State.WAITING,
        next_at=timezone.now(),
        attempts=0,
        reason="",
        requested_by=actor,
    ):
        raise IllegalMove(_("The page is copied already, or is being copied."))


@transaction.atomic
def rest_on_newer(*, piece: Evidence, actor: User, newer: Snapshot) -> None:
    """The piece rests on the page as it is now. Where the quotation no longer stands in it, the piece
    says so until another one is chosen."""
    need(actor, permissions.RESEARCH)
    now = locked(piece.claim_id)
    need_editable(now)
    piece.refresh_from_db()
    if piece.snapshot is None or not piece.snapshot.checks.filter(newer=newer).exists():
        raise StaleState(_("This copy does not belong to this evidence any more. Look again."))
    before, piece.snapshot = piece.snapshot, newer
    piece.place_quote(piece.quote_start)
    piece.save(update_fields=["snapshot", "quote_start", "quote_end", "page"])
    before.checks.filter(seen_by=None).update(seen_by=actor)
    Snapshot.objects.filter(pk=newer.pk, check_next_at=None).update(
        check_next_at=before.check_next_at
    )
    if not before.evidence.exists():
        Snapshot.objects.filter(pk=before.pk).update(check_next_at=None)
    note(
        now,
        "change_evidence",
        actor=actor,
        data={
            "evidence": piece.pk,
            "fields": {"snapshot": [before.sha256[:12], newer.sha256[:12]]},
        },
    )
    contributed(now, actor)
