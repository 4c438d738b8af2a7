"""Everything the desk knows of one claim, as one document: strings, numbers, lists.

Offsets are code points into the article's `text`, end exclusive. Where an article is confidential
(`words_withheld`), none of its words is in here: not its text, title or addresses, not a position's
words, not what people wrote into the history; who holds which position is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from claims.models import (
    Article,
    BlindRating,
    Claim,
    Comment,
    Draft,
    Match,
    Position,
    Publication,
    Rating,
    Review,
    Snapshot,
    TranslationDraft,
    VerdictVersion,
)
from claims.pipeline.dossier.history import chain, moment, name

Document = dict[str, Any]


def as_bytes(document: Document) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def copy_path(snapshot: int) -> str:
    return f"snapshots/{snapshot}.warc.gz"


def document(
    claim: Claim, *, at: datetime, maker: User, hidden: bool, copies: set[int]
) -> Document:
    """`hidden`: an article of it is confidential. `copies`: the snapshots whose files come along."""
    members = [member.claim for member in claim.members.select_related("claim__article")]
    articles = {one.article_id: one.article for one in (claim, *members)}
    return {
        "format": "touchstone-dossier/1",
        "made_at": moment(at),
        "made_by": name(maker),
        "words_withheld": hidden,
        "claim": {
            "id": claim.pk,
            "statement": claim.statement,
            "language": claim.language,
            "state": claim.state,
            "kind": claim.kind,
            "checkworthiness": claim.checkworthiness,
            "reasons": claim.reasons,
            "priority": claim.priority,
            "severity": claim.severity,
            "topic": claim.topic,
            "assignee": name(claim.assignee),
            "due_at": moment(claim.due_at),
            "recheck_on": claim.recheck_on and claim.recheck_on.isoformat(),
            "created_at": moment(claim.created_at),
            "same_as": [member.pk for member in members],
        },
        "articles": [_article(article) for article in articles.values()],
        "positions": [
            _position(position)
            for position in Position.objects.of(claim).select_related("claimant", "article")
        ],
        "matches": [_match(match) for match in _matches(claim)],
        "lookups": [
            {
                "source": lookup.source,
                "state": lookup.state,
                "asked": lookup.asked,
                "hits": lookup.hits,
                "reason": lookup.reason,
                "finished_at": moment(lookup.finished_at),
            }
            for lookup in claim.lookups.all()
        ],
        "evidence": [
            _evidence(number, piece, copies)
            for number, piece in enumerate(
                claim.evidence.select_related("added_by", "snapshot").defer(
                    "snapshot__text", "snapshot__pages"
                ),
                start=1,
            )
        ],
        "draft": _draft(Draft.objects.filter(claim=claim).select_related("changed_by").first()),
        "translation_drafts": [
            _draft(draft) | {"language": draft.language, "of": draft.of_id}
            for draft in TranslationDraft.objects.filter(claim=claim).select_related("changed_by")
        ],
        "versions": [
            _version(version)
            for version in claim.versions.select_related("author").prefetch_related(
                "reviews__reviewer", "blind_ratings__reviewer", "blind_ratings__rating"
            ).order_by("number")
        ],
        "publications": [
            _publication(one)
            for one in claim.publications.select_related("version", "published_by").order_by("pk")
        ],
        "comments": [_comment(one, hidden) for one in _comments(claim)],
        "contacts": [
            {
                "kind": one.kind,
                "whom": one.whom,
                "how": one.how,
                "question": one.question,
                "asked_at": moment(one.asked_at),
                "asked_by": name(one.asked_by),
                "until": moment(one.until),
                "outcome": one.outcome,
                "answer": one.answer,
                "answered_at": moment(one.answered_at),
            }
            for one in claim.contacts.select_related("asked_by").order_by("asked_at", "pk")
        ],
        "history": chain(claim, hidden=hidden),
    }  # fmt: skip


def _article(article: Article) -> Document:
    seen = article.appearances.select_related("outlet")
    hidden = article.confidential
    return {
        "id": article.pk,
        "confidential": hidden,
        "sha256": "" if hidden else article.sha256,
        "title": "" if hidden else article.title,
        "text": "" if hidden else article.text,
        "language": article.language,
        "channel": article.channel,
        "received_at": moment(article.received_at),
        "appearances": []
        if hidden
        else [
            {
                "outlet": one.outlet.name if one.outlet else "",
                "url": one.url,
                "published_on": one.published_on.isoformat(),
                "day_confirmed": one.published_confirmed,
            }
            for one in seen
        ],
    }


def _position(position: Position) -> Document:
    hidden = position.article.confidential
    claimant = position.claimant
    place = (
        {}
        if hidden
        else {
            "start": position.start,
            "end": position.end,
            "text": position.text,
            "via": position.via,
            "cue": position.cue,
            "cue_start": position.cue_start,
            "cue_end": position.cue_end,
            "claimant_start": position.claimant_start,
            "claimant_end": position.claimant_end,
            "dates": position.dates,
        }
    )
    return {
        "claim": position.claim_id,
        "article": position.article_id,
        "stance": position.stance,
        "form": position.form,
        "claimant": claimant
        and {
            "name": claimant.name,
            "kind": claimant.kind,
            "language": claimant.language,
            "wikidata": claimant.wikidata_id,
        },
        **place,
    }


def _matches(claim: Claim) -> Iterable[Match]:
    return claim.matches.select_related("earlier__article", "check_found", "decided_by")


def _match(match: Match) -> Document:
    earlier, check = match.earlier, match.check_found
    return {
        "relation": match.relation,
        "score": match.score,
        "state": match.state,
        "decided_by": name(match.decided_by),
        "claim": earlier and earlier.pk,
        "statement": "" if earlier is None or earlier.article.confidential else earlier.statement,
        "check": check
        and {
            "publisher": check.publisher,
            "url": check.url,
            "claim": check.claim,
            "rating": check.rating,
        },
    }


def _evidence(number: int, piece: Any, copies: set[int]) -> Document:
    return {
        "number": number,
        "url": piece.url,
        "title": piece.title,
        "publisher": piece.publisher,
        "quote": piece.quote,
        "quote_language": piece.quote_language,
        "quote_start": piece.quote_start,
        "quote_end": piece.quote_end,
        "page": piece.page,
        "relation": piece.relation,
        "primary": piece.primary,
        "group": piece.independence_group,
        "withheld": piece.withheld,
        "note": piece.note,
        "added_by": name(piece.added_by),
        "added_at": moment(piece.added_at),
        "copy": piece.snapshot and _copy(piece.snapshot, copies),
    }


def _copy(snapshot: Snapshot, copies: set[int]) -> Document:
    """`file`: null where no copy could be made, or its file is gone from the desk's store."""
    return {
        "file": copy_path(snapshot.pk) if snapshot.pk in copies else None,
        "state": snapshot.state,
        "reason": snapshot.reason,
        "url": snapshot.final_url or snapshot.url,
        "media_type": snapshot.media_type,
        "body_sha256": snapshot.sha256,
        "fetched_at": moment(snapshot.fetched_at),
        "standing": snapshot.standing,
        "archive_url": snapshot.archive_url,
    }


def _draft(draft: Draft | TranslationDraft | None) -> Document:
    if draft is None:
        return {}
    return {
        "rating": draft.rating.slug if isinstance(draft, Draft) and draft.rating else "",
        "summary": draft.summary,
        "explanation": draft.explanation,
        "changed_by": name(draft.changed_by),
        "changed_at": moment(draft.changed_at),
    }


def _version(version: VerdictVersion) -> Document:
    return {
        "number": version.number,
        "language": version.language,
        "translates": version.translates_id,
        "author": name(version.author),
        "created_at": moment(version.created_at),
        "quorum": version.quorum,
        "blind": version.blind,
        "digest": version.digest,
        "content": version.content,
        "reviews": [_review(review) for review in version.reviews.all()],
        "blind_ratings": [_blind(one) for one in version.blind_ratings.all()],
    }


def _review(review: Review) -> Document:
    return {
        "reviewer": name(review.reviewer),
        "decision": review.decision,
        "reason": review.reason,
        "standards": {
            point: getattr(review, point)
            for point in ("attributed", "primary", "both_sides", "independent", "dates_right")
        },
        "created_at": moment(review.created_at),
    }


def _blind(one: BlindRating) -> Document:
    rating: Rating = one.rating
    return {
        "reviewer": name(one.reviewer),
        "rating": {"slug": rating.slug, "mark": rating.mark, "label": _labels(rating)},
        "reason": one.reason,
        "at": moment(one.at),
    }


def _labels(rating: Rating) -> dict[str, str]:
    return {"ar": rating.label_ar, "tr": rating.label_tr, "en": rating.label_en}


def _publication(one: Publication) -> Document:
    return {
        "entry": one.pk,
        "kind": one.kind,
        "verdict": one.verdict_number,
        "version_number": one.version_number,
        "version": one.version.number,
        "language": one.language,
        "reason": one.reason,
        "published_by": name(one.published_by),
        "published_at": moment(one.published_at),
    }


def _comments(claim: Claim) -> Iterable[Comment]:
    return claim.comments.select_related("author", "link", "resolved_by", "version")


def _comment(one: Comment, hidden: bool) -> Document:
    quotes = not (hidden and one.field == Comment.Field.ARTICLE)
    return {
        "id": one.pk,
        "answers": one.parent_id,
        "by": name(one.author) if one.author else one.link.name if one.link else "",
        "from_outside": one.link_id is not None,
        "version": one.version.number if one.version else None,
        "field": one.field,
        "quote": one.quote if quotes else "",
        "start": one.start if quotes else None,
        "end": one.end if quotes else None,
        "text": one.text,
        "at": moment(one.at),
        "resolved_at": moment(one.resolved_at),
        "resolved_by": name(one.resolved_by),
    }
