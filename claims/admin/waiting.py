"""What waits for one person, each with the reason why it is theirs now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import permissions
from claims.models import (
    Claim,
    Complaint,
    Contact,
    ScheduledPublication,
    State,
    Transition,
)
from claims.models.claims import ClaimQuerySet
from claims.templatetags.desk import digits

SHOWN = 12
# The assignee's own work; in review and approved it waits for others.
AT_WORK = (State.QUEUED, State.RESEARCHING, State.CORRECTING)
# An answer is news for so long.
NEWS = timedelta(days=2)
# A complaint is told of from so many days before its answer is due.
DEADLINE = timedelta(days=3)
# Of what somebody wrote, as much as one reads in passing.
QUOTED = 240

# The most pressing first.
FAILED, COMPLAINT, LATE, DATE_COME, SENT_BACK, ANSWER, REVIEW, PUBLISH, WORK, NEW = range(10)


@dataclass(frozen=True)
class Item:
    """`quote`: what a colleague or a reader wrote with it, and which colleague. `note`: what else
    there is to know. `page`: which of the claim's pages it is dealt with on, and `anchor` where
    there; `complaint`: on that complaint's page instead."""

    claim: Claim
    icon: str
    why: str
    tone: str = ""
    quote: str = ""
    quoted: User | None = None
    rank: int = WORK
    note: str = ""
    page: str = "claims_claim_change"
    anchor: str = ""
    complaint: int | None = None


@dataclass(frozen=True)
class Letter:
    """A request for an answer: overdue, or answered lately."""

    claim: int
    whom: str
    answered: bool


def waiting_for(user: User, *, now: datetime) -> list[Item]:
    """What failed or is overdue first, then what came back, then new work."""
    own = list(_first(Claim.objects.filter(assignee=user, state__in=AT_WORK))[: SHOWN * 2])
    nobodys = _left_alone() if permissions.may(user, permissions.RESEARCH) else []
    last = _last_moves([*own, *nobodys])
    letters = _letters(user, own, now=now)
    about = {letter.claim: letter for letter in letters}
    items = [_own(claim, last.get(claim.pk), about.pop(claim.pk, None), now=now) for claim in own]
    items += [
        Item(claim, "hourglass", _("Its date has come, and it is nobody's"), rank=DATE_COME)
        for claim in nobodys
        if _came_back(last.get(claim.pk))
    ]
    failed: dict[int, ScheduledPublication] = {}
    complaints: list[dict[str, Any]] = []
    if permissions.may(user, permissions.REVIEW):
        items += [
            Item(claim, "eye", _("To be reviewed"), "teal", rank=REVIEW, page="claim-review")
            for claim in to_review(user)
        ]
        complaints = _complaints(timezone.localtime(now).date())
    if permissions.may(user, permissions.PUBLISH):
        failed = _failed()
        items += [
            Item(
                claim,
                "newspaper",
                _("Approved: to be published"),
                "teal",
                rank=PUBLISH,
                page="claim-preview",
            )
            for claim in _to_publish()
            if claim.pk not in failed
        ]
    wanted = {*about, *(row["publication__claim"] for row in complaints)}
    others = Claim.objects.in_bulk(wanted) if wanted else {}
    items += [_could_not_go(attempt) for attempt in failed.values()]
    items += [_complained(others[row["publication__claim"]], row, now=now) for row in complaints]
    items += [_unanswered(others[letter.claim], letter) for letter in about.values()]
    return sorted(items, key=lambda item: (item.rank, -item.claim.priority))[:SHOWN]


def to_review(user: User) -> ClaimQuerySet:
    """Claims in review that this person may still decide on."""
    return _first(Claim.objects.awaiting_review().filter(permissions.fresh_eyes(user)))[:SHOWN]


def _first(claims: ClaimQuerySet) -> ClaimQuerySet:
    return claims.order_by("-priority", "-checkworthiness", "-pk")


def _to_publish() -> ClaimQuerySet:
    """What is approved and does not go out by itself."""
    by_itself = ScheduledPublication.objects.pending().originals().filter(claim=OuterRef("pk"))
    return _first(Claim.objects.awaiting_publication().exclude(Exists(by_itself)))[:SHOWN]


def _failed() -> dict[int, ScheduledPublication]:
    """Approved claims whose newest time to go out came and failed."""
    # From the failures, which are few: asked for approved ones, a database looks at every claim.
    times = ScheduledPublication.objects.originals()
    newer = times.filter(claim=OuterRef("claim"), pk__gt=OuterRef("pk"))
    failed = times.filter(~Exists(newer), state=ScheduledPublication.State.FAILED)
    newest = failed.select_related("claim").order_by("-ended_at")[: SHOWN * 4]
    return {one.claim_id: one for one in newest if one.claim.state == State.APPROVED}


def _complaints(today: date) -> list[dict[str, Any]]:
    """Open ones whose answer is due, the longest overdue first."""
    found = (
        Complaint.objects.filter(state=Complaint.State.OPEN, due_on__lte=today + DEADLINE)
        .order_by("due_on", "pk")
        .values("pk", "due_on", "text", "publication__claim")[:SHOWN]
    )
    return [dict(row) for row in found]


def _letters(user: User, own: Iterable[Claim], *, now: datetime) -> list[Letter]:
    """Overdue answers this person waits for, and answers that came on their claims. An overdue one
    comes last, so that it is what is told of a claim that has both."""
    letters = Contact.objects.order_by()
    overdue = letters.filter(
        Q(asked_by=user) | Q(claim__assignee=user), outcome=Contact.Outcome.OPEN, until__lt=now
    )
    answered = letters.filter(claim__in=[one.pk for one in own], answered_at__gte=now - NEWS)
    answered = answered.exclude(outcome=Contact.Outcome.OPEN)
    rows = overdue.union(answered).values_list("claim", "whom", "outcome", "until")
    found = [
        Letter(claim, whom, outcome != Contact.Outcome.OPEN) for claim, whom, outcome, _u in rows
    ]
    return sorted(found, key=lambda letter: not letter.answered)


def _last_moves(claims: Iterable[Claim]) -> dict[int, Transition]:
    """The newest move of each that changed its state."""
    moves = (
        Transition.objects.filter(
            subject=Transition.Subject.CLAIM, subject_id__in=[claim.pk for claim in claims]
        )
        .exclude(from_state=F("to_state"))
        .select_related("actor")
        .order_by("number")
    )
    return {move.subject_id: move for move in moves}


def _left_alone() -> list[Claim]:
    """Open claims that nobody works on who could be told."""
    nobody = Q(assignee=None) | Q(assignee__is_active=False)
    return list(
        _first(Claim.objects.filter(nobody, state__in=(State.RESEARCHING, State.CORRECTING)))[
            :SHOWN
        ]
    )


def _came_back(last: Transition | None) -> bool:
    """Whether the claim's date brought it back, and nobody has moved it since."""
    return last is not None and last.action in ("resume", "correct") and last.actor is None


def _own(claim: Claim, last: Transition | None, letter: Letter | None, *, now: datetime) -> Item:
    note = _waited_for(letter) if letter and not letter.answered else ""
    if claim.due_at and claim.due_at < now:
        days = (now - claim.due_at).days
        late = _("Late today")
        if days:
            words = ngettext("%(days)s day late", "%(days)s days late", days)
            late = words % {"days": digits(days)}
        return Item(claim, "circle-alert", late, "late", rank=LATE, note=note)
    if _came_back(last):
        return Item(claim, "hourglass", _("Its date has come"), rank=DATE_COME, note=note)
    if last is not None and last.action == "send_back":
        return Item(
            claim,
            "corner-up-left",
            _("Sent back to you"),
            quote=last.reason,
            quoted=last.actor,
            rank=SENT_BACK,
            note=note,
        )
    if letter and not letter.answered:
        return _unanswered(claim, letter)
    if letter:
        came = _("%(whom)s has answered") % {"whom": letter.whom}
        return Item(claim, "message-square", came, rank=ANSWER, anchor="#contacts")
    if claim.state == State.QUEUED:
        return Item(claim, "inbox", _("Yours, not started"), "plain", rank=NEW)
    if claim.state == State.CORRECTING:
        return Item(claim, "corner-up-left", _("To be corrected"), rank=SENT_BACK)
    return Item(claim, "search", _("Yours, in research"), "plain")


def _waited_for(letter: Letter) -> str:
    return _("%(whom)s has not answered in time") % {"whom": letter.whom}


def _unanswered(claim: Claim, letter: Letter) -> Item:
    return Item(
        claim, "message-square", _waited_for(letter), "late", rank=ANSWER, anchor="#contacts"
    )


def _could_not_go(attempt: ScheduledPublication) -> Item:
    why = _("Could not go out by itself")
    return Item(
        attempt.claim,
        "circle-alert",
        why,
        "late",
        quote=attempt.why,
        rank=FAILED,
        page="claim-preview",
    )


def _complained(claim: Claim, row: dict[str, Any], *, now: datetime) -> Item:
    days = (row["due_on"] - timezone.localtime(now).date()).days
    if days < 0:
        why, tone = _("A complaint should have been answered by now"), "late"
    elif days == 0:
        why, tone = _("A complaint is to be answered today"), "late"
    else:
        words = ngettext(
            "A complaint is to be answered within %(days)s day",
            "A complaint is to be answered within %(days)s days",
            days,
        )
        why, tone = words % {"days": digits(days)}, ""
    text = row["text"] if len(row["text"]) <= QUOTED else row["text"][:QUOTED] + "…"
    return Item(claim, "triangle-alert", why, tone, quote=text, rank=COMPLAINT, complaint=row["pk"])
