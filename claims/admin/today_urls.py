"""The addresses of Today's live parts, of the figures, and of a claim's dossier."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from claims.admin import dossier_page, today
from claims.admin.figures import page
from claims.admin.site import desk


def _at(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(route, desk.admin_view(view), name=name)


urlpatterns = [
    _at("today/waiting/", today.waiting_part, "today-waiting"),
    _at("today/came-in/", today.came_in_part, "today-came-in"),
    _at("today/sources/", today.sources_part, "today-sources"),
    _at("today/figures/", page.small, "today-figures"),
    _at("figures/", page.figures, "figures"),
    _at("figures/<slug:slug>/", page.file, "figure"),
    _at("claims/claim/<int:claim_id>/dossier/", dossier_page.dossier_page, "claim-dossier"),
]
