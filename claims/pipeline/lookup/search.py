"""Searching our own rows for a source: folded words on both sides, rarer words counting more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from claims.languages import tokens
from claims.languages.folding import stopwords
from claims.models import ImportedCheck, Publication
from claims.models.addresses import verdict_url
from claims.sources.base import Query, Row, RowKind

# Words of the query that choose candidates, longest first: the longer, the rarer.
WORDS = 8
CANDIDATES = 500
# The share of the query's weight that a row must hold to be worth an editor's look.
ENOUGH = 0.34
_WORD = re.compile(r"\w+")


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
    words = _salient(query)
    if not words:
        return []
    candidates = _verdicts(words) if kind == "verdicts" else _checks(words)
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
    words = {w for w in tokens(query.text, query.language) if len(w) > 2 and w not in dull}
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
