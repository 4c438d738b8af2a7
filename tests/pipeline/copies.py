"""Pages for evidence on a little internet of the test's own, behind the desk's guarded door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

from django.test import override_settings
from django.utils import timezone

from claims.models import Snapshot
from tests.sources.web import Site, Web, sends, site

ADDRESS = "http://ministry.example/notice"
QUOTE = "The meeting was moved to the second week of September."
ARTICLE = (
    "<html lang='en'><head><title>Notice about the meeting</title></head><body><main><article>"
    "<h1>Notice about the meeting</h1>"
    f"<p>The ministry says that both sides have agreed on a new date for their talks. {QUOTE}</p>"
    "<p>{second}</p><p>Read {counter} times</p>"
    "</article></main></body></html>"
)
SECOND = "It will take place in the capital, and a delegation of twelve people is expected there."


def article(second: str = SECOND, counter: int = 120) -> bytes:
    return ARTICLE.replace("{second}", second).replace("{counter}", str(counter)).encode()


@dataclass
class Pages:
    """`answers`: what each path is answered with; everything else is not found."""

    answers: dict[str, object] = field(default_factory=dict)
    server: Site | None = None

    def put(self, body: bytes, path: str = "/notice", **headers: str) -> None:
        self.answers[path] = sends(body, **headers)

    def take_off(self, path: str = "/notice", status: int = 404) -> None:
        self.answers[path] = sends(b"<p>not here</p>", status)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        answer = self.answers.get(handler.path, sends(b"<p>not here</p>", 404))
        answer(handler)  # type: ignore[operator]

    @property
    def asked(self) -> list[str]:
        assert self.server is not None
        return [request.path for request in self.server.requests]


@contextmanager
def pages() -> Iterator[Pages]:
    found = Pages()
    with site(found.answer) as server:
        web = Web()
        for name in ("ministry.example", "elsewhere.example"):
            web.host(name, server)
        found.server = server
        with override_settings(FETCH_DOOR={"resolver": web.resolve, "dialer": web.dial}):
            yield found


def due_now(**at: bool) -> None:
    """As if the time had come; of `check` and `archive` alone, where one is named."""
    now = timezone.now() - timedelta(seconds=1)
    names = {"check": "check_next_at", "archive": "archive_next_at"}
    for name in [names[one] for one in at] or ["next_at"]:
        Snapshot.objects.exclude(**{name: None}).update(**{name: now})
