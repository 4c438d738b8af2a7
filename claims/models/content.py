"""Everything that would be published of a claim, as one document with one digest."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import rfc8785

from claims.models.claims import Claim, Position
from claims.models.desk import Profile, Rating
from claims.models.lookups import Evidence
from claims.models.verdicts import VerdictVersion

# How an explanation cites its evidence; \d is any script's digits, as int() reads them. The one
# pattern for all: a citation that only the desk took for one would show a withheld number outside.
CITATION = re.compile(r"\[\s*(\d{1,3})\s*\]")


def would_publish(
    claim: Claim,
    *,
    rating: Rating,
    summary: str,
    explanation: str,
    no_primary_reason: str,
    byline: str,
    appearances: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """The content of a verdict version, JSON-ready: strings, integers, booleans, null, lists.

    `appearances` defaults to where the article has been seen by now. Pass a version's own list to
    ask whether anything but a further appearance has changed since. Withheld evidence is part of
    it, because its reviewers saw it; `published_evidence` leaves it out.
    """
    return {
        "statement": claim.statement,
        "language": claim.language,
        "kind": claim.kind,
        "positions": [
            _position(position)
            for position in Position.objects.of(claim).select_related("claimant", "article")
        ],
        "evidence": [
            _evidence(number, piece) for number, piece in enumerate(claim.evidence.all(), start=1)
        ],
        "rating": _rating(rating),
        "summary": summary,
        "explanation": explanation,
        "no_primary_reason": no_primary_reason,
        "byline": byline,
        "appearances": _appearances(claim) if appearances is None else appearances,
    }


def would_publish_translated(
    original: VerdictVersion,
    *,
    language: str,
    statement: str,
    summary: str,
    explanation: str,
    no_primary_reason: str,
    translator: str,
) -> dict[str, Any]:
    """The content of a translation: the original's as it was frozen, its words in another language.

    Quotations, positions and addresses stay as they are, in theirs (`translates.language`); so does
    the byline, for the translator wrote no verdict. `translator` is their own byline, or "".
    """
    return {
        **original.content,
        "language": language,
        "statement": statement,
        "summary": summary,
        "explanation": explanation,
        "no_primary_reason": no_primary_reason,
        "translates": {
            "version": original.number,
            "digest": original.digest,
            "language": original.language,
            "translator": translator,
        },
    }


def source_language(content: dict[str, Any]) -> str:
    """The language in which the verdict was written: a translation's positions stay in it."""
    translates: dict[str, Any] = content.get("translates") or {}
    return str(translates.get("language") or content["language"])


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 over the RFC 8785 form, lower-case hex."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def is_as_proposed(version: VerdictVersion) -> bool:
    """Whether this version is what its digest was made for, and what the claim's rows still say:
    whoever reads either reads the other. A further appearance of the article is no change."""
    if digest_of(version.content) != version.digest:
        return False
    if version.translates is not None:
        return _is_translated_as_proposed(version, version.translates)
    now = would_publish(
        Claim.objects.get(pk=version.claim_id),
        rating=version.rating,
        summary=version.summary,
        explanation=version.explanation,
        no_primary_reason=version.content["no_primary_reason"],
        byline=Profile.byline_of(version.author_id),
        appearances=version.content["appearances"],
    )
    return digest_of(now) == version.digest and version.language == version.content["language"]


def _is_translated_as_proposed(version: VerdictVersion, original: VerdictVersion) -> bool:
    """The original was frozen, and with it all that a translation does not say itself."""
    now = would_publish_translated(
        original,
        language=version.language,
        statement=version.content["statement"],
        summary=version.summary,
        explanation=version.explanation,
        no_primary_reason=version.content["no_primary_reason"],
        translator=Profile.byline_of(version.author_id),
    )
    return digest_of(original.content) == original.digest and digest_of(now) == version.digest


def published_evidence(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The evidence that may be shown, each with the number by which the explanation cites it."""
    return [piece for piece in content["evidence"] if not piece["withheld"]]


def published_explanation(content: dict[str, Any]) -> str:
    """The explanation without its citations of withheld evidence: not even the number is shown."""
    withheld = {piece["number"] for piece in content["evidence"] if piece["withheld"]}
    return without_citations(str(content["explanation"]), withheld)


def without_citations(explanation: str, numbers: set[int]) -> str:
    """An explanation that no longer cites these pieces of evidence."""
    if not numbers:
        return explanation
    return re.sub(
        rf"[ \u00a0]?{CITATION.pattern}",
        lambda cited: "" if int(cited[1]) in numbers else cited[0],
        explanation,
    )


def _position(position: Position) -> dict[str, Any]:
    claimant = position.claimant
    # A confidential article's words stay in the house; who holds which position about which days
    # does not.
    hidden = position.article.confidential
    return {
        "stance": position.stance,
        "text": "" if hidden else position.text,
        "form": position.form,
        "claimant": claimant
        and {
            "name": claimant.name,
            "kind": claimant.kind,
            "language": claimant.language,
            "wikidata": claimant.wikidata_id,
        },
        "via": "" if hidden else position.via,
        "cue": "" if hidden else position.cue,
        "article": position.article_id,
        "dates": [
            {"text": "" if hidden else date["text"], "from": date["from"], "to": date["to"]}
            for date in position.dates
        ],
    }


def _evidence(number: int, piece: Evidence) -> dict[str, Any]:
    return {
        "number": number,
        "url": piece.url,
        "title": piece.title,
        "publisher": piece.publisher,
        "quote": piece.quote,
        "quote_language": piece.quote_language,
        "relation": piece.relation,
        "primary": piece.primary,
        "group": piece.independence_group,
        "withheld": piece.withheld,
        # Of a PDF alone: what was reviewed before there were pages keeps its digest.
        **({"page": piece.page} if piece.page and piece.quote else {}),
    }


def _rating(rating: Rating) -> dict[str, Any]:
    return {
        "slug": rating.slug,
        "mark": rating.mark,
        "value": rating.value,
        "best": rating.best,
        "worst": rating.worst,
        "label": {"ar": rating.label_ar, "tr": rating.label_tr, "en": rating.label_en},
    }


def _appearances(claim: Claim) -> list[dict[str, Any]]:
    """Where the articles of the claim and of its members were seen, its own first."""
    members = claim.members.select_related("claim__article").order_by("claim")
    articles = [claim.article, *(member.claim.article for member in members)]
    return [
        {
            "article": article.pk,
            "url": appearance.url,
            "outlet": appearance.outlet.name if appearance.outlet else "",
            "published_on": appearance.published_on.isoformat(),
        }
        for article in dict.fromkeys(articles)
        if not article.confidential
        for appearance in article.appearances.select_related("outlet")
    ]
