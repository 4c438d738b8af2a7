"""What a source is asked about a claim."""

from __future__ import annotations

from datetime import date

from claims.models import Claim, Claimant, Lookup, Position
from claims.sources.base import Query

# What is read of a lookup here, for `prefetch_related`.
READS = ("claim__positions__claimant", "claim__article__appearances")


def asked_of(row: Lookup) -> Query:
    """The claim as a source gets it: its words, who says it, when and where it was seen.

    An anonymous claimant is nobody to look up. Where the claim's article may not be named outside,
    its addresses are not either.
    """
    return question(row.claim, row.terms or "")


def question(claim: Claim, terms: str) -> Query:
    """As `asked_of`, for a claim that has not been asked about: `terms` are the editor's words."""
    speakers = [
        position.claimant
        for position in claim.positions.all()
        if position.stance == Position.Stance.ASSERTS
        and position.claimant is not None
        and position.claimant.kind != Claimant.Kind.ANONYMOUS
    ]
    seen = list(claim.article.appearances.all())
    return Query(
        text=claim.statement,
        language=claim.language,
        claimant=speakers[0].name if speakers else None,
        claimant_id=speakers[0].wikidata_id if speakers else "",
        published=seen[0].published_on if seen else None,
        urls=() if claim.confidential else tuple(one.url for one in seen if one.url),
        days=_days(claim, [one.published_on for one in seen if one.published_on]),
        claim=claim.pk,
        terms=terms,
    )


def _days(claim: Claim, seen_on: list[date]) -> tuple[date, date] | None:
    """From the first day to the last on which its article was seen or that a position speaks of."""
    spoken_of = [
        date.fromisoformat(one[end])
        for position in claim.positions.all()
        for one in position.dates
        for end in ("from", "to")
        if one.get(end)
    ]
    days = [*seen_on, *spoken_of]
    return (min(days), max(days)) if days else None
