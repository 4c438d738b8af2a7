"""Talk about a claim: colleagues' comments, and one comment from an outside expert.

Every function is one transaction, takes keyword-only arguments, checks the right, and raises
`IllegalMove`, `PermissionDenied` or `StaleState` (claims/workflow.py).
"""

from claims.pipeline.discussing.anchors import Anchor, Place, place
from claims.pipeline.discussing.commenting import LONGEST, comment, reopen, resolve
from claims.pipeline.discussing.mentioning import colleagues, mentioned
from claims.pipeline.discussing.sharing import (
    DAYS,
    LONGEST_DAYS,
    Shared,
    expert_comment,
    look_up,
    opened,
    revoke,
    share,
    what_is_shared,
)

__all__ = [
    "DAYS",
    "LONGEST",
    "LONGEST_DAYS",
    "Anchor",
    "Place",
    "Shared",
    "colleagues",
    "comment",
    "expert_comment",
    "look_up",
    "mentioned",
    "opened",
    "place",
    "reopen",
    "resolve",
    "revoke",
    "share",
    "what_is_shared",
]
