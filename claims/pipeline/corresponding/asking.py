"""Replies asked of those a claim is about, corrections asked of outlets, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, Contact
from claims.pipeline._rights import need
from claims.workflow import StaleState, in_words, locked, note

# What a contact says, in the order in which its form asks; `kind` and `asked_by` stay as they were.
FIELDS = (
    "whom", "claimant", "outlet", "how", "question", "asked_at", "until", "outcome", "answer",
    "answered_at",
)  # fmt: skip
TEXTS = ("whom", "how", "question", "answer")
LONGEST = 8000

Outcome = Contact.Outcome
# What can come of which request.
OUTCOMES: dict[str, tuple[Contact.Outcome, ...]] = {
    Contact.Kind.REPLY: (Outcome.OPEN, Outcome.ANSWERED, Outcome.DECLINED, Outcome.UNREACHABLE),
    Contact.Kind.CORRECTION: (
        Outcome.OPEN,
        Outcome.CORRECTED,
        Outcome.REFUSED,
        Outcome.ANSWERED,
        Outcome.UNREACHABLE,
    ),
}


@transaction.atomic
def ask(*, claim: Claim, actor: User, kind: str, **fields: Any) -> Contact:
    """Notes that somebody was asked. `fields` are of FIELDS; an answer may be there already."""
    need(actor, permissions.RESEARCH)
    now = locked(claim.pk)
    contact = Contact(claim=now, kind=kind, asked_by=actor)
    _fill(contact, fields)
    contact.save()
    note(now, "ask", actor=actor, data={**_told(contact), "fields": _changes({}, _values(contact))})
    claim.moves = now.moves
    return contact


@transaction.atomic
def change(*, contact: Contact, actor: User, revision: int, **fields: Any) -> Contact:
    """Notes an answer, or changes what was noted, if nobody else has since `revision`: StaleState
    otherwise, and the caller shows both. A change that changes nothing is none."""
    need(actor, permissions.RESEARCH)
    claim = locked(contact.claim_id)
    now = Contact.objects.select_related("claimant", "outlet").get(pk=contact.pk)
    now.claim = claim
    before, had = _values(now), now.outcome
    _fill(now, fields)
    changes = _changes(before, _values(now))
    if not changes:
        return now
    if now.revision != revision:
        raise StaleState(
            _("Somebody else changed this entry meanwhile. Compare both versions, then save again.")
        )
    now.revision += 1
    now.save()
    answered = had == Outcome.OPEN and now.outcome != Outcome.OPEN
    action = "answer" if answered else "change_contact"
    note(claim, action, actor=actor, data={**_told(now), "fields": changes})
    return now


def is_overdue(contact: Contact, at: datetime | None = None) -> bool:
    """Whether the day by which an answer was wanted has passed without one."""
    return (
        contact.outcome == Outcome.OPEN
        and contact.until is not None
        and contact.until < (at or timezone.now())
    )


def sentence(contact: Contact, language: str) -> str:
    """What readers may be told of it, in their language, for the explanation."""
    with translation.override(language):
        about = {
            "whom": contact.whom,
            "day": date_format(timezone.localdate(contact.asked_at), "j F Y"),
            "answer": in_words(contact.answer),
        }
        return _SENTENCES[contact.kind, contact.outcome]() % about


# Each a call, because it is translated into the language of the draft, not of the interface.
_SENTENCES: dict[tuple[str, str], Callable[[], str]] = {
    ("reply", "open"): lambda: _("We asked %(whom)s for a comment on %(day)s; no answer came."),
    ("reply", "answered"): lambda: _(
        "We asked %(whom)s for a comment on %(day)s; the answer was: “%(answer)s”."
    ),
    ("reply", "declined"): lambda: _(
        "We asked %(whom)s for a comment on %(day)s; the answer was that they would not comment."
    ),
    ("reply", "unreachable"): lambda: _(
        "We tried to reach %(whom)s for a comment on %(day)s, without success."
    ),
    ("correction", "open"): lambda: _(
        "We asked %(whom)s for a correction on %(day)s; no answer came."
    ),
    ("correction", "answered"): lambda: _(
        "We asked %(whom)s for a correction on %(day)s; the answer was: “%(answer)s”."
    ),
    ("correction", "unreachable"): lambda: _(
        "We tried to reach %(whom)s for a correction on %(day)s, without success."
    ),
    ("correction", "corrected"): lambda: _(
        "We asked %(whom)s for a correction on %(day)s; the report was corrected."
    ),
    ("correction", "refused"): lambda: _(
        "We asked %(whom)s for a correction on %(day)s; it was refused."
    ),
}


def _fill(contact: Contact, fields: dict[str, Any]) -> None:
    """Sets and checks the fields. Raises ValidationError, by field."""
    for name, value in fields.items():
        if name not in FIELDS:
            raise ValueError(f"not a contact's: {name}")
        setattr(contact, name, in_words(value) if name in TEXTS else value)
    if contact.outcome == Outcome.OPEN:
        contact.answered_at = None
    elif contact.answered_at is None:
        contact.answered_at = timezone.now()
    contact.full_clean(exclude=["claim", "asked_by"])
    errors: dict[str, str] = {}
    if contact.outcome not in OUTCOMES[contact.kind]:
        errors["outcome"] = _("This cannot come of what was asked. Choose another outcome.")
    if contact.asked_at > timezone.now():
        errors["asked_at"] = _("This is still to come. Note it once it has been asked.")
    if contact.until is not None and contact.until < contact.asked_at:
        errors["until"] = _("An answer cannot be wanted before it was asked for.")
    if contact.answered_at is not None and contact.answered_at < contact.asked_at:
        errors["answered_at"] = _("An answer cannot come before it was asked for.")
    for name in ("question", "answer"):
        if len(getattr(contact, name)) > LONGEST:
            errors[name] = _(
                "At most %(most)d characters; put the rest into a file of your own."
            ) % {"most": LONGEST}
    if errors:
        raise ValidationError(errors)


def _told(contact: Contact) -> dict[str, Any]:
    return {"contact": contact.pk, "kind": contact.kind, "whom": contact.whom}


def _values(contact: Contact) -> dict[str, str]:
    """What stands in it, as text, for before and after."""
    values: dict[str, str] = {}
    for name in FIELDS:
        value = getattr(contact, name)
        values[name] = (
            ""
            if value is None
            else value.isoformat()
            if isinstance(value, datetime)
            else str(value)
        )
    return values


def _changes(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    return {
        name: [before.get(name, ""), value]
        for name, value in after.items()
        if before.get(name, "") != value
    }
