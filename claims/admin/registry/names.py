"""Who prints and who speaks: outlets and claimants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin.registry.base import RowAdmin
from claims.admin.site import desk
from claims.languages import fold
from claims.models import Claimant, ClaimantName, Outlet
from claims.templatetags.desk import digits


@admin.register(Outlet, site=desk)
class OutletAdmin(RowAdmin):
    list_display = ("name", "homepage", "language")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_filter = ("language",)
    search_fields = ("name", "homepage")


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
