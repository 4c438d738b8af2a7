"""Save Page Now 2 as it behaves: errors with status 200, jobs that take their time, its limits."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

KEY = "access:secret"


@dataclass
class Archive:
    """`saves`: what each wish is answered with, one after the other, (status, JSON or HTML, headers);
    then a new job. `states`: the same for questions about a job; then success."""

    api: str = ""
    saves: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    states: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    wished: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def pair(self) -> str:
        return self.api.removeprefix("http://").removesuffix("/save")

    def says(self, answer: Any, status: int = 200, **headers: str) -> None:
        self.saves.append((status, answer, headers))

    def job_says(self, answer: Any, status: int = 200, **headers: str) -> None:
        self.states.append((status, answer, headers))


class _Handler(BaseHTTPRequestHandler):
    archive: Archive

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.headers.get("Authorization") != f"LOW {KEY}":
            return self._send(
                401, {"message": "You need to be logged in to use Save Page Now."}, {}
            )
        url = form["url"][0]
        self.archive.wished.append(url)
        job = f"spn2-{len(self.archive.wished):040x}"
        fallback = (200, {"url": url, "job_id": job}, {})
        return self._send(*(self.archive.saves.pop(0) if self.archive.saves else fallback))

    def do_GET(self) -> None:
        job = self.path.rpartition("/")[2]
        self.archive.asked.append(job)
        done = {
            "status": "success", "job_id": job, "original_url": self.archive.wished[-1],
            "timestamp": "20261124103000", "http_status": 200, "duration_sec": 6.2,
            "resources": [], "outlinks": {},
        }  # fmt: skip
        self._send(*(self.archive.states.pop(0) if self.archive.states else (200, done, {})))

    def _send(self, status: int, answer: Any, headers: dict[str, str]) -> None:
        is_text = isinstance(answer, str)
        body = answer.encode() if is_text else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html" if is_text else "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        return


@contextmanager
def internet_archive() -> Iterator[Archive]:
    archive = Archive()
    handler = type("Handler", (_Handler,), {"archive": archive})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    archive.api = f"http://127.0.0.1:{server.server_port}/save"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield archive
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
