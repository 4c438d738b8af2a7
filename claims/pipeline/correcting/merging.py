"""Two claims that say the same become one, and come apart again where that was a mistake."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Correction, Position, State, Transition
from claims.pipeline import _examples
from claims.pipeline._rights import contributed, contributed_too, need, need_editable
from claims.workflow import IllegalMove, advance, note

# Under these names the dismissal of a merged claim keeps what undoing it needs.
_INTO, _MOVED = "merged_into", "positions"


@transaction.atomic
def merge(*, claim: Claim, into: Claim, actor: User) -> None:
    """The positions of `claim` move to `into`; `claim`, as the caller saw it, ends dismissed.

    A position that `into` has already stays where it is. A claim with evidence or a draft is not
    merged away: that work would be out of sight.
    """
    need(actor, permissions.RESEARCH)
    if claim.pk == into.pk:
        raise IllegalMove(_("Choose another claim to merge this one into."))
    if claim.article_id != into.article_id:
        raise IllegalMove(_("Only claims of the same article are merged."))
    locked = _locked(claim, into)
    kept = locked[into.pk]
    need_editable(kept)
    if claim.evidence.exists() or Claim.objects.filter(pk=claim.pk, draft__isnull=False).exists():
        raise IllegalMove(
            _("This claim has evidence or a draft. Merge the other one into it instead.")
        )
    if claim.members.exists():
        raise IllegalMove(
            _("Other claims were found to be the same as this one. Merge the other one into it.")
        )
    before = _examples.described([claim, kept])
    there = set(kept.positions.values_list("article", "start", "end", "stance"))
    moved = [
        position.pk
        for position in claim.positions.all()
        if (position.article_id, position.start, position.end, position.stance) not in there
    ]
    reason = _("Merged into claim %(number)d: “%(claim)s”") % {
        "number": kept.pk,
        "claim": kept.statement,
    }
    advance(claim, "dismiss", actor=actor, reason=reason, data={_INTO: kept.pk, _MOVED: moved})
    Position.objects.filter(pk__in=moved).update(claim=kept)
    note(kept, "merge", actor=actor, data={"claim": claim.pk, _MOVED: moved})
    contributed(kept, actor)
    contributed_too(claim, to=kept)
    into.moves = kept.moves
    _examples.keep(
        Correction.Kind.MERGE,
        article=kept.article,
        before=before,
        after=_examples.described([kept]),
        actor=actor,
        reason=reason,
    )


@transaction.atomic
def unmerge(*, claim: Claim, actor: User) -> None:
    """Brings a merged claim, as the caller saw it, back to where it was, with its positions."""
    need(actor, permissions.RESEARCH)
    dismissal = _dismissals([claim.pk]).get(claim.pk)
    if claim.state != State.DISMISSED or dismissal is None or _INTO not in dismissal.data:
        raise IllegalMove(_("This claim is not merged into another one."))
    kept = _locked(claim, Claim(pk=dismissal.data[_INTO]))[dismissal.data[_INTO]]
    need_editable(kept)
    before = _examples.described([kept])
    moved = Position.objects.filter(pk__in=dismissal.data[_MOVED], claim=kept)
    if not kept.positions.exclude(pk__in=dismissal.data[_MOVED]).exists():
        raise IllegalMove(
            _("The claim it was merged into would be left without words. Undo that change first.")
        )
    moved.update(claim=claim)
    advance(
        claim,
        "restore",
        actor=actor,
        reason=_("The merge was undone."),
        to=State(dismissal.from_state),
    )
    note(kept, "unmerge", actor=actor, data={"claim": claim.pk, _MOVED: dismissal.data[_MOVED]})
    contributed(kept, actor)
    contributed_too(kept, to=claim)
    _examples.keep(
        Correction.Kind.UNMERGE,
        article=kept.article,
        before=before,
        after=_examples.described([claim, kept]),
        actor=actor,
    )


def merged_into(claims: Iterable[int]) -> dict[int, list[Claim]]:
    """What is merged away into each of these claims, in the order of their numbers."""
    merges = Transition.objects.filter(
        subject=Transition.Subject.CLAIM, subject_id__in=claims, action="merge"
    )
    gone = {move.data["claim"] for move in merges}
    if not gone:
        return {}
    rows = Claim.objects.in_bulk(gone)
    found: dict[int, list[Claim]] = {}
    for pk, dismissal in sorted(_dismissals(sorted(gone)).items()):
        if rows[pk].state == State.DISMISSED and _INTO in dismissal.data:
            found.setdefault(dismissal.data[_INTO], []).append(rows[pk])
    return found


def _dismissals(claims: list[int]) -> dict[int, Transition]:
    """Each claim's latest."""
    return {
        move.subject_id: move
        for move in Transition.objects.filter(
            subject=Transition.Subject.CLAIM, subject_id__in=claims, action="dismiss"
        ).order_by("number")
    }


def _locked(*claims: Claim) -> dict[int, Claim]:
    """In one order always, so that two who merge the same two do not wait for each other."""
    rows = Claim.objects.select_for_update(no_key=True).filter(
        pk__in=[claim.pk for claim in claims]
    )
    return {claim.pk: claim for claim in rows.order_by("pk")}
