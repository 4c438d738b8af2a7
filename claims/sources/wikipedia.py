from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.languages import SERVED
from claims.sources import _json
from claims.sources._http.answers import retry_after
from claims.sources._snippet import plain
from claims.sources.base import Answer, Context, Hit, Query, Source, SourceError

LIMIT = 5
# All words must occur in a page: six find the exact event, three the people and the place.
WORD_COUNTS = (6, 3)
# Codes of errors that pass by themselves; every other one means that we ask wrongly.
PASSING_ERRORS = ("maxlag", "ratelimited", "readonly", "timeout", "internal_api_error", "search-")
MAXLAG_SECONDS = 5
# Of one of at most two requests: an editor waits for the answer.
TOTAL_SECONDS = 10.0


class Wikipedia(Source):
    """Encyclopedia pages in the claim's own language, through MediaWiki's search.

    Nothing found in the claim's language is the answer "nothing found"; no other language is tried
    instead.
    """

    label = gettext_lazy("Wikipedia")
    options = {"WIKIPEDIA_URL": "https://{language}.wikipedia.org/w/api.php"}
    sends_text_to_third_party = True
    sends = gettext_lazy("Sends words of the claim to the Wikimedia Foundation")
    per_minute = 30
    concurrency = 2
    languages = SERVED
    docs = "https://www.mediawiki.org/wiki/API:Search"

    def asks(self, query: Query) -> str:
        return "; ".join(dict.fromkeys(" ".join(query.words(count)) for count in WORD_COUNTS))

    def lookup(self, query: Query, context: Context) -> Answer:
        if query.language not in self.languages:
            raise SourceError(
                _("Wikipedia is not asked in “%(language)s”. Known: %(known)s.")
                % {"language": query.language, "known": ", ".join(sorted(self.languages))},
                permanent=True,
            )
        template = context.settings.get("WIKIPEDIA_URL") or self.options["WIKIPEDIA_URL"]
        api = template.replace("{language}", query.language)
        asked: list[str] = []
        for count in WORD_COUNTS:
            words = " ".join(query.words(count))
            if not words or words in asked:
                break
            asked.append(words)
            found = _search(context, api, words)
            if found:
                return Answer(
                    hits=tuple(_hit(entry, api, query.language) for entry in found),
                    asked=_asked(api, asked),
                )
        return Answer(hits=(), asked=_asked(api, asked), sent=bool(asked))


def _search(context: Context, api: str, words: str) -> Sequence[Mapping[str, Any]]:
    page = _json.ask(
        context.fetch.for_source(api),
        api,
        label="Wikipedia",
        params={
            "action": "query",
            "list": "search",
            "srsearch": words,
            "srnamespace": "0",
            "srlimit": str(LIMIT),
            "srinfo": "totalhits",
            "srprop": "snippet|timestamp",
            "format": "json",
            "formatversion": "2",
            "utf8": "1",
            "maxlag": str(MAXLAG_SECONDS),
        },
        total_seconds=TOTAL_SECONDS,
    )
    answer = page.answer if isinstance(page.answer, dict) else {}
    _check_for_error(answer, page.headers)
    with _json.known_form("Wikipedia", Wikipedia.docs):
        found = list(answer["query"]["search"])
        if not all(isinstance(entry["title"], str) for entry in found):
            raise TypeError("a title that is no text")
        return found


def _check_for_error(answer: Mapping[str, Any], headers: Mapping[str, str]) -> None:
    """MediaWiki reports its errors with HTTP 200, in one of two shapes."""
    errors = answer.get("errors")
    error = errors[0] if isinstance(errors, list) and errors else answer.get("error")
    if not isinstance(error, dict):
        return
    code = str(error.get("code", "unknown"))
    passing = code.startswith(PASSING_ERRORS)
    raise SourceError(
        _("Wikipedia answered with the error “%(code)s”: %(info)s")
        % {
            "code": code,
            "info": plain(str(error.get("info") or error.get("text") or error.get("html") or "")),
        },
        permanent=not passing,
        retry_after=retry_after(headers) if passing else None,
    )


def _hit(entry: Mapping[str, Any], api: str, language: str) -> Hit:
    title = entry["title"]
    # Where the wiki's pages are, seen from its API; pages have no date worth the name.
    place = f"{api.removesuffix('w/api.php')}wiki/"
    return Hit(
        title=title,
        url=place + quote(title.replace(" ", "_"), safe="/:(),-_~!*'"),
        snippet=plain(str(entry.get("snippet") or "")),
        language=language,
        publisher="Wikipedia",
    )


def _asked(api: str, words: Sequence[str]) -> str:
    return f"{urlsplit(api).hostname}: {'; '.join(words)}"
