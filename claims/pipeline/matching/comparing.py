"""Comparing new claims with all earlier ones and with imported checks, in any of the languages.

A worker takes due rows with a lease, puts their claims into the index, asks it for the nearest, has
the guard against contradictions judge each, and writes what it found as suggestions. What a person
has decided on is left alone: a rejected pair is never offered again.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Appearance, Claim, ClusterMember, ImportedCheck, Match, Matching, State
from claims.models.matching import MatchingQuerySet
from claims.pipeline.matching import the_index
from claims.similarity.contradiction import judging
from claims.similarity.entries import Candidate
from claims.similarity.index import BrokenIndex, BusyIndex

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
ATTEMPTS = 4
BATCH = 50
# Of the nearest so many are judged, and at most so many offered.
NEAREST = 12
OFFERED = 6
# Relations that only make sense where the matter is surely the same one.
RELATED_FROM = 0.3
# How far back claims without a note are looked for: the stages that make claims write theirs.
LATEST = 2000
METHOD = "1"


def open_missing() -> int:
    """Notes the newest claims that nobody has noted for comparison; gives how many."""
    newest = Claim.objects.aggregate(newest=Max("pk"))["newest"] or 0
    missing = Claim.objects.filter(
        # What an older version of the page said already has been compared there.
        pk__gt=newest - LATEST,
        checkable=True,
        matching__isnull=True,
        carried_from=None,
    ).values_list("pk", flat=True)
    notes = [Matching(claim_id=pk) for pk in missing]
    Matching.objects.bulk_create(notes, ignore_conflicts=True)
    return len(notes)


def compare_due(most: int = BATCH) -> int:
    """Compares the claims that are due, at most so many; gives how many were dealt with."""
    if caught_up := _catch_up():
        return caught_up
    notes = _take(most)
    if not notes:
        return _recall(most)
    try:
        index = the_index.opened()
        claims = [note.claim for note in notes]
        index.add(the_index.entry(claim) for claim in claims)
        generation = index.generation
    except BusyIndex:
        _later(notes, timedelta(seconds=3), "")
        return 0
    except BrokenIndex as error:
        log.error("claims are not compared: %s", error)
        _later(notes, timedelta(minutes=5), _("The index is broken: run manage.py rebuild_index."))
        return 0
    for note in notes:
        claim = note.claim
        try:
            nearest = generation.search(
                claim.statement, claim.language, NEAREST, exclude={the_index.key_of(claim)}
            )
            matches = _judged(claim, nearest)
        except Exception:
            # Whatever a statement does to the guard, the other claims go on.
            log.exception("claim %s could not be compared", claim.pk)
            _give_up(note)
            continue
        _write(note, matches)
    return len(notes)


def checks_due() -> bool:
    """Whether there are imported checks that no claim has been held against."""
    return ImportedCheck.objects.due().exists()


def _catch_up() -> int:
    """How many entries this host lacked, and has now. Whoever takes claims hears of a fault."""
    try:
        return the_index.catch_up()
    except (BusyIndex, BrokenIndex):
        return 0


def _recall(most: int) -> int:
    """Has claims compared again that new or changed imported checks may be about, at most so many
    checks; gives how many."""
    now = timezone.now()
    lease = now + LEASE
    with transaction.atomic():
        checks = list(
            ImportedCheck.objects.due(now)
            .select_for_update(skip_locked=True)
            .order_by("next_at", "pk")[:most]
        )
        taken = ImportedCheck.objects.filter(pk__in=[check.pk for check in checks])
        taken.update(next_at=lease)
    if not checks:
        return 0
    try:
        index = the_index.opened()
        index.add(the_index.entry(check) for check in checks)
        generation = index.generation
    except (BusyIndex, BrokenIndex) as error:
        log.warning("imported checks wait to be compared: %s", error)
        return 0
    near: set[int] = set()
    for check in checks:
        found = generation.search(check.claim, check.language or "en", NEAREST)
        near.update(pk for one in found if (pk := the_index.claim_of(one.key)) is not None)
    open_ones = Claim.objects.filter(pk__in={head.pk for head in _heads(near).values()})
    with transaction.atomic():
        Matching.objects.filter(
            claim__in=open_ones.exclude(state__in=[State.DISMISSED, State.RETRACTED])
        ).update(state=Matching.State.WAITING, next_at=timezone.now(), attempts=0)
        # One that was imported anew meanwhile stays due.
        taken.filter(next_at=lease).update(next_at=None)
    return len(checks)


def _take(most: int) -> list[Matching]:
    now = timezone.now()
    with transaction.atomic():
        Matching.objects.due(now).filter(attempts__gte=ATTEMPTS).update(
            state=Matching.State.GAVE_UP, reason=_("The worker died every time it compared.")
        )
        notes = list(
            Matching.objects.due(now)
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("claim")
            .order_by("next_at", "pk")[:most]
        )
        Matching.objects.filter(pk__in=[note.pk for note in notes]).update(
            state=Matching.State.RUNNING, attempts=F("attempts") + 1, next_at=now + LEASE
        )
    for note in notes:
        note.attempts, note.next_at = note.attempts + 1, now + LEASE
    return notes


def _as_taken(notes: Sequence[Matching]) -> MatchingQuerySet:
    """Those that nobody has taken over or put back since. A changed statement counts the attempts
    from 0: the lease tells two firsts apart."""
    mine = Q(pk=None)
    for note in notes:
        mine |= Q(pk=note.pk, attempts=note.attempts, next_at=note.next_at)
    return Matching.objects.filter(mine, state=Matching.State.RUNNING)


def _give_up(note: Matching) -> None:
    _as_taken([note]).update(
        state=Matching.State.GAVE_UP,
        finished_at=timezone.now(),
        reason=_("An error in our own code. The log of the worker has it."),
    )


def _later(notes: Sequence[Matching], pause: timedelta, reason: str) -> None:
    """Nothing was tried: the attempt does not count."""
    _as_taken(notes).update(
        state=Matching.State.WAITING,
        attempts=F("attempts") - 1,
        next_at=timezone.now() + pause,
        reason=reason,
    )


def _judged(claim: Claim, nearest: Iterable[Candidate]) -> list[Match]:
    """Suggestions for one claim, best first, at most OFFERED. A member of a cluster stands for its
    head; a claim that came later than this one will find it by itself."""
    nearest = list(nearest)
    refused = _refused(claim)
    heads = _heads(c for c in map(the_index.claim_of, (n.key for n in nearest)) if c is not None)
    checks = ImportedCheck.objects.in_bulk(
        [c for c in map(the_index.check_of, (n.key for n in nearest)) if c is not None]
    )
    days = _days([claim, *heads.values()])
    own = judging.read(claim.statement, claim.language, days.get(claim.article_id))
    found: dict[tuple[str, int], Match] = {}
    for candidate in nearest:
        claim_pk = the_index.claim_of(candidate.key)
        other: Claim | ImportedCheck | None
        if claim_pk is not None:
            other = heads.get(claim_pk)
        else:
            other = checks.get(the_index.check_of(candidate.key) or 0)
        if other is None:
            continue
        if isinstance(other, Claim):
            if other.pk >= claim.pk or other.pk in refused:
                continue
            # As it reads now: another host may have edited it since this one's index had it.
            text, day = other.statement, days.get(other.article_id)
        else:
            text, day = other.claim, None
        try:
            theirs = judging.read(text, candidate.language, day)
        except Exception:
            log.exception(
                "%r could not be read, and is not compared with claim %s", other, claim.pk
            )
            continue
        judgement = judging.judge(own, theirs, candidate.score)
        if judgement.relation == "unrelated" or (
            judgement.relation == "related" and candidate.score < RELATED_FROM
        ):
            continue
        found.setdefault(
            (type(other).__name__, other.pk),
            Match(
                claim=claim,
                earlier=other if isinstance(other, Claim) else None,
                check_found=other if isinstance(other, ImportedCheck) else None,
                relation=judgement.relation,
                score=min(max(candidate.score, 0.0), 1.0),
                reasons=[reason._asdict() for reason in judgement.reasons],
                method=METHOD,
            ),
        )
    return sorted(found.values(), key=_rank)[:OFFERED]


def _rank(match: Match) -> tuple[int, float]:
    return ["same", "contradicts", "related"].index(match.relation), -match.score


def _refused(claim: Claim) -> set[int]:
    """Heads of what a person found not to be the same as this claim: who refuses one claim of a
    cluster refuses it under its head's name as well."""
    refused = claim.matches.filter(state=Match.State.REJECTED, earlier__isnull=False)
    return {head.pk for head in _heads(refused.values_list("earlier_id", flat=True)).values()}


def _days(claims: Iterable[Claim]) -> dict[int, date]:
    """When each claim's article was first seen in public: what its "yesterday" is counted from."""
    return dict(
        Appearance.objects.filter(article__in={claim.article_id for claim in claims})
        .order_by()
        .values_list("article")
        .annotate(day=Min("published_on"))
    )


def _heads(claims: Iterable[int]) -> dict[int, Claim]:
    """Each claim's head, itself where it is in no cluster."""
    wanted = set(claims)
    member_of = dict(
        ClusterMember.objects.filter(claim__in=wanted).values_list("claim_id", "head_id")
    )
    known = Claim.objects.in_bulk({member_of.get(pk, pk) for pk in wanted})
    return {pk: known[at] for pk in wanted if (at := member_of.get(pk, pk)) in known}


@transaction.atomic
def _write(note: Matching, matches: Sequence[Match]) -> None:
    # In one order with decisions and publications, and before the note, which whoever edits the claim
    # writes after it. Whoever holds an earlier claim here keeps it from being published meanwhile: its
    # repetitions are told apart by what is public (`Claim.seen_again`).
    wanted = {note.claim_id, *(match.earlier_id for match in matches if match.earlier_id)}
    held = set(
        Claim.objects.select_for_update(no_key=True)
        .filter(pk__in=wanted)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if held < wanted or ClusterMember.objects.filter(claim__in=wanted - {note.claim_id}).exists():
        # One of them is gone, or has joined another's cluster: there are others to compare with.
        _later([note], timedelta(0), "")
        return
    done = _as_taken([note]).update(
        state=Matching.State.DONE,
        finished_at=timezone.now(),
        reason="",
        statement_sha256=hashlib.sha256(note.claim.statement.encode()).hexdigest(),
    )
    if not done:
        return  # Another worker has taken it over.
    # A suggestion that is made again stays the row it is: somebody may be looking at it.
    suggested = {_pair(match): match for match in note.claim.matches.suggested()}
    for match in matches:
        if before := suggested.pop(_pair(match), None):
            Match.objects.suggested().filter(pk=before.pk).update(
                relation=match.relation,
                score=match.score,
                reasons=match.reasons,
                method=match.method,
            )
    Match.objects.suggested().filter(pk__in=[match.pk for match in suggested.values()]).delete()
    Match.objects.bulk_create(matches, ignore_conflicts=True)


def _pair(match: Match) -> tuple[int | None, int | None]:
    return match.earlier_id, match.check_found_id
