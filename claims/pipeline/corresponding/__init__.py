"""The desk's letters: who was asked for a reply or a correction, and who complained.

Every function is one transaction, takes keyword-only arguments, checks the right, and raises
`IllegalMove`, `PermissionDenied`, `StaleState` (claims/workflow.py) or `ValidationError`.
"""

from claims.pipeline.corresponding.asking import (
    FIELDS,
    OUTCOMES,
    ask,
    change,
    is_overdue,
    sentence,
)
from claims.pipeline.corresponding.complaining import LONGEST, answer, enter, receive

__all__ = [
    "FIELDS",
    "LONGEST",
    "OUTCOMES",
    "answer",
    "ask",
    "change",
    "enter",
    "is_overdue",
    "receive",
    "sentence",
]
