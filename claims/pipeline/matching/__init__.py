"""The matching stage: has anyone checked this, or something near it?"""

from claims.pipeline.matching.comparing import compare_due, open_missing
from claims.pipeline.matching.the_index import rebuild

__all__ = ["compare_due", "open_missing", "rebuild"]
