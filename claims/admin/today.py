"""Today: what waits for me, what came in, what is contested, how the sources are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from claims.admin.site import page


def today(request: HttpRequest) -> HttpResponse:
    return page(request, "desk/today.html", section="today", title=_("Today"))
