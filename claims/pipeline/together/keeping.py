"""What a person types into a form of one claim is kept every few seconds, for them alone, until they
save the form or drop it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.languages import SERVED
from claims.models import Claim, Draft, TranslationDraft, WorkingCopy
from claims.pipeline._rights import need
from claims.pipeline._typed import CLAIM, EVIDENCE, SEND_BACK, TICKS, VERDICT, of_language
from claims.pipeline.together import holding
from claims.workflow import IllegalMove, StaleState, locked

# The moves whose form asks for a sentence.
MOVES = ("dismiss", "restore", "wait", "resume", "reopen")
# Form → the fields of it that are kept. A form of evidence may also be of one piece: "evidence-12".
FIELDS: dict[str, tuple[str, ...]] = {
    VERDICT: ("rating", "summary", "explanation", "no_primary_reason"),
    CLAIM: ("statement", "topic", "priority", "severity", "assignee", "due_at", "recheck_on"),
    EVIDENCE: (
        "url", "title", "publisher", "quote", "quote_language", "relation", "primary",
        "independence_group", "withheld", "note", "lookup",
    ),
    SEND_BACK: ("reason",),
    **dict.fromkeys(
        map(of_language, SERVED),
        ("statement", "summary", "explanation", "no_primary_reason", "of"),
    ),
    **dict.fromkeys(MOVES, ("reason", "until")),
}  # fmt: skip
# All of a form together, in characters: a book's chapter. And how many forms one person may leave open.
LONGEST = 200_000
MOST = 300
# So long somebody may be away and still find what they typed.
DAYS = timedelta(days=30)
# A sending that was on its way while its form was saved comes this much later at most.
LATE = timedelta(seconds=15)
_PIECE = re.compile(rf"{EVIDENCE}-[1-9]\d{{0,14}}")


@transaction.atomic
def keep(
    *,
    claim: Claim,
    person: User,
    form: str,
    fields: Mapping[str, str],
    base: int,
    window: str,
    turn: int,
    over: str = "",
) -> WorkingCopy | None:
    """Keeps what stands in a form; None where it was saved meanwhile, so that nothing is left to keep.

    `base`: the number the form was read at (the draft's or the claim's revision, the version in
    review). `window`: a name that the page in the browser gave itself, `turn`: its count of sendings;
    an older one never writes over a newer one. `over`: the window of the copy that was shown on this
    page, which it may therefore write over.

    Raises IllegalMove for what cannot be kept, StaleState where another window of the same person
    keeps this form too, PermissionDenied.
    """
    need(person, permissions.REVIEW if form == SEND_BACK else permissions.RESEARCH)
    wanted = {name: _kept_text(fields[name]) for name in _fields_of(form) if name in fields}
    if sum(map(len, wanted.values())) > LONGEST:
        raise IllegalMove(
            _("This is too long to be kept while you type. Save it, or keep it elsewhere as well.")
        )
    locked(claim.pk)
    now = timezone.now()
    copy = WorkingCopy.objects.filter(claim=claim, person=person, form=form).first()
    if copy is None:
        if _just_saved(claim, person, form, base, now):
            return None
        if WorkingCopy.objects.filter(person=person).count() >= MOST:
            raise IllegalMove(
                _("You have left too many forms unsaved elsewhere. Save this one yourself.")
            )
        copy = WorkingCopy(claim=claim, person=person, form=form)
    elif copy.window == window:
        if copy.turn >= turn:
            return copy
    elif copy.window != over and copy.fields != wanted:
        raise StaleState(
            _("You are typing in this form in another window too. Only that one is kept."),
            now=copy.window,
        )
    copy.fields, copy.base, copy.window, copy.turn = wanted, base, window, turn
    copy.saved_at = now
    copy.full_clean(validate_unique=False, validate_constraints=False)
    copy.save()
    return copy


def kept(*, claim: Claim, person: User) -> dict[str, WorkingCopy]:
    """This person's working copies of the claim's forms, by form; a reviewer's ticks are none."""
    copies = WorkingCopy.objects.filter(claim=claim, person=person).exclude(form=TICKS)
    return {copy.form: copy for copy in copies.order_by("pk")}


def drop(*, claim: Claim, person: User, form: str, window: str | None = None) -> None:
    """Forgets what was typed into a form. `window`: only if it is that window's copy."""
    copies = WorkingCopy.objects.filter(claim=claim, person=person, form=form[:24])
    if window is not None:
        copies = copies.filter(window=window)
    copies.delete()


def sweep(now: datetime | None = None) -> None:
    """Forgets what nobody came back to, and the signs of those who are gone. May run twice; writes
    nothing where there is nothing."""
    now = now or timezone.now()
    old = WorkingCopy.objects.filter(saved_at__lt=now - DAYS)
    if old.exists():
        old.delete()
    holding.sweep(now)


def _fields_of(form: str) -> tuple[str, ...]:
    fields = FIELDS.get(EVIDENCE if _PIECE.fullmatch(form) else form)
    if fields is None:
        raise IllegalMove(_("There is no such form on this page."))
    return fields


def _kept_text(text: str) -> str:
    """As it was typed, but for what PostgreSQL keeps in no text, and with one kind of line break."""
    return text.replace("\x00", "").replace("\r\n", "\n")


def _just_saved(claim: Claim, person: User, form: str, base: int, now: datetime) -> bool:
    """Whether this was on its way while the same person saved the same form."""
    draft: Draft | TranslationDraft | None
    if form == VERDICT:
        draft = getattr(claim, "draft", None)
    else:
        translations = claim.translation_drafts.all()
        draft = next((one for one in translations if of_language(one.language) == form), None)
    return (
        draft is not None
        and draft.revision > base
        and draft.changed_by_id == person.pk
        and draft.changed_at > now - LATE
    )
