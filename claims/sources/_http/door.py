import functools
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

import httpcore2
import httpx2
from django.utils.translation import gettext as _

from claims.sources._http import urls
from claims.sources._http.answers import check_status, check_type, content_type, failure
from claims.sources._http.connection import (
    Deadline,
    Dialer,
    GuardedBackend,
    Resolver,
    dial,
    resolve,
)
from claims.sources._http.decoding import ACCEPT_ENCODING, read_body
from claims.sources._http.errors import FetchError, FetchFailed, FetchRefused

MAX_BYTES = 5 * 1024 * 1024
TOTAL_SECONDS = 20.0
MAX_REDIRECTS = 5
LASTING_REDIRECTS = frozenset({301, 308})
REDIRECTS = LASTING_REDIRECTS | {302, 303, 307}
USER_AGENT = "Touchstone fact-check desk"


@dataclass(frozen=True)
class Page:
    """What came through the door.

    `url` was asked for, `final_url` answered, after redirects. `content_type` is the media type
    in lower case without parameters, "" where none was sent; `charset` its parameter, or "".
    `body` is decoded from gzip or deflate, never from its character set. `for_good`: there were
    redirects, and every one of them says that it lasts.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    content_type: str
    charset: str
    body: bytes
    for_good: bool = False


class Sent(NamedTuple):
    """What is posted: its media type and its bytes."""

    media_type: str
    body: bytes


class _Redirect(NamedTuple):
    status: int
    location: str


class Door:
    """Fetches public web pages, and nothing else, for whoever runs on this machine's network.

    `allow` holds exact `host:port` pairs the desk itself vouches for. They count only through
    `for_source`, for that source's own base URL; `get` never looks at them. `user_agent` should
    name the desk and how to reach it. `resolver`, `dialer` and `tls` are for tests: a public name
    may lead to a loopback socket while every check stays on.
    """

    def __init__(
        self,
        *,
        allow: frozenset[str] = frozenset(),
        user_agent: str = USER_AGENT,
        resolver: Resolver = resolve,
        dialer: Dialer = dial,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.allow = frozenset(pair.lower() for pair in allow)
        self._user_agent = user_agent
        self._resolver = resolver
        self._dialer = dialer
        self._tls = tls

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = MAX_BYTES,
        total_seconds: float = TOTAL_SECONDS,
        accept: tuple[str, ...] = (),
        led: Callable[[str], object] | None = None,
    ) -> Page:
        """The page at `url`, after at most five redirects, each checked like the first address.

        `headers` go to the first origin alone. `accept` lists media types; an answer that names
        another one is not read. `total_seconds` covers everything from name resolution to the
        last byte. `led` is asked of every address that a redirect leads to, before it is fetched,
        and raises where it must not be. Raises FetchRefused where our rules forbid the address, FetchFailed for any
        answer that is not 2xx, too large, too slow, unreadable, or of another type.
        """
        return self._get(
            url,
            trusted=None,
            params=params,
            headers=headers,
            max_bytes=max_bytes,
            total_seconds=total_seconds,
            accept=accept,
            led=led,
        )

    def post(
        self,
        url: str,
        *,
        sent: Sent,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = MAX_BYTES,
        total_seconds: float = TOTAL_SECONDS,
    ) -> Page:
        """Posts to a public address; a redirect is a failure. Otherwise like `get`."""
        return self._get(
            url,
            trusted=None,
            params=None,
            headers=headers,
            max_bytes=max_bytes,
            total_seconds=total_seconds,
            accept=(),
            sent=sent,
        )

    def for_source(self, base_url: str) -> "SourceDoor":
        """The door for a source whose base URL stands in the desk's settings.

        If the base URL's `host:port` is in `allow`, requests to that very origin may reach a
        private address or another port. A redirect away from the first request is judged
        like any stranger's, even back to the same origin.
        """
        return SourceDoor(self, base_url)

    def _get(
        self,
        url: str,
        *,
        trusted: tuple[str, str] | None,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        max_bytes: int,
        total_seconds: float,
        accept: tuple[str, ...],
        sent: Sent | None = None,
        led: Callable[[str], object] | None = None,
    ) -> Page:
        deadline = Deadline(total_seconds)
        if params:
            plain, _hash, _fragment = url.partition("#")
            url = f"{plain}{'&' if '?' in plain else '?'}{urlencode(params)}"
        first = urls.parse(url, trusted=trusted[1] if trusted else None)
        current = first
        lasting = True
        for hop in range(MAX_REDIRECTS + 1):
            answer = self._ask(
                current,
                headers=headers if urls.origin(current) == urls.origin(first) else None,
                trusted=hop == 0 and urls.origin(current) == trusted,
                deadline=deadline,
                max_bytes=max_bytes,
                accept=accept,
                sent=sent,
            )
            if isinstance(answer, Page):
                return replace(answer, url=str(first), for_good=lasting and hop > 0)
            if sent is not None:
                # What is sent to one place is not sent to another because that place says so.
                break
            lasting = lasting and answer.status in LASTING_REDIRECTS
            current = _next_hop(current, answer.location)
            if led is not None:
                led(str(current))
        raise FetchFailed(
            _("“%(host)s” redirects more than %(limit)d times. Give the final address.")
            % {"host": first.host, "limit": 0 if sent is not None else MAX_REDIRECTS},
            permanent=True,
        )

    def _ask(
        self,
        url: httpx2.URL,
        *,
        headers: Mapping[str, str] | None,
        trusted: bool,
        deadline: Deadline,
        max_bytes: int,
        accept: tuple[str, ...],
        sent: Sent | None,
    ) -> Page | _Redirect:
        """One request: the page, or where it sends us."""
        # A pool for one request: a kept connection would outlive the check of its address.
        backend = GuardedBackend(
            resolver=self._resolver, dialer=self._dialer, deadline=deadline, trusted=trusted
        )
        try:
            with (
                httpcore2.ConnectionPool(
                    ssl_context=self._tls or _shared_tls(), network_backend=backend
                ) as pool,
                pool.stream(
                    "GET" if sent is None else "POST",
                    httpcore2.URL(
                        scheme=url.raw_scheme,
                        host=url.raw_host,
                        port=url.port,
                        target=url.raw_path,
                    ),
                    headers=self._headers(url, headers, accept, sent),
                    content=sent.body if sent else None,
                ) as response,
            ):
                received = httpx2.Headers(response.headers)
                if response.status in REDIRECTS and "location" in received:
                    return _Redirect(response.status, received["location"])
                check_status(url, response.status, received)
                media_type, charset = content_type(received)
                check_type(url, media_type, accept)
                body = read_body(
                    response.iter_stream(),
                    coding=received.get("content-encoding", ""),
                    max_bytes=max_bytes,
                )
                return Page(
                    url=str(url),
                    final_url=str(url),
                    status=response.status,
                    headers=received,
                    content_type=media_type,
                    charset=charset,
                    body=body,
                )
        except FetchError:
            raise
        except Exception as error:
            explained = failure(url, error, deadline=deadline, max_bytes=max_bytes)
            if explained is None:
                raise
            raise explained from error

    def _headers(
        self,
        url: httpx2.URL,
        given: Mapping[str, str] | None,
        accept: tuple[str, ...],
        sent: Sent | None,
    ) -> list[tuple[bytes, bytes]]:
        headers = httpx2.Headers(dict(given or {}))
        if sent is not None:
            headers["Content-Type"] = sent.media_type
            headers["Content-Length"] = str(len(sent.body))
        headers["Host"] = url.netloc.decode("ascii")
        headers["User-Agent"] = self._user_agent
        if accept or "Accept" not in headers:
            headers["Accept"] = ", ".join(accept) or "*/*"
        headers["Accept-Encoding"] = ACCEPT_ENCODING
        headers["Connection"] = "close"
        return headers.raw


class SourceDoor:
    """The door, with the trust the desk gave one source's base URL. Made by `Door.for_source`."""

    def __init__(self, door: Door, base_url: str) -> None:
        self._door = door
        try:
            base = httpx2.URL(base_url)
            named = urls.origin(base) if base.scheme in urls.PORTS else None
        except httpx2.InvalidURL as error:
            raise FetchRefused(
                _("The source's address “%(url)s” is not a web address (%(why)s).")
                % {"url": base_url, "why": error}
            ) from error
        self._trusted = named if named and named[1] in door.allow else None

    def get(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        max_bytes: int = MAX_BYTES,
        total_seconds: float = TOTAL_SECONDS,
        accept: tuple[str, ...] = (),
    ) -> Page:
        """Like `Door.get`, honouring `allow` for the source's own origin."""
        return self._door._get(
            url,
            trusted=self._trusted,
            params=params,
            headers=headers,
            max_bytes=max_bytes,
            total_seconds=total_seconds,
            accept=accept,
        )

    def post(
        self,
        url: str,
        *,
        form: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
        max_bytes: int = MAX_BYTES,
        total_seconds: float = TOTAL_SECONDS,
    ) -> Page:
        """Sends a form to the source; a redirect is a failure."""
        return self._door._get(
            url,
            trusted=self._trusted,
            params=None,
            headers=headers,
            max_bytes=max_bytes,
            total_seconds=total_seconds,
            accept=(),
            sent=Sent("application/x-www-form-urlencoded", urlencode(form).encode("ascii")),
        )


@functools.cache
def _shared_tls() -> ssl.SSLContext:
    # Making one costs some 25 ms of CPU; the environment must not choose its certificates.
    return httpx2.create_ssl_context(trust_env=False)


def _next_hop(current: httpx2.URL, location: str) -> httpx2.URL:
    try:
        return urls.parse(str(current.join(location.strip())))
    except httpx2.InvalidURL as error:
        raise FetchRefused(
            _("“%(host)s” redirects to something that is not a web address (%(why)s).")
            % {"host": current.host, "why": error}
        ) from error
    except FetchRefused as refusal:
        raise FetchRefused(
            _("“%(host)s” redirects elsewhere, and that is refused: %(why)s")
            % {"host": current.host, "why": refusal.message}
        ) from refusal
