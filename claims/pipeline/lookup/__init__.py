"""The lookup stage: what do the sources say about a claim?"""

from claims.pipeline.lookup.asking import (
    NOT_YET,
    may_be_asked,
    missing_settings,
    open_missing,
    outside_if_accepted,
    request,
    usable,
)
from claims.pipeline.lookup.budget import spent_today
from claims.pipeline.lookup.draining import drain
from claims.pipeline.lookup.questions import question
from claims.pipeline.lookup.trying import Trial, harmless, may_try, try_source
from claims.pipeline.lookup.wording import may_be_accepted, set_words

__all__ = [
    "NOT_YET",
    "Trial",
    "drain",
    "harmless",
    "may_be_accepted",
    "may_be_asked",
    "may_try",
    "missing_settings",
    "open_missing",
    "outside_if_accepted",
    "question",
    "request",
    "set_words",
    "spent_today",
    "try_source",
    "usable",
]
