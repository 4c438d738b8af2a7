"""The review stage: from an accepted claim to an approved verdict.

Every function is one transaction, takes keyword-only arguments, checks the right, and raises
`IllegalMove`, `PermissionDenied` or `StaleState` (claims/workflow.py). The four eyes themselves are
constraints and triggers; here they are only met with a readable message.
"""

from claims.pipeline._rights import EDITABLE
from claims.pipeline.review.deciding import (
    STANDARDS,
    Requirement,
    approve,
    propose,
    reopen,
    requirements,
    send_back,
    standards,
    under_review,
)
from claims.pipeline.review.moves import (
    accept,
    dismiss,
    restore,
    resume,
    resume_if_due,
    start,
    wait,
)
from claims.pipeline.review.writing import (
    add_evidence,
    change_evidence,
    edit_claim,
    move_evidence,
    remove_evidence,
    save_draft,
)

__all__ = [
    "EDITABLE",
    "STANDARDS",
    "Requirement",
    "accept",
    "add_evidence",
    "approve",
    "change_evidence",
    "dismiss",
    "edit_claim",
    "move_evidence",
    "propose",
    "remove_evidence",
    "reopen",
    "requirements",
    "restore",
    "resume",
    "resume_if_due",
    "save_draft",
    "send_back",
    "standards",
    "start",
    "under_review",
    "wait",
]
