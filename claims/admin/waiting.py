"""What waits for one person, each with the reason why it is theirs now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import permissions
from claims.models import Claim, State, Transition
from claims.models.claims import ClaimQuerySet
from claims.templatetags.desk import digits

SHOWN = 12
# The assignee's own work; in review and approved it waits for others.
AT_WORK = (State.QUEUED, State.RESEARCHING, State.CORRECTING)


@dataclass(frozen=True)
class Item:
    """`quote`: what a colleague wrote with it, and who."""

    claim: Claim
    icon: str
    why: str
    tone: str = ""
    quote: str = ""
    quoted: User | None = None


@dataclass(frozen=True)
class Age:
    """`width`: of its bar, of 120."""

    label: Promise
    number: int
    width: int
    late: bool


def waiting_for(user: User, *, now: datetime) -> list[Item]:
    """The most pressing first: overdue, date come, sent back, to review, to publish, assigned."""
    own = list(_prepared(Claim.objects.filter(assignee=user, state__in=AT_WORK))[: SHOWN * 2])
    nobodys = _left_alone() if permissions.may(user, permissions.RESEARCH) else []
    last = _last_moves([*own, *nobodys])
    items = [_own(claim, last.get(claim.pk), now=now) for claim in own]
    items += [
        Item(claim, "hourglass", _("Its date has come, and it is nobody's"))
        for claim in nobodys
        if _came_back(last.get(claim.pk))
    ]
    if permissions.may(user, permissions.REVIEW):
        items += [Item(claim, "eye", _("To be reviewed"), "teal") for claim in to_review(user)]
    if permissions.may(user, permissions.PUBLISH):
        ready = _prepared(Claim.objects.awaiting_publication())[:SHOWN]
        items += [
            Item(claim, "newspaper", _("Approved: to be published"), "teal") for claim in ready
        ]
    order = ("circle-alert", "hourglass", "corner-up-left", "eye", "newspaper", "search", "inbox")
    return sorted(items, key=lambda item: (order.index(item.icon), -item.claim.priority))[:SHOWN]


def to_review(user: User) -> ClaimQuerySet:
    """Claims in review that this person had no hand in since the last publication
    (`workflow.has_contributed`, for many at once)."""
    hand = permissions.hand_in(OuterRef("pk"), user)
    return _prepared(Claim.objects.awaiting_review().exclude(Exists(hand)))[:SHOWN]


def _prepared(claims: ClaimQuerySet) -> ClaimQuerySet:
    return claims.with_positions().order_by("-priority", "-checkworthiness", "-pk")


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
        _prepared(Claim.objects.filter(nobody, state__in=(State.RESEARCHING, State.CORRECTING)))[
            :SHOWN
        ]
    )


def _came_back(last: Transition | None) -> bool:
    """Whether the claim's date brought it back, and nobody has moved it since."""
    return last is not None and last.action in ("resume", "correct") and last.actor is None


def _own(claim: Claim, last: Transition | None, *, now: datetime) -> Item:
    if claim.due_at and claim.due_at < now:
        days = (now - claim.due_at).days
        late = _("Late today")
        if days:
            words = ngettext("%(days)s day late", "%(days)s days late", days)
            late = words % {"days": digits(days)}
        return Item(claim, "circle-alert", late, "late")
    if _came_back(last):
        return Item(claim, "hourglass", _("Its date has come"))
    if last is not None and last.action == "send_back":
        return Item(
            claim, "corner-up-left", _("Sent back to you"), quote=last.reason, quoted=last.actor
        )
    if claim.state == State.QUEUED:
        return Item(claim, "inbox", _("Yours, not started"), "plain")
    if claim.state == State.CORRECTING:
        return Item(claim, "corner-up-left", _("To be corrected"))
    return Item(claim, "search", _("Yours, in research"), "plain")


AGES = (
    (gettext_lazy("today"), 0, 1),
    (gettext_lazy("1–3 days"), 1, 4),
    (gettext_lazy("4–7 days"), 4, 8),
    (gettext_lazy("more"), 8, None),
)


def ages(claims: QuerySet[Claim], *, now: datetime) -> list[Age]:
    """How long open claims have been here, in four groups, in one query."""
    conditions = {}
    for number, (_label, start, stop) in enumerate(AGES):
        within = Q(created_at__lte=now - timedelta(days=start)) if start else Q()
        if stop is not None:
            within &= Q(created_at__gt=now - timedelta(days=stop))
        conditions[f"age{number}"] = Count("pk", filter=within)
    counted = claims.order_by().aggregate(**conditions)
    largest = max(counted.values()) or 1
    return [
        Age(label, counted[f"age{n}"], 120 * counted[f"age{n}"] // largest, late=stop is None)
        for n, (label, _start, stop) in enumerate(AGES)
    ]
