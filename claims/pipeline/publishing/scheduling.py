"""A time at which an approved verdict or translation goes out by itself: set, changed, called off,
come."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from claims.models import Claim, Profile, ScheduledPublication, State, VerdictVersion
from claims.models.content import is_as_proposed
from claims.pipeline._schedules import call_off_pending
from claims.pipeline.publishing.publish import need_publisher, need_valid, publish
from claims.pipeline.publishing.translations import publish_translation, ready_to_go
from claims.tlog.note import KeyFileError
from claims.workflow import IllegalMove, StaleState, in_words, locked, moved_since, note

# Further ahead nobody can vouch for what has been approved.
FURTHEST = timedelta(days=365)

PENDING, DONE, FAILED = (
    ScheduledPublication.State.PENDING,
    ScheduledPublication.State.DONE,
    ScheduledPublication.State.FAILED,
)

log = logging.getLogger(__name__)


@transaction.atomic
def schedule(
    *, claim: Claim, actor: User, at: datetime, embargo: str = "", seen: int | None = None
) -> ScheduledPublication:
    """Lets the approved version go out at `at`, as whoever sets it; a time that was set before is
    replaced. `seen`: the claim's number of moves as the caller saw it (StaleState otherwise).

    Raises IllegalMove, PermissionDenied or StaleState.
    """
    need_publisher(actor)
    now = locked(claim.pk)
    if seen is not None and now.moves != seen and moved_since(now, seen):
        raise StaleState(
            _("Somebody else moved this claim meanwhile. It is now “%(state)s”.")
            % {"state": now.get_state_display()},
            now=now.state,
        )
    if now.state != State.APPROVED:
        raise IllegalMove(
            _("Only an approved verdict is published; this claim is “%(state)s”.")
            % {"state": now.get_state_display()}
        )
    _need_time(at)
    version = now.versions.originals().select_related("rating", "author").order_by("-number")[0]
    if not is_as_proposed(version):
        raise IllegalMove(
            _(
                "The claim, its positions or its evidence changed after the approval, so nobody "
                "has reviewed what would be published. Take it back to research and propose again."
            )
        )
    need_valid(version)
    row = _set(now, version, actor=actor, at=at, embargo=embargo)
    claim.moves = now.moves
    return row


@transaction.atomic
def schedule_translation(
    *, claim: Claim, language: str, actor: User, at: datetime, version: int, kind: str = "",
    reason: str = "", embargo: str = "",
) -> ScheduledPublication:  # fmt: skip
    """The same for a translation, with what `publish_translation` asks for."""
    need_publisher(actor)
    now = locked(claim.pk)
    ready = ready_to_go(now, language=language, version=version, kind=kind, reason=reason)
    _need_time(at)
    told = {"kind": ready.kind, "reason": ready.reason}
    row = _set(now, ready.version, actor=actor, at=at, embargo=embargo, told=told)
    claim.moves = now.moves
    return row


@transaction.atomic
def call_off(*, claim: Claim, actor: User, reason: str = "", language: str = "") -> None:
    """Takes back the time that was set, of the translation into `language` where one is given. The
    verdict, or the translation, stays approved."""
    need_publisher(actor)
    now = locked(claim.pk)
    row = pending(now, language)
    if row is None:
        raise IllegalMove(_("No time is set for this claim any more."))
    call_off_pending(now, why=in_words(reason), language=row.version.language)
    note(
        now,
        "call_off_publication",
        actor=actor,
        data={"until": row.at.isoformat(), "name": in_words(reason), **_language_of(row.version)},
    )
    claim.moves = now.moves


def pending(claim: Claim, language: str = "") -> ScheduledPublication | None:
    """The time that is set for the claim's verdict, or for its translation into `language`."""
    return (
        ScheduledPublication.objects.pending()
        .filter(claim=claim)
        .into(language or claim.language)
        .select_related("set_by", "version__rating")
        .first()
    )


def _need_time(at: datetime) -> None:
    moment = timezone.now()
    if at <= moment:
        raise IllegalMove(_("Choose a time that is still to come, or publish it now."))
    if at > moment + FURTHEST:
        raise IllegalMove(_("Choose a time within a year."))


def _set(
    now: Claim, version: VerdictVersion, *, actor: User, at: datetime, embargo: str,
    told: dict[str, str] | None = None,
) -> ScheduledPublication:  # fmt: skip
    """Writes the time down and tells the history. `told`: as what readers meet it, of a translation."""
    before = pending(now, version.language)
    call_off_pending(now, why=_("Another time was set."), language=version.language)
    row = ScheduledPublication(
        claim=now,
        version=version,
        at=at,
        data={"digest": version.digest, **(told or {})},
        embargo=in_words(embargo),
        set_by=actor,
    )
    row.full_clean(validate_constraints=False)
    row.save()
    note(
        now,
        "schedule_publication",
        actor=actor,
        data={
            "version": version.number,
            "until": at.isoformat(),
            "before": before.at.isoformat() if before else "",
            **_language_of(version),
        },
    )
    return row


def _language_of(version: VerdictVersion) -> dict[str, str]:
    """What the history says of a translation besides; nothing for the verdict itself."""
    return {"language": version.language} if version.translates_id is not None else {}


def publish_due() -> int:
    """Publishes what is due, each in a transaction of its own; the number of times that have come."""
    rows = list(
        ScheduledPublication.objects.due().order_by("at", "pk").values_list("pk", "claim")[:100]
    )
    for row, claim in rows:
        try:
            _publish_one(row, claim)
        except Exception as error:
            # It stays due and is tried again; what comes after it has a time to keep as well.
            log.exception("verdict of claim %s could not go out at its time: %s", claim, error)
    return len(rows)


@transaction.atomic
def _publish_one(row_id: int, claim_id: int) -> None:
    """The claim's lock comes first, as for whoever publishes by hand: of two workers the second finds
    the row taken, and one that dies leaves it as it was."""
    claim = locked(claim_id)
    now = timezone.now()
    taken = ScheduledPublication.objects.filter(pk=row_id, state=PENDING, at__lte=now).update(
        state=DONE, ended_at=now
    )
    if not taken:
        return
    row = ScheduledPublication.objects.select_related("version").get(pk=row_id)
    # The person as they are now: their rights may have changed since they set the time.
    actor = User.objects.get(pk=row.set_by_id)
    # Why it could not go out is told to whoever set the time, in their language and not a worker's.
    own = Profile.objects.filter(user=actor).values_list("language", flat=True).first()
    with translation.override(own or settings.LANGUAGE_CODE):
        why = _refusal(row, claim, actor)
    if why is None:
        return
    ScheduledPublication.objects.filter(pk=row_id).update(state=FAILED, why=why[:500])
    note(
        locked(claim_id),
        "schedule_failed",
        actor=None,
        data={"until": row.at.isoformat(), "name": why[:500], **_language_of(row.version)},
    )


def _refusal(row: ScheduledPublication, claim: Claim, actor: User) -> str | None:
    """Publishes it; None when it is done, else why it is not."""
    version = row.version
    translated = version.translates_id is not None
    try:
        chain = claim.versions.into(version.language) if translated else claim.versions.originals()
        newest = chain.order_by("-number")[0]
        if newest.pk != version.pk or newest.digest != row.data.get("digest"):
            raise IllegalMove(_("Another version has been proposed since the time was set."))
        if translated:
            publish_translation(
                claim=claim,
                language=version.language,
                actor=actor,
                version=version.number,
                kind=row.data["kind"],
                reason=row.data["reason"],
            )
        else:
            publish(claim=claim, actor=actor)
    except (IllegalMove, PermissionDenied, StaleState, KeyFileError) as error:
        return str(error)
    except IntegrityError as error:
        # A guard of the database, which has no words for people; it will refuse the next time too.
        log.warning("claim %s does not go out at its time: %s", claim.pk, error)
        return _("The desk's records refused it. Publish it by hand to see why.")
    return None
