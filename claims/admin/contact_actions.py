"""The contact log of a claim: the panel by itself, and what is noted in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from claims.admin import contact_forms, contact_panel
from claims.admin.claim_page import find_claim, number, person, rights
from claims.admin.contact_forms import ContactForm
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.admin.timeline import stands
from claims.models import Claim, Claimant, Contact, Outlet
from claims.pipeline import corresponding


@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The panel, with the form for asking somebody if ?ask= names what for; POST notes it."""
    claim = find_claim(request, claim_id)
    if request.method != "POST":
        return _answer(request, claim, form=_asked_for(request, claim))
    kind = request.POST.get("kind", "")
    if kind not in Contact.Kind.values:
        kind = Contact.Kind.REPLY
    form = ContactForm(request.POST, instance=Contact(claim=claim, kind=kind), answering=False)
    seen = claim.moves
    refusal = _attempt(
        form, lambda said: corresponding.ask(claim=claim, actor=person(request), kind=kind, **said)
    )
    if refusal:
        return _answer(request, claim, form=form, refusal=refusal)
    return _done(request, claim, seen)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest, claim_id: int, contact_id: int) -> HttpResponse:
    """The panel with the form of one request; POST notes what came of it."""
    claim = find_claim(request, claim_id)
    found = get_object_or_404(claim.contacts.select_related("asked_by"), pk=contact_id)
    if request.method != "POST":
        return _answer(request, claim, form=ContactForm(instance=copy(found)))
    form = ContactForm(request.POST, instance=copy(found))
    seen = claim.moves
    refusal = _attempt(
        form,
        lambda said: corresponding.change(
            contact=found,
            actor=person(request),
            revision=number(request.POST.get("revision")) or 0,
            **said,
        ),
    )
    if refusal:
        found.refresh_from_db()
        return _answer(request, claim, form=form, refusal=refusal, theirs=found)
    return _done(request, claim, seen)


def _attempt(form: ContactForm, act: Callable[[dict[str, Any]], object]) -> Refusal | None:
    """Does it with what was typed; None when done."""
    if form.is_valid():
        try:
            return attempt("contact", partial(_raise_by_field, act, contact_forms.said(form)))
        except _ByField as error:
            contact_forms.add_errors(form, error.errors)
    return Refusal("contact", [_("Not saved. Look at the marked fields.")], 422)


class _ByField(Exception):
    """What the pipeline refused, field by field; `attempt` would melt it into one list."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        self.errors = errors


def _raise_by_field(act: Callable[[dict[str, Any]], object], said: dict[str, Any]) -> None:
    try:
        act(said)
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            raise _ByField(error.message_dict) from error
        raise


def _asked_for(request: HttpRequest, claim: Claim) -> ContactForm | None:
    kind = request.GET.get("ask", "")
    if kind not in Contact.Kind.values:
        return None
    claimant = Claimant.objects.filter(pk=number(request.GET.get("claimant")) or 0).first()
    outlet = Outlet.objects.filter(pk=number(request.GET.get("outlet")) or 0).first()
    return contact_forms.new(claim, kind, claimant, outlet)


def _done(request: HttpRequest, claim: Claim, seen: int) -> HttpResponse:
    claim.refresh_from_db(fields=["moves"])
    if not HtmxDetails(request):
        return redirect(reverse("admin:claims_claim_change", args=[claim.pk]) + "#contacts")
    response = _answer(request, claim, said=_("Saved."))
    # The page's other forms carry the claim's number of moves; ours is no surprise to them.
    moved = {"claim-moved": {"before": seen, "after": claim.moves}}
    response["HX-Trigger"] = json.dumps(moved)
    return response


def _answer(
    request: HttpRequest,
    claim: Claim,
    *,
    form: ContactForm | None = None,
    refusal: Refusal | None = None,
    theirs: Contact | None = None,
    said: str = "",
) -> HttpResponse:
    """The panel alone for htmx, on a page of its own without."""
    context = {
        "claim": claim,
        "letters": contact_panel.panel(claim, [stand.position for stand in stands(claim)]),
        "contact_form": form,
        "contact_said": said,
        "theirs": theirs,
        "ways": contact_forms.WAYS,
        "refusal": refusal,
        **rights(request, claim),
    }
    if HtmxDetails(request):
        response = render(request, "desk/parts/contacts.html", context)
    else:
        context |= {"section": "queue", "title": _("Who was asked")}
        response = page(request, "desk/contacts.html", **context)  # type: ignore[arg-type]
    response.status_code = refusal.status if refusal else 200
    return response
