"""A stand-in for Wikipedia's search API on loopback, quirks included, with a few invented pages.

    python -m tests.standins.wikipedia --port 8765
    WIKIPEDIA_URL=http://127.0.0.1:8765/{language}/w/api.php  FETCH_ALLOW=127.0.0.1:8765

It speaks `action=query&list=search` (https://www.mediawiki.org/wiki/API:Search): both format
versions, errors with HTTP 200, HTML and entities in snippets, `continue` only where there is more,
maxlag with Retry-After, 403 without a User-Agent. Failures are chosen by flags or attributes.
"""

import argparse
import html
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

PAGES: dict[str, dict[str, str]] = {
    "ar": {
        "رجب طيب أردوغان": (
            "رجب طيب أردوغان سياسي تركي ورئيس تركيا. تتابع كل صحيفة تركية زياراته، ومنها زيارته "
            "إلى موسكو في أغسطس ولقاء الرئيس الروسي في الكرملين."
        ),
        "العلاقات السورية التركية": (
            "انقطعت العلاقات الدبلوماسية بين سوريا و تركيا عام 2011. جرت محادثات في موسكو بوساطة "
            "روسيا، وحضر وزراء الدفاع أول اجتماع في ديسمبر 2022. لم يعقد الرئيسان أردوغان والأسد "
            'اجتماع قمة "بعد" انقطاع العلاقات.'
        ),
        "الكرملين": "الكرملين مقر الرئيس الروسي في موسكو، وفيه يستقبل بوتين ضيوفه في كل اجتماع.",
        "ميناء الرمال": "ميناء الرمال مدينة متخيلة على الساحل، بلغ عدد سكانها 40 ألفا عام 2023.",
    },
    "tr": {
        "Recep Tayyip Erdoğan": (
            "Recep Tayyip Erdoğan, Türkiye cumhurbaşkanıdır. Ağustos ayında Moskova ziyareti "
            "gazetelere konu oldu."
        ),
        "Suriye-Türkiye ilişkileri": (
            "Suriye ile Türkiye arasındaki diplomatik ilişkiler 2011 yılında kesildi; Esad ile "
            "Erdoğan arasında Moskova ve Bağdat <görüşme> yerleri olarak anıldı."
        ),
        "Kumliman": "Kumliman, kıyıda kurgusal bir kenttir; nüfusu 2023 yılında 40 bindi.",
    },
    "en": {
        "Recep Tayyip Erdoğan": (
            "Recep Tayyip Erdoğan is the President of Turkey. A visit to Moscow in August was "
            "reported by newspapers."
        ),
        "Syria–Turkey relations": (
            "Diplomatic relations between Syria & Turkey broke off in 2011. Assad and Erdoğan "
            "have not met since; Moscow offered talks."
        ),
        "Sandhaven": "Sandhaven is an imagined town on the coast with 40,000 inhabitants in 2023.",
        **{f"List of Sandhaven mayors ({n})": f"Sandhaven mayors, part {n}." for n in range(1, 8)},
    },
}
TIMESTAMP = "2024-06-30T12:00:00Z"


@dataclass
class Behaviour:
    """What goes wrong, and what was asked. `error` is answered with HTTP 200, as the API does."""

    fail_first: int = 0
    slow_seconds: float = 0.0
    maxlag_first: int = 0
    error: str = ""
    not_json: bool = False
    format_version: int | None = None
    requests: list[dict[str, str]] = field(default_factory=list)
    user_agents: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lock = threading.Lock()

    def take(self, counter: str) -> bool:
        """True, and one less, as long as `counter` is above nought."""
        with self.lock:
            left: int = getattr(self, counter)
            setattr(self, counter, max(left - 1, 0))
            return left > 0


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, port: int, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.behaviour = behaviour

    @property
    def api(self) -> str:
        """What WIKIPEDIA_URL has to be."""
        return f"http://127.0.0.1:{self.server_port}/{{language}}/w/api.php"


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        language, _slash, place = parts.path.strip("/").partition("/")
        behaviour = self.server.behaviour
        agent = self.headers.get("User-Agent", "")
        if language in PAGES and place.startswith("wiki/"):
            self._page(language, unquote(place.removeprefix("wiki/")).replace("_", " "))
            return
        if language not in PAGES or place != "w/api.php":
            self._send(404, "text/html; charset=utf-8", "<h1>Not Found</h1>")
            return
        params = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        with behaviour.lock:
            behaviour.requests.append({"language": language, **params})
            behaviour.user_agents.append(agent)
        time.sleep(behaviour.slow_seconds)
        if not agent:
            self._send(403, "text/plain", "Please set a user-agent and respect our robot policy.")
        elif behaviour.take("fail_first"):
            self._send(503, "text/html; charset=utf-8", "<h1>Wikimedia Error</h1>")
        elif behaviour.not_json or params.get("format") != "json":
            self._send(200, "text/html; charset=utf-8", "<h1>MediaWiki API result</h1>")
        elif behaviour.take("maxlag_first"):
            self._answer(
                _error("maxlag", "Waiting for db: 7 seconds <b>lagged</b>."), {"Retry-After": "7"}
            )
        elif behaviour.error:
            self._answer(_error(behaviour.error, "Something went wrong."))
        else:
            self._answer(search(language, params, behaviour.format_version))

    def _answer(self, answer: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        code = answer.get("error", {}).get("code")
        extra = {"MediaWiki-API-Error": code} if code else {}
        self._send(
            200,
            "application/json; charset=utf-8",
            json.dumps(answer, ensure_ascii=False),
            {**extra, **(headers or {})},
        )

    def _page(self, language: str, title: str) -> None:
        text = PAGES[language].get(title)
        if text is None:
            self._send(404, "text/html; charset=utf-8", "<h1>No such page</h1>")
            return
        shown = f"<h1>{html.escape(title)}</h1><p>{html.escape(text)}</p>"
        self._send(
            200,
            "text/html; charset=utf-8",
            f"<!DOCTYPE html><html lang={language}><title>{html.escape(title)}</title>{shown}",
        )

    def _send(
        self, status: int, kind: str, text: str, headers: dict[str, str] | None = None
    ) -> None:
        body = text.encode()
        try:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            # The other side has given up on a slow answer, which is what slowness is for.
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        return


def search(language: str, params: dict[str, str], format_version: int | None) -> dict[str, Any]:
    """What the real API answers to `params`. `format_version` overrides the one asked for."""
    if params.get("action") != "query" or params.get("list") != "search":
        return _error("badvalue", 'Unrecognized value for parameter "action".')
    if not params.get("srsearch"):
        return _error("missingparam", 'The "srsearch" parameter must be set.')
    words = [_bare(word) for word in params["srsearch"].split()]
    found = [
        (title, text)
        for title, text in PAGES[language].items()
        if all(word in f"{title} {text}".casefold() for word in words)
    ]
    limit, offset = int(params.get("srlimit", 10)), int(params.get("sroffset", 0))
    shown = found[offset : offset + limit]
    version = format_version or int(params.get("formatversion", 1))
    answer: dict[str, Any] = {"batchcomplete": True if version == 2 else ""}
    if offset + limit < len(found):
        answer["continue"] = {"sroffset": offset + limit, "continue": "-||"}
    answer["query"] = {
        "searchinfo": {"totalhits": len(found)},
        "search": [
            {
                "ns": 0,
                "title": title,
                "pageid": 1000 + list(PAGES[language]).index(title),
                "size": len(text.encode()),
                "wordcount": len(text.split()),
                "snippet": _snippet(text, words),
                "timestamp": TIMESTAMP,
            }
            for title, text in shown
        ],
    }
    return answer


def _bare(word: str) -> str:
    """The real engine stems; cutting the Arabic article is enough here."""
    return re.sub(r"^[وبفك]?ال(?=..)", "", word.casefold())


def _snippet(text: str, words: list[str]) -> str:
    escaped = html.escape(text)
    pattern = "|".join(re.escape(html.escape(word)) for word in words)
    return re.sub(
        f"({pattern})", r'<span class="searchmatch">\1</span>', escaped, flags=re.IGNORECASE
    )


def _error(code: str, info: str) -> dict[str, Any]:
    return {
        "error": {"code": code, "info": info, "docref": "See /w/api.php for API usage."},
        "servedby": "standin",
    }


@contextmanager
def running(port: int = 0, behaviour: Behaviour | None = None) -> Iterator[Server]:
    """The server in a thread, on a free port where none is given."""
    server = Server(port, behaviour or Behaviour())
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page_url(host: str, language: str, title: str) -> str:
    """Where a page is; `host`: under which name the server is reached, with its port."""
    return f"http://{host}/{language}/wiki/{quote(title.replace(' ', '_'))}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--fail-first", type=int, default=0, help="answer 503 so many times")
    parser.add_argument("--slow", type=float, default=0.0, help="seconds before each answer")
    parser.add_argument("--maxlag-first", type=int, default=0, help="answer maxlag so many times")
    parser.add_argument("--error", default="", help="a MediaWiki error code, sent with HTTP 200")
    asked = parser.parse_args()
    behaviour = Behaviour(
        fail_first=asked.fail_first,
        slow_seconds=asked.slow,
        maxlag_first=asked.maxlag_first,
        error=asked.error,
    )
    server = Server(asked.port, behaviour)
    print(f"WIKIPEDIA_URL={server.api} FETCH_ALLOW=127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
