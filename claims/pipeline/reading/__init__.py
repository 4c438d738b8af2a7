"""The reading stage: what do the pages that sources named say on the claim?"""

from claims.pipeline.reading.choosing import PAGES, choose, request
from claims.pipeline.reading.taking import is_due, read

__all__ = ["PAGES", "choose", "is_due", "read", "request"]
