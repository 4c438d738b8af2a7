"""One who speaks, on one page: names, how their claims came out, where they speak, and whether
another row is the same party."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims import permissions
from claims.admin.as_seen import AsSeen, was_moved
from claims.admin.claim_forms import dress
from claims.admin.claim_page import person
from claims.admin.claimant_list import counted, words_of
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.languages import fold
from claims.models import Claimant, Language, Position
from claims.pipeline import naming, parties

SHOWN = 8


class ClaimantForm(AsSeen):
    class Meta:
        model = Claimant
        fields = naming.FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, latin=("wikidata_id",))

    def _values(self) -> dict[str, Any]:
        """With the other names: they are saved together."""
        names = self.instance.names.all() if self.instance.pk else ()
        return super()._values() | {"names": [f"{one.language}:{one.name}" for one in names]}

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        name, language = given.get("name", ""), given.get("language", "")
        if name and language:
            folded = fold(name, language)[:300]
            twin = Claimant.objects.filter(language=language, folded=folded)
            if twin.exclude(pk=self.instance.pk).exists():
                self.add_error(
                    "name", _("Another claimant has this name. If they are the same, merge them.")
                )
        return given


class NameForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("language"), choices=Language.choices)
    name = forms.CharField(label=gettext_lazy("name"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


NameForms = forms.formset_factory(NameForm, extra=2, max_num=60, absolute_max=60)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def claimant_page(request: HttpRequest, claimant_id: int) -> HttpResponse:
    """The page; a POST saves who they are, with exactly the names it gives."""
    claimant = _find(claimant_id)
    if request.method != "POST":
        return _render(request, claimant)
    form = ClaimantForm(request.POST, instance=copy(claimant))
    names = NameForms(request.POST, prefix="names")
    if not (form.is_valid() and names.is_valid()):
        moved = was_moved(form)
        told = _("Not saved yet.") if moved else _("Not saved. Look at the marked fields.")
        refusal: Refusal | None = Refusal("edit", [told], 409 if moved else 422)
    else:
        given = [one.cleaned_data for one in names.forms if one.cleaned_data.get("name")]
        refusal = attempt(
            "edit",
            lambda: naming.save_claimant(
                claimant=form.instance,
                actor=person(request),
                names=[(one["language"], one["name"]) for one in given],
            ),
        )
    if refusal:
        return _render(request, claimant, refusal=refusal, form=form, names=names)
    messages.success(request, _("Saved."))
    return redirect("admin:claims_claimant_change", claimant.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, claimant_id: int, other_id: int) -> HttpResponse:
    """Both beside each other, and what would move; a POST merges. `stays` is the one that remains,
    the page's own by default."""
    one, other = _find(claimant_id), _find(other_id)
    if one == other or one.merged_into_id or other.merged_into_id:
        messages.error(request, _("These two cannot be merged: look at them again."))
        return redirect("admin:claims_claimant_change", one.pk)
    given = request.POST if request.method == "POST" else request.GET
    stays = other if given.get("stays") == str(other.pk) else one
    gone = one if stays == other else other
    refusal = None
    if request.method == "POST":
        refusal = attempt(
            "merge", lambda: parties.merge(gone=gone, into=stays, actor=person(request))
        )
        if refusal is None:
            messages.success(
                request,
                _("“%(gone)s” now stands for “%(stays)s”. You can undo it here.")
                % {"gone": gone.name, "stays": stays.name},
            )
            return redirect("admin:claims_claimant_change", stays.pk)
    response = page(
        request,
        "desk/claimant_merge.html",
        section="administration",
        title=_("Merge two claimants"),
        one=one,
        other=other,
        both=counted([one, other]),
        stays=stays,
        gone=gone,
        moving=parties.moving(gone=gone, into=stays),
        may_merge=parties.may_merge(request.user),
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response


@require_POST
def unmerge(request: HttpRequest, claimant_id: int) -> HttpResponse:
    """Of the claimant that was merged into another."""
    claimant = _find(claimant_id)
    stands = claimant.merged_into or claimant
    refusal = attempt("unmerge", lambda: parties.unmerge(gone=claimant, actor=person(request)))
    if refusal:
        return _render(request, stands, refusal=refusal)
    messages.success(request, _("Undone: they are two again."))
    return redirect("admin:claims_claimant_change", stands.pk)


def _render(
    request: HttpRequest,
    claimant: Claimant,
    *,
    refusal: Refusal | None = None,
    form: ClaimantForm | None = None,
    names: Any = None,
) -> HttpResponse:
    given = [{"language": one.language, "name": one.name} for one in claimant.names.all()]
    words = words_of(request)
    found = Claimant.objects.filter(merged_into=None)
    if words:
        found = found.filter(parties.search(words, without=claimant.pk)).order_by("-pk")
        offered = list(counted(list(found[:SHOWN])))
    else:
        offered = list(counted(parties.likely(claimant)))
    said = Position.objects.filter(permissions.visible(request.user), claimant=claimant)
    response = page(
        request,
        "desk/claimant.html",
        section="administration",
        title=claimant.name,
        claimant=claimant,
        balance=parties.balance(claimant),
        outlets=parties.outlets_of(claimant),
        positions=said.select_related("claim").order_by("-pk")[:SHOWN],
        spoken=said.count(),
        merged=claimant.merged.order_by("name"),
        words=words,
        offered=offered,
        form=form or ClaimantForm(instance=copy(claimant)),
        names=names if names is not None else NameForms(initial=given, prefix="names"),
        blocked=naming.in_the_way(claimant),
        may_edit=permissions.may(request.user, permissions.RESEARCH),
        may_merge=parties.may_merge(request.user),
        refusal=refusal,
    )
    response.status_code = refusal.status if refusal else 200
    return response


def _find(claimant_id: int) -> Claimant:
    return get_object_or_404(Claimant.objects.select_related("merged_into"), pk=claimant_id)
