"""What surrounds every request: the person's language, and sending what the request made due."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from claims.languages import manners
from claims.languages.manners import PLAIN
from claims.tasks import send_due

log = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponse]
DESK = "/desk/"


def language(get_response: Handler) -> Handler:
    """The desk speaks the language of the person's profile, then of the cookie, then Arabic, and
    writes figures and days in the person's manner.

    `Accept-Language` is not asked: most Arabic editors' browsers say English. Public pages carry
    their language in the address and set it themselves.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = settings.LANGUAGE_CODE
        own = None
        if request.path.startswith(DESK):
            chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, chosen)
            if request.user.is_authenticated:
                own = getattr(request.user, "profile", None)
                chosen = own.language if own else chosen
        if chosen not in dict(settings.LANGUAGES):
            chosen = settings.LANGUAGE_CODE
        # Read here once: the page asks it for the appearance, the filters for figures and calendar.
        setattr(request, "profile", own)  # noqa: B010 - Django's class knows no such field
        with translation.override(chosen), manners.writing_for(own.manner if own else PLAIN):
            response = get_response(request)
        response.headers.setdefault("Content-Language", chosen)
        return response

    return middleware


def no_nul(get_response: Handler) -> Handler:
    """400 for a query with a NUL in it: no page of ours links to one, and PostgreSQL, which keeps
    none in any text, cannot even be asked about one. 415 for a body that says it is not UTF-8."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in (query := request.META.get("QUERY_STRING", "")) or "\x00" in query:
            return HttpResponse(
                "There is a NUL (%00) in this address. Take it out.\n",
                status=400,
                content_type="text/plain; charset=utf-8",
            )
        # Python knows "encodings" that are none, and some that make half a character of good ASCII.
        said = (request.content_params or {}).get("charset", "utf-8")
        if said.strip("\"' ").lower() not in ("utf-8", "utf8"):
            return HttpResponse(
                "Send this in UTF-8.\n",
                status=415,
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware


def dispatch(get_response: Handler) -> Handler:
    """After a request that may have written something, sends the work it left due.

    Stands outermost, so that the request's transactions have been committed. What the person did
    is done: a fault on the way to the workers must not answer it with an error, so that they do it
    once more. The sweep comes within ten seconds.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        safe = request.method in ("GET", "HEAD", "OPTIONS", "TRACE")
        if not safe and not getattr(response, "left_nothing_due", False):
            try:
                send_due()
            except Exception:
                log.exception("what a request left due was not sent; the sweep will send it")
        return response

    return middleware
