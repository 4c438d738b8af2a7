"""What readers and feeds get: finished entries, read from frozen rows only."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import rfc8785
from django.conf import settings
from django.utils.translation import gettext as _

from claims.feeds.base import Entry, FeedHead, OfOriginal
from claims.languages import direction
from claims.models import LogBody, LogEntry, Publication
from claims.models.addresses import absolute, prefix, verdict_url
from claims.models.content import published_explanation
from claims.models.log import PublicationQuerySet
from claims.pipeline.publishing.markup import document, rating_label
from claims.pipeline.publishing.originals import of_originals


def claim_review(publication: Publication) -> dict[str, Any] | None:
    """The ClaimReview document as it stands in the log. None for a retraction, and for a body that
    an order of law has withdrawn."""
    # From the row it came with, so that a list of fifty needs no fifty queries.
    try:
        body = json.loads(bytes(publication.entry.body.data))
    except LogBody.DoesNotExist:
        return None
    document: dict[str, Any] | None = body.get("claim_review")
    return document


def markup_of(publication: Publication) -> dict[str, Any] | None:
    """The same, also of a publication that is not in the log yet: what would stand there."""
    if not publication._state.adding:
        return claim_review(publication)
    retracted = publication.kind == LogEntry.Kind.RETRACTION
    # In the log's canonical form, which is the one that is embedded later.
    return None if retracted else json.loads(rfc8785.dumps(document(publication)))


def entry_of(publication: Publication) -> Entry:
    """A publication as feeds take it; one that is not in the log yet as it would be there."""
    return _entry(publication, of_originals([publication])[0])


def _entry(publication: Publication, translation: OfOriginal | None) -> Entry:
    content = publication.version.content
    language = publication.language
    number = publication.verdict_number
    retracted = publication.kind == LogEntry.Kind.RETRACTION
    return Entry(
        number=publication.pk,
        kind=publication.kind,
        id=verdict_url(number, language),
        url=verdict_url(number, language),
        version_url=verdict_url(number, language, publication.version_number),
        claim=content["statement"],
        summary="" if retracted else content["summary"],
        explanation="" if retracted else published_explanation(content),
        rating=None if retracted else rating_label(content, language),
        language=language,
        direction=direction(language),
        claimant=claimant_of(content),
        published_at=publication.published_at,
        first_published_at=_first(publication).published_at,
        reason=publication.reason,
        claim_review=None if retracted else markup_of(publication),
        translation=translation,
    )


def feed_entries(*, language: str | None = None, least: int, since: int) -> list[Entry]:
    """The newest log entries that readers see, newest first: every version of a verdict is one, so
    that who has copied the old one learns of the new. All from entry `since` on, and in any case the
    newest `least`. A body withdrawn by law is left out."""
    rows = _newest_first(language)
    newer = rows.filter(entry_id__gte=since).count()
    return _entries(list(rows[: max(least, newer)]))


def entries_between(start: int, stop: int, *, language: str | None) -> list[Entry]:
    """The same of log entries start to stop-1, without what may still change about a translation."""
    rows = _newest_first(language).filter(entry_id__gte=start, entry_id__lt=stop)
    return [
        entry
        if entry.translation is None
        else replace(entry, translation=replace(entry.translation, older=None, stands=None))
        for entry in _entries(list(rows))
    ]


def _newest_first(language: str | None) -> PublicationQuerySet:
    rows = Publication.objects.newest_first().select_related("entry__body")
    return rows.filter(language=language) if language else rows


def _entries(rows: list[Publication]) -> list[Entry]:
    return [_entry(row, of) for row, of in zip(rows, of_originals(rows), strict=True)]


def feed_head(
    *,
    language: str,
    self_url: str,
    previous_url: str = "",
    next_url: str = "",
    current_url: str = "",
) -> FeedHead:
    return FeedHead(
        title=settings.DESK_NAME,
        description=_("Verdicts, corrections and retractions, newest first."),
        site_url=absolute(f"{prefix(language)}/"),
        self_url=self_url,
        language=language,
        direction=direction(language),
        publisher=settings.DESK_NAME,
        licence=settings.DESK_LICENCE,
        previous_url=previous_url,
        next_url=next_url,
        current_url=current_url,
    )


def claimant_of(content: dict[str, Any]) -> str:
    """Who makes the claim, as the feeds name it; "" where no asserting position names anybody."""
    for position in content["positions"]:
        if position["stance"] == "asserts" and position["claimant"]:
            return str(position["claimant"]["name"])
    return ""


def _first(publication: Publication) -> Publication:
    """The verdict's first publication in this language."""
    if publication.version_number == 1:
        return publication
    return Publication.objects.get(
        verdict_number=publication.verdict_number, language=publication.language, version_number=1
    )
