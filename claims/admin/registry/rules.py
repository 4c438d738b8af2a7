"""What the desk judges by: the rating scale and the policy."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.admin.registry.base import RowAdmin
from claims.admin.site import desk
from claims.models import Policy, Rating
from claims.pipeline import desk as changes
from claims.templatetags.desk import digits, rating_badge


@admin.register(Rating, site=desk)
class RatingAdmin(RowAdmin):
    list_display = ("badge", "slug", "number", "label_ar", "label_tr", "label_en", "active")
    list_display_links = ("badge", "slug")
    fieldsets = (
        (None, {"fields": (("slug", "order"), "mark", "active")}),
        (_("How true it says a claim is"), {"fields": ("is_truth", ("value", "worst", "best"))}),
        (_("Arabic"), {"fields": ("label_ar", "description_ar")}),
        (_("Turkish"), {"fields": ("label_tr", "description_tr")}),
        (_("English"), {"fields": ("label_en", "description_en")}),
    )

    @admin.display(description=_("rating"), ordering="order")
    def badge(self, rating: Rating) -> SafeString:
        return rating_badge(rating)

    @admin.display(description=_("value"), ordering="value")
    def number(self, rating: Rating) -> SafeString | str:
        if rating.value is None:
            return self.get_empty_value_display()
        return format_html('<bdi dir="ltr">{}/{}</bdi>', digits(rating.value), digits(rating.best))

    def save_model(self, request: HttpRequest, obj: Rating, form: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        changes.save_rating(rating=obj, actor=request.user)


@admin.register(Policy, site=desk)
class PolicyAdmin(RowAdmin):
    """One row: the list leads straight to it."""

    fields = changes.POLICY_FIELDS

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("admin:claims_policy_change", Policy.current().pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Policy, form: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        values = {name: form.cleaned_data[name] for name in changes.POLICY_FIELDS}
        changes.change_policy(actor=request.user, **values)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.has_change_permission(request, obj)
