"""Which of the pages that a source named are worth reading: the to-do notes of the reading stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from claims.models import Lookup, Reading
from claims.sources.base import Hit

# Which pages are read is chosen when all sources have answered; of a slow one, so long is waited.
OTHERS_HAVE = timedelta(seconds=30)
MOST = 15
KINDS = ("page", "check")


def worth_reading(row: Lookup, hits: Sequence[Hit]) -> list[Reading]:
    """A note for each page that is neither the claim's own article nor a kept copy of it."""
    own = [seen.url for seen in row.claim.article.appearances.all() if seen.url]
    now = timezone.now()
    return [
        Reading(
            claim_id=row.claim_id,
            url=hit.url,
            title=hit.title[:500],
            language=hit.language[:2],
            published_on=hit.published,
            next_at=now + OTHERS_HAVE,
        )
        for hit in hits
        if hit.kind in KINDS
        and hit.url.startswith(("https://", "http://"))
        and len(hit.url) <= 2000
        and not any(url in hit.url for url in own)
    ][:MOST]
