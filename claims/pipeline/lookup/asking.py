"""The lookup stage: one row per claim and source, asked in the background, its outcome stored.

Guard 9: for a found claim only our own data is asked. Sources that send text to a third party are
asked when an editor has queued the claim, within the day's budget, and never for a confidential
article. The guard is checked where the row is made and once more where the text would leave.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import WANTED_STATES, Claim, Cursor, Lookup, LookupsDue, State
from claims.sources import registry
from claims.sources.base import Source
from claims.workflow import IllegalMove

# However a source fails, waits and is closed in between, by then its editor is told.
DEADLINE = timedelta(hours=2)
# When a row is due that holds an editor's words for a source which may not be asked yet.
NOT_YET = datetime(9999, 1, 1, tzinfo=UTC)
# Cursors of the sources for which all claims have been gone through.
GONE_THROUGH = "lookup."
HAS_ANSWER = (Lookup.State.ANSWERED, Lookup.State.NOTHING, Lookup.State.GAVE_UP)


def missing_settings(source: Source) -> list[str]:
    """The settings a source needs and does not have; it is skipped until it has them."""
    return [name for name in source.needs if not getattr(settings, name, "")]


def usable() -> dict[str, Source]:
    return {name: source for name, source in registry().items() if not missing_settings(source)}


def may_be_asked(source: Source, claim: Claim) -> bool:
    """Guard 9, and whether the source knows the claim's language."""
    if claim.language not in source.languages:
        return False
    if not source.sends_text_to_third_party:
        return claim.state == State.FOUND or claim.state in WANTED_STATES
    return claim.state in WANTED_STATES and not claim.article.confidential


def outside_if_accepted(claim: Claim) -> list[Source]:
    """The third parties that are asked by themselves once the claim is accepted."""
    if claim.state != State.FOUND or not claim.checkable or claim.confidential:
        return []
    return [
        source
        for source in usable().values()
        if source.sends_text_to_third_party and claim.language in source.languages
    ]


def open_missing(limit: int = 500) -> int:
    """Writes the lookup rows that claims are still without; gives how many. May run twice.

    It looks at the claims that were noted (`LookupsDue`), at most so many, and at a part of all
    claims for a source that was not usable before. A row that has kept an editor's words until its
    claim was accepted is due from now on.
    """
    now = timezone.now()
    _wake_kept_words(now)
    sources = usable()
    try:
        return _of_the_noted(sources, limit, now) + _of_all(sources, limit, now)
    except IntegrityError:
        return 0  # Splitting its article again has withdrawn a claim meanwhile: the next sweep.


def _wake_kept_words(now: datetime) -> None:
    kept = Lookup.objects.unfinished().filter(
        source__in=registry(),
        state=Lookup.State.WAITING,
        next_at=NOT_YET,
        claim__state__in=WANTED_STATES,
    )
    # Most often there are none: and a writing question of SQLite's would keep every writer waiting.
    if kept.exists():
        kept.update(next_at=now, deadline_at=now + DEADLINE)


def _of_the_noted(sources: dict[str, Source], limit: int, now: datetime) -> int:
    if not LookupsDue.objects.exists():
        return 0
    with transaction.atomic():
        notes = dict(
            LookupsDue.objects.select_for_update(skip_locked=True)
            .order_by("pk")
            .values_list("pk", "claim_id")[:limit]
        )
        made = _open(sources, notes.values(), now)
        LookupsDue.objects.filter(pk__in=notes).delete()
    return made


def _of_all(sources: dict[str, Source], limit: int, now: datetime) -> int:
    """Goes once through all claims for the sources that have not been gone through for, a part at a
    time; a source that is not usable any more is forgotten."""
    names = {_cursor(source): source for source in sources.values()}
    cursors = {row.name: row for row in Cursor.objects.filter(name__startswith=GONE_THROUGH)}
    if names.keys() == cursors.keys() and all(row.next_at == NOT_YET for row in cursors.values()):
        return 0
    Cursor.objects.filter(name__in=cursors.keys() - names.keys()).delete()
    rows = [cursors.get(name) or Cursor.objects.get_or_create(name=name)[0] for name in names]
    behind = [row for row in rows if row.next_at != NOT_YET]
    if not behind:
        return 0
    # Those that have come equally far go on together.
    upto = min(row.upto for row in behind)
    at_once = {row.name: names[row.name] for row in behind if row.upto == upto}
    following = Claim.objects.filter(pk__gt=upto).order_by("pk")
    part = list(following.values_list("pk", flat=True)[:limit])
    with transaction.atomic():
        made = _open({source.name: source for source in at_once.values()}, part, now)
        # What comes after has been noted: it is gone through.
        Cursor.objects.filter(name__in=at_once, upto=upto).update(
            upto=part[-1] if part else upto,
            next_at=now if len(part) == limit else NOT_YET,
        )
    return made


def _cursor(source: Source) -> str:
    """By what decides which claims it is asked for: a source that serves another language goes
    through them again."""
    about = ",".join(
        [source.name, str(source.sends_text_to_third_party), *sorted(source.languages)]
    )
    return GONE_THROUGH + hashlib.sha256(about.encode()).hexdigest()[:16]


def _open(sources: dict[str, Source], claims: Iterable[int], now: datetime) -> int:
    """The missing rows of these claims. Three queries at most."""
    wanted = list(
        Claim.objects.filter(pk__in=set(claims), checkable=True)
        .filter(Q(state__in=WANTED_STATES) | Q(state=State.FOUND, carried_from=None))
        .order_by("pk")
        .values_list("pk", "state", "language", "article__confidential")
    )
    there = set(
        Lookup.objects.filter(claim__in=[pk for pk, *_rest in wanted]).values_list(
            "claim", "source"
        )
    )
    rows = [
        Lookup(claim_id=pk, source=name, deadline_at=now + DEADLINE)
        for pk, state, language, confidential in wanted
        for name, source in sources.items()
        if (pk, name) not in there
        and language in source.languages
        and not (source.sends_text_to_third_party and (confidential or state == State.FOUND))
    ]
    Lookup.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def request(*, claim: Claim, actor: User | None, sources: Iterable[str] | None = None) -> int:
    """Asks, or asks again; by an editor, or by itself (actor None) when a claim's date has come.

    All usable sources by default. Those that are being asked at the moment are left alone. Raises
    IllegalMove where the named sources may not be asked for this claim.
    """
    if actor is not None and not permissions.may(actor, permissions.RESEARCH):
        raise PermissionDenied(_("Asking sources is for editors."))
    known = usable()
    names = list(known) if sources is None else list(sources)
    if unknown := [name for name in names if name not in known]:
        raise IllegalMove(
            _("There is no usable source “%(name)s”. Known: %(known)s.")
            % {"name": unknown[0], "known": ", ".join(known)}
        )
    allowed = [name for name in names if may_be_asked(known[name], claim)]
    if not allowed:
        raise IllegalMove(
            _(
                "None of these sources may be asked now. Outside sources are asked once a claim "
                "is in the queue, and never for a confidential article."
            )
        )
    now = timezone.now()
    asked = 0
    for name in allowed:
        row, is_new = Lookup.objects.get_or_create(
            claim=claim,
            source=name,
            defaults={"requested_by": actor, "deadline_at": now + DEADLINE},
        )
        asked += is_new or Lookup.objects.filter(pk=row.pk, state__in=HAS_ANSWER).update(
            state=Lookup.State.WAITING,
            attempts=0,
            next_at=now,
            reason="",
            requested_at=now,
            requested_by=actor,
            deadline_at=now + DEADLINE,
            started_at=None,
            finished_at=None,
        )
    return asked
