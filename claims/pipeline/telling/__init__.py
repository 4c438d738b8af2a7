"""The telling stage: what has happened that somebody should know, on the desk and by e-mail.

News is derived from what the other stages left behind (moves, comments, matches, dates): none of
them calls this one. Every function may run twice; everybody is told everything once.
"""

from claims.pipeline.telling.digest import digests_due, send_digests, unsubscribe
from claims.pipeline.telling.keeping import (
    mark_all_read,
    mark_read,
    seen,
    shown_to,
    unread_about,
    unread_of,
)
from claims.pipeline.telling.reading import is_due, tell
from claims.pipeline.telling.words import sentence, statement_of

__all__ = [
    "digests_due",
    "is_due",
    "mark_all_read",
    "mark_read",
    "seen",
    "send_digests",
    "sentence",
    "shown_to",
    "statement_of",
    "tell",
    "unread_about",
    "unread_of",
    "unsubscribe",
]
