"""A person's own settings of the desk."""

from __future__ import annotations

from datetime import date

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims.admin.claim_page import person
from claims.admin.refusals import attempt
from claims.admin.site import LANGUAGES, page
from claims.languages import manners
from claims.models import Notification, NotificationChoice, Profile
from claims.pipeline import own_settings

# A day whose month has another name in the Levant, as an example.
EXAMPLE = date(2024, 7, 26)
DIGITS = [("", gettext_lazy("as the language has them")), *Profile.Digits.choices]


class SettingsForm(forms.ModelForm[Profile]):
    """Everything but the choices of news, which are a table of their own."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the desk"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    digits = forms.ChoiceField(
        label=gettext_lazy("Figures"), choices=DIGITS, required=False, widget=forms.RadioSelect
    )

    class Meta:
        model = Profile
        fields = ("language", "digits", "calendar", "theme", "byline", "digest")
        widgets = {
            "calendar": forms.RadioSelect,
            "theme": forms.RadioSelect,
            "digest": forms.RadioSelect,
            "byline": forms.TextInput(attrs={"class": "in", "dir": "auto"}),
        }
        labels = {"calendar": gettext_lazy("Calendar"), "theme": gettext_lazy("Appearance")}


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    me = person(request)
    profile = Profile.objects.filter(user=me).first() or Profile(user=me)
    if request.method != "POST":
        return _render(request, SettingsForm(instance=profile), _chosen(me))
    form = SettingsForm(request.POST, instance=profile)
    told = {
        kind.value: (f"desk-{kind.value}" in request.POST, f"mail-{kind.value}" in request.POST)
        for kind in Notification.Kind
    }
    if not form.is_valid():
        return _render(request, form, told, status=422)
    refusal = attempt(
        "settings", lambda: own_settings.save(person=me, told=told, **form.cleaned_data)
    )
    if refusal:
        for message in refusal.messages:
            form.add_error(None, message)
        return _render(request, form, told, status=refusal.status)
    chosen = form.cleaned_data["language"]
    with translation.override(chosen):
        messages.success(request, _("Kept: this is how the desk looks to you from now on."))
    return _remember(HttpResponseRedirect(reverse("admin:settings")), chosen)


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
        _remember(response, chosen)
    return response


def _remember(response: HttpResponse, chosen: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


def _chosen(me: User) -> dict[str, tuple[bool, bool]]:
    rows = NotificationChoice.objects.filter(person=me)
    return {choice.kind: (choice.on_desk, choice.by_mail) for choice in rows}


def _render(
    request: HttpRequest,
    form: SettingsForm,
    told: dict[str, tuple[bool, bool]],
    *,
    status: int = 200,
) -> HttpResponse:
    me = person(request)
    # What is stored, not what a refused form says.
    profile = Profile.objects.filter(user=me).first() or Profile(user=me)
    response = page(
        request,
        "desk/settings.html",
        section="settings",
        title=_("My settings"),
        form=form,
        profile=profile,
        calendars=[
            (radio, said) for radio, said in zip(form["calendar"], _examples(), strict=True)
        ],
        kinds=[(kind, *told.get(kind.value, (True, True))) for kind in Notification.Kind],
        mail_is_set_up=settings.MAIL_IS_SET_UP,
        mail_comes=settings.MAIL_IS_SET_UP and bool(me.email),
        next_try=profile.digest_at if profile.digest_failures else None,
        now=timezone.now(),
    )
    response.status_code = status
    return response


def _examples() -> list[str]:
    """One day as each calendar writes it, in their order."""
    own = manners.current()
    said = []
    for calendar in Profile.Calendar:
        with manners.writing_for(manners.Manner(own.digits, calendar.value)):
            said.append(manners.day(EXAMPLE))
    return said
