"""Addresses of signing in, and of a person's own security page."""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from claims.admin import security_page as own
from claims.admin import sign_in
from claims.admin.site import desk

_GUARDED: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("password_change/", own.password_change, "password_change"),
    ("security/", own.security, "security"),
    ("security/set-up/", own.set_up, "security-set-up"),
    ("security/codes/", own.new_codes, "security-codes"),
    ("security/codes.txt", own.codes_as_file, "security-codes-file"),
    ("security/remove/", own.remove, "security-remove"),
    ("security/sessions/end-others/", own.end_others, "security-end-others"),
    ("security/sessions/<int:sign_in_id>/end/", own.end_session, "security-end"),
]

urlpatterns: list[URLPattern] = [
    path("login/", sign_in.sign_in, name="login"),
    path("login/code/", sign_in.code, name="login-code"),
    path("login/provider/", sign_in.provider_begin, name="login-provider"),
    path("login/provider/back/", sign_in.provider_back, name="login-provider-back"),
    *[path(route, desk.admin_view(view), name=name) for route, view, name in _GUARDED],
]
