"""The publishing stage: the frozen public record, its log, and what is read from it."""

from claims.pipeline.publishing import log
from claims.pipeline.publishing.checks import Finding, findings
from claims.pipeline.publishing.markup import document
from claims.pipeline.publishing.originals import of_originals
from claims.pipeline.publishing.publish import (
    correct,
    drop_correction,
    publish,
    retract,
    standing,
    update_if_due,
    would_be,
)
from claims.pipeline.publishing.reading import (
    claim_review,
    claimant_of,
    entry_of,
    feed_head,
    markup_of,
)
from claims.pipeline.publishing.scheduling import (
    call_off,
    pending,
    publish_due,
    schedule,
    schedule_translation,
)
from claims.pipeline.publishing.translations import publish_translation, retract_translation

__all__ = [
    "Finding",
    "call_off",
    "claim_review",
    "claimant_of",
    "correct",
    "document",
    "drop_correction",
    "entry_of",
    "feed_head",
    "findings",
    "log",
    "markup_of",
    "of_originals",
    "pending",
    "publish",
    "publish_due",
    "publish_translation",
    "retract",
    "retract_translation",
    "schedule",
    "schedule_translation",
    "standing",
    "update_if_due",
    "would_be",
]
