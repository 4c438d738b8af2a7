"""The one shape of an error: RFC 9457, application/problem+json."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

MEDIA_TYPE = "application/problem+json"

log = logging.getLogger(__name__)


def problem(status: int, detail: str, **more: Any) -> Response:
    """`detail` says what is wrong and what to do now; `more` are extension members."""
    return Response(
        {
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": detail,
            **more,
        },
        status=status,
        content_type=MEDIA_TYPE,
    )


def as_problem(error: Exception, context: dict[str, Any]) -> Response:
    """REST framework's EXCEPTION_HANDLER. A fault of ours is logged with its traceback, and the
    answer tells nothing of it."""
    # Rolls an open transaction back, and makes API exceptions of Django's two.
    known = exception_handler(error, context)
    if known is None:
        request = context["request"]
        log.error("%s failed", context["view"].__class__.__name__, exc_info=error)
        got_request_exception.send(sender=context["view"].__class__, request=request._request)
        return problem(500, "The fault is ours and has been recorded. Try again later.")
    if isinstance(error, ValidationError):
        answer = problem(
            known.status_code,
            "Some fields do not fit; see errors.",
            errors=error.get_full_details(),
        )
    else:
        answer = problem(known.status_code, _detail(error))
    for name in ("WWW-Authenticate", "Retry-After"):
        if known.has_header(name):
            answer[name] = known[name]
    return answer


def _detail(error: Exception) -> str:
    if isinstance(error, APIException):
        return str(error.detail)
    if isinstance(error, Http404):
        return str(error) or "There is nothing at this address."
    assert isinstance(error, PermissionDenied)
    return str(error) or "This is not allowed."
