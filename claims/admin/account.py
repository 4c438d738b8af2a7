"""A person's own settings of the desk."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from claims.admin.site import LANGUAGES
from claims.models import Profile


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language in the person's profile, and in a cookie for the login page."""
    assert isinstance(request.user, User)
    chosen = request.POST.get("language", "")
    goes_to = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(goes_to, {request.get_host()}, request.is_secure()):
        goes_to = reverse("admin:index")
    # Not `redirect`, which takes a word without a slash for the name of a view.
    response = HttpResponseRedirect(goes_to)
    if chosen in dict(LANGUAGES):
        Profile.objects.update_or_create(user=request.user, defaults={"language": chosen})
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
