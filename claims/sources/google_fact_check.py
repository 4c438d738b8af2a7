from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from claims.languages import SERVED
from claims.sources import _json
from claims.sources._snippet import plain
from claims.sources.base import Answer, Context, Hit, Query, Source

LIMIT = 10
# The engine looks for all words: a whole sentence finds nothing.
WORDS = 8


class GoogleFactCheck(Source):
    """Other desks' checks, from Google's Fact Check Tools: in the claim's own language, and where
    there are none, in the other ones with the names as they are spelled there."""

    label = gettext_lazy("Google Fact Check Tools")
    needs = ("GOOGLE_FACT_CHECK_KEY",)
    options = {"GOOGLE_FACT_CHECK_URL": "https://factchecktools.googleapis.com"}
    sends_text_to_third_party = True
    sends = gettext_lazy("Sends words of the claim to Google")
    per_minute = 60
    concurrency = 4
    languages = SERVED
    docs = (
        "https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/claims/search"
    )

    def asks(self, query: Query) -> str:
        return "; ".join(words for _language, words in _questions(query))

    def lookup(self, query: Query, context: Context) -> Answer:
        base = (
            context.settings.get("GOOGLE_FACT_CHECK_URL") or self.options["GOOGLE_FACT_CHECK_URL"]
        )
        url = base.rstrip("/") + "/v1alpha1/claims:search"
        asked: list[str] = []
        for language, words in _questions(query):
            asked.append(words)
            answered = _json.ask(
                context.fetch.for_source(base),
                url,
                label=str(self.label),
                params={"query": words, "languageCode": language, "pageSize": str(LIMIT)},
                # In a header, so that no address with the key in it gets into a log.
                headers={"X-Goog-Api-Key": context.settings["GOOGLE_FACT_CHECK_KEY"]},
            )
            with _json.known_form(str(self.label), self.docs):
                # No hits is an empty object.
                hits = tuple(_hits(answered.answer.get("claims", [])))
            if hits:
                return Answer(hits=hits, asked="; ".join(asked))
        return Answer(hits=(), asked="; ".join(asked), sent=bool(asked))


def _questions(query: Query) -> list[tuple[str, str]]:
    """Languages with the words asked in them, one after the other until something is found."""
    others = [language for language in SERVED if language != query.language]
    asked = [
        (query.language, query.words(WORDS)),
        *((language, query.words_in(language, WORDS)) for language in others),
    ]
    return [(language, " ".join(words)) for language, words in asked if words]


def _hits(claims: list[Mapping[str, Any]]) -> Iterator[Hit]:
    for claim in claims:
        for review in claim.get("claimReview", []):
            publisher = review.get("publisher", {})
            yield Hit(
                title=plain(claim["text"]),
                url=review["url"],
                snippet=plain(
                    " · ".join(filter(None, (claim.get("claimant"), review.get("title"))))
                ),
                language=str(review.get("languageCode", ""))[:2],
                publisher=publisher.get("name") or publisher.get("site", ""),
                published=_day(review.get("reviewDate")),
                rating=plain(review.get("textualRating", "")),
                kind="check",
            )


def _day(moment: str | None) -> date | None:
    return datetime.fromisoformat(moment).date() if moment else None
