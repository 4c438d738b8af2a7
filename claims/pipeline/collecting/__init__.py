"""The collecting stage: the outlets' feeds are watched, and what they bring is kept for the search.

`reading` asks the feeds and notes their entries, `pages` fetches what stands at the entries'
addresses, `watching` is what administrators change. What is to become an article is left in the row
for the intake stage.
"""

from claims.pipeline.collecting.pages import fetch_due
from claims.pipeline.collecting.reading import Look, look_at, read_due
from claims.pipeline.collecting.watching import add, change, read_now

__all__ = ["Look", "add", "change", "fetch_due", "look_at", "read_due", "read_now"]
