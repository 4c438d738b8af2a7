"""People at one claim at the same time, and what they have typed and not saved.

`holding`: who has the claim open, and who of them is writing its verdict. `keeping`: the working
copies, each person's own. Neither ever stops a save: what is saved is guarded by the revision it was
written on (`review.save_draft`), which also holds for a browser without a script, a laptop that was
closed with the draft held, and a program. Presence only spares people the lost race; a save refused
because somebody's sign is still up would lose more than it protects.
"""

from claims.pipeline._typed import (
    CLAIM,
    EVIDENCE,
    SEND_BACK,
    TRANSLATION,
    VERDICT,
    of_language,
    of_piece,
)
from claims.pipeline.together.holding import (
    ALIVE,
    Company,
    at,
    leave,
    look,
    take_over,
)
from claims.pipeline.together.keeping import (
    LONGEST,
    MOST,
    MOVES,
    drop,
    keep,
    kept,
    sweep,
)

__all__ = [
    "ALIVE",
    "CLAIM",
    "EVIDENCE",
    "LONGEST",
    "MOST",
    "MOVES",
    "SEND_BACK",
    "TRANSLATION",
    "VERDICT",
    "Company",
    "at",
    "drop",
    "keep",
    "kept",
    "leave",
    "look",
    "of_language",
    "of_piece",
    "sweep",
    "take_over",
]
