"""Searching our own rows for a source: folded words on both sides, rarer words counting more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from claims.languages import tokens
from claims.languages.folding import stopwords
from claims.models import Article, CollectedItem, ImportedCheck, Publication
from claims.models.addresses import verdict_url
from claims.models.words import best
from claims.sources.base import Query, Row, RowKind

# Words of the query that choose candidates, longest first: the longer, the rarer.
WORDS = 8
CANDIDATES = 500
RANKED = 100
# The share of the query's weight that a row must hold to be worth an editor's look.
ENOUGH = 0.34
SNIPPET = 300
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"https?://[^\s<>«»“”\"]{4,1900}")


@dataclass(frozen=True)
class _Candidate:
    folded: str
    title: str
    text: str
    url: str
    language: str
    publisher: str
    published: date | None
    rating: str


def search_rows(kind: RowKind, query: Query, limit: int) -> Sequence[Row]:
    """The best rows for a query, best first; `score` is the share of the query's words' weight, an
    inverse document frequency over the candidates, that the row holds."""
    if kind == "links":
        return _links(query, limit)
    words = _salient(query)
    if not words:
        return []
    candidates = _CANDIDATES[kind](words)
    held = [set(_WORD.findall(candidate.folded)) for candidate in candidates]
    frequency = Counter(word for own in held for word in own)
    weight = {w: math.log(1 + len(candidates) / (1 + frequency[w])) + 0.1 for w in words}
    total = sum(weight.values())
    scored = sorted(
        (
            (sum(weight[w] for w in words if w in own) / total, index)
            for index, own in enumerate(held)
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    return [
        Row(
            title=(found := candidates[index]).title,
            text=found.text,
            url=found.url,
            language=found.language,
            publisher=found.publisher,
            published=found.published,
            rating=found.rating,
            score=score,
        )
        for score, index in scored[:limit]
        if score >= ENOUGH
    ]


def _salient(query: Query) -> list[str]:
    dull = stopwords(query.language)
    asked = query.terms or query.text
    words = {w for w in tokens(asked, query.language) if len(w) > 2 and w not in dull}
    return sorted(words, key=lambda word: (-len(word), word))


def _holding(words: list[str]) -> Q:
    condition = Q()
    for word in words[:WORDS]:
        condition |= Q(folded__contains=word)
    return condition


def _verdicts(words: list[str]) -> list[_Candidate]:
    rows: QuerySet[Publication] = (
        Publication.objects.standing()
        .filter(_holding(words))
        .select_related("version")
        .order_by("-entry")[:CANDIDATES]
    )
    return [
        _Candidate(
            folded=row.folded,
            title=row.version.content["statement"],
            text=row.version.summary,
            url=verdict_url(row.verdict_number, row.language),
            language=row.language,
            publisher=_("this desk"),
            published=row.published_at.date(),
            rating=row.version.content["rating"]["label"][row.language],
        )
        for row in rows
    ]


def _checks(words: list[str]) -> list[_Candidate]:
    rows = ImportedCheck.objects.filter(_holding(words)).order_by("-pk")[:CANDIDATES]
    return [
        _Candidate(
            folded=row.folded,
            title=row.claim,
            text=row.claimant,
            url=row.url,
            language=row.language,
            publisher=row.publisher,
            published=row.reviewed_on,
            rating=row.rating,
        )
        for row in rows
    ]


def _collected(words: list[str]) -> list[_Candidate]:
    """By the full-text index, which ranks; so fewer are looked at than of what has none."""
    keys = best(CollectedItem, [[word] for word in words[:WORDS]], RANKED)
    rows = (
        CollectedItem.objects.select_related("feed__outlet")
        .defer("text", "links")
        .annotate(head=Left("text", SNIPPET))
        .in_bulk(keys)
    )
    return [
        _Candidate(
            folded=row.folded,
            title=row.title,
            text=getattr(row, "head"),  # noqa: B009 - annotated above
            url=row.url,
            language=row.feed.outlet.language,
            publisher=row.feed.outlet.name,
            published=row.published_at.date() if row.published_at else None,
            rating="",
        )
        for row in (rows[key] for key in keys if key in rows)
    ]


_CANDIDATES: dict[RowKind, Callable[[list[str]], list[_Candidate]]] = {
    "verdicts": _verdicts,
    "imported_checks": _checks,
    "collected": _collected,
}


def _links(query: Query, limit: int) -> list[Row]:
    """Where the claim's article links to: addresses in its text, and links of the page it was read
    off. In their order, each once."""
    article = Article.objects.filter(claims=query.claim).first() if query.claim else None
    if article is None:
        return []
    found = {match.rstrip(".,;:!?)»”\"'،؛؟"): "" for match in _ADDRESS.findall(article.text)}
    for link in article.links or []:
        found[link["url"]] = found.get(link["url"]) or link["text"]
    return [
        Row(
            title=words or url,
            text="",
            url=url,
            language="",
            publisher=urlsplit(url).hostname or "",
            published=None,
            rating="",
            score=1.0,
        )
        for url, words in list(found.items())[:limit]
    ]
