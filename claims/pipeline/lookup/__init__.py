"""The lookup stage: what do the sources say about a claim?"""

from claims.pipeline.lookup.asking import (
    may_be_asked,
    missing_settings,
    open_missing,
    request,
    usable,
)
from claims.pipeline.lookup.budget import spent_today
from claims.pipeline.lookup.draining import drain
from claims.pipeline.lookup.trying import Trial, harmless, may_try, try_source

__all__ = [
    "Trial",
    "drain",
    "harmless",
    "may_be_asked",
    "may_try",
    "missing_settings",
    "open_missing",
    "request",
    "spent_today",
    "try_source",
    "usable",
]
