"""A little internet on loopback: public names and addresses that lead to sockets of the test.

The door keeps every check. Only its resolver and its dialer are replaced: a name resolves to what
the test says, and a dialled public address is a cable to a loopback server.
"""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore2

from claims.sources._http import Door

PUBLIC = "93.184.215.14"
PUBLIC_IPV6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


@dataclass
class Request:
    path: str
    host: str
    headers: dict[str, str]


class Site(ThreadingHTTPServer):
    """Answers every GET with `answer(handler)` and remembers what came."""

    daemon_threads = True

    def __init__(self, answer: Callable[[BaseHTTPRequestHandler], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = answer
        self.requests: list[Request] = []

    @property
    def pair(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.server.requests.append(
            Request(self.path, self.headers.get("Host", ""), dict(self.headers.items()))
        )
        try:
            self.server.answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        return


@contextmanager
def site(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[Site]:
    server = Site(answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sends(
    body: bytes = b"<p>hello</p>", status: int = 200, **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer; header names are written with underscores."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {"Content-Type": "text/html", **named}.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirects(where: str, status: int = 302) -> Callable[[BaseHTTPRequestHandler], None]:
    return sends(b"", status, Location=where)


@dataclass
class Web:
    """Names and cables. `names`: host → addresses; other hosts are the system resolver's, which
    knows numbers and localhost. `changing`: host → one answer after the other. `cables`: (address, port) → loopback port; an
    address without one is dialled as it is, as in production. `every_cable`: where all others
    lead, to see what would have been reached."""

    names: dict[str, list[str]] = field(default_factory=dict)
    changing: dict[str, list[list[str]]] = field(default_factory=dict)
    cables: dict[tuple[str, int], int] = field(default_factory=dict)
    every_cable: int | None = None
    resolved: list[str] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.resolved.append(host)
        if host in self.changing:
            # A resolver that changes its mind: each question takes the next answer.
            answers = self.changing[host]
            return answers.pop(0) if len(answers) > 1 else answers[0]
        if host in self.names:
            return self.names[host]
        # The tests' machine has no outside; a name it does not know must stay unknown.
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return [str(sockaddr[0]) for *_rest, sockaddr in found]

    def dial(self, address: str, port: int, seconds: float) -> httpcore2.NetworkStream:
        self.dialled.append((address, port))
        backend = httpcore2.SyncBackend()
        loopback_port = self.cables.get((address, port), self.every_cable)
        if loopback_port is not None:
            return backend.connect_tcp("127.0.0.1", loopback_port, timeout=seconds)
        return backend.connect_tcp(address, port, timeout=seconds)

    def door(self, **options: Any) -> Door:
        return Door(resolver=self.resolve, dialer=self.dial, **options)

    def host(self, name: str, server: Site, *, address: str = PUBLIC, port: int = 80) -> None:
        """`name` resolves to `address`, and `address` is `server`."""
        self.names[name] = [address]
        self.cables[address, port] = server.server_port
