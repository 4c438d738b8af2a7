from django.utils.translation import gettext_lazy as _

from claims.languages import SERVED
from claims.sources.base import Answer, Context, Query, Source

LIMIT = 10


class ImportedChecks(Source):
    """Other desks' fact-checks, from the ClaimReview data this desk has imported."""

    label = _("Imported fact-checks")
    sends_text_to_third_party = False
    per_minute = 600
    concurrency = 4
    languages = SERVED
    docs = "https://www.datacommons.org/factcheck/download"

    def lookup(self, query: Query, context: Context) -> Answer:
        rows = context.search_rows("imported_checks", query, LIMIT)
        return Answer(hits=tuple(row.as_hit("check") for row in rows), asked=self.asks(query))
