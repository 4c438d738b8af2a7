"""The desk as an admin site: who comes in, and what every page of it carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_htmx.middleware import HtmxDetails

from claims import permissions
from claims.admin import second_factor_gate, tour, unsaved
from claims.admin.counting import COUNT_LIMIT, counted, told
from claims.models import Claim
from claims.pipeline import telling

BELL_LIMIT = 99

# What the desk's own words are written in, each named in itself.
LANGUAGES = [("ar", "العربية"), ("tr", "Türkçe"), ("en", "English")]

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class SignIn(AdminAuthenticationForm):
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "This name and this password do not belong together. Try again; capital letters count. "
            "If you have forgotten your password, an administrator gives you a new one."
        ),
    }


class DeskSite(AdminSite):
    login_form = SignIn
    site_title = _("Touchstone")
    site_header = _("Touchstone")
    index_title = _("Administration")
    index_template = "desk/administration.html"
    enable_nav_sidebar = False
    empty_value_display = "—"

    def has_permission(self, request: HttpRequest) -> bool:
        return permissions.is_on_the_desk(request.user)

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            late = request.method == "POST" and not self.has_permission(request)
            if late and unsaved.typed(request):
                return unsaved.answer(request, self.each_context(request), ours=True)
            # A fragment that answers with the login page would end up inside the page.
            htmx = HtmxDetails(request)
            if htmx and not self.has_permission(request):
                page = htmx.current_url_abs_path or reverse("admin:index")
                login = redirect_to_login(page, reverse("admin:login")).headers["Location"]
                return HttpResponse(headers={"HX-Redirect": login})
            if self.has_permission(request) and (led := second_factor_gate.led_away(request)):
                if request.method == "POST" and unsaved.typed(request):
                    return unsaved.answer(request, self.each_context(request), ours=True)
                return led
            return guarded(request, *args, **kwargs)

        return cast(View, inner)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        context["desk_name"] = "" if settings.DESK_NAME == "Touchstone" else settings.DESK_NAME
        context["desk_languages"] = LANGUAGES
        if context["has_permission"]:
            assert isinstance(request.user, User)
            waiting = counted(
                queue=Claim.objects.open(),
                review=Claim.objects.awaiting_review(),
                publishing=Claim.objects.awaiting_publication(),
                news=telling.unread_of(request.user),
            )
            context["unread_news"] = for_the_bell(waiting.pop("news"))
            context["nav_counts"] = {name: told(number) for name, number in waiting.items()}
            context["may_administer"] = permissions.may(request.user, permissions.ADMINISTER)
            context["tour"] = tour.panel(request)
            context["may_take_in"] = permissions.may(request.user, permissions.INTAKE)
        return context


def at_most(rows: Any, limit: int = COUNT_LIMIT) -> str:
    """How many rows, as a person reads it: "48", or "1000+" when counting on would not be read."""
    number = rows.order_by()[: limit + 1].count()
    return f"{limit}+" if number > limit else str(number)


def unread_news(user: Any) -> str:
    """How many of this person's news are unread, for the bell; "" for none."""
    return for_the_bell(counted(BELL_LIMIT, news=telling.unread_of(user))["news"])


def for_the_bell(number: int) -> str:
    return told(number, BELL_LIMIT) if number else ""


desk = DeskSite(name="admin")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Instead of Django's page in English: a sign-in in another tab makes every open form stale."""
    ours = unsaved.same_origin(request)
    return unsaved.answer(request, desk.each_context(request), ours=ours)


def page(
    request: HttpRequest, template: str, *, section: str, title: object, **context: Any
) -> TemplateResponse:
    """A page of the desk. `section` is the tab of the masthead it stands under: today, queue,
    articles, review, publishing or administration."""
    return TemplateResponse(
        request,
        template,
        {**desk.each_context(request), "section": section, "title": title, **context},
    )
