"""The links by which experts outside the house see a claim, as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from claims.models import Claim, ExpertLink


@dataclass(frozen=True)
class Link:
    """A link as the claim's page lists it. `state`: "open", "ended" or "revoked"."""

    link: ExpertLink
    state: str
    answered: bool


def links(claim: Claim) -> list[Link]:
    """Every link to the claim, the newest first. One query."""
    now = timezone.now()
    return [
        Link(
            link,
            "revoked" if link.revoked_at else "open" if link.expires_at > now else "ended",
            hasattr(link, "comment"),
        )
        for link in claim.expert_links.select_related("made_by", "comment")
    ]
