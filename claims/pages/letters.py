"""The address in a digest's List-Unsubscribe header: a mail program posts there, and no more letters
come (RFC 8058). Whoever opens it in a browser is led to their settings, and nothing is changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.pipeline import telling


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, signed: str) -> HttpResponse:
    """A link that is none of ours is answered like one of ours."""
    if request.method != "POST":
        return redirect(reverse("admin:settings"))
    telling.unsubscribe(signed)
    return HttpResponse("No more letters.\n", content_type="text/plain; charset=utf-8")
