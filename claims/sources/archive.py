from django.utils.translation import gettext_lazy as _

from claims.languages import SERVED
from claims.sources.base import Answer, Context, Query, Source

LIMIT = 10


class Archive(Source):
    """The desk's own published verdicts: has this claim, or one like it, been checked here?"""

    label = _("This desk's verdicts")
    sends_text_to_third_party = False
    per_minute = 600
    concurrency = 4
    languages = SERVED
    docs = ""

    def lookup(self, query: Query, context: Context) -> Answer:
        rows = context.search_rows("verdicts", query, LIMIT)
        return Answer(hits=tuple(row.as_hit("own") for row in rows), asked=self.asks(query))
