"""What people make of a suggestion: the same, contradicting or related, or nothing of the kind.

**Order of locks.** The claims a decision is about, in the order of their numbers: the newer one, the
older one, and the head of the older one's cluster. Members are moved only by whoever holds their
head's row, so that of two who join clusters at once the second sees what the first has made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, ClusterMember, Match, Position, State, Transition
from claims.pipeline._rights import contributed, contributed_too, need
from claims.pipeline.matching import listing
from claims.workflow import IllegalMove, StaleState, advance, note

# From these a claim can leave the queue for another one's cluster.
JOINING = (State.FOUND, State.QUEUED, State.RESEARCHING)
# Here somebody has signed what would be published, and positions that come or go void it.
SIGNED = (State.IN_REVIEW, State.APPROVED)
TRIES = 12


class _OtherHead(Exception):
    """The older claim joined a cluster while its row was waited for."""


@dataclass(frozen=True)
class _Pair:
    """The match and its claims, locked; `head` is the older claim, or the head of its cluster."""

    match: Match
    newer: Claim
    older: Claim | None
    head: Claim | None
    suggested: str  # what the machine held them to be


@transaction.atomic
def confirm(*, match: Match, actor: User, relation: str | None = None) -> Match:
    """A person says what the two are to one another; `relation` where it is not as suggested. Of
    what contradicts nobody makes the same (trigger).

    The same: the newer claim becomes a member of the older one's cluster, with its own members if
    it has any, and leaves the queue; nothing moves, positions are read together. Whoever confirms
    it has a hand in what the head would publish, and if they may publish, the article is listed
    with the head's standing verdict. Raises PermissionDenied, IllegalMove, StaleState.
    """
    need(actor, permissions.RESEARCH)
    pair = _locked(match)
    said = Match.Relation(relation or pair.match.relation)
    if pair.match.state != Match.State.SUGGESTED:
        raise _decided(pair.match)
    joins = said == Match.Relation.SAME and pair.head is not None
    if said == Match.Relation.SAME and pair.match.relation == Match.Relation.CONTRADICTS:
        raise IllegalMove(
            _(
                "What conflicts is not the same claim. If one of the two statements says it wrongly, "
                "put it right: they are compared again at once."
            )
        )
    if joins:
        _need_joinable(pair)
    _decide(pair.match, Match.State.CONFIRMED, actor, relation=said)
    if joins:
        _join(pair, actor)
    else:
        _note(pair, "confirm_match", actor)
    match.refresh_from_db()
    return match


@transaction.atomic
def reject(*, match: Match, actor: User) -> Match:
    """Not about the same matter. The row stays, so that the pair is never offered again."""
    need(actor, permissions.RESEARCH)
    pair = _locked(match)
    if pair.match.state != Match.State.SUGGESTED:
        raise _decided(pair.match)
    _decide(pair.match, Match.State.REJECTED, actor)
    _note(pair, "reject_match", actor)
    match.refresh_from_db()
    return match


@transaction.atomic
def undo(*, match: Match, actor: User) -> Match:
    """The pair is a suggestion again. A member comes back to where it was, and with it those that
    it brought into the cluster. Raises PermissionDenied, IllegalMove, StaleState."""
    need(actor, permissions.RESEARCH)
    pair = _locked(match)
    if pair.match.state == Match.State.SUGGESTED:
        raise IllegalMove(_("Nobody has decided on this match yet."))
    membership = ClusterMember.objects.select_related("head").filter(match=pair.match).first()
    if membership is not None:
        _leave(pair, membership, actor)
    Match.objects.filter(pk=match.pk).update(
        state=Match.State.SUGGESTED, decided_by=None, decided_at=None
    )
    # Apart: what a person decided on keeps its relation until it is no longer decided (trigger).
    Match.objects.filter(pk=match.pk).update(relation=pair.suggested)
    if membership is None:
        _note(pair, "undo_match", actor)
    match.refresh_from_db()
    return match


def _join(pair: _Pair, actor: User) -> None:
    newer, head = pair.newer, pair.head
    assert head is not None
    brought = list(ClusterMember.objects.filter(head=newer).values_list("pk", flat=True))
    ClusterMember.objects.filter(pk__in=brought).update(head=head)
    ClusterMember.objects.create(claim=newer, head=head, match=pair.match, joined_by=actor)
    data = _data(pair) | {"same_as": head.pk, "members": brought}
    note(newer, "confirm_match", actor=actor, data=data)
    advance(
        newer,
        "dismiss",
        actor=actor,
        reason=_("The same as claim %(number)d: “%(claim)s”")
        % {"number": head.pk, "claim": head.statement},
        data=data,
    )
    note(head, "confirm_match", actor=actor, data=data)
    contributed(head, actor)
    contributed_too(newer, to=head)
    if permissions.may(actor, permissions.PUBLISH):
        listing.list_if_open(head=head, article=newer.article, match=pair.match, actor=actor)


def _leave(pair: _Pair, membership: ClusterMember, actor: User) -> None:
    newer, head = pair.newer, pair.head
    assert head is not None
    if head.state in SIGNED:
        raise _signed(head)
    joined = (
        Transition.objects.filter(
            subject=Transition.Subject.CLAIM, subject_id=newer.pk, action="dismiss"
        )
        .order_by("number")
        .last()
    )
    assert joined is not None  # `_join` wrote it
    brought = list(ClusterMember.objects.filter(pk__in=joined.data["members"], head=head))
    _need_free(head, [membership, *brought])
    membership.delete()
    ClusterMember.objects.filter(pk__in=[member.pk for member in brought]).update(head=newer)
    data = _data(pair)
    note(newer, "undo_match", actor=actor, data=data)
    advance(
        newer,
        "restore",
        actor=actor,
        to=State(joined.from_state),
        reason=_("It is not the same as claim %(number)d after all.") % {"number": head.pk},
    )
    note(head, "undo_match", actor=actor, data=data)
    contributed(head, actor)
    contributed_too(head, to=newer)


def _need_free(head: Claim, leaving: Sequence[ClusterMember]) -> None:
    """Readers see nothing of those who leave under the head's verdict."""
    matches = [member.match_id for member in leaving]
    if head.further_appearances.shown().filter(match__in=matches).exists():
        raise IllegalMove(
            _("The article is listed with verdict of claim %(number)d. Withdraw that first.")
            % {"number": head.pk}
        )
    if head.state != State.PUBLISHED:
        return
    positions = Position.objects.filter(claim__in=[member.claim_id for member in leaving])
    theirs = set(positions.values_list("article", "text"))
    for publication in head.publications.standing().select_related("version"):
        content = publication.version.content
        if theirs & {(one["article"], one["text"]) for one in content["positions"]}:
            raise IllegalMove(
                _(
                    "The published verdict of claim %(number)d names its words. Open a correction "
                    "there first, undo this, and publish without them."
                )
                % {"number": head.pk}
            )


def _locked(match: Match) -> _Pair:
    """The rows a decision needs, locked in one order. Raises StaleState where one is gone."""
    for _try in range(TRIES):
        try:
            # Inside, so that an attempt in vain lets go of what it holds.
            with transaction.atomic():
                return _lock(match)
        except _OtherHead:
            continue
    raise StaleState(_("Others are joining these claims at this moment. Look again."))


def _lock(match: Match) -> _Pair:
    seen = Match.objects.filter(pk=match.pk).first()
    if seen is None:
        raise StaleState(
            _("This suggestion is gone: the claim was compared again. Look at its page.")
        )
    head_pk = _head_of(seen)
    wanted = {pk for pk in (seen.claim_id, seen.earlier_id, head_pk) if pk is not None}
    rows = Claim.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    claims = {claim.pk: claim for claim in rows}
    now = Match.objects.select_for_update().filter(pk=match.pk).first()
    if now is None or len(claims) < len(wanted):
        raise StaleState(
            _("This suggestion is gone: the claim was compared again. Look at its page.")
        )
    if _head_of(now) != head_pk:
        raise _OtherHead
    return _Pair(
        now,
        claims[now.claim_id],
        claims[now.earlier_id] if now.earlier_id else None,
        claims[head_pk] if head_pk else None,
        _suggested(now),
    )


def _suggested(match: Match) -> str:
    """The relation before a person decided: the history has it."""
    if match.state == Match.State.SUGGESTED:
        return match.relation
    decided = (
        Transition.objects.filter(
            subject=Transition.Subject.CLAIM,
            subject_id=match.claim_id,
            action="confirm_match",
            data__match=match.pk,
        )
        .order_by("-number")
        .first()
    )
    return decided.data.get("suggested", match.relation) if decided else match.relation


def _head_of(match: Match) -> int | None:
    if match.earlier_id is None:
        return None
    membership = ClusterMember.objects.filter(claim=match.earlier_id).first()
    return membership.head_id if membership else match.earlier_id


def _need_joinable(pair: _Pair) -> None:
    newer, head = pair.newer, pair.head
    assert head is not None
    if newer.state not in JOINING:
        raise IllegalMove(
            _(
                "Claim %(number)d is “%(state)s”, so it cannot become part of another one. "
                "Take it back first."
            )
            % {"number": newer.pk, "state": newer.get_state_display()}
        )
    if head.state in SIGNED:
        raise _signed(head)
    if head.state == State.DISMISSED:
        raise IllegalMove(
            _("Claim %(number)d was dismissed. Bring it back first, or dismiss this one as well.")
            % {"number": head.pk}
        )


def _signed(head: Claim) -> IllegalMove:
    return IllegalMove(
        _(
            "Claim %(number)d is “%(state)s”: other positions would void what was signed there. "
            "Wait until it is published, or take it back first."
        )
        % {"number": head.pk, "state": head.get_state_display()}
    )


def _decided(match: Match) -> IllegalMove:
    return IllegalMove(
        _("%(who)s has decided on this already: %(state)s. Undo that first.")
        % {
            "who": match.decided_by and (match.decided_by.get_full_name() or match.decided_by),
            "state": match.get_state_display(),
        }
    )


def _decide(match: Match, state: Match.State, actor: User, **fields: str) -> None:
    Match.objects.filter(pk=match.pk).update(
        state=state, decided_by=actor, decided_at=timezone.now(), **fields
    )
    match.refresh_from_db()


def _data(pair: _Pair) -> dict[str, object]:
    """What the history keeps: the pair, and how near the two were held to be at the time."""
    match = pair.match
    return {
        "match": match.pk,
        "claim": match.claim_id,
        "earlier": match.earlier_id,
        "check": match.check_found_id,
        "relation": match.relation,
        "suggested": pair.suggested,
        "score": f"{match.score:.4f}",
    }


def _note(pair: _Pair, action: str, actor: User) -> None:
    for claim in (pair.newer, pair.older):
        if claim is not None:
            note(claim, action, actor=actor, data=_data(pair))
