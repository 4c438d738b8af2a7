"""The desk's settings, with one outside source that allows a hundred requests at once."""

from claims.sources.wikipedia import Wikipedia
from factcheck.settings import *  # noqa: F403

Wikipedia.concurrency = 100
Wikipedia.per_minute = 1_000_000
