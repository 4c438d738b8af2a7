"""What was read of a page, written: its passage, hint, and which pages it is a copy of."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from claims.models import Claim, Lookup, Reading
from claims.pipeline.reading.fetching import ReadPage
from claims.pipeline.reading.passages import best
from claims.similarity import copies

# The origin of a page that is a copy of the claim's own article begins with this.
OWN = "own:"


def as_taken(row: Reading) -> Q:
    """The row, if nobody else has taken it since, nor an editor asked for it anew."""
    return Q(pk=row.pk, state=row.state, attempts=row.attempts, next_at=row.next_at)


def write(row: Reading, page: ReadPage) -> bool:
    """Gives whether it was written: not by a worker that comes back late."""
    claim = Claim.objects.select_related("article").get(pk=row.claim_id)
    passage = best(claim.statement, claim.language, page.text, page.language)
    hint = passage.hint if passage else ""
    if hint == Reading.Hint.SUPPORTS and _is_check(row):
        # A check repeats the claim that it is about; that is no support.
        hint = Reading.Hint.MENTIONS
    published = page.published or row.published_on
    print_ = copies.fingerprint(page.text, page.language)
    own = copies.fingerprint(claim.article.text, claim.article.language)
    seen_on = _seen_on(claim)
    with transaction.atomic():
        # Two copies that are read at once would each find no other.
        Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        origin = f"{OWN}{own}" if copies.alike(print_, own) else _origin(row, print_)
        written = Reading.objects.filter(as_taken(row)).update(
            state=Reading.State.READ,
            reason="",
            title=(page.title or row.title)[:500],
            language=page.language,
            published_on=published,
            passage=passage.text if passage else "",
            start=passage.start if passage else None,
            score=passage.score if passage else 0.0,
            hint=hint,
            why=passage.why if passage else [],
            later=bool(published and seen_on and published > seen_on),
            origin=origin,
            finished_at=timezone.now(),
        )
    return written == 1


def _seen_on(claim: Claim) -> date | None:
    """The first day on which the claim's article was seen."""
    found: date | None = claim.article.appearances.aggregate(first=Min("published_on"))["first"]
    return found


def _origin(row: Reading, print_: str) -> str:
    """The fingerprint of the first page of which this one is a copy; its own where it is none."""
    others = (
        Reading.objects.filter(claim=row.claim_id, state=Reading.State.READ)
        .exclude(pk=row.pk)
        .exclude(origin="")
        .order_by("finished_at", "pk")
        .values_list("origin", flat=True)
    )
    return next(
        (
            origin
            for origin in others
            if not origin.startswith(OWN) and copies.alike(origin, print_)
        ),
        print_,
    )


def _is_check(row: Reading) -> bool:
    return any(
        hit.get("url") == row.url and hit.get("kind") == "check"
        for lookup in Lookup.objects.filter(claim=row.claim_id)
        for hit in lookup.hits
    )
