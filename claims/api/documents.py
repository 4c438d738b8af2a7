"""Published verdicts as the API gives them: frozen content, nothing that has not been published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from claims.feeds.base import OfOriginal
from claims.models import LogEntry, Publication
from claims.models.addresses import verdict_url
from claims.models.content import published_evidence, published_explanation
from claims.pipeline import publishing


def verdicts(rows: Sequence[Publication]) -> list[dict[str, Any]]:
    """The publications, whole. A retraction is a tombstone: claim and reason, no verdict. How each
    stands to its translations, or to the verdict that it translates, takes two queries for all."""
    translations: defaultdict[int, list[Publication]] = defaultdict(list)
    originals = {row.verdict_number for row in rows if row.version.translates_id is None}
    standing = Publication.objects.standing().translations().filter(verdict_number__in=originals)
    for one in standing.select_related("version").order_by("language"):
        translations[one.verdict_number].append(one)
    return [
        _verdict(row, of, translations[row.verdict_number] if of is None else [])
        for row, of in zip(rows, publishing.of_originals(rows), strict=True)
    ]


def versions(rows: Sequence[Publication]) -> list[dict[str, Any]]:
    """The publications in short, for the list of a verdict's versions."""
    return [_version(row, of) for row, of in zip(rows, publishing.of_originals(rows), strict=True)]


def _verdict(
    publication: Publication, of: OfOriginal | None, translations: Sequence[Publication]
) -> dict[str, Any]:
    content = publication.version.content
    retracted = publication.kind == LogEntry.Kind.RETRACTION
    return {
        **_version(publication, of),
        "url": verdict_url(publication.verdict_number, publication.language),
        "claim": content["statement"],
        "claim_kind": content["kind"],
        "claim_language": content["language"],
        "summary": None if retracted else content["summary"],
        "explanation": None if retracted else published_explanation(content),
        "no_primary_reason": None if retracted else content["no_primary_reason"],
        "positions": [] if retracted else [_position(one) for one in content["positions"]],
        "evidence": [] if retracted else [_evidence(one) for one in published_evidence(content)],
        "appearances": [_appearance(one) for one in content["appearances"]],
        "translations": [_translation(one, publication) for one in translations],
        "claim_review": publishing.claim_review(publication),
    }


def _version(publication: Publication, of: OfOriginal | None) -> dict[str, Any]:
    retracted = publication.kind == LogEntry.Kind.RETRACTION
    return {
        "number": publication.verdict_number,
        "version": publication.version_number,
        "kind": publication.kind,
        "language": publication.language,
        "version_url": verdict_url(
            publication.verdict_number, publication.language, publication.version_number
        ),
        "rating": None if retracted else _rating(publication.version.content["rating"]),
        "reason": publication.reason,
        "reason_language": (of.reason_language if of else publication.language)
        if publication.reason
        else "",
        "translation_of": _original(of) if of else None,
        "byline": publication.byline,
        "published_at": publication.published_at.isoformat().replace("+00:00", "Z"),
        "log_entry": publication.entry_id,
        "body_sha256": publication.entry.body_sha256,
        "replaces": publication.replaces_id,
    }


def _original(of: OfOriginal) -> dict[str, Any]:
    return {
        "language": of.language,
        "url": of.url,
        "version": of.version,
        "version_url": of.version_url,
        "translator": of.translator,
        "older_than_original": of.older,
        "original_stands": of.stands,
    }


def _translation(publication: Publication, original: Publication) -> dict[str, Any]:
    return {
        "language": publication.language,
        "url": verdict_url(publication.verdict_number, publication.language),
        "version": publication.version_number,
        "older_than_original": publication.version.translates_id != original.version_id,
    }


def _rating(rating: dict[str, Any]) -> dict[str, Any]:
    return {name: rating[name] for name in ("slug", "label", "value", "best", "worst")}


def _position(position: dict[str, Any]) -> dict[str, Any]:
    names = ("stance", "text", "form", "claimant", "via", "dates")
    return {name: position[name] for name in names}


def _appearance(seen: dict[str, Any]) -> dict[str, Any]:
    return {name: seen[name] for name in ("url", "outlet", "published_on")}


def _evidence(piece: dict[str, Any]) -> dict[str, Any]:
    names = (
        "number",
        "title",
        "url",
        "publisher",
        "quote",
        "quote_language",
        "relation",
        "primary",
        "page",
    )
    return {name: piece[name] for name in names if name in piece}
