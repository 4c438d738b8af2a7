"""The verdict log for whoever verifies it (C2SP tlog-tiles)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from claims.pages.rendering import FOREVER, public
from claims.pipeline.publishing import files, log
from claims.tlog.proof import SUFFIX

VERIFIER = settings.BASE_DIR / "clients" / "verify_log.py"

CHECKPOINT_SECONDS = 5

PLAIN = "text/plain; charset=utf-8"


@public
def checkpoint(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(log.checkpoint(), content_type=PLAIN)
    response["Cache-Control"] = f"public, max-age={CHECKPOINT_SECONDS}"
    return response


@public
def tile(request: HttpRequest, tile: str) -> HttpResponse:
    """A tile or entry bundle. What a checkpoint has once covered never changes, so partial ones may
    be kept for ever, too."""
    try:
        data = files.tile(f"tile/{tile}")
    except log.NotInLog as error:
        return _not_in_log(error)
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Cache-Control"] = FOREVER
    return response


@public
def body(request: HttpRequest, number: int) -> HttpResponse:
    """An entry's body, or 410 with the number of the entry that withdrew it.

    Not for ever in a cache: a body can be ordered away by law.
    """
    try:
        data = log.body(number)
    except log.NotInLog as error:
        return _not_in_log(error)
    except log.Erased as error:
        return HttpResponse(f"{error.by}\n", status=410, content_type=PLAIN)
    return HttpResponse(data, content_type="application/json")


@public
def inclusion(request: HttpRequest, number: int) -> HttpResponse:
    """The proof that an entry stands in the log, to be kept: it is verified without asking us."""
    try:
        data = log.inclusion(number)
    except log.NotInLog as error:
        return _not_in_log(error)
    response = HttpResponse(data, content_type=PLAIN)
    response["Content-Disposition"] = f'attachment; filename="entry-{number}{SUFFIX}"'
    response["Cache-Control"] = f"public, max-age={CHECKPOINT_SECONDS}"
    return response


@public
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that verifies this log, for whoever wants to read it before running it."""
    return HttpResponse(VERIFIER.read_bytes(), content_type=PLAIN)


def _not_in_log(error: log.NotInLog) -> HttpResponse:
    response = HttpResponse(f"{error}\n", status=404, content_type=PLAIN)
    # It may be there with the next publication.
    response["Cache-Control"] = "no-cache"
    return response
