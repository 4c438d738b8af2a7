"""The translating stage: a public verdict in another language, written by one and read by another.

The line of a translation is its claim and language: its versions, hands and approvals are its own,
and the claim does not move for it. Publishing it is publishing's.
"""

from claims.pipeline.translating.deciding import POINTS, approve, points, send_back
from claims.pipeline.translating.reading import (
    Standing,
    Translation,
    current_of,
    has_contributed,
    of_claim,
    one,
    original_of,
    ready,
    to_review,
)
from claims.pipeline.translating.writing import propose, requirements, save

__all__ = [
    "POINTS",
    "Standing",
    "Translation",
    "approve",
    "current_of",
    "has_contributed",
    "of_claim",
    "one",
    "original_of",
    "points",
    "propose",
    "ready",
    "requirements",
    "save",
    "send_back",
    "to_review",
]
