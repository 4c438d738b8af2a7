"""Resolve once, vet every address, dial the vetted one, and give up at the deadline.

The guard sits below the HTTP library, at the only place where it opens a socket. What it connects
to is therefore always an address that was vetted a moment ago; no second resolution can swap it
(DNS rebinding), while Host header and TLS name stay those of the URL.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import httpcore2
from django.utils.translation import gettext as _

from claims.sources._http import addresses
from claims.sources._http.errors import FetchRefused

Resolver = Callable[[str, int], Sequence[str]]
"""(host, port) → IP addresses as text, best first. Raises OSError where the name is unknown."""

Dialer = Callable[[str, int, float], httpcore2.NetworkStream]
"""(IP address, port, seconds) → an open connection to it."""

CONNECT_SECONDS = 5.0
MAX_ADDRESSES = 4


class Deadline:
    """A point in time that reads, writes, redirects and name resolution share."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def remaining(self) -> float:
        """Seconds left; raises the HTTP library's timeout when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("total time is up")
        return left


def resolve(host: str, port: int) -> list[str]:
    """The operating system's answer, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_rest, sockaddr in found))


def dial(address: str, port: int, seconds: float) -> httpcore2.NetworkStream:
    """A TCP connection to a numeric address; no name is resolved here."""
    return httpcore2.SyncBackend().connect_tcp(address, port, timeout=seconds)


class GuardedBackend(httpcore2.NetworkBackend):
    """What the HTTP library gets instead of the network, for one request.

    `trusted`: the desk itself named this host and port, so the address need not be public.
    """

    def __init__(
        self, *, resolver: Resolver, dialer: Dialer, deadline: Deadline, trusted: bool
    ) -> None:
        self._resolver = resolver
        self._dialer = dialer
        self._deadline = deadline
        self._trusted = trusted

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        found = _resolve_in_time(self._resolver, host, port, self._deadline)
        if not found:
            raise httpcore2.ConnectError(_("no address is known for “%(host)s”") % {"host": host})
        if not self._trusted:
            # All of them: a name with one public and one private address is an attack or an
            # error, and which of the two the next resolution puts first is not ours to choose.
            for address in found:
                why = addresses.why_not_public(address)
                if why is not None:
                    raise FetchRefused(
                        _(
                            "“%(host)s” leads to %(address)s, which is not on the public internet "
                            "(%(why)s). Only public web addresses are fetched; paste the text "
                            "instead."
                        )
                        % {"host": host, "address": address, "why": why}
                    )
        return DeadlineStream(self._dial_first(found, port), self._deadline)

    def _dial_first(self, found: Sequence[str], port: int) -> httpcore2.NetworkStream:
        failure: Exception = httpcore2.ConnectError("no address")
        for address in found[:MAX_ADDRESSES]:
            seconds = min(CONNECT_SECONDS, self._deadline.remaining())
            try:
                return self._dialer(address, port, seconds)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        raise FetchRefused(_("Only web addresses are fetched, not the socket “%s”.") % path)


class DeadlineStream(httpcore2.NetworkStream):
    """A connection whose every step is bounded by what is left of the total time.

    A per-read timeout alone is no limit: a server that drips a byte a second never exceeds it.
    """

    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.remaining())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.remaining())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.remaining())
        return DeadlineStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _resolve_in_time(resolver: Resolver, host: str, port: int, deadline: Deadline) -> Sequence[str]:
    # getaddrinfo takes no timeout and may sit for half a minute; a thread left behind with it is
    # cheaper than a worker that waits. A number is not asked for anywhere.
    outcome: list[Sequence[str] | OSError | UnicodeError] = []

    def ask() -> None:
        try:
            outcome.append(resolver(host, port))
        except (OSError, UnicodeError) as error:
            outcome.append(error)

    if addresses.is_number(host):
        ask()
    else:
        thread = threading.Thread(target=ask, name=f"resolve {host}", daemon=True)
        thread.start()
        thread.join(deadline.remaining())
        deadline.remaining()
    if not outcome:
        raise httpcore2.ConnectError(f"the resolver failed on {host}")
    if isinstance(outcome[0], OSError | UnicodeError):
        raise httpcore2.ConnectError(
            _("no address is known for “%(host)s”") % {"host": host}
        ) from outcome[0]
    return outcome[0]
