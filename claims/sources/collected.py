from django.utils.translation import gettext_lazy as _

from claims.languages import SERVED
from claims.sources.base import Answer, Context, Query, Source

LIMIT = 10


class Collected(Source):
    """What the desk has collected from the feeds of the outlets it watches."""

    label = _("Watched outlets")
    sends_text_to_third_party = False
    per_minute = 600
    concurrency = 4
    languages = SERVED
    docs = ""

    def lookup(self, query: Query, context: Context) -> Answer:
        rows = context.search_rows("collected", query, LIMIT)
        return Answer(hits=tuple(row.as_hit("page") for row in rows), asked=self.asks(query))
