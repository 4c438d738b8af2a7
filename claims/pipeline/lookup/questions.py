"""What a source is asked about a claim."""

from __future__ import annotations

from claims.models import Claimant, Lookup, Position
from claims.sources.base import Query

# What is read of a lookup here, for `prefetch_related`.
READS = ("claim__positions__claimant", "claim__article__appearances")


def asked_of(row: Lookup) -> Query:
    """The claim as a source gets it: its words, who says it, when and where it was seen.

    An anonymous claimant is nobody to look up. Where the claim's article may not be named outside,
    its addresses are not either.
    """
    claim = row.claim
    names = [
        position.claimant.name
        for position in claim.positions.all()
        if position.stance == Position.Stance.ASSERTS
        and position.claimant is not None
        and position.claimant.kind != Claimant.Kind.ANONYMOUS
    ]
    seen = list(claim.article.appearances.all())
    return Query(
        text=claim.statement,
        language=claim.language,
        claimant=names[0] if names else None,
        published=seen[0].published_on if seen else None,
        urls=() if claim.confidential else tuple(one.url for one in seen if one.url),
        claim=claim.pk,
        terms=row.terms or "",
    )
