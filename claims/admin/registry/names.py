"""Who prints: the list of outlets. Claimants have pages of their own (`claimant_page`)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from claims.admin.registry.base import RowAdmin
from claims.admin.site import desk
from claims.models import Outlet
from claims.pipeline import outlets


class CountryFilter(admin.SimpleListFilter):
    """The countries there are outlets of."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = Outlet.objects.exclude(country="").order_by("country")
        return [(code, code) for code in named.values_list("country", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Outlet]) -> QuerySet[Outlet]:
        return queryset.filter(country=self.value()) if self.value() else queryset


@admin.register(Outlet, site=desk)
class OutletAdmin(RowAdmin):
    """The list, and the form for a new one; each has a page of its own (`outlet_page`)."""

    when_empty = _("No outlet yet. Name one when you bring an article in, or add it here.")
    in_file = (
        "id",
        "name",
        "homepage",
        "language",
        "country",
        "ownership",
        "trusted",
        "trusted_why",
    )
    list_display = ("name", "language", "country", "ownership", "trust", "homepage")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = outlets.FIELDS
    list_filter = ("trusted", "language", CountryFilter)
    search_fields = ("name", "homepage", "ownership")

    @admin.display(description=_("as evidence"), ordering="trusted")
    def trust(self, outlet: Outlet) -> str:
        return render_to_string("desk/parts/trusted.html", {"outlet": outlet})

    def save_model(self, request: HttpRequest, obj: Outlet, form: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        outlets.save_outlet(outlet=obj, actor=request.user)
