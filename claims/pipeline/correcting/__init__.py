"""The correcting stage: what an editor changes about how an article was split.

Merge two claims, split one, mark other words, add one that was missed. Every function is one
transaction, takes keyword-only arguments, checks the right, leaves a row in each claim's history
and a labelled example (`Correction`), and raises `IllegalMove`, `PermissionDenied` or `StaleState`.
Open before review only: what is in review or public does not change under anybody's hands.
"""

from claims.pipeline.correcting.marking import add, respan, split
from claims.pipeline.correcting.merging import merge, merged_into, unmerge
from claims.pipeline.correcting.words import beginnings, place

__all__ = [
    "add",
    "beginnings",
    "merge",
    "merged_into",
    "place",
    "respan",
    "split",
    "unmerge",
]
