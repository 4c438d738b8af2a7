"""A reviewed translation into the open, and out of it. The claim does not move for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Claim, LogEntry, Publication, Review, State, VerdictVersion
from claims.models.content import is_as_proposed
from claims.pipeline._schedules import call_off_pending
from claims.pipeline.publishing.markup import CHANGES
from claims.pipeline.publishing.publish import enter, need_publisher, need_valid, standing
from claims.workflow import IllegalMove, StaleState, in_words, locked, note


@dataclass(frozen=True)
class ReadyTranslation:
    """An approved translation and what it goes out as. `before`: what is public in its language."""

    version: VerdictVersion
    original: Publication
    before: Publication | None
    kind: str
    reason: str


@transaction.atomic
def publish_translation(
    *, claim: Claim, language: str, actor: User, version: int, kind: str = "", reason: str = ""
) -> Publication:
    """Publishes version number `version`, the approved translation into `language`. Where one is
    public already, `kind` tells its readers what the new one is ("correction" or "update"), and
    `reason` why.

    Raises IllegalMove, PermissionDenied or StaleState.
    """
    need_publisher(actor)
    now = locked(claim.pk)
    ready = ready_to_go(now, language=language, version=version, kind=kind, reason=reason)
    call_off_pending(now, why=_("It was published by hand before its time."), language=language)
    publication = enter(
        claim=now,
        version=ready.version,
        kind=LogEntry.Kind(ready.kind),
        before=ready.before,
        reason=ready.reason,
        actor=actor,
        number=ready.original.verdict_number,
    )
    note(
        now,
        "publish_translation",
        actor=actor,
        data={
            "version": ready.version.number,
            "language": language,
            "entry": publication.pk,
            "digest": ready.version.digest,
        },
    )
    claim.moves = now.moves
    return publication


def ready_to_go(
    now: Claim, *, language: str, version: int, kind: str, reason: str
) -> ReadyTranslation:
    """What `publish_translation` would publish of this claim, which the caller has locked. Raises
    IllegalMove or StaleState where it would not."""
    proposed = (
        now.versions.into(language)
        .select_related("rating", "author", "translates", "claim")
        .order_by("-number")
        .first()
    )
    if proposed is None:
        raise IllegalMove(_("Nothing has been proposed in this language yet."))
    if proposed.number != version:
        raise StaleState(
            _("Version %(seen)d is no longer the newest; version %(now)d is. Read it first.")
            % {"seen": version, "now": proposed.number},
            now=str(proposed.number),
        )
    if now.state != State.PUBLISHED:
        raise IllegalMove(
            _("The verdict itself is being changed: the claim is “%(state)s”.")
            % {"state": now.get_state_display()}
        )
    original = standing(now, now.language)
    if original is None or original.version_id != proposed.translates_id:
        raise IllegalMove(
            _("The original has been changed since. The translation has to be brought up to date.")
        )
    if original.erasure is not None:
        raise IllegalMove(
            _(
                "The text of the original was withdrawn by order of law: entry %(n)d of the log says "
                "why. Publish a correction of it before a translation."
            )
            % {"n": original.erasure.number}
        )
    _need_approved(proposed)
    if not is_as_proposed(proposed):
        raise IllegalMove(_("This is not what was reviewed. Propose the translation again."))
    if proposed.publications.exists():
        raise IllegalMove(_("This version is public already."))
    before = standing(now, language)
    if before is None:
        if now.publications.filter(language=language).exists():
            raise IllegalMove(_("The translation into this language was retracted, for good."))
        kind, reason = LogEntry.Kind.TRANSLATION, ""
    elif kind not in CHANGES:
        raise IllegalMove(_("Say whether this is a correction or an update."))
    elif not in_words(reason):
        raise IllegalMove(_("A change needs a reason that readers will see."))
    need_valid(proposed, kind=kind, reason=reason)
    return ReadyTranslation(proposed, original, before, kind, in_words(reason))


@transaction.atomic
def retract_translation(*, claim: Claim, language: str, actor: User, reason: str) -> Publication:
    """Takes one language back; the verdict stands in the others. A translation that has been retracted
    is not published again: one that is only wrong is corrected."""
    need_publisher(actor)
    if not in_words(reason):
        raise IllegalMove(_("A retraction needs a reason that readers will see."))
    now = locked(claim.pk)
    before = now.publications.in_force().translations().filter(language=language).first()
    if before is None:
        raise IllegalMove(_("There is no translation in the open to retract."))
    call_off_pending(now, why=_("The translation was retracted."), language=language)
    publication = enter(
        claim=now,
        version=before.version,
        kind=LogEntry.Kind.RETRACTION,
        before=before,
        reason=in_words(reason),
        actor=actor,
    )
    note(
        now,
        "retract_translation",
        actor=actor,
        data={"language": language, "entry": publication.pk, "name": in_words(reason)},
    )
    claim.moves = now.moves
    return publication


def _need_approved(version: VerdictVersion) -> None:
    decisions = [one.decision for one in version.reviews.all()]
    if Review.Decision.SEND_BACK in decisions:
        raise IllegalMove(_("It was sent back; its translator proposes it again."))
    if decisions.count(Review.Decision.APPROVE) < version.quorum:
        raise IllegalMove(_("Only an approved translation is published. It waits for a reviewer."))
