"""A time for publishing a verdict or a translation: set, changed and called off."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.admin import text_areas, translation_decisions
from claims.admin.claim_page import as_seen, find_claim, number, person, posted
from claims.admin.publishing_acts import ask
from claims.admin.refusals import Refusal, attempt
from claims.admin.translation_page import find
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
        return ask(request, find_claim(request, claim_id), "publish", _no_time(form), typed)
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


def schedule_translation(request: HttpRequest, claim_id: int, language: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("admin:translation-publish", claim_id, language)
    claim, _found = find(request, claim_id, language)
    form = TimeForm(request.POST)
    if form.is_valid():
        at: datetime = form.cleaned_data["at"]
        refusal = attempt(
            "schedule",
            partial(
                publishing.schedule_translation,
                claim=claim,
                language=language,
                actor=person(request),
                at=at,
                version=number(request.POST.get("version")) or 0,
                kind=request.POST.get("kind", ""),
                reason=text_areas.typed(request.POST, "reason"),
                embargo=form.cleaned_data["embargo"],
            ),
        )
    else:
        refusal = _no_time(form)
    if refusal:
        found = find(request, claim_id, language)
        return translation_decisions.ask(request, *found, "publish", refusal)
    messages.success(request, _("Set: it goes out by itself, %(time)s.") % {"time": moment(at)})
    return redirect("admin:publishing")


def call_off_translation(request: HttpRequest, claim_id: int, language: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("admin:translation-publish", claim_id, language)
    claim, _found = find(request, claim_id, language)
    refusal = attempt(
        "schedule",
        partial(
            publishing.call_off,
            claim=claim,
            actor=person(request),
            reason=text_areas.typed(request.POST, "reason"),
            language=language,
        ),
    )
    if refusal:
        found = find(request, claim_id, language)
        return translation_decisions.ask(request, *found, "publish", refusal)
    messages.success(request, _("Called off. The translation stays approved and waits for you."))
    return redirect("admin:publishing")


def _no_time(form: TimeForm) -> Refusal:
    said = [str(error) for errors in form.errors.values() for error in errors]
    return Refusal("schedule", said, 422)
