"""What an HTTP answer, or the lack of one, means: usable, to be asked again, or hopeless."""

import time
from collections.abc import Mapping
from email.message import Message
from email.utils import parsedate_to_datetime

import httpcore2
import httpx2
from django.utils.translation import gettext as _

from claims.sources._http.connection import Deadline
from claims.sources._http.decoding import TooLarge, Undecodable
from claims.sources._http.errors import FetchFailed

MAX_RETRY_AFTER = 86_400.0
# Client errors that say "not now" rather than "not so".
PASSING_CLIENT_ERRORS = frozenset({408, 421, 423, 425, 429})
LASTING_SERVER_ERRORS = frozenset({501, 505})


def check_status(url: httpx2.URL, status: int, headers: httpx2.Headers) -> None:
    """Raises FetchFailed for anything but 2xx; its words are for an editor."""
    if 200 <= status < 300:
        return
    passing = status in PASSING_CLIENT_ERRORS or (
        status >= 500 and status not in LASTING_SERVER_ERRORS
    )
    if status in (404, 410):
        message = _("“%(host)s” has no such page (%(status)d). Check the address.")
    elif status in (401, 402, 403, 451):
        message = _("“%(host)s” does not let us read this page (%(status)d). Paste the text.")
    elif status == 429:
        message = _("“%(host)s” says we ask too often (%(status)d). Try again later.")
    elif passing:
        message = _("“%(host)s” is not able to answer now (%(status)d). Try again later.")
    else:
        message = _("“%(host)s” answered with an error (%(status)d). Check the address.")
    raise FetchFailed(
        message % {"host": url.host, "status": status},
        permanent=not passing,
        status=status,
        retry_after=retry_after(headers) if passing else None,
    )


def check_type(url: httpx2.URL, media_type: str, accept: tuple[str, ...]) -> None:
    """Raises FetchFailed for a type that was not asked for.

    A missing type is let through: what the bytes are, their reader finds out.
    """
    if not accept or not media_type or media_type in accept:
        return
    kind = media_type.partition("/")[0]
    if media_type == "application/pdf":
        message = _("“%(host)s” sent a PDF, not a web page. Open it and paste the text.")
    elif kind in ("image", "audio", "video"):
        message = _("“%(host)s” sent %(type)s, not text. Only text can be taken in.")
    else:
        message = _("“%(host)s” sent %(type)s; expected was %(accept)s.")
    raise FetchFailed(
        message % {"host": url.host, "type": media_type, "accept": ", ".join(accept)},
        permanent=True,
    )


def content_type(headers: httpx2.Headers) -> tuple[str, str]:
    """Media type and charset in lower case, each "" where it was not sent."""
    value = headers.get("content-type", "")
    if not value:
        return "", ""
    message = Message()
    message["content-type"] = value
    charset = message.get_content_charset("")
    return value.partition(";")[0].strip().lower(), charset


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds until we may ask again, at most a day; None where the header says nothing usable."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), MAX_RETRY_AFTER)
    try:
        seconds = parsedate_to_datetime(value).timestamp() - time.time()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), MAX_RETRY_AFTER)


def failure(
    url: httpx2.URL, error: Exception, *, deadline: Deadline, max_bytes: int
) -> FetchFailed | None:
    """The error in words; None for one that is not the other side's doing."""
    named = {"host": url.host, "why": error, "limit": max_bytes, "seconds": deadline.seconds}
    if isinstance(error, TooLarge):
        return FetchFailed(
            _("“%(host)s” sent more than %(limit)d bytes. Paste the text instead.") % named,
            permanent=True,
        )
    if isinstance(error, Undecodable):
        return FetchFailed(
            _("“%(host)s” sent a body that cannot be unpacked (%(why)s).") % named, permanent=True
        )
    if isinstance(error, httpcore2.TimeoutException):
        return FetchFailed(
            _("“%(host)s” did not finish within %(seconds)g seconds. Try again later.") % named,
            permanent=False,
        )
    if isinstance(error, httpcore2.NetworkError):
        return FetchFailed(
            _("“%(host)s” could not be reached: %(why)s. Check the address, or try again later.")
            % named,
            permanent=False,
        )
    if isinstance(error, httpcore2.ProtocolError):
        return FetchFailed(
            _("“%(host)s” sent something that is not proper HTTP: %(why)s.") % named,
            permanent=False,
        )
    return None
