"""What an address must look like before anything is resolved.

One parser decides: the host that is checked here is, byte for byte, the host the connection is
made to. Where parsers are known to disagree (backslashes, user names, numbers that spell an IPv4
address) the address is refused rather than interpreted.
"""

import re

import httpx2
from django.utils.translation import gettext as _

from claims.sources._http.errors import FetchRefused

MAX_URL = 8_000
PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
_DOTTED_QUAD = re.compile(r"(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def parse(url: str, *, trusted: str | None = None) -> httpx2.URL:
    """The parsed URL without its fragment. Raises FetchRefused with the reason.

    `trusted`: a `host:port` whose port need not be 80 or 443.
    """
    if len(url) > MAX_URL:
        raise FetchRefused(
            _("The address is %(length)d characters long; at most %(limit)d are fetched.")
            % {"length": len(url), "limit": MAX_URL}
        )
    if _UNSAFE.search(url):
        raise FetchRefused(
            _("“%s” holds a space, a backslash or a control character. Give a plain web address.")
            % url
        )
    try:
        parsed = httpx2.URL(url.partition("#")[0])
    except httpx2.InvalidURL as error:
        raise FetchRefused(
            _("“%(url)s” is not a web address (%(why)s).") % {"url": url, "why": error}
        ) from error
    if parsed.scheme not in PORTS:
        raise FetchRefused(
            _("“%s” is not a web address. It has to begin with http:// or https://.") % url
        )
    if parsed.userinfo:
        raise FetchRefused(
            _("The address carries a user name or password before “%s”. Give it without.")
            % parsed.host
        )
    _check_host(parsed)
    if port_of(parsed) not in PORTS.values() and host_and_port(parsed) != trusted:
        raise FetchRefused(
            _("“%(host)s” is asked for on port %(port)d. Only ports 80 and 443 are fetched.")
            % {"host": parsed.host, "port": port_of(parsed)}
        )
    return parsed


def host_and_port(url: httpx2.URL) -> str:
    """`host:port` in the form of FETCH_ALLOW: lower case, IPv6 in brackets, port always given."""
    host = url.raw_host.decode("ascii").lower()
    return f"[{host}]:{port_of(url)}" if ":" in host else f"{host}:{port_of(url)}"


def port_of(url: httpx2.URL) -> int:
    """The port that is dialled: the one in the URL, else the scheme's."""
    return url.port if url.port is not None else PORTS[url.scheme]


def origin(url: httpx2.URL) -> tuple[str, str]:
    """Scheme and `host:port`; equal for URLs one may send the same headers to."""
    return url.scheme, host_and_port(url)


def _check_host(url: httpx2.URL) -> None:
    host = url.raw_host.decode("ascii").lower()
    if ":" in host:
        if "%" in host:
            raise FetchRefused(_("“%s” is bound to one network interface.") % url.host)
        return
    if not _NAME.fullmatch(host):
        raise FetchRefused(_("“%s” is not the name of a web server.") % url.host)
    labels = host.rstrip(".").split(".")
    if _NUMBER.fullmatch(labels[-1]) and not _DOTTED_QUAD.fullmatch(host):
        raise FetchRefused(
            _("“%s” is a number in disguise of a server's name. Give the name.") % url.host
        )
