"""What a publisher decides about articles that repeat a claim with a public verdict."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from claims.admin import publishing_page
from claims.admin.claim_page import person, posted
from claims.admin.refusals import attempt
from claims.models import ClusterMember, FurtherAppearance
from claims.pipeline import matching


@posted()
def list_appearance(request: HttpRequest, claim_id: int) -> HttpResponse:
    """`claim_id`: the claim that repeats one with a verdict."""
    return _decide(
        request, claim_id, matching.list_appearance, _("Listed with the verdict, for all to see.")
    )


@posted()
def decline(request: HttpRequest, claim_id: int) -> HttpResponse:
    return _decide(request, claim_id, matching.decline, _("Not listed. You are not asked again."))


@posted()
def withdraw(request: HttpRequest, claim_id: int, listed_id: int) -> HttpResponse:
    """`claim_id`: the claim that has the verdict."""
    listed = get_object_or_404(FurtherAppearance, claim=claim_id, pk=listed_id)
    return _answer(
        request,
        partial(matching.withdraw, listed=listed, actor=person(request)),
        _("Withdrawn: the verdict's page does not list this article any more."),
    )


def _decide(
    request: HttpRequest, claim_id: int, act: Callable[..., object], done: str
) -> HttpResponse:
    member = get_object_or_404(ClusterMember, claim=claim_id)
    return _answer(request, partial(act, member=member, actor=person(request)), done)


def _answer(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    if refusal := attempt("listing", act):
        return publishing_page.render_page(request, refusal)
    messages.success(request, done)
    return redirect("admin:publishing")
