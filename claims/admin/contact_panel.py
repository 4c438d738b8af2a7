"""Who was asked for a reply or a correction, as the claim's and the review's pages show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from claims.models import Claim, Claimant, Contact, Outlet, Position, State
from claims.pipeline import corresponding

PUBLIC = (State.PUBLISHED, State.CORRECTING, State.RETRACTED)


@dataclass(frozen=True)
class Row:
    """One request. `sentence` tells readers of it, in the language of the claim."""

    contact: Contact
    overdue: bool
    sentence: str


@dataclass(frozen=True)
class Panel:
    """`unasked`: claimants and outlets of the claim whom nobody has asked, for a reply before the
    verdict is public and for a correction after it."""

    rows: list[Row]
    overdue: int
    claimants: list[Claimant]
    outlets: list[Outlet]


def rows(claim: Claim) -> list[Row]:
    """Every request, the newest first. One query."""
    now = timezone.now()
    return [
        Row(
            contact=contact,
            overdue=corresponding.is_overdue(contact, now),
            sentence=corresponding.sentence(contact, claim.language),
        )
        for contact in claim.contacts.select_related("asked_by", "claimant", "outlet")
    ]


def panel(claim: Claim, positions: Sequence[Position]) -> Panel:
    """`positions` are those of the claim and its members, with claimant and article's appearances."""
    found = rows(claim)
    replies = {r.contact.claimant_id for r in found if r.contact.kind == Contact.Kind.REPLY}
    corrections = {r.contact.outlet_id for r in found if r.contact.kind == Contact.Kind.CORRECTION}
    claimants = {p.claimant.pk: p.claimant for p in positions if p.claimant}
    outlets = {
        seen.outlet.pk: seen.outlet
        for p in positions
        if not p.article.confidential
        for seen in p.article.appearances.all()
        if seen.outlet
    }
    return Panel(
        rows=found,
        overdue=sum(row.overdue for row in found),
        claimants=[
            one
            for one in claimants.values()
            if one.pk not in replies and one.kind != Claimant.Kind.ANONYMOUS
        ],
        outlets=[one for one in outlets.values() if one.pk not in corrections]
        if claim.state in PUBLIC
        else [],
    )
