"""Every address of the desk: its own pages first, then Django's admin for the rest.

A page module holds views that take a request and answer with `site.page(...)`; it is guarded here.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from claims.admin import account, today
from claims.admin.site import desk

app_name = "admin"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", desk.admin_view(today.today), name="index"),
    path("administration/", desk.admin_view(desk.index), name="administration"),
    path("language/", desk.admin_view(account.language), name="language"),
    *desk.get_urls(),
]
