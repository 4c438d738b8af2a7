"""All claims in one folder of files: found by sense and by words, grown while it is asked.

The folder holds nothing that cannot be made anew from the rows.
"""

from claims.similarity.index.files import BrokenIndex
from claims.similarity.index.store import BusyIndex, Index, NoIndex, build, in_memory

__all__ = ["BrokenIndex", "BusyIndex", "Index", "NoIndex", "build", "in_memory"]
