"""Webhooks: who is told of every publication, how that went, and sending again.

A secret stands on one page once, and on no page again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.validators import URLValidator
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims import permissions
from claims.admin import exporting, keyset, listed_files
from claims.admin.claim_page import person
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.models import Delivery, LogHead, Webhook
from claims.pipeline import delivering
from claims.pipeline._sealing import FieldKeyError
from claims.templatetags.desk import digits

NO_ADDRESS = gettext_lazy("This is no web address. Begin with http:// or https://.")


class WebhookForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "in", "dir": "auto"}),
    )
    url = forms.URLField(
        label=gettext_lazy("Their address"),
        max_length=2000,
        assume_scheme="https",
        widget=forms.TextInput(
            attrs={"class": "in", "dir": "ltr", "inputmode": "url", "placeholder": "https://"}
        ),
        help_text=gettext_lazy(
            "Every publication is posted there, signed after Standard Webhooks."
        ),
        validators=[URLValidator(["http", "https"], message=NO_ADDRESS)],
        error_messages={"invalid": NO_ADDRESS},
    )


class SinceForm(forms.Form):
    since = forms.IntegerField(
        label=gettext_lazy("From log entry"),
        min_value=0,
        max_value=2**62,
        initial=0,
        widget=forms.NumberInput(attrs={"class": "in short", "min": 0, "inputmode": "numeric"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    form = WebhookForm(request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_bound and form.is_valid():
        made: list[tuple[Webhook, str]] = []
        refusal = _attempt(
            "add",
            lambda: made.append(delivering.add(**form.cleaned_data, actor=person(request))),
        )
        if made:
            return _shown(request, *made[0])
    rows = Webhook.objects.annotate(
        last=Max("deliveries__ended_at", filter=Q(deliveries__state=Delivery.State.DELIVERED)),
        waiting=Count("deliveries", filter=Q(deliveries__state=Delivery.State.WAITING)),
        lost=Count("deliveries", filter=Q(deliveries__state=Delivery.State.GAVE_UP)),
    )
    return _answer(
        request,
        "desk/webhooks.html",
        form,
        refusal,
        title=_("Webhooks"),
        rows=rows,
        open_form=form.is_bound,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, webhook_id: int) -> HttpResponseBase:
    one = get_object_or_404(Webhook, pk=webhook_id)
    if file := exporting.asked(request.GET.get("as")):
        return listed_files.deliveries(_deliveries(request, one)[0], file)
    posted = request.method == "POST"
    form = WebhookForm(request.POST if posted else None, initial={"name": one.name, "url": one.url})
    refusal = None
    if posted and form.is_valid():
        act = partial(delivering.change, webhook=one, **form.cleaned_data, actor=person(request))
        refusal = _attempt("change", act)
        if refusal is None:
            messages.success(request, _("Changed."))
            return redirect("admin:webhook", one.pk)
    return _one(request, one, form, refusal)


@require_safe
def deliveries(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """The list alone, for the page that looks again."""
    return _one(request, get_object_or_404(Webhook, pk=webhook_id), WebhookForm(), None)


@require_POST
def secret(request: HttpRequest, webhook_id: int) -> HttpResponse:
    one = get_object_or_404(Webhook, pk=webhook_id)
    made: list[str] = []
    refusal = _attempt(
        "secret", lambda: made.append(delivering.new_secret(webhook=one, actor=person(request)))
    )
    return _shown(request, one, made[0]) if made else _one(request, one, WebhookForm(), refusal)


@require_POST
def act(request: HttpRequest, webhook_id: int, what: str) -> HttpResponse:
    """Switches it on or off, tries it, or sends again what is in the log."""
    one = get_object_or_404(Webhook, pk=webhook_id)
    since = SinceForm(request.POST if what == "replay" else None)
    if what == "replay" and not since.is_valid():
        return _one(request, one, WebhookForm(), Refusal("replay", list(_said(since)), 422), since)
    sent: list[int] = []
    acts: dict[str, Callable[[], Any]] = {
        "on": partial(delivering.switch, webhook=one, on=True, actor=person(request)),
        "off": partial(delivering.switch, webhook=one, on=False, actor=person(request)),
        "try": partial(delivering.try_it, webhook=one, actor=person(request)),
        "replay": lambda: sent.append(
            delivering.replay(webhook=one, actor=person(request), **since.cleaned_data)
        ),
    }
    if refusal := _attempt(what, acts[what]):
        return _one(request, one, WebhookForm(), refusal)
    done = {
        "on": _("It is told again. What waited is sent now."),
        "off": _("It is told no more. What was due waits; switch it on again to have it sent."),
        "try": _("A trial is on its way. What came of it appears below in a moment."),
    }
    if what == "replay":
        words = ngettext("%(n)s message is sent.", "%(n)s messages are sent.", sent[0])
        messages.success(request, words % {"n": digits(sent[0])})
    else:
        messages.success(request, done[what])
    return redirect("admin:webhook", one.pk)


@require_POST
def again(request: HttpRequest, webhook_id: int, delivery_id: int) -> HttpResponse:
    one = get_object_or_404(Webhook, pk=webhook_id)
    delivery = get_object_or_404(one.deliveries, pk=delivery_id)
    act = partial(delivering.again, delivery=delivery, actor=person(request))
    if refusal := _attempt("again", act):
        return _one(request, one, WebhookForm(), refusal)
    messages.success(request, _("It is sent once more."))
    return redirect("admin:webhook", one.pk)


def _one(
    request: HttpRequest,
    one: Webhook,
    form: WebhookForm,
    refusal: Refusal | None,
    since: SinceForm | None = None,
) -> HttpResponse:
    if not form.is_bound:
        form = WebhookForm(initial={"name": one.name, "url": one.url})
    rows, state = _deliveries(request, one)
    cut = keyset.cut(rows, ("pk",), request.GET)
    kept = f"state={state}&" if state else ""
    return _answer(
        request,
        "desk/webhook.html",
        form,
        refusal,
        title=one.name,
        webhook=one,
        rows=cut.rows,
        state=state,
        states=Delivery.State.choices,
        before=f"?{kept}before={cut.before}" if cut.before else "",
        after=f"?{kept}after={cut.after}" if cut.after else "",
        live=one.active and one.deliveries.due(timezone.now() + delivering.SOON).exists(),
        open_form=form.is_bound,
        since=since or SinceForm(),
        size=LogHead.objects.get(pk=1).size,
    )


def _deliveries(request: HttpRequest, one: Webhook) -> tuple[QuerySet[Delivery], str]:
    """Those in the state that is asked for, and which that is: "" for any."""
    state = request.GET.get("state", "")
    state = state if state in Delivery.State.values else ""
    rows = one.deliveries.select_related("entry")
    return (rows.filter(state=state) if state else rows), state


def _shown(request: HttpRequest, one: Webhook, secret: str) -> HttpResponse:
    response = page(
        request,
        "desk/webhook_secret.html",
        section="administration",
        title=_("The secret of %(name)s") % {"name": one.name},
        webhook=one,
        secret=secret,
    )
    response["Cache-Control"] = "no-store"
    return response


def _answer(
    request: HttpRequest,
    template: str,
    form: WebhookForm,
    refusal: Refusal | None,
    **context: Any,
) -> HttpResponse:
    may = permissions.may(request.user, permissions.ADMINISTER)
    response = page(
        request,
        template,
        section="administration",
        form=form,
        refusal=refusal,
        may_change=may,
        **context,
    )
    if refusal is not None:
        response.status_code = refusal.status
    elif form.is_bound and not form.is_valid():
        response.status_code = 422
    return response


def _attempt(where: str, act: Callable[[], object]) -> Refusal | None:
    try:
        return attempt(where, act)
    except FieldKeyError as error:
        return Refusal(where, [_("The desk has no key to keep the secret with."), str(error)], 503)


def _said(form: forms.Form) -> list[str]:
    return [str(message) for messages in form.errors.values() for message in messages]
