"""The ClaimReview document of a verdict, in JSON-LD (schema.org; publishing.md, sections 1 and 2).

Not a format of its own: it stands in the public page, the log's body and the JSON Feed.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

from claims.feeds.base import OfOriginal, RatingLabel

PartyKind = Literal["person", "organisation", "outlet", "anonymous"]
Stance = Literal["asserts", "denies", "doubts"]
Object = dict[str, Any]

_TYPES: dict[PartyKind, str] = {
    "person": "Person",
    "organisation": "Organization",
    "outlet": "Organization",
}


@dataclass(frozen=True)
class Desk:
    """Who publishes. Addresses are absolute, "" where the desk has no such page."""

    name: str
    url: str
    corrections_policy: str = ""
    ethics_policy: str = ""
    publishing_principles: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Party:
    """Who speaks. An anonymous one is named as the article names it, and not as a person."""

    name: str
    kind: PartyKind
    job_title: str = ""
    same_as: str = ""


@dataclass(frozen=True)
class Article:
    """Where the claim, or a position on it, was read. No `url` where the article has none."""

    url: str = ""
    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""


@dataclass(frozen=True)
class Position:
    """One party's stance on the claim. `party` is None where the article itself vouches for it."""

    stance: Stance
    text: str
    party: Party | None
    article: Article | None = None


@dataclass(frozen=True)
class Evidence:
    """A published piece of evidence."""

    title: str
    url: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""


@dataclass(frozen=True)
class Correction:
    """A change after publication, as readers are told of it; `url` shows the version it made."""

    text: str
    made_at: datetime
    url: str = ""


@dataclass(frozen=True)
class Verdict:
    """All that the document says. Times are aware.

    `url` is the public page, `id` the verdict's over all versions, `claim_id` the claim's.
    `positions` and `articles` come in the order they are to be listed, asserting positions and the
    first appearance first; `evidence` holds published pieces alone. `discourse_date` is the day the
    claim entered public talk, by default that of the first appearance: never the day it was
    checked. `translation_of` is the verdict in the language it was written in, None for itself.
    """

    id: str
    url: str
    claim_id: str
    claim: str
    claim_language: str
    language: str
    rating: RatingLabel
    summary: str
    explanation: str
    first_published_at: datetime
    published_at: datetime
    desk: Desk
    positions: Sequence[Position] = ()
    articles: Sequence[Article] = ()
    evidence: Sequence[Evidence] = ()
    corrections: Sequence[Correction] = ()
    discourse_date: date | None = None
    translation_of: OfOriginal | None = None


def document(verdict: Verdict) -> Object:
    """The JSON-LD document; what is unknown is left out, not empty.

    Raises ValueError for an address that is not http or https, naming it.
    """
    desk = verdict.desk
    publisher = _object(
        "Organization",
        name=desk.name,
        url=_address(desk.url),
        correctionsPolicy=_address(desk.corrections_policy),
        ethicsPolicy=_address(desk.ethics_policy),
        publishingPrinciples=_address(desk.publishing_principles),
    )
    author = _object("Organization", name=desk.name, url=_address(desk.url))
    return {
        "@context": "https://schema.org",
        **_object(
            "ClaimReview",
            id=_address(verdict.id),
            url=_address(verdict.url),
            claimReviewed=verdict.claim,
            inLanguage=verdict.language,
            datePublished=_instant(verdict.first_published_at),
            dateModified=_instant(verdict.published_at),
            author=author,
            publisher=publisher,
            itemReviewed=_claim(verdict),
            reviewRating=_rating(verdict),
            reviewBody=verdict.explanation,
            citation=[_evidence(piece) for piece in verdict.evidence],
            correction=[_correction(change) for change in verdict.corrections],
            translator=_translator(verdict.translation_of),
            translationOfWork=_original(verdict.translation_of),
            license=_address(desk.licence),
            sdLicense=_address(desk.licence),
            sdPublisher=author,
            sdDatePublished=_instant(verdict.published_at),
        ),
    }


def script_safe(document: Object) -> str:
    """The document as JSON for a `<script>` element: nothing in it ends the element, opens a
    comment, or breaks a line in JavaScript; it parses back equal."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _claim(verdict: Verdict) -> Object:
    articles = [_article(article) for article in verdict.articles]
    first = verdict.articles[0].published if verdict.articles else None
    day = verdict.discourse_date or first
    asserting = [one for one in verdict.positions if one.stance == "asserts"]
    opposing = [one for one in verdict.positions if one.stance != "asserts"]
    return _object(
        "Claim",
        id=_address(verdict.claim_id),
        text=verdict.claim,
        inLanguage=verdict.claim_language,
        author=_one_or_many(_parties(asserting)),
        datePublished=day.isoformat() if day else "",
        firstAppearance=articles[0] if articles else None,
        appearance=articles,
        subjectOf=[_position(one, verdict) for one in opposing],
    )


def _rating(verdict: Verdict) -> Object:
    rating = verdict.rating
    numbers = (rating.value, rating.best, rating.worst)
    scale: Object = {}
    # Consumers read the numbers as a scale of truth, so a rating without a place on it has none.
    if None not in numbers:
        scale = dict(zip(("ratingValue", "bestRating", "worstRating"), numbers, strict=True))
    return _object(
        "Rating",
        alternateName=rating.label,
        name=rating.label,
        ratingExplanation=verdict.summary,
        **scale,
    )


def _position(position: Position, verdict: Verdict) -> Object:
    """A denial or doubt: a claim of its own about the one reviewed. schema.org has no property for
    the stance, so `genre` says it in the words of the desk's data model."""
    return _object(
        "Claim",
        genre=position.stance,
        text=position.text,
        about={"@id": _address(verdict.claim_id)},
        author=_one_or_many(_parties([position])),
        appearance=_article(position.article) if position.article else None,
    )


def _parties(positions: Sequence[Position]) -> list[Object]:
    """Each named party once. An anonymous source is no Person and no Organization to consumers who
    list claimants, so it has no author; its words are in the page."""
    named = dict.fromkeys(
        one.party for one in positions if one.party and one.party.kind in _TYPES and one.party.name
    )
    return [
        _object(
            _TYPES[party.kind],
            name=party.name,
            jobTitle=party.job_title,
            sameAs=_address(party.same_as),
        )
        for party in named
    ]


def _article(article: Article) -> Object:
    return _object(
        "NewsArticle",
        url=_address(article.url),
        headline=article.title,
        datePublished=article.published.isoformat() if article.published else "",
        inLanguage=article.language,
        publisher=_publisher(article.publisher),
    )


def _evidence(piece: Evidence) -> Object:
    return _object(
        "CreativeWork",
        name=piece.title,
        url=_address(piece.url),
        datePublished=piece.published.isoformat() if piece.published else "",
        inLanguage=piece.language,
        publisher=_publisher(piece.publisher),
    )


def _correction(change: Correction) -> Object:
    return _object(
        "CorrectionComment",
        text=change.text,
        datePublished=_instant(change.made_at),
        url=_address(change.url),
    )


def _original(of: OfOriginal | None) -> Object | None:
    """Which version was translated is in `url`; `@id` is the verdict's over all versions."""
    if of is None:
        return None
    return _object(
        "CreativeWork",
        id=_address(of.url),
        url=_address(of.version_url),
        inLanguage=of.language,
    )


def _translator(of: OfOriginal | None) -> Object | None:
    return _object("Person", name=of.translator) if of and of.translator else None


def _publisher(name: str) -> Object | None:
    return _object("Organization", name=name) if name else None


def _object(type_: str, *, id: str = "", **properties: Any) -> Object:
    """A typed node without its empty properties; 0 is a value."""
    named = {"@type": type_} | ({"@id": id} if id else {})
    return named | {
        name: value for name, value in properties.items() if value not in ("", None, [], {})
    }


def _one_or_many(nodes: list[Object]) -> Object | list[Object]:
    return nodes[0] if len(nodes) == 1 else nodes


def _address(url: str) -> str:
    if url:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(
                f"'{url}' cannot be published as an address: only absolute http and https "
                "addresses can. Correct it where it was entered."
            )
    return url


def _instant(moment: datetime) -> str:
    if moment.utcoffset() is None:
        raise ValueError(f"A published time needs its zone; {moment.isoformat()} has none.")
    return moment.astimezone(UTC).isoformat(timespec="seconds")
