"""The evidence stage: our own copies of chosen pages, and whether the pages still stand.

An editor chooses (`pipeline.review`) and leaves a Snapshot row; this stage copies, looks again every
week, and asks the Internet Archive for a copy of its own.
"""

from claims.pipeline.evidence.archiving import archive_due, archives
from claims.pipeline.evidence.choosing import copy_now, rest_on_newer
from claims.pipeline.evidence.copying import copy_due
from claims.pipeline.evidence.watching import check_due, look_again, seen

__all__ = [
    "archive_due",
    "archives",
    "check_due",
    "copy_due",
    "copy_now",
    "look_again",
    "rest_on_newer",
    "seen",
]
