"""The desk's settings, with one outside source that allows a hundred requests at once."""

from claims.sources.wikipedia import Wikipedia
from factcheck.settings import *  # noqa: F403

Wikipedia.concurrency = 100
Wikipedia.per_minute = 1_000_000

# What else the claims and their finds give the workers to do is not what is measured.
CELERY_TASK_ROUTES = {
    f"claims.tasks.{name}": {"queue": "not-measured"} for name in ("compare_due", "read_pages")
}
