from django.utils.translation import gettext_lazy as _

from claims.languages import SERVED
from claims.sources.base import Answer, Context, Query, Source

LIMIT = 15


class OwnLinks(Source):
    """The pages that the claim's own article links to: often its origin."""

    label = _("Links in the article")
    sends_text_to_third_party = False
    takes_words = False
    per_minute = 600
    concurrency = 4
    languages = SERVED
    docs = ""

    def asks(self, query: Query) -> str:
        return ", ".join(query.urls)

    def lookup(self, query: Query, context: Context) -> Answer:
        rows = context.search_rows("links", query, LIMIT)
        return Answer(hits=tuple(row.as_hit("page") for row in rows), asked=self.asks(query))
