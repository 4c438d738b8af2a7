"""Who prints and who speaks: outlets and claimants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin.registry.base import RowAdmin
from claims.admin.site import desk
from claims.languages import fold
from claims.models import Claimant, ClaimantName, Outlet
from claims.pipeline import naming, outlets
from claims.templatetags.desk import digits
from claims.workflow import IllegalMove


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


class ClaimantForm(forms.ModelForm[Claimant]):
    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        name, language = given.get("name", ""), given.get("language", "")
        if name and language:
            self.instance.folded = fold(name, language)[:300]
            twin = Claimant.objects.filter(language=language, folded=self.instance.folded)
            if twin.exclude(pk=self.instance.pk).exists():
                self.add_error(
                    "name", _("Another claimant has this name. Give it to that one as other name.")
                )
        if self.changed_data and (why := naming.in_the_way(self.instance)):
            self.add_error(None, why)
        return given


class ClaimantNameInline(admin.TabularInline[ClaimantName, Claimant]):
    model = ClaimantName
    extra = 1


@admin.register(Claimant, site=desk)
class ClaimantAdmin(RowAdmin):
    form = ClaimantForm
    list_display = ("name", "kind", "language", "wikidata_id", "spoke")
    list_filter = ("kind", "language")
    search_fields = ("name", "folded", "names__name")
    fields = ("name", "language", "kind", "wikidata_id")
    inlines = (ClaimantNameInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claimant]:
        found: QuerySet[Claimant] = super().get_queryset(request)
        return found.annotate(number=Count("positions"))

    @admin.display(description=_("positions"))
    def spoke(self, claimant: Claimant) -> str | SafeString:
        return digits(getattr(claimant, "number"))  # noqa: B009 - annotated above

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Claimant, form: Any, change: bool) -> None:
        """Stored together with its other names, below."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        (names,) = formsets
        names.save(commit=False)  # what Django's own log of the form reads
        given = [row.cleaned_data for row in names.forms if row.cleaned_data]
        naming.save_claimant(
            claimant=form.instance,
            actor=request.user,
            names=[(one["language"], one["name"]) for one in given if not one.get("DELETE")],
        )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IllegalMove as error:  # a claim went to review since the form was checked
            messages.error(request, str(error))
            return redirect(request.path)
