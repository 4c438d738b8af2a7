"""A mail server on a loopback port that keeps what it is given, or refuses it."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast


class Server(socketserver.ThreadingTCPServer):
    """`letters`: what came in. `refuses`: addresses that get a 550. `broken`: every letter gets a
    451 after its last line, as from a full disk."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.letters: list[EmailMessage] = []
        self.refuses: set[str] = set()
        self.broken = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    """RFC 5321, as far as a client that sends one letter after the other needs it."""

    def handle(self) -> None:
        server = cast(Server, self.server)
        self._say("220 standin ESMTP")
        while line := self.rfile.readline():
            said = line.decode("utf-8", "replace").strip()
            verb = said[:4].upper()
            if verb == "EHLO":
                self._say("250-standin\r\n250-8BITMIME\r\n250 SMTPUTF8")
            elif verb == "RCPT" and any(one in said for one in server.refuses):
                self._say("550 5.1.1 no such mailbox")
            elif verb == "DATA":
                self._say("354 go on")
                self._letter(server)
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _letter(self, server: Server) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if server.broken:
            self._say("451 4.3.1 disk full")
            return
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        server.letters.append(cast(EmailMessage, letter))
        self._say("250 kept")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def running() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
