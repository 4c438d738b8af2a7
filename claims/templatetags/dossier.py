"""The codes of a dossier as words, for its readable page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from claims.admin import claim_history
from claims.models import (
    Claim,
    Contact,
    Evidence,
    Kind,
    Language,
    LogEntry,
    Match,
    Position,
    Review,
    Snapshot,
    State,
)
from claims.templatetags.desk import digits

register = template.Library()

WORDS: dict[str, Any] = {
    "state": State,
    "kind": Kind,
    "language": Language,
    "priority": Claim.Priority,
    "stance": Position.Stance,
    "form": Position.Form,
    "relation": Evidence.Relation,
    "match": Match.Relation,
    "match_state": Match.State,
    "copy": Snapshot.State,
    "standing": Snapshot.Standing,
    "decision": Review.Decision,
    "publication": LogEntry.Kind,
    "contact": Contact.Kind,
    "outcome": Contact.Outcome,
}


@register.filter
def in_words(code: object, of: str) -> str:
    """The label of a code; the code itself where it has none."""
    try:
        return str(WORDS[of](code).label)
    except ValueError:
        return str(code)


@register.filter
def done(action: str) -> str:
    """What a move did, as the claim's history says it."""
    return str(claim_history.DONE.get(action) or claim_history.EDITS.get(action, action))


@register.filter
def label(rating: dict[str, Any]) -> str:
    """A frozen rating in the interface's language."""
    labels = rating["label"]
    return str(labels.get((get_language() or "ar")[:2]) or labels["en"])


@register.filter
def instant(text: str | None) -> str:
    """The day with its year, and the minute: a dossier is read long afterwards."""
    if not text:
        return ""
    return digits(date_format(timezone.localtime(datetime.fromisoformat(text)), "j F Y, H:i"))
