"""How the desk works, and the page for an address where nothing stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition

from claims.models import Policy
from claims.pages import reading
from claims.pages.rendering import POLICY, etag, of_scale, page, public


def _etag(request: HttpRequest, language: str = "ar") -> str:
    return etag(None, Policy.current().quorum, Policy.current().evidence_minimum, of_scale())


@public
@condition(etag_func=_etag)
def methodology(request: HttpRequest, language: str = "ar") -> HttpResponse:
    return page(
        "methodology",
        {
            "scale": reading.scale(language),
            "policy": Policy.current(),
        },
        language=language,
        name="methodology",
    )


def missing(language: str = "ar") -> HttpResponse:
    """404, the same to the byte for a number never given and for one not published yet."""
    response = page("missing", {}, language=language, name="", status=404)
    # What is missing now may be published in a minute.
    response["Cache-Control"] = "no-cache"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The project's handler404, whatever the method: a form may be sent to what is gone."""
    first = request.path.split("/")[1]
    response = missing(first if first in ("tr", "en") else "ar")
    response._csp_replace = POLICY  # type: ignore[attr-defined]
    return response
