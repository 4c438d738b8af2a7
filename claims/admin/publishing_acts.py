"""Publish, correct, drop a correction, retract: each asks first and says what readers will see."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims import feeds, permissions, workflow
from claims.admin import text_areas
from claims.admin.claim_forms import ReasonForm
from claims.admin.claim_page import as_seen, find_claim, person
from claims.admin.refusals import Refusal, attempt
from claims.admin.site import page
from claims.models import Claim, LogEntry, Publication, Transition, VerdictVersion
from claims.models.addresses import absolute
from claims.pipeline import publishing, translating

# A frame of our own origin, on the pages that show one: the public page keeps its own policy in it.
FRAME = {"frame-src": [SELF]}


@dataclass(frozen=True)
class Act:
    """One thing a publisher may do, with what it does said beforehand."""

    do: Callable[..., object]
    question: Promise
    done: Promise
    risky: bool = False


ACTS: dict[str, Act] = {
    "publish": Act(
        publishing.publish,
        gettext_lazy("Publish this verdict?"),
        gettext_lazy("Published. Readers, feeds and the verdict log have it now."),
    ),
    "correct": Act(
        publishing.correct,
        gettext_lazy("Correct this verdict?"),
        gettext_lazy("Open for correction. What is public stays until the new version is out."),
    ),
    "drop_correction": Act(
        publishing.drop_correction,
        gettext_lazy("Drop this correction?"),
        gettext_lazy("Correction dropped. What was public has not changed."),
    ),
    "retract": Act(
        publishing.retract,
        gettext_lazy("Retract this verdict?"),
        gettext_lazy("Retracted. The page now shows that it was, and why."),
        risky=True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, claim_id: int, action: str) -> HttpResponse:
    """Asks before (GET) and does (POST) one of ACTS."""
    claim = find_claim(request, claim_id)
    if request.method != "POST":
        return ask(request, claim, action)
    form = ReasonForm(request.POST)
    typed = {name: text_areas.typed(request.POST, name) for name in form.fields}
    do = partial(ACTS[action].do, claim=as_seen(request, claim), actor=person(request))
    if action == "correct":
        do = partial(do, kind=typed["kind"])
    if workflow.TRANSITIONS[action].reason:
        do = partial(do, reason=typed["reason"])
    if refusal := attempt(action, do):
        return ask(request, find_claim(request, claim_id), action, refusal, typed)
    messages.success(request, str(ACTS[action].done))
    return redirect("admin:publishing")


def ask(
    request: HttpRequest,
    claim: Claim,
    action: str,
    refusal: Refusal | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    """What the act does, what readers will see of it, and the form that does it."""
    # What is in review is no publisher's matter yet, and sealed from whoever has yet to rate it.
    version = None if permissions.is_sealed(request.user, claim) else _newest(claim)
    standing = (
        Publication.objects.current()
        .originals()
        .filter(claim=claim)
        .select_related("version__rating")
        .first()
    )
    is_open = action in workflow.open_actions(request.user, claim)
    findings: list[publishing.Finding] = []
    if action == "publish" and is_open and version is not None:
        findings = publishing.findings(publishing.would_be(version))
    response = page(
        request,
        "desk/publishing_act.html",
        section="publishing",
        title=ACTS[action].question,
        claim=claim,
        action=action,
        act=ACTS[action],
        label=workflow.TRANSITIONS[action].label,
        needs_reason=workflow.TRANSITIONS[action].reason,
        open=is_open and not any(one.blocks for one in findings),
        findings=findings,
        version=version,
        standing=standing,
        translations=[t for t in translating.of_claim(claim) if t.public],
        pending=publishing.pending(claim),
        may_publish=permissions.may(request.user, permissions.PUBLISH),
        bounds=bounds(),
        **_seen_by_readers(action, standing),
        opened=opened(openings([claim]).get(claim.pk)) if action != "correct" else None,
        kinds=[
            (kind.value, kind.label) for kind in (LogEntry.Kind.CORRECTION, LogEntry.Kind.UPDATE)
        ],
        refusal=refusal,
        typed=typed or {},
    )
    response._csp_update = FRAME  # type: ignore[attr-defined]
    response.status_code = refusal.status if refusal else 200
    return response


def _seen_by_readers(action: str, standing: Publication | None) -> dict[str, Any]:
    """Of a correction or retraction before it happens: the page with the note in it, in a frame, and
    what the feeds will say."""
    if standing is None or standing.kind == LogEntry.Kind.RETRACTION:
        return {}
    if action not in ("correct", "retract"):
        return {}
    kind = LogEntry.Kind.CORRECTION if action == "correct" else LogEntry.Kind.RETRACTION
    with translation.override(standing.language):
        would_be = publishing.would_be(standing.version, kind=kind, reason="…")
        item = feed_item(would_be)
    return {
        "frame": reverse("preview", args=[standing.version_id, "page"]),
        "frame_kind": kind,
        "feed_item": item,
    }


def feed_item(publication: Publication) -> dict[str, Any]:
    """The entry as readers of a feed meet it: title and summary."""
    form = feeds.registry()["feed.json"]
    head = publishing.feed_head(
        language=publication.language, self_url=absolute("/feeds/feed.json")
    )
    feed = json.loads(form.render(head, [publishing.entry_of(publication)]))
    item: dict[str, Any] = feed["items"][0]
    return item


def bounds() -> dict[str, str]:
    """What the form for a time needs: the desk's zone, the time there, how far ahead one may go."""
    now = timezone.localtime()
    return {
        "zone": settings.TIME_ZONE,
        "here": f"{now:%H:%M}",
        "earliest": f"{now + timedelta(minutes=1):%Y-%m-%dT%H:%M}",
        "latest": f"{now + timedelta(days=364):%Y-%m-%dT%H:%M}",
    }


def _newest(claim: Claim) -> VerdictVersion | None:
    return claim.versions.originals().select_related("rating", "author").order_by("-number").first()


@dataclass(frozen=True)
class Opened:
    """Why a published verdict is being changed, and as what readers will see it."""

    kind: str
    reason: str


def openings(claims: list[Claim]) -> dict[int, Transition]:
    return {
        move.subject_id: move
        for move in Transition.objects.filter(
            subject=Transition.Subject.CLAIM,
            subject_id__in=[claim.pk for claim in claims],
            action="correct",
        ).order_by("number")
    }


def opened(move: Transition | None) -> Opened | None:
    if move is None:
        return None
    return Opened(str(LogEntry.Kind(move.data["kind"]).label), move.reason)
