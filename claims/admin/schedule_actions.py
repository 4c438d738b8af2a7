"""A time for publishing: set, changed and called off."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin import text_areas
from claims.admin.claim_page import as_seen, find_claim, person, posted
from claims.admin.publishing_acts import ask
from claims.admin.refusals import Refusal, attempt
from claims.pipeline import publishing
from claims.templatetags.desk import moment

# As `<input type="datetime-local">` sends it.
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class TimeForm(forms.Form):
    at = forms.DateTimeField(
        input_formats=FORMATS,
        error_messages={
            "required": gettext_lazy("Choose the day and the time."),
            "invalid": gettext_lazy(
                "This is no time. Write the day and the time: 2026-11-24T18:00."
            ),
        },
    )
    embargo = forms.CharField(max_length=300, required=False)


@posted("claim-publish")
def schedule(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = as_seen(request, find_claim(request, claim_id))
    form = TimeForm(request.POST)
    typed = {name: text_areas.typed(request.POST, name) for name in form.fields}
    if not form.is_valid():
        said = [str(error) for errors in form.errors.values() for error in errors]
        return ask(
            request, find_claim(request, claim_id), "publish", Refusal("schedule", said, 422), typed
        )
    at: datetime = form.cleaned_data["at"]
    refusal = attempt(
        "schedule",
        partial(
            publishing.schedule,
            claim=claim,
            actor=person(request),
            at=at,
            embargo=form.cleaned_data["embargo"],
            seen=claim.moves,
        ),
    )
    if refusal:
        return ask(request, find_claim(request, claim_id), "publish", refusal, typed)
    messages.success(request, _("Set: it goes out by itself, %(time)s.") % {"time": moment(at)})
    return redirect("admin:publishing")


@posted("claim-publish")
def call_off(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    refusal = attempt(
        "schedule",
        partial(
            publishing.call_off,
            claim=claim,
            actor=person(request),
            reason=text_areas.typed(request.POST, "reason"),
        ),
    )
    if refusal:
        return ask(request, find_claim(request, claim_id), "publish", refusal)
    messages.success(request, _("Called off. The verdict stays approved and waits for you."))
    return redirect("admin:publishing")
