"""Moves that need no verdict: accept, start, dismiss, bring back, wait, resume."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, ClusterMember, Correction, State, Transition
from claims.pipeline import _examples
from claims.workflow import IllegalMove, StaleState, advance, just_accepted


def accept(*, claim: Claim, actor: User) -> None:
    """found → queued. Whoever accepts an unassigned claim is its assignee until somebody else is."""
    with transaction.atomic():
        advance(claim, "accept", actor=actor)
        as_it_is = _examples.described([claim])
        _examples.keep(
            Correction.Kind.ACCEPT,
            article=claim.article,
            before=as_it_is,
            after=as_it_is,
            actor=actor,
        )
        Claim.objects.filter(pk=claim.pk, assignee=None).update(assignee=actor)
        claim.refresh_from_db(fields=["assignee"])


@transaction.atomic
def unaccept(*, claim: Claim, actor: User) -> None:
    """queued → found, as long as nothing has happened to the claim since it was accepted: a slip of
    the hand is undone, work is not. What outside sources were already told stays told; those that
    have not been asked yet are not (lookup.may_be_asked).

    The assignee that the acceptance made is none again.
    """
    accepted = Transition.objects.filter(
        subject=Transition.Subject.CLAIM, subject_id=claim.pk, action="accept"
    ).order_by("-number")
    if claim.state == State.QUEUED and not just_accepted(claim):
        raise IllegalMove(
            _("Something has happened to this claim since it was accepted. Dismiss it instead.")
        )
    advance(claim, "unaccept", actor=actor)
    as_it_is = _examples.described([claim])
    _examples.keep(
        Correction.Kind.UNACCEPT,
        article=claim.article,
        before=as_it_is,
        after=as_it_is,
        actor=actor,
    )
    Claim.objects.filter(pk=claim.pk, assignee=accepted.values("actor")[:1]).update(assignee=None)
    claim.refresh_from_db(fields=["assignee"])


def start(*, claim: Claim, actor: User) -> None:
    advance(claim, "start", actor=actor)


@transaction.atomic
def dismiss(*, claim: Claim, actor: User, reason: str) -> None:
    advance(claim, "dismiss", actor=actor, reason=reason)
    _examples.keep(
        Correction.Kind.DISMISS,
        article=claim.article,
        before=_examples.described([claim]),
        after=[],
        actor=actor,
        reason=reason,
    )


@transaction.atomic
def restore(*, claim: Claim, actor: User, reason: str) -> None:
    """dismissed → the state it was dismissed from."""
    dismissal = (
        Transition.objects.filter(
            subject=Transition.Subject.CLAIM, subject_id=claim.pk, action="dismiss"
        )
        .order_by("-number")
        .first()
    )
    if dismissal is None:
        raise IllegalMove(_("This claim was never dismissed, so there is nothing to bring back."))
    if "merged_into" in dismissal.data:
        raise IllegalMove(
            _("This claim was merged into another one. Undo the merge on the article's page.")
        )
    if ClusterMember.objects.filter(claim=claim).exists():
        raise IllegalMove(
            _("This claim was found to be the same as another one. Undo that on its page.")
        )
    advance(claim, "restore", actor=actor, reason=reason, to=State(dismissal.from_state))
    _examples.keep(
        Correction.Kind.RESTORE,
        article=claim.article,
        before=[],
        after=_examples.described([claim]),
        actor=actor,
        reason=reason,
    )


@transaction.atomic
def wait(*, claim: Claim, actor: User, until: date, reason: str) -> None:
    """Parks a claim that cannot be settled yet; on `until` its lookups run again by themselves."""
    if until <= timezone.localdate():
        raise IllegalMove(_("Choose a day that is still to come: %(day)s is not.") % {"day": until})
    Claim.objects.filter(pk=claim.pk).update(recheck_on=until)
    advance(claim, "wait", actor=actor, reason=reason, data={"until": until.isoformat()})
    claim.recheck_on = until


def resume(*, claim: Claim, actor: User | None, reason: str) -> None:
    """waiting → researching; by a person, or by itself (actor None) when the date has come."""
    with transaction.atomic():
        advance(claim, "resume", actor=actor, reason=reason)
        Claim.objects.filter(pk=claim.pk).update(recheck_on=None)
        claim.recheck_on = None


def resume_if_due(*, claim: Claim, today: date) -> bool:
    """The same by itself, once the claim's date has come. False where somebody was quicker."""
    if claim.state != State.WAITING or claim.recheck_on is None or claim.recheck_on > today:
        return False
    try:
        resume(
            claim=claim,
            actor=None,
            reason=_("Its date has come: %(day)s.") % {"day": claim.recheck_on},
        )
    except StaleState:
        return False
    return True
