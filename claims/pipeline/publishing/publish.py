"""Into the open, and what may happen there afterwards: correction, update, retraction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from claims import permissions
from claims.languages import tokens
from claims.models import (
    Claim,
    LogEntry,
    Match,
    Position,
    Publication,
    Snapshot,
    State,
    Transition,
    VerdictVersion,
)
from claims.models.addresses import verdict_url
from claims.models.content import is_as_proposed
from claims.pipeline._schedules import call_off_pending
from claims.pipeline.publishing import log
from claims.pipeline.publishing.checks import findings
from claims.pipeline.publishing.markup import CHANGES, document
from claims.workflow import IllegalMove, StaleState, advance, in_words, locked


@transaction.atomic
def publish(*, claim: Claim, actor: User) -> Publication:
    """Publishes the approved version: once, whole, or not at all.

    What would be published is computed once more from the rows and compared with the digest that
    was reviewed. Raises IllegalMove, PermissionDenied or StaleState.
    """
    need_publisher(actor)
    now = locked(claim.pk)
    if now.state != State.APPROVED:
        raise IllegalMove(
            _("Only an approved verdict is published; this claim is “%(state)s”.")
            % {"state": now.get_state_display()}
        )
    version = now.versions.originals().select_related("rating", "author").order_by("-number")[0]
    if not is_as_proposed(version):
        raise IllegalMove(
            _(
                "The claim, its positions or its evidence changed after the approval, so nobody "
                "has reviewed what would be published. Take it back to research and propose again."
            )
        )
    need_valid(version)
    before = standing(now, version.language)
    kind, reason = _as_what(now, before)
    call_off_pending(
        now, why=_("It was published by hand before its time."), language=version.language
    )
    publication = enter(
        claim=claim, version=version, kind=kind, before=before, reason=reason, actor=actor
    )
    advance(
        claim,
        "publish",
        actor=actor,
        data={"version": version.number, "entry": publication.pk, "digest": version.digest},
    )
    Snapshot.objects.watch(claim)
    return publication


def correct(*, claim: Claim, actor: User | None, kind: str, reason: str) -> None:
    """published → correcting. `kind` tells readers later what it was: "correction" (we were wrong)
    or "update" (the world moved on). What is public stays until the new version is approved."""
    if kind not in CHANGES:
        raise IllegalMove(_("Say whether this is a correction or an update."))
    advance(claim, "correct", actor=actor, reason=reason, data={"kind": str(kind)})


def update_if_due(*, claim: Claim, today: date) -> bool:
    """Opens a published claim by itself once its recheck date has come. False where somebody was
    quicker."""
    if claim.state != State.PUBLISHED or claim.recheck_on is None or claim.recheck_on > today:
        return False
    day = claim.recheck_on
    # Readers will see this reason, in the language of the verdict and not in a worker's.
    with transaction.atomic(), translation.override(claim.language):
        try:
            correct(
                claim=claim,
                actor=None,
                kind=LogEntry.Kind.UPDATE,
                reason=_("Its date has come: %(day)s.") % {"day": day},
            )
        except (IllegalMove, StaleState):
            return False
        Claim.objects.filter(pk=claim.pk).update(recheck_on=None)
    claim.recheck_on = None
    return True


@transaction.atomic
def drop_correction(*, claim: Claim, actor: User, reason: str) -> None:
    """correcting → published: nothing changes in the open. Raises IllegalMove where what is public
    names words that have left the claim meanwhile: they would stay there for good."""
    now = locked(claim.pk)
    theirs = set(Position.objects.of(now).values_list("article", "text"))
    for publication in now.publications.standing().select_related("version"):
        named = {(one["article"], one["text"]) for one in publication.version.content["positions"]}
        if any(text and (article, text) not in theirs for article, text in named):
            raise IllegalMove(
                _(
                    "The public verdict names words that are no longer part of this claim. Publish "
                    "the correction without them, or bring them back first."
                )
            )
    advance(claim, "drop_correction", actor=actor, reason=reason)


@transaction.atomic
def retract(*, claim: Claim, actor: User, reason: str) -> Publication:
    """Takes a verdict back in the open, in every language: the newest entries of its log, tombstones
    on its pages."""
    need_publisher(actor)
    if not in_words(reason):
        raise IllegalMove(_("A retraction needs a reason that readers will see."))
    now = locked(claim.pk)
    if now.state != State.PUBLISHED:
        raise IllegalMove(
            _("Only a published verdict is retracted; this claim is “%(state)s”.")
            % {"state": now.get_state_display()}
        )
    if standing(now, now.language) is None:
        raise IllegalMove(_("There is no standing publication to retract."))
    call_off_pending(now, why=_("The verdict was retracted."), language=None)
    # The original last: no translation stands alone, not even for a moment (trigger).
    for before in [
        *now.publications.in_force().translations().select_related("version"),
        *now.publications.in_force().originals().select_related("version"),
    ]:
        publication = enter(
            claim=claim,
            version=before.version,
            kind=LogEntry.Kind.RETRACTION,
            before=before,
            reason=in_words(reason),
            actor=actor,
        )
    advance(claim, "retract", actor=actor, reason=reason, data={"entry": publication.pk})
    return publication


def standing(claim: Claim, language: str) -> Publication | None:
    """The claim's current, unretracted publication in this language, also where the law has withdrawn
    its text: what comes next replaces it all the same."""
    return claim.publications.in_force().filter(language=language).first()


def would_be(version: VerdictVersion, *, kind: str = "", reason: str = "") -> Publication:
    """The publication that this version would be if it went out now; unsaved, and no row is written.
    `kind` and `reason` are for a version whose change is not opened yet. Its entry has no body. A
    version that is out already is what it is."""
    claim = version.claim
    out = (
        version.publications.exclude(kind=LogEntry.Kind.RETRACTION).select_related("entry").first()
    )
    if out is not None and not kind:
        return out
    before = standing(claim, version.language)
    if version.translates_id is not None and before is None:
        kind = kind or LogEntry.Kind.TRANSLATION
    elif not kind:
        kind, reason = _as_what(claim, before)
    original = standing(claim, claim.language)
    publication = _publication(
        claim=claim,
        version=version,
        kind=LogEntry.Kind(kind),
        before=before,
        number=before.verdict_number
        if before
        else original.verdict_number
        if original
        else _next_number(),
        reason=reason,
        at=timezone.now(),
    )
    publication.entry = LogEntry(
        number=log.size(), kind=kind, body_sha256="…", published_at=publication.published_at
    )
    return publication


def need_valid(version: VerdictVersion, *, kind: str = "", reason: str = "") -> None:
    """Raises IllegalMove, saying what, where something blocks (checks.py)."""
    blocking = [one for one in findings(would_be(version, kind=kind, reason=reason)) if one.blocks]
    if blocking:
        raise IllegalMove(
            _("It cannot be published yet: %(what)s")
            % {"what": " ".join(f"{one.says} {one.todo}" for one in blocking)}
        )


def _as_what(claim: Claim, before: Publication | None) -> tuple[LogEntry.Kind, str]:
    """As what readers will meet the next version of the original, and the reason they are told."""
    opened = _opening(claim) if before else None
    if opened is None:
        return LogEntry.Kind.ORIGINAL, ""
    return LogEntry.Kind(opened.data["kind"]), opened.reason


def _opening(claim: Claim) -> Transition | None:
    return Transition.objects.filter(
        subject=Transition.Subject.CLAIM, subject_id=claim.pk, action="correct"
    ).last()


def enter(
    *,
    claim: Claim,
    version: VerdictVersion,
    kind: LogEntry.Kind,
    before: Publication | None,
    reason: str,
    actor: User,
    number: int = 0,
) -> Publication:
    """Writes a publication and its log entry. `number`: the verdict's, where it is not that of
    `before`; without either it is a new one. Inside the transaction of what is published."""
    last_move = Transition.objects.filter(
        subject=Transition.Subject.CLAIM, subject_id=claim.pk
    ).latest("number")
    _hold_what_repeats(claim)
    # The head's lock orders publications: times do not go back, a number is given once.
    log.lock()
    at = log.next_time()
    number = before.verdict_number if before else number or _next_number()
    publication = _publication(
        claim=claim, version=version, kind=kind, before=before, number=number, reason=reason, at=at
    )
    publication.published_by = actor
    body: dict[str, Any] = {"transition": last_move.hash}
    if kind == LogEntry.Kind.RETRACTION:
        assert before is not None
        body |= {"retracts": before.pk, "reason": reason}
    else:
        body["claim_review"] = document(publication)
    row = log.append(
        kind=kind,
        id=verdict_url(number, version.language),
        at=at,
        body=body,
        replaces=before.pk if before else -1,
    )
    publication.entry = row
    publication.save(force_insert=True)
    return publication


def _hold_what_repeats(claim: Claim) -> None:
    """Locks the claims that are suggested to repeat this one, in the order of their numbers. A decision
    about one of them that is not committed yet would judge it without this publication, and this
    publication (`Claim.seen_again`, by trigger) without that decision."""
    matches = Match.objects.suggested().filter(
        Q(earlier=claim) | Q(earlier__membership__head=claim), relation=Match.Relation.SAME
    )
    repeating = Claim.objects.select_for_update(no_key=True).filter(pk__in=matches.values("claim"))
    list(repeating.order_by("pk").values_list("pk"))


def _publication(
    *,
    claim: Claim,
    version: VerdictVersion,
    kind: LogEntry.Kind,
    before: Publication | None,
    number: int,
    reason: str,
    at: datetime,
) -> Publication:
    return Publication(
        kind=kind,
        claim=claim,
        version=version,
        replaces=before,
        verdict_number=number,
        version_number=before.version_number + 1 if before else 1,
        language=version.language,
        # A retraction is the desk's own word.
        byline="" if kind == LogEntry.Kind.RETRACTION else version.content["byline"],
        folded=" ".join(
            tokens(f"{version.content['statement']} {version.summary}", version.language)
        ),
        reason=reason,
        published_at=at,
    )


def _next_number() -> int:
    return (Publication.objects.aggregate(last=Max("verdict_number"))["last"] or 0) + 1


def need_publisher(actor: User) -> None:
    if not permissions.may(actor, permissions.PUBLISH):
        raise PermissionDenied(_("Publishing is a right of its own. Ask a publisher."))
