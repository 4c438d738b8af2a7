"""The lookup stage: what do the sources say about a claim?"""

from claims.pipeline.lookup.asking import (
    may_be_asked,
    missing_settings,
    open_missing,
    request,
    usable,
)
from claims.pipeline.lookup.draining import drain

__all__ = ["drain", "may_be_asked", "missing_settings", "open_missing", "request", "usable"]
