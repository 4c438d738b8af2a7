"""A form that came too late: its sender was signed out, or signed in anew, since the page was opened.

Nothing is saved, and nothing typed is lost: the page shows the words and can send them once more.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

# Longer than a number, a code or a button's name.
WORDS = 20


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Everything to send once more; nothing of a form with a password in it."""
    if any("password" in name for name in request.POST):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]


def typed(request: HttpRequest) -> list[str]:
    """What a person wrote into the form, without the form's own values."""
    return [
        value
        for _name, value in _fields(request)
        if value.strip() and (len(value) > WORDS or " " in value.strip() or not value.isascii())
    ]


def answer(request: HttpRequest, context: dict[str, Any], *, ours: bool) -> HttpResponse:
    """The page, 403. `context` is the desk's. `ours`: the form is known to be the desk's own;
    another site's words are neither shown nor sent again under our name."""
    response = TemplateResponse(
        request,
        "desk/unsaved.html",
        {
            **context,
            "title": _("Not saved yet"),
            "typed": typed(request) if ours else [],
            "fields": _fields(request) if ours else [],
        },
        status=403,
    )
    if HtmxDetails(request):
        response["HX-Retarget"] = response["HX-Reselect"] = "#main"
        response["HX-Reswap"] = "outerHTML show:top"
    return response


def same_origin(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very site sent the form."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    address = urlsplit(sender)
    return (address.scheme, address.netloc) == (request.scheme, request.get_host())
