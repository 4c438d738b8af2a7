"""Which words of which text a comment is about, found again after the text has changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.models import Claim, Comment, Draft, VerdictVersion

# Longer than any sentence anybody comments on; the whole text is the claim's matter.
LONGEST_QUOTE = 1000


@dataclass(frozen=True)
class Anchor:
    """What a person selected: `quote` from `start` on (code points) in the text called `field`. A
    page shows white space in its own way, so the quote's may differ from the text's."""

    field: str
    quote: str
    start: int = 0


@dataclass(frozen=True)
class Place:
    """Where words stand now: text[start:end], in code points."""

    start: int
    end: int


def place(text: str, quote: str, near: int = 0) -> Place | None:
    """Where the quote stands in the text, the one nearest to `near` if there are several; None
    where it does not."""
    words = quote.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = [Place(hit.start(), hit.end()) for hit in pattern.finditer(text)]
    return min(found, key=lambda one: abs(one.start - near), default=None)


def texts(
    claim: Claim, draft: Draft | None = None, version: VerdictVersion | None = None
) -> dict[str, str]:
    """The texts that can be commented on, by `Comment.field`: of a version, or as they are now."""
    if version is not None:
        return {
            Comment.Field.STATEMENT: version.content["statement"],
            Comment.Field.SUMMARY: version.summary,
            Comment.Field.EXPLANATION: version.explanation,
        }
    return {
        Comment.Field.STATEMENT: claim.statement,
        Comment.Field.SUMMARY: draft.summary if draft else "",
        Comment.Field.EXPLANATION: draft.explanation if draft else "",
    }
