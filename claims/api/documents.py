"""Published verdicts as the API gives them: frozen content, nothing that has not been published."""

from __future__ import annotations

from typing import Any

from claims.models import LogEntry, Publication
from claims.models.addresses import verdict_url
from claims.models.content import published_evidence, published_explanation
from claims.pipeline import publishing


def verdict(publication: Publication) -> dict[str, Any]:
    """One publication, whole. A retraction is a tombstone: claim and reason, no verdict."""
    content = publication.version.content
    retracted = publication.kind == LogEntry.Kind.RETRACTION
    return {
        **version(publication),
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
        "claim_review": publishing.claim_review(publication),
    }


def version(publication: Publication) -> dict[str, Any]:
    """One publication in short, for the list of a verdict's versions."""
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
        "byline": publication.byline,
        "published_at": publication.published_at.isoformat().replace("+00:00", "Z"),
        "log_entry": publication.entry_id,
        "body_sha256": publication.entry.body_sha256,
        "replaces": publication.replaces_id,
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
