"""The publishing stage: the frozen public record, its log, and what is read from it."""

from claims.pipeline.publishing import log
from claims.pipeline.publishing.publish import (
    correct,
    drop_correction,
    publish,
    retract,
    standing,
    update_if_due,
)
from claims.pipeline.publishing.reading import (
    claim_review,
    claimant_of,
    entry_of,
    feed_entries,
    feed_head,
)

__all__ = [
    "claim_review",
    "claimant_of",
    "correct",
    "drop_correction",
    "entry_of",
    "feed_entries",
    "feed_head",
    "log",
    "publish",
    "retract",
    "standing",
    "update_if_due",
]
