"""Signing in: the password, then the code of the second factor where the person has one.

Between the two nobody is signed in: the session only remembers, for ten minutes, whose password was
right.
"""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from claims import permissions
from claims.admin.refusals import attempt
from claims.admin.second_factor_gate import PASSED, SEEN
from claims.admin.site import SignIn, desk, page
from claims.pipeline.signing_in import factors, provider, sessions, throttling
from claims.sources._http import FetchError

log = logging.getLogger(__name__)

HALF, PROVIDER = "half_signed_in", "asked_of_provider"
HALF_SECONDS = 10 * 60


class SignInForm(SignIn):
    """Counts what is tried. Raises nothing that says whether such an account exists."""

    def clean(self) -> dict[str, Any]:
        assert self.request is not None
        keys = throttling.of_password(
            self.cleaned_data.get("username", ""), self.request.META.get("REMOTE_ADDR", "")
        )
        try:
            throttling.count(keys)
        except throttling.TooOften as error:
            raise ValidationError(str(error), code="throttled") from error
        given = super().clean()
        throttling.forgive(keys)
        return given


class SignInView(LoginView):
    authentication_form = SignInForm
    template_name = "admin/login.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if permissions.is_on_the_desk(request.user):
            return redirect("admin:index")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **desk.each_context(self.request),
            "app_path": self.request.get_full_path(),
            "username": self.request.user.get_username(),
            **found,
            "next": found.get("next") or reverse("admin:index"),
            "provider_label": settings.OIDC_LABEL if provider.is_set() else "",
        }

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")

    def form_valid(self, form: Any) -> HttpResponse:
        return admit(self.request, form.get_user(), how="password", to=self.get_success_url())


sign_in = SignInView.as_view()


def admit(
    request: HttpRequest, user: User, *, how: str, to: str, passed: bool = False
) -> HttpResponse:
    """The first factor was right. Signs the person in, or asks for the second one. `passed`: the
    provider has seen to that."""
    if not passed and factors.has_one(user):
        # Nobody stays signed in in a browser in which somebody else begins to sign in.
        request.session.flush()
        request.session[HALF] = {
            "user": user.pk,
            "hash": user.get_session_auth_hash(),
            "at": int(timezone.now().timestamp()),
            "how": how,
            "to": to,
        }
        return redirect("admin:login-code")
    return _enter(request, user, how=how, to=to, passed=passed)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of your app"),
        required=False,
        max_length=20,
        widget=forms.TextInput(
            {
                "class": "in code",
                "dir": "ltr",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
            }
        ),
    )
    recovery = forms.CharField(
        label=gettext_lazy("Recovery code"),
        required=False,
        max_length=40,
        widget=forms.TextInput(
            {"class": "in code", "dir": "ltr", "autocomplete": "off", "autocapitalize": "none"}
        ),
    )


@never_cache
@csrf_protect
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """The second step."""
    half = request.session.get(HALF)
    user = _half_in(half)
    if half is None or user is None:
        request.session.pop(HALF, None)
        return HttpResponseRedirect(reverse("admin:login"))
    form = CodeForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        refusal = attempt(
            "code",
            lambda: factors.enter(user=user, code=given["code"], recovery=given["recovery"]),
        )
        if refusal is None:
            how = "recovery" if given["recovery"].strip() else "code"
            del request.session[HALF]
            return _enter(request, user, how=how, to=half["to"], passed=True)
    response = page(
        request,
        "desk/sign_in_code.html",
        section="own",
        title=_("Second step"),
        form=form,
        refusal=refusal,
        name=user.get_username(),
    )
    response.status_code = refusal.status if refusal else 200
    return response


@never_cache
@require_safe
def provider_begin(request: HttpRequest) -> HttpResponse:
    """To the organisation's provider. A link and not a form: the page's policy lets no form lead to
    another site, and `state` protects the way back."""
    if not provider.is_set():
        raise Http404
    try:
        address, begun = provider.begin(back=_back())
    except (provider.NotAdmitted, FetchError) as error:
        return _not_admitted(request, error)
    to = request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    request.session[PROVIDER] = {**asdict(begun), "to": to if ours else reverse("admin:index")}
    return HttpResponseRedirect(address)


@never_cache
@require_safe
def provider_back(request: HttpRequest) -> HttpResponse:
    """The provider has sent the person back, with a code or with a reason."""
    kept = request.session.pop(PROVIDER, None)
    if not provider.is_set() or kept is None:
        return HttpResponseRedirect(reverse("admin:login"))
    try:
        if not constant_time_compare(kept["state"], request.GET.get("state", "")):
            raise provider.NotAdmitted(_("This answer is to another question. Try again."))
        if request.GET.get("error") or not request.GET.get("code"):
            raise provider.NotAdmitted(_("Your organisation did not sign you in. Try again."))
        begun = provider.Begun(kept["state"], kept["nonce"], kept["verifier"])
        found = provider.finish(code=request.GET["code"][:4000], begun=begun, back=_back())
        user = provider.person(found)
        if not permissions.is_on_the_desk(User.objects.get(pk=user.pk)):
            raise provider.NotAdmitted(
                _("You have an account on this desk, but no role yet. Ask an administrator.")
            )
    except (provider.NotAdmitted, FetchError) as error:
        return _not_admitted(request, error)
    strong = provider.was_strong(found)
    return admit(request, user, how="provider", to=kept["to"], passed=strong)


def _back() -> str:
    return settings.SITE_URL + reverse("admin:login-provider-back")


def _not_admitted(request: HttpRequest, error: Exception) -> HttpResponse:
    log.warning("sign-in through the provider failed: %s", error)
    response = page(
        request,
        "desk/sign_in_provider.html",
        section="own",
        title=_("Not signed in"),
        why=str(error),
        label=settings.OIDC_LABEL,
    )
    response.status_code = 403
    return response


def _half_in(half: dict[str, Any] | None) -> User | None:
    """Whose password was right a moment ago, unless it has been changed since."""
    if half is None or timezone.now().timestamp() - half["at"] > HALF_SECONDS:
        return None
    user = User.objects.filter(pk=half["user"], is_active=True).first()
    if user is None or not constant_time_compare(half["hash"], user.get_session_auth_hash()):
        return None
    return user


def _enter(request: HttpRequest, user: User, *, how: str, to: str, passed: bool) -> HttpResponse:
    if request.session.get(SESSION_KEY) not in (None, str(user.pk)):
        request.session.flush()
    login(request, user)
    # `login` changes the session's key only where somebody or nobody else was signed in.
    request.session.cycle_key()
    request.session[SEEN] = int(timezone.now().timestamp())
    request.session.pop(PASSED, None)
    if passed:
        request.session[PASSED] = True
    request.session.save()
    sessions.entered(
        user=user,
        session_key=request.session.session_key or "",
        address=request.META.get("REMOTE_ADDR", ""),
        agent=request.headers.get("User-Agent", ""),
        how=how,
    )
    return HttpResponseRedirect(to)
