"""One outlet on one page: who it is, whether it is trusted and why, how its claims fared."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims import permissions
from claims.admin import article_list
from claims.admin.as_seen import AsSeen, was_moved
from claims.admin.claim_forms import dress
from claims.admin.claim_page import person
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import at_most, page
from claims.models import Article, Outlet
from claims.pipeline import outlets

SHOWN = 8


class OutletForm(AsSeen):
    class Meta:
        model = Outlet
        fields = outlets.FIELDS
        field_classes = {"homepage": forms.URLField}

    homepage = forms.URLField(label=gettext_lazy("homepage"), required=False, assume_scheme="https")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, latin=("homepage", "country"))

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).upper()
        if country and not re.fullmatch("[A-Z]{2}", country):
            raise ValidationError(_("A country is two capital letters, such as SY."))
        return country


class TrustForm(AsSeen):
    """A decision anew: its reason starts empty, and is still compared with the one that stands."""

    class Meta:
        model = Outlet
        fields = ()

    trusted = forms.ChoiceField(
        label=gettext_lazy("trusted as evidence"),
        choices=[
            ("yes", gettext_lazy("Trusted")),
            ("no", gettext_lazy("Not trusted")),
            ("", gettext_lazy("Not decided")),
        ],
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("why, or why not"), max_length=500, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Two forms on one page: their marks are two elements.
        super().__init__(*args, auto_id="trust_%s", **kwargs)
        self.initial["trusted"] = {True: "yes", False: "no", None: ""}[self.instance.trusted]
        dress(self)

    def _values(self) -> dict[str, Any]:
        return super()._values() | {"why": self.instance.trusted_why}

    @property
    def decision(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["trusted"])


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def outlet_page(request: HttpRequest, outlet_id: int) -> HttpResponse:
    """The page; a POST saves who the outlet is."""
    outlet = _find(outlet_id)
    if request.method != "POST":
        return _render(request, outlet)
    form = OutletForm(request.POST, instance=copy(outlet))
    refusal = _marked("edit", form) or attempt(
        "edit", lambda: outlets.save_outlet(outlet=form.instance, actor=person(request))
    )
    if refusal:
        return _render(request, outlet, refusal=refusal, form=form)
    messages.success(request, _("Saved."))
    return _back(outlet)


@transaction.atomic
def trust(request: HttpRequest, outlet_id: int) -> HttpResponse:
    outlet = _find(outlet_id)
    if request.method != "POST":
        return _back(outlet)
    form = TrustForm(request.POST, instance=outlet)
    refusal = _marked("trust", form) or attempt(
        "trust",
        lambda: outlets.decide_trust(
            outlet=outlet,
            actor=person(request),
            trusted=form.decision,
            why=form.cleaned_data["why"],
        ),
    )
    if refusal:
        return _render(request, _find(outlet_id), refusal=refusal, trust_form=form)
    messages.success(request, _("Saved."))
    return _back(outlet)


def _render(
    request: HttpRequest,
    outlet: Outlet,
    *,
    refusal: Refusal | None = None,
    form: OutletForm | None = None,
    trust_form: TrustForm | None = None,
) -> HttpResponse:
    seen = Article.objects.filter(permissions.visible(request.user), appearances__outlet=outlet)
    newest = article_list.with_appearances(seen.distinct()).order_by("-received_at", "-pk")[:SHOWN]
    user = request.user
    response = page(
        request,
        "desk/outlet.html",
        section="administration",
        title=outlet.name,
        outlet=outlet,
        record=outlets.track_record(outlet),
        called=outlets.named_like(outlet),
        articles=newest,
        article_count=at_most(seen.distinct()),
        form=form or OutletForm(instance=copy(outlet)),
        trust_form=trust_form or TrustForm(instance=outlet),
        may_edit=user.has_perm("claims.change_outlet"),
        may_decide=outlets.may_decide(user),
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _find(outlet_id: int) -> Outlet:
    return get_object_or_404(Outlet.objects.select_related("trusted_by"), pk=outlet_id)


def _back(outlet: Outlet) -> HttpResponse:
    return redirect("admin:claims_outlet_change", outlet.pk)


def _marked(where: str, form: forms.BaseForm) -> Refusal | None:
    if form.is_valid():
        return None
    if was_moved(form):
        return Refusal(where, [str(error) for error in form.non_field_errors()], 409)
    return Refusal(where, [_("Not saved. Look at the marked fields.")], 422)
