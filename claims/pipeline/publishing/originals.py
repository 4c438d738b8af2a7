"""How translations in the open stand to the verdict that they are of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from claims.feeds.base import OfOriginal
from claims.models import LogEntry, Publication
from claims.models.addresses import verdict_url

RETRACTION = LogEntry.Kind.RETRACTION


def of_originals(rows: Sequence[Publication]) -> list[OfOriginal | None]:
    """For each of the publications, in the log or about to be: what it is a translation of; None for
    an original. One query, whatever their number. Expects `version` read with them."""
    numbers = {row.verdict_number for row in rows if row.version.translates_id is not None}
    if not numbers:
        return [None] * len(rows)
    originals: defaultdict[int, list[Publication]] = defaultdict(list)
    for one in Publication.objects.originals().filter(verdict_number__in=numbers):
        originals[one.verdict_number].append(one)
    return [
        _of(row, sorted(originals[row.verdict_number], key=lambda one: one.entry_id))
        if row.version.translates_id is not None
        else None
        for row in rows
    ]


def _of(row: Publication, originals: list[Publication]) -> OfOriginal:
    translates = row.version.content["translates"]
    language = str(translates["language"])
    newest = originals[-1] if originals else None
    # A retraction is of the version that it takes back, so the first is the one that was translated.
    translated = next(
        (one for one in originals if one.version_id == row.version.translates_id), None
    )
    with_it = (
        row.kind == RETRACTION
        and newest is not None
        and newest.kind == RETRACTION
        and newest.reason == row.reason
    )
    return OfOriginal(
        language=language,
        translator=str(translates["translator"]),
        url=verdict_url(row.verdict_number, language),
        version=translated.version_number if translated else None,
        version_url=verdict_url(row.verdict_number, language, translated.version_number)
        if translated
        else "",
        older=newest is not None and newest.version_id != row.version.translates_id,
        stands=newest is not None and newest.kind != RETRACTION,
        # Whoever retracts a verdict in all its languages writes the reason in the verdict's own.
        reason_language=language if with_it else row.language,
    )
