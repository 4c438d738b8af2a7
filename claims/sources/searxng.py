from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.languages import SERVED
from claims.sources import _json
from claims.sources._snippet import plain
from claims.sources.base import Answer, Context, Hit, Query, Source, SourceError

LIMIT = 15
WORDS = 8


class Searxng(Source):
    """The open web, through the desk's own SearXNG."""

    label = gettext_lazy("Web search (SearXNG)")
    needs = ("SEARXNG_URL",)
    sends_text_to_third_party = True
    sends = gettext_lazy("Sends words of the claim to the search engines that SearXNG asks")
    per_minute = 30
    concurrency = 2
    languages = SERVED
    docs = "https://docs.searxng.org/dev/search_api.html"

    def asks(self, query: Query) -> str:
        return " ".join(query.words(WORDS))

    def lookup(self, query: Query, context: Context) -> Answer:
        words = self.asks(query)
        if not words:
            return Answer(hits=(), asked="", sent=False)
        base = context.settings["SEARXNG_URL"]
        try:
            answered = _json.ask(
                context.fetch.for_source(base),
                base.rstrip("/") + "/search",
                label=str(self.label),
                params={"q": words, "format": "json", "language": query.language},
                total_seconds=15.0,
            )
        except SourceError as error:
            if error.status == 403:
                raise SourceError(
                    _(
                        "SearXNG refuses (403). Allow “json” under search.formats in its "
                        "settings.yml."
                    ),
                    permanent=True,
                ) from error
            raise
        with _json.known_form(str(self.label), self.docs):
            hits = tuple(_hit(found, query) for found in answered.answer["results"][:LIMIT])
            silent = [str(engine) for engine, *_why in answered.answer["unresponsive_engines"]]
        if not hits and silent:
            raise SourceError(
                _("SearXNG's engines do not answer: %s.") % ", ".join(silent), permanent=False
            )
        return Answer(hits=hits, asked=words)


def _hit(found: Mapping[str, Any], query: Query) -> Hit:
    return Hit(
        title=plain(found["title"]),
        url=found["url"],
        snippet=plain(found.get("content") or ""),
        language=query.language,
        publisher=", ".join(found.get("engines", [])),
        published=_day(found.get("publishedDate")),
    )


def _day(moment: str | None) -> date | None:
    try:
        return datetime.fromisoformat(moment).date() if moment else None
    except ValueError:
        return None  # Engines differ in how they write it, and a day is not worth the hit.
