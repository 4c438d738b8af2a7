"""What the claim's page says by itself while somebody is at it: that they are there, and what they
have typed. And two buttons: take the verdict over, drop what was typed."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.claim_page import (
    draft_of,
    find_claim,
    number,
    person,
    posted,
    render_claim,
)
from claims.admin.refusals import Refusal, attempt
from claims.languages import SERVED
from claims.models import Claim, WorkingCopy
from claims.pipeline import together
from claims.templatetags.desk import moment

# Where on the claim's page a form stands.
PLACES = {together.VERDICT: "#verdict", together.CLAIM: "#edit", together.EVIDENCE: "#evidence"}


@require_safe
def who_is_signed_in(request: HttpRequest) -> HttpResponse:
    """A fresh token for forms that were opened before a new sign-in, and whose it is: words typed by
    one person are never sent as another's."""
    return JsonResponse({"token": get_token(request), "person": person(request).pk})


@posted()
def present(request: HttpRequest, claim_id: int) -> HttpResponse:
    """A sign of life from an open page: writing=1 while its verdict is being typed, leaving=1 when it
    closes. The answer is the line that says who else is there."""
    claim = find_claim(request, claim_id)
    if request.POST.get("leaving"):
        together.leave(claim=claim, person=person(request))
        return quiet(HttpResponse(status=204))
    company = together.look(
        claim=claim, person=person(request), writing=request.POST.get("writing") == "1"
    )
    return quiet(
        TemplateResponse(
            request,
            "desk/parts/company.html",
            {"claim": claim, "company": company, "draft": draft_of(claim), "swapped": True},
        )
    )


@posted()
def keep(request: HttpRequest, claim_id: int, form: str) -> HttpResponse:
    """Keeps what stands in a form; JSON: {"saved": "14:03", "window"} or {"said": why not}."""
    claim = find_claim(request, claim_id)
    kept: list[WorkingCopy | None] = []
    refusal = attempt(
        form,
        lambda: kept.append(
            together.keep(
                claim=claim,
                person=person(request),
                form=form,
                fields={name: request.POST.get(name, "") for name in request.POST},
                base=_count(request, "_base"),
                window=request.POST.get("_window", "")[:36],
                turn=_count(request, "_turn"),
                over=request.POST.get("_over", ""),
            )
        ),
    )
    if refusal:
        return quiet(JsonResponse({"said": " ".join(refusal.messages)}, status=refusal.status))
    copy = kept[0]
    return quiet(
        JsonResponse({"saved": moment(copy.saved_at) if copy else "", "kept": copy is not None})
    )


@posted()
def drop(request: HttpRequest, claim_id: int, form: str) -> HttpResponse:
    """Forgets what was typed into a form. It was never saved: this cannot be undone, and the button
    that leads here says so."""
    claim = find_claim(request, claim_id)
    window = request.POST.get("_window")
    together.drop(claim=claim, person=person(request), form=form, window=window)
    if window is not None:
        return quiet(HttpResponse(status=204))
    messages.success(request, _("Dropped. What is saved stands here."))
    if form in map(together.of_language, SERVED):
        return redirect("admin:translation", claim.pk, form.partition("-")[2])
    if form == together.SEND_BACK:
        return redirect("admin:claim-review", claim.pk)
    return redirect(_address(claim) + PLACES.get(form.partition("-")[0], ""))


@posted()
def take_over(request: HttpRequest, claim_id: int) -> HttpResponse:
    claim = find_claim(request, claim_id)
    refusal: Refusal | None = attempt(
        "take_over", partial(together.take_over, claim=claim, actor=person(request))
    )
    if refusal:
        return render_claim(request, find_claim(request, claim_id), refusal=refusal)
    messages.success(
        request,
        _(
            "The verdict is yours to write. Whoever was writing it has been told, and keeps their words."
        ),
    )
    return redirect(_address(claim) + "#verdict")


def quiet(response: HttpResponse) -> HttpResponse:
    """Marks an answer after which nothing is due (middleware.dispatch): these come every few seconds
    from every open page."""
    setattr(response, "left_nothing_due", True)  # noqa: B010 - not a field of Django's
    return response


def _count(request: HttpRequest, name: str) -> int:
    return min(number(request.POST.get(name)) or 0, 2_000_000_000)


def _address(claim: Claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])
