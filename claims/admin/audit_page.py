"""The history of everything: who did what, when and why; and whether it is whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims import permissions
from claims.admin import exporting, keyset
from claims.admin.claim_history import DONE, IN_REVIEW
from claims.admin.refusals import attempt
from claims.admin.registry.records import SEALED, WORDS
from claims.admin.site import page
from claims.models import Claim, State, Transition
from claims.pipeline import auditing

COLUMNS = (
    "at", "who", "subject", "subject_id", "number", "action", "from", "to", "reason", "data",
    "previous", "hash",
)  # fmt: skip
# Of a change, so many fields are told in the list; the move's own page has all.
FIELDS = 6


@dataclass(frozen=True)
class Told:
    """One move in words. `changes`: (field, before, after); `address` of what it is about, or ""."""

    move: Transition
    what: str
    address: str
    reason: str
    changes: list[tuple[str, str, str]]
    detail: str
    leads: str


@require_safe
def audit(request: HttpRequest) -> HttpResponseBase:
    """The list, or with as=csv or as=json the file of all that fits the filters."""
    _need(request)
    moves, kept = _narrowed(request)
    if form := exporting.asked(request.GET.get("as")):
        rows = moves.order_by("-at", "-pk").iterator(chunk_size=500)
        return exporting.table("history", COLUMNS, _cells(rows), form=form)
    cut = keyset.cut(moves, ("at", "pk"), request.GET)
    actions = sorted(
        ((name, str(label)) for name, label in {**WORDS, **DONE}.items()), key=lambda one: one[1]
    )
    return page(
        request,
        "desk/audit.html",
        section="administration",
        title=_("History"),
        rows=[_told(move) for move in cut.rows],
        people=User.objects.order_by("username"),
        actions=actions,
        subjects=Transition.Subject.choices,
        kept=kept,
        before="?" + urlencode({**kept, "before": cut.before}) if cut.before else "",
        after="?" + urlencode({**kept, "after": cut.after}) if cut.after else "",
        export=urlencode(kept),
        size=keyset.SIZE,
        **_verification(request),
    )


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    actor = _need(request)
    refusal = attempt("verify", lambda: auditing.start(actor=actor))
    return _answer(request, refusal)


@require_POST
def cancel(request: HttpRequest, audit_id: int) -> HttpResponse:
    actor = _need(request)
    return _answer(
        request, attempt("verify", lambda: auditing.cancel(audit_id=audit_id, actor=actor))
    )


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """The panel alone, which asks for itself while a reading is under way."""
    _need(request)
    return render(request, "desk/parts/audit_verify.html", _verification(request))


def _answer(request: HttpRequest, refusal: Any) -> HttpResponse:
    if getattr(request, "htmx", False):
        return render(
            request, "desk/parts/audit_verify.html", {**_verification(request), "refusal": refusal}
        )
    if refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("admin:claims_transition_changelist")


def _verification(request: HttpRequest) -> dict[str, Any]:
    newest = auditing.last()
    running = newest if newest and newest.ended_at is None else None
    ended = auditing.found()
    return {
        "running": running,
        "outage": auditing.outage(),
        "ended": ended,
        "broken_address": _address(ended.broken) if ended and ended.broken else "",
        "may_verify": permissions.may(request.user, permissions.ADMINISTER),
    }


def _address(broken: dict[str, Any]) -> str:
    if broken["where"] != "chain":
        return ""
    about = {"subject": broken["subject"], "about": broken["subject_id"]}
    return reverse("admin:claims_transition_changelist") + "?" + urlencode(about)


def _narrowed(request: HttpRequest) -> tuple[QuerySet[Transition], dict[str, str]]:
    """The moves that fit the query, and of the query what was understood."""
    asked: QueryDict = request.GET
    claims = Claim.objects.filter(permissions.sealed(request.user), pk=OuterRef("subject_id"))
    moves = Transition.objects.select_related("actor").annotate(sealed=Exists(claims))
    kept: dict[str, str] = {}

    def keep(name: str, fits: bool) -> str:
        if fits:
            kept[name] = asked.get(name, "")
        return kept.get(name, "")

    if keep("who", asked.get("who") == "nobody" or _is_id(asked.get("who", ""))):
        who = kept["who"]
        moves = moves.filter(actor=None) if who == "nobody" else moves.filter(actor_id=int(who))
    if keep("action", asked.get("action") in {**WORDS, **DONE}):
        moves = moves.filter(action=kept["action"])
    if keep("subject", asked.get("subject") in Transition.Subject.values):
        moves = moves.filter(subject=kept["subject"])
    if keep("about", _is_id(asked.get("about", ""))):
        moves = moves.filter(subject_id=int(kept["about"]))
    if (day := _day(asked.get("from", ""))) and keep("from", True):
        moves = moves.filter(at__gte=_instant(day, time.min))
    if (day := _day(asked.get("to", ""))) and keep("to", True):
        moves = moves.filter(at__lte=_instant(day, time.max))
    return moves, kept


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _instant(day: date, at: time) -> datetime:
    try:
        return timezone.make_aware(datetime.combine(day, at))
    except (ValueError, OverflowError):
        return timezone.now()


def _is_sealed(move: Transition) -> bool:
    of_claim = move.subject == Transition.Subject.CLAIM and getattr(move, "sealed", True)
    return of_claim and move.action in IN_REVIEW


def _told(move: Transition) -> Told:
    names = {
        Transition.Subject.CLAIM: "admin:claims_claim_change",
        Transition.Subject.ARTICLE: "admin:article",
    }
    name = names.get(Transition.Subject(move.subject))
    sealed = _is_sealed(move)
    data: dict[str, Any] = {} if sealed else move.data
    changes = data.get("changes") or data.get("fields")
    fits = isinstance(changes, dict)
    moved = move.from_state != move.to_state and move.to_state in State.values
    return Told(
        move=move,
        what=str(DONE.get(move.action) or WORDS.get(move.action, move.action)),
        address=reverse(name, args=[move.subject_id]) if name else "",
        reason=str(SEALED) if sealed else move.reason,
        changes=[
            (field, _short(pair[0]), _short(pair[1]))
            for field, pair in list((changes or {}).items())[:FIELDS]
            if isinstance(pair, list) and len(pair) == 2
        ]
        if fits
        else [],
        detail=" · ".join(
            _short(data[key]) for key in ("name", "into_name", "url") if data.get(key)
        ),
        leads=move.to_state if moved else "",
    )


def _short(value: object) -> str:
    if value is None or value == "":
        return "—"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _cells(moves: Iterator[Transition]) -> Iterator[list[object]]:
    for move in moves:
        sealed = _is_sealed(move)
        yield [
            move.at.isoformat(), move.actor.get_username() if move.actor else "", move.subject,
            move.subject_id, move.number, move.action, move.from_state, move.to_state,
            str(SEALED) if sealed else move.reason,
            str(SEALED) if sealed else json.dumps(move.data, ensure_ascii=False),
            move.previous, move.hash,
        ]  # fmt: skip


def _need(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the site lets nobody else in
    if not request.user.has_perm("claims.view_transition"):
        raise PermissionDenied(_("The history is not open to your role. Ask an administrator."))
    return request.user
