"""Somebody else's endpoint for webhooks, on loopback: it checks the signature as a receiver does,
and answers what the test wants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import standardwebhooks

from claims.sources._http import Door
from tests.sources.web import PUBLIC, Web

HOST = "newsroom.example"
URL = f"http://{HOST}/hooks/verdicts"


@dataclass
class Receiver:
    """`answers`: a status for each message to come, 204 where none is left; `headers` go with it.
    `got`: what arrived, "id" and the document; `forged` counts what does not bear the secret."""

    secret: str = ""
    answers: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    forged: int = 0
    web: Web = field(default_factory=Web)

    @property
    def door(self) -> Door:
        return self.web.door()

    def take(self, headers: dict[str, str], body: bytes) -> int:
        try:
            standardwebhooks.Webhook(self.secret).verify(body, headers)
        except standardwebhooks.WebhookVerificationError:
            self.forged += 1
            return 400
        self.got.append((headers["webhook-id"], json.loads(body)))
        return self.answers.pop(0) if self.answers else 204


@contextmanager
def running() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            named = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(receiver.take(named, body))
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    receiver.web.names[HOST] = [PUBLIC]
    receiver.web.cables[PUBLIC, 80] = server.server_port
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
