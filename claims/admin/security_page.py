"""A person's own page of how they sign in: second factor, recovery codes, where they are signed in."""

from __future__ import annotations

import re
from typing import Any

import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from claims.admin.refusals import Refusal, attempt
from claims.admin.second_factor_gate import PASSED
from claims.admin.sign_in import CodeForm
from claims.admin.site import desk, page
from claims.models import Identity, Notification
from claims.pipeline import _sealing as sealing
from claims.pipeline.signing_in import factors, sessions

SETTING_UP = "second_factor_set_up"
_CODES = re.compile(r"(?:[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\n){10}")


class RemoveForm(CodeForm):
    field_order = ("password", "code", "recovery")
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        required=False,
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(
            {"class": "in", "dir": "ltr", "autocomplete": "current-password"}
        ),
    )


@never_cache
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    return _render(request)


@never_cache
@sensitive_post_parameters("code")
def set_up(request: HttpRequest) -> HttpResponse:
    """The picture and the key to be put into an app, then a code to prove it; then the recovery
    codes, this once."""
    person = _person(request)
    if factors.has_one(person):
        return redirect("admin:security")
    try:
        secret = _offered(request, person)
    except sealing.FieldKeyError as error:
        return _set_up(request, "", Refusal("set-up", [_NO_KEY % {"why": error}], 503))
    if request.method != "POST":
        return _set_up(request, secret, None)
    made: list[str] = []
    refusal = attempt(
        "set-up",
        lambda: made.extend(
            factors.confirm(user=person, secret=secret, code=request.POST.get("code", "")[:40])
        ),
    )
    if refusal:
        return _set_up(request, secret, refusal)
    del request.session[SETTING_UP]
    request.session[PASSED] = True
    sessions.end_others(user=person, keep=request.session.session_key or "")
    return _codes(request, made)


@require_POST
@never_cache
@sensitive_post_parameters("code")
def new_codes(request: HttpRequest) -> HttpResponse:
    person, made = _person(request), []  # type: tuple[User, list[str]]
    code = request.POST.get("code", "")[:40]
    refusal = attempt("codes", lambda: made.extend(factors.new_codes(user=person, code=code)))
    return _render(request, refusal) if refusal else _codes(request, made)


@require_POST
@never_cache
def codes_as_file(request: HttpRequest) -> HttpResponse:
    """The codes that the page shows, sent back as a file: the desk itself does not know them any
    more."""
    text = request.POST.get("codes", "").replace("\r\n", "\n").strip() + "\n"
    if not _CODES.fullmatch(text):
        raise Http404
    head = _("Recovery codes of %(name)s for %(desk)s. Each signs in once.") % {
        "name": _person(request).get_username(),
        "desk": settings.SITE_URL,
    }
    response = HttpResponse(f"{head}\n\n{text}", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response


@require_POST
@sensitive_post_parameters("password", "code", "recovery")
def remove(request: HttpRequest) -> HttpResponse:
    person, form = _person(request), RemoveForm(request.POST)
    if not form.is_valid():
        return _render(request, Refusal("remove", [_("This is longer than a code can be.")], 422))
    given = form.cleaned_data
    refusal = attempt(
        "remove",
        lambda: factors.remove(
            user=person,
            password=given["password"],
            code=given["code"],
            recovery=given["recovery"],
        ),
    )
    if refusal:
        return _render(request, refusal)
    request.session.pop(PASSED, None)
    messages.success(request, _("Removed. From now on your password alone signs you in."))
    return redirect("admin:security")


@require_POST
def end_session(request: HttpRequest, sign_in_id: int) -> HttpResponse:
    person = _person(request)
    refusal = attempt("sessions", lambda: sessions.end(user=person, sign_in=sign_in_id))
    if refusal:
        return _render(request, refusal)
    messages.success(request, _("Signed out there."))
    return redirect("admin:security")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    number = sessions.end_others(user=_person(request), keep=request.session.session_key or "")
    messages.success(
        request,
        ngettext(
            "Signed out in %(n)d other browser.", "Signed out in %(n)d other browsers.", number
        )
        % {"n": number}
        if number
        else _("You are signed in here alone."),
    )
    return redirect("admin:security")


def password_change(request: HttpRequest) -> HttpResponse:
    """Django's own, after which this browser stays signed in and all others do not."""
    before = request.session.session_key or ""
    response: HttpResponse = desk.password_change(request)
    if request.method == "POST" and response.status_code == 302:
        after = request.session.session_key or ""
        sessions.moved(before=before, after=after)
        sessions.end_others(user=_person(request), keep=after)
    return response


_NO_KEY = gettext_lazy(
    "A second factor cannot be set up now: the desk has no key to keep it with (%(why)s). Tell "
    "whoever runs the server."
)


def _offered(request: HttpRequest, person: User) -> str:
    """The secret shown to this person in this session until they confirm it."""
    context = f"set-up of {person.pk}"
    if kept := request.session.get(SETTING_UP):
        try:
            return sealing.unseal(kept, context=context)
        except sealing.FieldKeyError:
            pass  # The key was changed meanwhile: show a new one.
    secret = factors.new_secret()
    request.session[SETTING_UP] = sealing.seal(secret, context=context)
    return secret


def _set_up(request: HttpRequest, secret: str, refusal: Refusal | None) -> HttpResponse:
    person = _person(request)
    response = page(
        request,
        "desk/security_set_up.html",
        section="own",
        title=_("Set up a second factor"),
        secret=" ".join(re.findall(".{1,4}", secret)),
        picture=_picture(factors.address(person, secret, desk_name=settings.DESK_NAME))
        if secret
        else "",
        form=CodeForm(),
        forced=factors.required() and not request.session.get(PASSED),
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return page(
        request,
        "desk/security_codes.html",
        section="own",
        title=_("Recovery codes"),
        codes=codes,
    )


def _render(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    person = _person(request)
    response = page(
        request,
        "desk/security.html",
        section="own",
        title=_("Security"),
        factor=getattr(person, "second_factor", None),
        left=factors.left(person),
        required=factors.required(),
        remove_form=RemoveForm(),
        sign_ins=sessions.of(person),
        here=request.session.session_key,
        identities=Identity.objects.filter(user=person),
        told=Notification.objects.filter(
            person=person, kind=Notification.Kind.SECURITY
        ).select_related("actor")[:5],
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _picture(address: str) -> SafeString:
    """Black on white in either theme, as cameras want it; no style in it, and nothing to load."""
    drawn: str = segno.make(address, error="m").svg_inline(
        omitsize=True, border=3, dark="#000", light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - paths alone; the address is drawn, not written


def _person(request: HttpRequest) -> Any:
    assert isinstance(request.user, User)  # the site lets nobody else in
    return request.user
