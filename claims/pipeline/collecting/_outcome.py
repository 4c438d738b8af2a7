"""What the two halves of the stage have in common: how long to wait, and how an entry is searched."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from claims.languages import detect, tokens

# First pause after a failure, doubled with each further one, and the longest.
PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
# A tsvector holds a megabyte at most; what an article is about stands at its head.
MAX_FOLDED = 100_000


def next_try(now: datetime, attempts: int, retry_after: float | None) -> datetime:
    """After `attempts` failures in a row. With jitter, so that what failed together comes back
    apart; never before the other side wants it."""
    jitter = random.uniform(0.8, 1.2)  # noqa: S311
    pause: timedelta = min(PAUSE * 2 ** min(attempts - 1, 12), LONGEST_PAUSE) * jitter
    return now + max(pause, timedelta(seconds=retry_after or 0.0))


def searchable(title: str, text: str, language: str) -> str:
    """Title and text as folded words in their own language; `language` where it cannot be told."""
    words = f"{title}\n{text}"[:MAX_FOLDED]
    return " ".join(tokens(words, detect(words) or language))[:MAX_FOLDED]
