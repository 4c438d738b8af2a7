"""The same done to all claims that are ticked in the queue, what came of it, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.admin.claim_page import person
from claims.models import Claim
from claims.pipeline import review
from claims.pipeline.review.several import MOST, Outcome
from claims.templatetags.desk import digits
from claims.workflow import IllegalMove

_UNDO, _DONE = "queue_undo", "queue_done"
# A day's end, where only the day was said.
DAYS_END = time(18, 0)


@dataclass(frozen=True)
class Done:
    """What the last press of a button came to, shown once. `refused`: (number, statement, why)."""

    words: str
    refused: list[tuple[int, str, str]]
    undoable: bool


def bulk(request: HttpRequest) -> HttpResponse:
    """`act` names what is done, with its value behind a colon where a button carries one:
    "priority:3", "assign:7", "assign:" (nobody)."""
    if request.method != "POST":
        return redirect("admin:queue")
    actor = person(request)
    act, _colon, value = request.POST.get("act", "").partition(":")
    try:
        outcome = review.change_several(
            chosen=_chosen(request),
            actor=actor,
            act=act,
            value=_value(act, value, request, actor),
            reason=_reason(request),
        )
    except (IllegalMove, PermissionDenied) as error:
        messages.error(request, str(error))
        return _back(request)
    request.session[_UNDO] = outcome.undo
    request.session[_DONE] = _told(outcome)
    return _back(request)


def undo(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return redirect("admin:queue")
    way_back = request.session.pop(_UNDO, None)
    if not way_back:
        messages.warning(request, _("There is nothing left to undo here."))
        return _back(request)
    try:
        outcome = review.undo_several(undo=way_back, actor=person(request))
    except PermissionDenied as error:
        messages.error(request, str(error))
        return _back(request)
    request.session[_DONE] = _told(outcome, undone=True)
    return _back(request)


def last_done(request: HttpRequest) -> Done | None:
    done = request.session.pop(_DONE, None)
    if done is None:
        return None
    return Done(
        done["words"],
        [(number, statement, why) for number, statement, why in done["refused"]],
        bool(request.session.get(_UNDO)),
    )


def _chosen(request: HttpRequest) -> dict[int, int]:
    """Ticked boxes say "number.moves"; one that says anything else was not made by the page."""
    chosen: dict[int, int] = {}
    for box in request.POST.getlist("claim")[: MOST + 1]:
        number, _dot, moves = box.partition(".")
        if all(part.isascii() and part.isdecimal() and len(part) < 18 for part in (number, moves)):
            chosen[int(number)] = int(moves)
    return chosen


def _value(act: str, value: str, request: HttpRequest, actor: User) -> Any:
    if act == "assign":
        if not value:
            return None
        known = value.isascii() and value.isdecimal() and len(value) < 18
        found = User.objects.filter(pk=int(value), is_active=True).first() if known else None
        if value == "me":
            found = actor
        if found is None:
            raise IllegalMove(_("This person is not on the desk. Choose somebody else."))
        return found
    if act in ("priority", "severity"):
        if value not in map(str, Claim.Priority.values):
            raise IllegalMove(_("Choose low, normal or high."))
        return int(value)
    if act == "topic":
        return " ".join(request.POST.get("topic", "").replace("\x00", " ").split())
    if act == "due":
        return _due(request.POST.get("due", "") if value != "none" else "")
    return None


def _due(typed: str) -> datetime | None:
    if not typed:
        return None
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    if day is None:
        raise IllegalMove(_("Give the day as year-month-day, such as 2026-12-31."))
    if day < timezone.localdate():
        raise IllegalMove(_("Choose a day that is still to come."))
    return timezone.make_aware(datetime.combine(day, DAYS_END))


def _reason(request: HttpRequest) -> str:
    return request.POST.get("other", "").strip() or request.POST.get("reason", "")


def _told(outcome: Outcome, *, undone: bool = False) -> dict[str, Any]:
    number = len(outcome.done)
    parts = []
    if number:
        words = (
            ngettext("Taken back: %(n)s claim.", "Taken back: %(n)s claims.", number)
            if undone
            else ngettext("Done: %(n)s claim.", "Done: %(n)s claims.", number)
        )
        parts.append(digits(words % {"n": number}))
    if same := len(outcome.same):
        words = ngettext("%(n)s was so already.", "%(n)s were so already.", same)
        parts.append(digits(words % {"n": same}))
    if refused := len(outcome.refused):
        words = ngettext("%(n)s was left as it is:", "%(n)s were left as they are:", refused)
        parts.append(digits(words % {"n": refused}))
    return {
        "words": " ".join(parts),
        "refused": [(one.claim, one.statement, one.why) for one in outcome.refused],
    }


def _back(request: HttpRequest) -> HttpResponse:
    """To the list as it was, and to the claim that was at hand."""
    here = request.POST.get("back", "")
    if not url_has_allowed_host_and_scheme(here, allowed_hosts=None) or not here.startswith(
        reverse("admin:queue")
    ):
        here = reverse("admin:queue")
    at = request.POST.get("at", "")
    place = f"#claim-{at}" if at.isascii() and at.isdecimal() else ""
    return redirect(here.partition("#")[0] + place)
