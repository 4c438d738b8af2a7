"""Saved filters: views of the queue that a person keeps under a name, alone or for the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.admin.claim_page import person
from claims.admin.queue_filters import Filters
from claims.admin.refusals import attempt
from claims.models import SavedFilter
from claims.pipeline import saved_filters


@dataclass(frozen=True)
class Saved:
    """One tab. `now`: the list shows exactly it. `opened`: it does, or was opened and then changed."""

    row: SavedFilter
    address: str
    own: bool
    now: bool
    opened: bool


def shown(filters: Filters, user: User, view: str, opened: str) -> list[Saved]:
    """`opened`: the number of the filter that was opened, as the address says it."""
    here = filters.query()
    found = []
    for row in saved_filters.usable_by(user).order_by("name", "pk"):
        query = canonical(row.query)
        found.append(
            Saved(
                row,
                query.query(view=view, saved=str(row.pk)),
                own=row.owner_id == user.pk,
                now=query.query() == here,
                opened=query.query() == here or str(row.pk) == opened,
            )
        )
    return sorted(found, key=lambda one: not one.own)


def canonical(query: str) -> Filters:
    """The filters of a query string, however it was written."""
    return Filters.read(dict(parse_qsl(query.removeprefix("?"))))


def _posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, **rest: Any) -> HttpResponse:
        return view(request, **rest) if request.method == "POST" else redirect("admin:queue")

    return answer


@_posted
def save(request: HttpRequest) -> HttpResponse:
    filters = canonical(request.POST.get("query", ""))
    saved: list[SavedFilter] = []
    refusal = attempt(
        "save",
        lambda: saved.append(
            saved_filters.save_filter(
                actor=person(request),
                name=request.POST.get("name", ""),
                query=filters.query(),
                shared="shared" in request.POST,
            )
        ),
    )
    if refusal:
        messages.error(request, " ".join(refusal.messages))
        return _back(request, filters)
    messages.success(request, _("Saved as “%(name)s”.") % {"name": saved[0].name})
    return _back(request, filters, saved[0])


@_posted
def change(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Renames and shares; with `update` it is narrowed to what the list shows now as well."""
    row = _row(request, filter_id)
    filters = canonical(request.POST.get("query", "") or row.query)
    refusal = attempt(
        "change",
        partial(
            saved_filters.change_filter,
            row=row,
            actor=person(request),
            name=request.POST.get("name", ""),
            shared="shared" in request.POST,
            query=filters.query() if "update" in request.POST else None,
        ),
    )
    if refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Saved."))
    return _back(request, filters, row)


@_posted
def delete(request: HttpRequest, filter_id: int) -> HttpResponse:
    row = _row(request, filter_id)
    refusal = attempt(
        "delete", partial(saved_filters.delete_filter, row=row, actor=person(request))
    )
    if refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(
            request,
            _("“%(name)s” was deleted. What it showed is still here: save it again if you need it.")
            % {"name": row.name},
        )
    return _back(request, canonical(row.query))


def _row(request: HttpRequest, filter_id: int) -> SavedFilter:
    return get_object_or_404(saved_filters.usable_by(person(request)), pk=filter_id)


def _back(request: HttpRequest, filters: Filters, row: SavedFilter | None = None) -> HttpResponse:
    view = "board" if request.POST.get("view") == "board" else ""
    query = filters.query(view=view, saved=str(row.pk) if row else "")
    return redirect(reverse("admin:queue") + query)
