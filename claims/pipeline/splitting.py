"""The splitting stage: an article's text becomes claims with positions.

A worker takes an article by compare-and-set, computes outside any transaction, and writes all rows
in one, fenced by its attempt's number: a worker that dies leaves nothing, one that comes back late
writes nothing. Splitting again never touches what a person has worked on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.expressions import Combinable
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.detection import detector
from claims.detection.model import Claim as Found
from claims.detection.model import Detection
from claims.detection.version import version
from claims.languages.quotation import quotes
from claims.languages.spans import CLOSERS
from claims.models import (
    Article,
    Claim,
    Contribution,
    Draft,
    Evidence,
    Lookup,
    Match,
    Origin,
    Position,
    State,
    Transition,
)
from claims.pipeline._claimants import named
from claims.pipeline._versions import SAID, SaidBefore
from claims.workflow import IllegalMove, record

log = logging.getLogger(__name__)

# How long a worker may hold an article before another one takes it over.
LEASE = timedelta(seconds=45)
ATTEMPTS = 4
# A new claim that shares this much of the shorter span with one a person worked on is that one.
SAME_SPAN = 0.5


def split_article(article_id: int) -> bool:
    """Splits one article, if it is due and nobody else holds it. True if this call did the work."""
    now = timezone.now()
    taken = (
        Article.objects.due_for_splitting(now)
        .filter(pk=article_id, split_attempts__lt=ATTEMPTS)
        .update(
            split_state=Article.Split.RUNNING,
            split_next_at=now + LEASE,
            split_attempts=F("split_attempts") + 1,
        )
    )
    if not taken:
        # Its worker died every time: say so instead of trying for ever.
        Article.objects.due_for_splitting(now).filter(pk=article_id).update(
            split_state=Article.Split.FAILED,
            split_error=_("The worker died %(times)d times on this text.") % {"times": ATTEMPTS},
        )
        return False
    article = Article.objects.get(pk=article_id)
    seen = article.first_seen
    try:
        detection = detector.split(
            article.text,
            language=article.language,
            published=seen.published_on if seen else article.received_at.date(),
        )
    except Exception as error:
        # Whatever a text does to the splitter, the article stays and says so.
        log.exception("article %s could not be split", article_id)
        _not_this_time(article, error)
        return False
    return _write(article, detection)


@transaction.atomic
def split_again(*, article: Article, actor: User) -> None:
    """Puts the article back on the splitter's list; what people have worked on will stay."""
    if not permissions.may(actor, permissions.RESEARCH):
        raise PermissionDenied(_("Splitting again is for editors."))
    put_back = Article.objects.filter(
        pk=article.pk, split_state__in=[Article.Split.DONE, Article.Split.FAILED]
    ).update(
        split_state=Article.Split.WAITING,
        split_next_at=timezone.now(),
        split_attempts=0,
        split_error="",
    )
    if not put_back:
        raise IllegalMove(_("This article is being split already. Wait until it is done."))
    record(Transition.Subject.ARTICLE, article.pk, "split_again", actor=actor)


def _not_this_time(article: Article, error: Exception) -> None:
    final = article.split_attempts >= ATTEMPTS
    Article.objects.filter(
        pk=article.pk, split_attempts=article.split_attempts, split_next_at=article.split_next_at
    ).update(
        split_state=Article.Split.FAILED if final else Article.Split.WAITING,
        split_next_at=timezone.now() + timedelta(seconds=10 * 3**article.split_attempts),
        split_error=f"{type(error).__name__}: {error}"[:500],
    )


@transaction.atomic
def _write(article: Article, detection: Detection) -> bool:
    held = (
        # Without locking out those who only refer to it: whoever accepts one of its claims does,
        # with the claim locked that is waited for below.
        Article.objects.select_for_update(no_key=True)
        .filter(
            pk=article.pk,
            split_state=Article.Split.RUNNING,
            split_attempts=article.split_attempts,
            # Splitting again counts the attempts from 0: the lease tells two firsts apart.
            split_next_at=article.split_next_at,
        )
        .first()
    )
    if held is None:
        return False
    writer = _Writer(held)
    writer.write(detection.claims)
    held.split_state = Article.Split.DONE
    held.split_error = ""
    held.sentences = [list(span) for span in detection.sentences]
    held.save(update_fields=["split_state", "split_error", "sentences"])
    record(
        Transition.Subject.ARTICLE,
        held.pk,
        "split",
        actor=None,
        data={
            "found": writer.made,
            "kept": writer.kept,
            "carried": writer.carried,
            "withdrawn": writer.withdrawn,
            "splitter": version(),
        },
    )
    return True


def worked_on() -> Combinable:
    """Whether a person has had anything to do with a claim beyond its being found."""
    mine = OuterRef("pk")
    return (
        Exists(Contribution.objects.filter(claim=mine))
        | Exists(Evidence.objects.filter(claim=mine))
        | Exists(Draft.objects.filter(claim=mine))
        | Exists(Lookup.objects.filter(claim=mine, requested_by__isnull=False))
        | Exists(Position.objects.filter(claim=mine, origin=Origin.EDITOR))
        | Exists(Match.objects.filter(claim=mine, decided_at__isnull=False))
        | Exists(Match.objects.filter(earlier=mine, decided_at__isnull=False))
    )


@dataclass
class _Writer:
    article: Article
    made: int = 0
    kept: int = 0
    withdrawn: int = 0
    carried: int = 0
    # The claims that a detected one stands for: itself, or those it denies.
    stands_for: dict[str, list[Claim]] = field(default_factory=dict)

    def write(self, found: Iterable[Found]) -> None:
        self._split_old()
        self.before = SaidBefore(self.article)
        found = _one_denial_a_party(list(found), self.article.text)
        for one in found:
            if one.stance == "asserts" or not one.contests:
                self.stands_for[one.id] = self._claim(one)
        # A denial may stand before what it denies, and may deny a denial.
        waiting = [one for one in found if one.id not in self.stands_for]
        while waiting:
            ready = [one for one in waiting if all(t in self.stands_for for t in one.contests)]
            if not ready:
                # Denials that only deny each other: each stands alone.
                for one in waiting:
                    self.stands_for[one.id] = self._claim(one)
                break
            for one in ready:
                targets = {c.pk: c for t in one.contests for c in self.stands_for[t]}
                self.stands_for[one.id] = list(targets.values())
                for claim in targets.values():
                    self._position(claim, one)
            waiting = [one for one in waiting if one.id not in self.stands_for]
        self._withdraw()

    def _split_old(self) -> None:
        mine = Claim.objects.filter(article=self.article)
        # In one order, and in a statement before it is asked who has worked on them: who does so
        # at this moment is waited for, or finds the claim gone.
        list(mine.order_by("pk").select_for_update().values_list("pk"))
        untouched = mine.filter(
            ~worked_on(), state=State.FOUND, moves=0, revision=0, origin=Origin.MACHINE
        )
        self.untouched = {claim.pk: claim for claim in untouched}
        self.reused: set[int] = set()
        positions = list(Position.objects.filter(article=self.article, claim__article=self.article))
        self.by_span = {
            (p.start, p.end, p.stance): p.claim_id
            for p in positions
            if p.claim_id in self.untouched
        }
        self.placed = {(p.claim_id, p.start, p.end, p.stance): p for p in positions}
        self.worked = [p for p in positions if p.claim_id not in self.untouched]

    def _claim(self, one: Found) -> list[Claim]:
        """The claim's row: one that a person worked on, the untouched one of before, or a new one."""
        for position in self.worked:
            if position.stance == one.stance and _overlap(position, one) >= SAME_SPAN:
                self.kept += 1
                return [position.claim]
        old = self.untouched.get(self.by_span.get((one.start, one.end, one.stance), -1))
        if old is not None:
            self.reused.add(old.pk)
            self.kept += 1
            _renew(old, _read(one) | {"carried_from_id": self._carried_from(one)})
            self._position(old, one)
            return [old]
        claim = Claim.objects.create(
            article=self.article,
            language=self.article.language,
            carried_from_id=self._carried_from(one),
            **_read(one),
        )
        self.made += claim.carried_from_id is None
        self._position(claim, one)
        return [claim]

    def _carried_from(self, one: Found) -> int | None:
        spoken = self._spoken(one) | {"stance": one.stance} if self.before else {}
        found = self.before.claim_of(**{name: spoken[name] for name in SAID}) if spoken else None
        self.carried += found is not None
        return found

    def _position(self, claim: Claim, one: Found) -> None:
        if any(
            position.claim_id == claim.pk
            and position.stance == one.stance
            and _overlap(position, one) >= SAME_SPAN
            for position in self.worked
        ):
            return  # A person has marked these words anew.
        place = (claim.pk, one.start, one.end, one.stance)
        if place not in self.placed:
            self.placed[place] = Position.objects.create(
                claim=claim,
                article=self.article,
                start=one.start,
                end=one.end,
                stance=one.stance,
                **self._spoken(one),
            )
        elif claim.pk in self.untouched:
            _renew(self.placed[place], self._spoken(one))

    def _spoken(self, one: Found) -> dict[str, Any]:
        """The fields of a position that nobody but the splitter has had a hand in."""
        return {
            "text": one.text,
            "form": one.form,
            "claimant": named(one.claimant.text, self.article.language) if one.claimant else None,
            "claimant_start": one.claimant.start if one.claimant else None,
            "claimant_end": one.claimant.end if one.claimant else None,
            "via": one.via.text[:300] if one.via else "",
            "cue": one.cue.text[:100] if one.cue else "",
            "cue_start": one.cue.start if one.cue else None,
            "cue_end": one.cue.end if one.cue else None,
            "dates": [date.as_json() for date in one.dates],
            "provenance": one.as_json()["provenance"],
        }

    def _withdraw(self) -> None:
        # What a newer version's claim goes on from stays, for that rests on it.
        rested_on = set(
            Claim.objects.filter(carried_from__in=self.untouched).values_list(
                "carried_from", flat=True
            )
        )
        gone = [pk for pk in self.untouched if pk not in self.reused | rested_on]
        Lookup.objects.filter(claim__in=gone).delete()
        Claim.objects.filter(pk__in=gone).delete()
        self.withdrawn = len(gone)


def _renew(row: Claim | Position, said: dict[str, Any]) -> None:
    """What the splitter says of the same words now: its rules or the day may be others."""
    if any(getattr(row, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(row, name, value)
        row.save(update_fields=list(said))


def _read(one: Found) -> dict[str, Any]:
    """The fields of a claim that nobody but the splitter has had a hand in."""
    return {
        "statement": one.statement,
        "kind": one.kind,
        "checkable": one.checkable,
        "checkworthiness": one.checkworthiness,
        "reasons": list(one.reasons),
        "checkable_from": one.due,
        "unresolved": list(one.unresolved),
    }


def _one_denial_a_party(found: list[Found], text: str) -> list[Found]:
    """“They denied the report, saying it ‘does not reflect the truth’” is one stance of one party:
    denials of the same claims by the same mention of a claimant become one, over all its words."""
    groups: dict[tuple[str, int, tuple[str, ...]], list[Found]] = {}
    for one in found:
        if one.contests and one.claimant:
            groups.setdefault((one.stance, one.claimant.start, one.contests), []).append(one)
    quoted = quotes(text) if groups else []
    merged: dict[str, str] = {}
    whole: dict[str, Found] = {}
    for group in groups.values():
        start, end = min(one.start for one in group), max(one.end for one in group)
        opened_inside = any(start < quote.start < end == quote.end for quote in quoted)
        # A quotation that is never closed ends with its paragraph, where no mark stands.
        end += opened_inside and text[end : end + 1] in CLOSERS
        first = group[0]
        whole[first.id] = replace(first, start=start, end=end, text=text[start:end])
        merged |= {one.id: first.id for one in group[1:]}
    return [
        replace(
            whole.get(one.id, one),
            contests=tuple(dict.fromkeys(merged.get(target, target) for target in one.contests)),
        )
        for one in found
        if one.id not in merged
    ]


def _overlap(position: Position, one: Found) -> float:
    shared = min(position.end, one.end) - max(position.start, one.start)
    return shared / min(position.end - position.start, one.end - one.start)
