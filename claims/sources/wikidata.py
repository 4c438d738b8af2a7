from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.languages import SERVED
from claims.sources import _json
from claims.sources._http.answers import retry_after
from claims.sources._snippet import plain
from claims.sources.base import Answer, Context, Hit, Query, Source, SourceError

LIMIT = 5
PASSING_ERRORS = ("maxlag", "ratelimited", "readonly", "timeout", "internal_api_error")


class Wikidata(Source):
    """Who or what the claimant's name may mean, for an editor to confirm; nothing on the claim."""

    label = gettext_lazy("Wikidata")
    options = {"WIKIDATA_URL": "https://www.wikidata.org/w/api.php"}
    sends_text_to_third_party = True
    sends = gettext_lazy("Sends the claimant's name to the Wikimedia Foundation")
    takes_words = False
    per_minute = 60
    concurrency = 2
    languages = SERVED
    docs = "https://www.wikidata.org/w/api.php?action=help&modules=wbsearchentities"

    def asks(self, query: Query) -> str:
        return query.claimant or ""

    def lookup(self, query: Query, context: Context) -> Answer:
        if not query.claimant:
            return Answer(hits=(), asked=_("nobody: the claim names no claimant"), sent=False)
        if query.claimant_id:
            known = _("nobody: %(name)s is known as %(id)s")
            asked = known % {"name": query.claimant, "id": query.claimant_id}
            return Answer(hits=(), asked=asked, sent=False)
        api = context.settings.get("WIKIDATA_URL") or self.options["WIKIDATA_URL"]
        answered = _json.ask(
            context.fetch.for_source(api),
            api,
            label=str(self.label),
            params={
                "action": "wbsearchentities",
                "search": query.claimant,
                "language": query.language,
                "uselang": query.language,
                "type": "item",
                "limit": str(LIMIT),
                "format": "json",
            },
        )
        _check_for_error(answered)
        with _json.known_form(str(self.label), self.docs):
            hits = tuple(_hit(entry, query.language) for entry in answered.answer["search"])
        return Answer(hits=hits, asked=query.claimant)


def _check_for_error(answered: _json.Answered) -> None:
    """MediaWiki reports its errors with HTTP 200."""
    error = answered.answer.get("error") if isinstance(answered.answer, dict) else None
    if not isinstance(error, dict):
        return
    code = str(error.get("code", "unknown"))
    passing = code.startswith(PASSING_ERRORS)
    raise SourceError(
        _("Wikidata answered with the error “%(code)s”: %(info)s")
        % {"code": code, "info": plain(str(error.get("info", "")))},
        permanent=not passing,
        retry_after=retry_after(answered.headers) if passing else None,
    )


def _hit(entry: Mapping[str, Any], language: str) -> Hit:
    # `display` has the words in the language that was asked for; older servers lack it.
    shown = entry.get("display", {})
    named = shown.get("label", {})
    label = named.get("value") or entry.get("label") or entry["id"]
    described = shown.get("description", {}).get("value") or entry.get("description", "")
    return Hit(
        title=plain(label),
        url=f"https://www.wikidata.org/wiki/{entry['id']}",
        snippet=plain(described),
        # Where it has no label in the claim's language, it answers with another language's.
        language=named.get("language", language),
        publisher="Wikidata",
        kind="entity",
    )
