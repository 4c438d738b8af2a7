"""The matching stage: has anyone checked this, or something near it?"""

from claims.pipeline.matching.comparing import checks_due, compare_due, open_missing
from claims.pipeline.matching.deciding import confirm, reject, undo
from claims.pipeline.matching.listing import (
    decline,
    list_appearance,
    waiting,
    withdraw,
)
from claims.pipeline.matching.the_index import rebuild

__all__ = [
    "checks_due",
    "compare_due",
    "confirm",
    "decline",
    "list_appearance",
    "open_missing",
    "rebuild",
    "reject",
    "undo",
    "waiting",
    "withdraw",
]
