"""From a publication's frozen content to its ClaimReview document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from claims.feeds import claim_review as schema
from claims.feeds.base import RatingLabel
from claims.models import LogEntry, Publication
from claims.models.addresses import absolute, prefix, verdict_url
from claims.models.content import published_evidence, published_explanation
from claims.pipeline.publishing.originals import of_originals

CHANGES = (LogEntry.Kind.CORRECTION, LogEntry.Kind.UPDATE)


def document(publication: Publication) -> dict[str, Any]:
    """The JSON-LD of a publication that is being written: it needs no row in the log yet.

    Once it is in the log, the log's body is the authority; read it with `claim_review`.
    """
    content = publication.version.content
    language = publication.language
    number = publication.verdict_number
    chain = _chain(publication)
    articles = [_article(one) for one in content["appearances"]]
    # Where a position's words were first seen. Versions that do not say which article was seen
    # where have one article.
    first = {one.get("article"): _article(one) for one in reversed(content["appearances"])}
    return schema.document(
        schema.Verdict(
            id=verdict_url(number, language),
            url=verdict_url(number, language),
            claim_id=verdict_url(number, language) + "#claim",
            claim=content["statement"],
            claim_language=content["language"],
            language=language,
            rating=rating_label(content, language),
            summary=content["summary"],
            explanation=published_explanation(content),
            first_published_at=chain[0].published_at,
            published_at=publication.published_at,
            desk=_desk(language),
            positions=[
                schema.Position(
                    stance=one["stance"],
                    text=one["text"],
                    party=_party(one["claimant"]),
                    article=first.get(one["article"], first.get(None)),
                )
                for one in content["positions"]
            ],
            articles=articles,
            evidence=[
                schema.Evidence(
                    title=piece["title"],
                    url=piece["url"],
                    publisher=piece["publisher"],
                    language=piece["quote_language"],
                )
                for piece in published_evidence(content)
            ],
            corrections=[
                schema.Correction(
                    text=one.reason,
                    made_at=one.published_at,
                    url=verdict_url(number, language, one.version_number),
                )
                for one in chain
                if one.kind in CHANGES
            ],
            translation_of=of_originals([publication])[0],
        )
    )


def rating_label(content: dict[str, Any], language: str) -> RatingLabel:
    rating = content["rating"]
    return RatingLabel(
        slug=rating["slug"],
        label=rating["label"][language],
        value=rating["value"],
        best=rating["best"],
        worst=rating["worst"],
    )


def _chain(publication: Publication) -> list[Publication]:
    """This verdict's publications in this language from the first to the given one."""
    before = Publication.objects.filter(
        verdict_number=publication.verdict_number,
        language=publication.language,
        version_number__lt=publication.version_number,
    ).order_by("version_number")
    return [*before, publication]


def _desk(language: str) -> schema.Desk:
    methodology = absolute(f"{prefix(language)}/methodology")
    return schema.Desk(
        name=settings.DESK_NAME,
        url=absolute("/"),
        corrections_policy=f"{methodology}#corrections",
        publishing_principles=methodology,
        licence=settings.DESK_LICENCE,
    )


def _party(claimant: dict[str, Any] | None) -> schema.Party | None:
    if claimant is None:
        return None
    wikidata = claimant["wikidata"]
    return schema.Party(
        name=claimant["name"],
        kind=claimant["kind"],
        same_as=f"https://www.wikidata.org/wiki/{wikidata}" if wikidata else "",
    )


def _article(appearance: dict[str, Any]) -> schema.Article:
    return schema.Article(
        url=appearance["url"],
        publisher=appearance["outlet"],
        published=date.fromisoformat(appearance["published_on"]),
    )
