"""The passage of a page that says most on a claim, and what it seems to do to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from claims.detection.segmentation import sentences
from claims.languages import SERVED
from claims.models import Reading
from claims.similarity import embedding, ranking
from claims.similarity.contradiction import judge, read

# Of a longer page the beginning is read.
MOST_CHARACTERS = 200_000
MOST_SENTENCES = 500
# Of the sentences nearest in sense, so many are weighed with their neighbours.
NEAREST = 5
LONGEST = 700
# Two sentences are only better than one where they are much nearer.
WORTH_A_NEIGHBOUR = 0.1
# Below, a page says nothing on the claim.
FROM = 0.01
Span = tuple[int, int]


@dataclass(frozen=True)
class Passage:
    """`start` counts code points in the page's text. `score`: how near to the claim, 0…1. `why`:
    what speaks against it, each a code with what stands in the claim and in the passage."""

    text: str
    start: int
    score: float
    hint: str
    why: list[list[str]]


def best(statement: str, language: str, text: str, text_language: str) -> Passage | None:
    """None where the page says nothing on the claim. `text_language`: a served one, or ""."""
    text = text[:MOST_CHARACTERS]
    spans = sentences(text, text_language or "en")[:MOST_SENTENCES]
    if not spans:
        return None
    own, *others = embedding.vectors([statement, *(text[a:b] for a, b in spans)])
    nearness = np.asarray([vector @ own for vector in others])
    weighed = {
        span: ranking.pair(statement, language, text[slice(*span)], text_language)
        for at in np.argsort(-nearness)[:NEAREST]
        for span in _around(spans, int(at))
    }
    alone = set(spans)

    def worth(span: Span) -> float:
        return weighed[span] - (0 if span in alone else WORTH_A_NEIGHBOUR)

    span = max(weighed, key=worth)
    score = weighed[span]
    hint, why = _hint(statement, language, text[slice(*span)], text_language, score)
    if not hint:
        return None
    return Passage(text[slice(*span)], span[0], score, hint, why)


def _around(spans: list[Span], at: int) -> Iterator[Span]:
    """The sentence, with the one before and with the one behind it."""
    yield spans[at]
    for first, last in ((at - 1, at), (at, at + 1)):
        if first >= 0 and last < len(spans) and spans[last][1] - spans[first][0] <= LONGEST:
            yield spans[first][0], spans[last][1]


def _hint(
    statement: str, language: str, passage: str, passage_language: str, score: float
) -> tuple[str, list[list[str]]]:
    mentions = Reading.Hint.MENTIONS if score >= FROM else ""
    if passage_language not in SERVED:
        return mentions, []  # What denies a claim in other languages, we cannot read.
    judgement = judge(read(statement, language), read(passage, passage_language), score)
    why = [list(reason) for reason in judgement.reasons]
    if judgement.relation == "same":
        return Reading.Hint.SUPPORTS, why
    if judgement.relation == "contradicts":
        return Reading.Hint.DENIES, why
    return (Reading.Hint.MENTIONS, why) if judgement.relation == "related" else (mentions, [])
