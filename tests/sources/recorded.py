"""What each API sends, in its own shape, with invented content: an answer, none, an error with 200.

The shapes follow the APIs' documentation and recorded answers; `path` → body. A source of an
outside API is not complete without its entry here: the contract tests run over all of them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def _json(answer: Any) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode()


@dataclass(frozen=True)
class Recorded:
    """`settings` name the API under http://api.example. `error` is None where the API has no error
    that comes with status 200. `empty_is_error`: an empty answer says why it is empty."""

    settings: Mapping[str, str]
    answer: Mapping[str, bytes]
    empty: Mapping[str, bytes]
    error: Mapping[str, bytes] | None
    titles: tuple[str, ...]
    content_type: str = "application/json"
    error_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)


APIS: dict[str, Recorded] = {
    "wikipedia": Recorded(
        settings={"WIKIPEDIA_URL": "http://api.example/w/api.php"},
        answer={
            "/w/api.php": _json(
                {
                    "batchcomplete": True,
                    "continue": {"sroffset": 1, "continue": "-||"},
                    "query": {
                        "searchinfo": {"totalhits": 2},
                        "search": [
                            {
                                "ns": 0,
                                "title": "Sandhaven",
                                "pageid": 7,
                                "size": 90,
                                "wordcount": 12,
                                "snippet": 'The <span class="searchmatch">harbour</span> &amp; town',
                                "timestamp": "2024-06-30T12:00:00Z",
                            }
                        ],
                    },
                }
            )
        },
        empty={
            "/w/api.php": _json(
                {"batchcomplete": True, "query": {"searchinfo": {"totalhits": 0}, "search": []}}
            )
        },
        error={
            "/w/api.php": _json({"error": {"code": "missingparam", "info": "srsearch must be set"}})
        },
        titles=("Sandhaven",),
    ),
    "wikidata": Recorded(
        settings={"WIKIDATA_URL": "http://api.example/w/api.php"},
        answer={
            "/w/api.php": _json(
                {
                    "searchinfo": {"search": "Nadia Harun"},
                    "search": [
                        {
                            "id": "Q900001",
                            "title": "Q900001",
                            "pageid": 1,
                            "display": {
                                "label": {"value": "Nadia Harun", "language": "en"},
                                "description": {"value": "minister of ports", "language": "en"},
                            },
                            "repository": "wikidata",
                            "url": "//www.wikidata.org/wiki/Q900001",
                            "concepturi": "http://www.wikidata.org/entity/Q900001",
                            "label": "Nadia Harun",
                            "description": "minister of ports",
                            "match": {"type": "label", "language": "en", "text": "Nadia Harun"},
                        },
                        # Older entries come without `display` and without a description.
                        {"id": "Q900002", "title": "Q900002", "label": "Harun"},
                    ],
                    "search-continue": 2,
                    "success": 1,
                }
            )
        },
        empty={"/w/api.php": _json({"searchinfo": {"search": "x"}, "search": [], "success": 1})},
        error={
            "/w/api.php": _json(
                {"error": {"code": "unknown_language", "info": "Unrecognized value", "*": "help"}}
            )
        },
        titles=("Nadia Harun", "Harun"),
    ),
    "google_fact_check": Recorded(
        settings={
            "GOOGLE_FACT_CHECK_URL": "http://api.example",
            "GOOGLE_FACT_CHECK_KEY": "a-key-nobody-may-see",
        },
        answer={
            "/v1alpha1/claims:search": _json(
                {
                    "claims": [
                        {
                            "text": "The harbour was sold",
                            "claimant": "A post",
                            "claimDate": "2024-10-02T00:00:00Z",
                            "claimReview": [
                                {
                                    "publisher": {"name": "A desk", "site": "desk.example"},
                                    "url": "https://desk.example/1",
                                    "title": "No, the harbour was not sold",
                                    "reviewDate": "2024-10-05T00:00:00Z",
                                    "textualRating": "False",
                                    "languageCode": "en",
                                },
                                # What is missing is absent, not null.
                                {
                                    "publisher": {"site": "other.example"},
                                    "url": "https://other.example/2",
                                    "textualRating": "Not quite",
                                    "languageCode": "en-GB",
                                },
                            ],
                        },
                        {"text": "The harbour was moved"},
                    ],
                    "nextPageToken": "10",
                }
            )
        },
        empty={"/v1alpha1/claims:search": b"{}"},
        error=None,
        titles=("The harbour was sold", "The harbour was sold"),
    ),
    "gdelt": Recorded(
        settings={"GDELT_URL": "http://api.example/api/v2/doc/doc"},
        answer={
            "/api/v2/doc/doc": b'{"articles":[{"url":"https://paper.example/9","url_mobile":"",'
            b'"title":"Harbour\x01 sold , say papers","seendate":"20240725T031500Z",'
            b'"socialimage":"","domain":"paper.example","language":"English",'
            b'"sourcecountry":"Sandland"}]}'
        },
        empty={"/api/v2/doc/doc": b"{}"},
        error={"/api/v2/doc/doc": b"Your query was too short or too long."},
        error_type="text/html",
        titles=("Harbour sold , say papers",),
    ),
    "searxng": Recorded(
        settings={"SEARXNG_URL": "http://api.example"},
        answer={
            "/search": _json(
                {
                    "query": "harbour",
                    "results": [
                        {
                            "url": "https://paper.example/3",
                            "title": "The harbour",
                            "content": "It <b>stays</b> the town's.",
                            "engine": "one",
                            "engines": ["one", "two"],
                            "template": "default.html",
                            "parsed_url": ["https", "paper.example", "/3", "", "", ""],
                            "positions": [1, 3],
                            "score": 2.6,
                            "category": "general",
                            "publishedDate": None,
                        },
                        {
                            "url": "https://paper.example/4",
                            "title": "The port",
                            "engines": ["one"],
                            "publishedDate": "2024-07-20T00:00:00",
                        },
                    ],
                    "answers": [],
                    "corrections": [],
                    "infoboxes": [],
                    "suggestions": [],
                    "unresponsive_engines": [],
                    "number_of_results": 2,
                }
            )
        },
        empty={"/search": _json({"query": "x", "results": [], "unresponsive_engines": []})},
        error={
            "/search": _json(
                {"query": "x", "results": [], "unresponsive_engines": [["one", "timeout"]]}
            )
        },
        titles=("The harbour", "The port"),
    ),
    "internet_archive": Recorded(
        settings={
            "ARCHIVE_AVAILABILITY_URL": "http://api.example/wayback/available",
            "ARCHIVE_CDX_URL": "http://api.example/cdx/search/cdx",
        },
        answer={
            "/wayback/available": _json(
                {
                    "url": "https://paper.example/harbour",
                    "archived_snapshots": {
                        "closest": {
                            "available": True,
                            "url": "http://web.archive.org/web/20240726044612/https://paper.example/harbour",
                            "timestamp": "20240726044612",
                            "status": "200",
                        }
                    },
                }
            ),
            "/cdx/search/cdx": _json(
                [
                    ["timestamp", "digest"],
                    ["20240726044612", "AAAA"],
                    ["20240801101112", "BBBB"],
                ]
            ),
        },
        empty={
            "/wayback/available": _json({"url": "x", "archived_snapshots": {}}),
            "/cdx/search/cdx": b"",
        },
        error=None,
        titles=(
            "The page as it was on 2024-07-26 at 04:46 UTC",
            "The page as it was on 2024-08-01 at 10:11 UTC",
        ),
    ),
}
