from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.languages import SERVED
from claims.sources import _json
from claims.sources._http import FetchError
from claims.sources._snippet import plain
from claims.sources.base import Answer, Context, Hit, Query, Source, SourceError

LIMIT = 20
WORDS = 5
NAMED = 4
BEFORE, AFTER = timedelta(days=3), timedelta(days=7)
# What the service says it keeps.
KEEPS = timedelta(days=90)
NAMES = {"ar": "arabic", "tr": "turkish", "en": "english"}


class Gdelt(Source):
    """News of the days around the claim, in all languages where it names somebody, from the GDELT
    Project's index of the world's media."""

    label = gettext_lazy("GDELT")
    options = {"GDELT_URL": "https://api.gdeltproject.org/api/v2/doc/doc"}
    sends_text_to_third_party = True
    sends = gettext_lazy("Sends words of the claim and the days around it to the GDELT Project")
    per_minute = 12
    concurrency = 1
    least_seconds = 5.0
    languages = SERVED
    docs = "https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/"

    def asks(self, query: Query) -> str:
        """Names in all their spellings, in whatever language they stand; of a claim without two
        names, its own words in its own language."""
        names = query.names(NAMED)
        if len(names) > 1:
            return " ".join(_either(name.spelled.values()) for name in names)
        words = " ".join(query.words(WORDS))
        return f"{words} sourcelang:{NAMES[query.language]}" if words else ""

    def lookup(self, query: Query, context: Context) -> Answer:
        asked = self.asks(query)
        if not asked:
            return Answer(hits=(), asked="", sent=False)
        today = context.now().date()
        day, until = query.days or (query.published or today,) * 2
        if until + AFTER < today - KEEPS:
            return Answer(
                hits=(),
                asked=_("nothing: GDELT keeps three months, the claim is from %s") % until,
                sent=False,
            )
        url = context.settings.get("GDELT_URL") or self.options["GDELT_URL"]
        first, last = max(day - BEFORE, today - KEEPS), min(until + AFTER, today)
        with _json.known_form("GDELT", self.docs):
            articles = _ask(context, url, asked, first, last).get("articles", [])
            hits = tuple(_hit(article) for article in articles)
        return Answer(hits=hits, asked=f"{asked} ({first} – {last})")


def _either(spellings: Iterable[str]) -> str:
    """One of the spellings; a name of several words is a phrase."""
    terms = [f'"{one}"' if " " in one else one for one in dict.fromkeys(spellings)]
    return f"({' OR '.join(terms)})" if len(terms) > 1 else terms[0]


def _ask(context: Context, url: str, asked: str, first: date, last: date) -> Mapping[str, Any]:
    try:
        page = context.fetch.for_source(url).get(
            url,
            params={
                "query": asked,
                "mode": "artlist",
                "format": "json",
                "maxrecords": str(LIMIT),
                "sort": "hybridrel",
                "startdatetime": f"{first:%Y%m%d}000000",
                "enddatetime": f"{last:%Y%m%d}235959",
            },
            accept=("application/json", "text/html", "text/plain"),
            max_bytes=_json.MAX_BYTES,
            total_seconds=15.0,
        )
    except FetchError as error:
        raise SourceError.of(error) from error
    if page.content_type in ("text/html", "text/plain") and not page.body.lstrip().startswith(b"{"):
        # A query it does not like is answered in prose, with HTTP 200.
        raise SourceError(
            _("GDELT does not accept the words: %s Change them and ask again.")
            % plain(page.body[:300].decode("utf-8", "replace")),
            permanent=True,
        )
    answer = _json.parsed(page.body, "GDELT")
    if not isinstance(answer, dict):
        raise TypeError("not an object")
    return answer


def _hit(article: Mapping[str, Any]) -> Hit:
    codes = {name.capitalize(): code for code, name in NAMES.items()}
    seen = datetime.strptime(article["seendate"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return Hit(
        title=plain(article["title"]),
        url=article["url"],
        snippet="",
        language=codes.get(article.get("language", ""), ""),
        publisher=article.get("domain", ""),
        published=seen.date(),
    )
