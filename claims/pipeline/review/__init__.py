"""The review stage: from an accepted claim to an approved verdict.

Every function is one transaction, takes keyword-only arguments, checks the right, and raises
`IllegalMove`, `PermissionDenied` or `StaleState` (claims/workflow.py). The four eyes themselves are
constraints and triggers; here they are only met with a readable message.
"""

from claims.pipeline._rights import EDITABLE
from claims.pipeline.review.blind import rate_blind
from claims.pipeline.review.deciding import (
    PASSAGES,
    STANDARDS,
    approve,
    reopen,
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
    unaccept,
    wait,
)
from claims.pipeline.review.proposing import Requirement, missing_or_met, propose, requirements
from claims.pipeline.review.quorum import Quorum, quorum
from claims.pipeline.review.several import ACTS, change_several, undo_several
from claims.pipeline.review.ticks import TICKS, keep, ticked
from claims.pipeline.review.writing import (
    add_evidence,
    change_evidence,
    edit_claim,
    move_evidence,
    remove_evidence,
    save_draft,
)

__all__ = [
    "ACTS",
    "EDITABLE",
    "PASSAGES",
    "STANDARDS",
    "TICKS",
    "Quorum",
    "Requirement",
    "accept",
    "add_evidence",
    "approve",
    "change_evidence",
    "change_several",
    "dismiss",
    "edit_claim",
    "keep",
    "missing_or_met",
    "move_evidence",
    "propose",
    "quorum",
    "rate_blind",
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
    "ticked",
    "unaccept",
    "under_review",
    "undo_several",
    "wait",
]
