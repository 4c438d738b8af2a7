"""Where the desk asks everybody for a second factor: whoever has none yet is led to set it up, and can
do nothing else before."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from claims.models import Policy
from claims.pipeline.signing_in import factors, sessions

# In the session: that a second factor was shown, and when the list of sessions last heard of it.
PASSED, SEEN = "second_factor", "seen"
# What may be done without: setting it up, changing language or password, and leaving.
OPEN = frozenset({"security", "security-set-up", "language", "logout", "password_change",
    "password_change_done", "login", "login-code"})  # fmt: skip


def led_away(request: HttpRequest) -> HttpResponse | None:
    """None, or the answer instead of what was asked for. A form with typed words is answered with
    them by the site (`site.admin_view`), which asks this first."""
    _seen(request)
    name = request.resolver_match.url_name if request.resolver_match else ""
    if request.session.get(PASSED) or name in OPEN or not policy(request).second_factor:
        return None
    assert isinstance(request.user, User)
    if factors.has_one(request.user):
        # Signed in before it was set up, and never asked for it.
        logout(request)
        return _to(request, reverse("admin:login"))
    return _to(request, reverse("admin:security-set-up"))


def policy(request: HttpRequest) -> Policy:
    """The desk's policy, read once for a request."""
    if not hasattr(request, "policy"):
        setattr(request, "policy", Policy.current())  # noqa: B010 - Django's class knows no such field
    found: Policy = request.policy  # type: ignore[attr-defined]
    return found


def _to(request: HttpRequest, address: str) -> HttpResponse:
    # A fragment that answers with another page would end up inside the page.
    if HtmxDetails(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def _seen(request: HttpRequest) -> None:
    last = request.session.get(SEEN)
    now = int(timezone.now().timestamp())
    if last is not None and timedelta(seconds=now - last) > sessions.SEEN_EVERY:
        request.session[SEEN] = now
        sessions.seen(request.session.session_key or "")
