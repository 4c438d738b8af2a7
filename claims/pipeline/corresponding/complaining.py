"""Readers' complaints about what was published, tracked to their answer.

What a reader wrote and who they are stays out of the claim's chain, which cannot forget; it says
that a complaint came, and how it was answered.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Complaint, Policy, Publication
from claims.pipeline._rights import need
from claims.workflow import IllegalMove, StaleState, in_words, locked, note

LONGEST = 5000


@transaction.atomic
def receive(
    *, publication: Publication, text: str, name: str = "", email: str = "", language: str = "ar"
) -> tuple[Complaint, str]:
    """A reader's complaint as it comes in, and the secret by which they see how it stands, told
    here once. Raises ValidationError, by field."""
    secret = secrets.token_urlsafe(24)
    complaint = _kept(publication, text, name, email, language, timezone.now())
    complaint.sha256 = hashlib.sha256(secret.encode()).hexdigest()
    _save(complaint, None)
    return complaint, secret


@transaction.atomic
def enter(
    *,
    publication: Publication,
    actor: User,
    text: str,
    name: str = "",
    email: str = "",
    language: str = "ar",
    received_at: datetime | None = None,
) -> Complaint:
    """A complaint that came by mail or by telephone, entered by hand. The days to answer it run
    from when it came."""
    need(actor, permissions.PUBLISH)
    at = received_at or timezone.now()
    if at > timezone.now():
        raise ValidationError({"received_at": _("This is still to come. Enter it once it came.")})
    # A form gives minutes.
    if at < publication.published_at.replace(second=0, microsecond=0):
        raise ValidationError(
            {"received_at": _("This is before the verdict was published. Look at the day again.")}
        )
    complaint = _kept(publication, text, name, email, language, at)
    _save(complaint, actor)
    return complaint


@transaction.atomic
def answer(
    *, complaint: Complaint, actor: User, revision: int, upheld: bool, text: str
) -> Complaint:
    """Decides on a complaint, with what the reader is told. It is decided once; whether the verdict
    is then corrected is the publisher's next step."""
    need(actor, permissions.PUBLISH)
    words = in_words(text)
    claim = locked(complaint.publication.claim_id)
    now = Complaint.objects.select_related("answered_by").get(pk=complaint.pk)
    if now.state != Complaint.State.OPEN or now.revision != revision:
        raise StaleState(
            _("This complaint was answered meanwhile: “%(state)s”.")
            % {"state": now.get_state_display()},
            now=now.state,
        )
    if not words:
        raise IllegalMove(_("Write the answer to the reader: what you found, and what you do now."))
    if len(words) > LONGEST:
        raise IllegalMove(
            _("This answer is longer than %(most)d characters. Shorten it.") % {"most": LONGEST}
        )
    now.state = Complaint.State.UPHELD if upheld else Complaint.State.REJECTED
    now.answer, now.answered_by, now.answered_at = words, actor, timezone.now()
    now.revision += 1
    now.save()
    note(claim, "answer_complaint", actor=actor, data={"complaint": now.pk, "state": now.state})
    return now


def _kept(
    publication: Publication, text: str, name: str, email: str, language: str, at: datetime
) -> Complaint:
    words = in_words(text)
    if not words:
        raise ValidationError({"text": _("Write what is wrong with the verdict.")})
    if len(words) > LONGEST:
        raise ValidationError(
            {
                "text": _(
                    "This is longer than %(most)d characters. Shorten it; we will ask if we need more."
                )
                % {"most": LONGEST}
            }
        )
    due = timezone.localdate(at) + timedelta(days=Policy.current().answer_days)
    return Complaint(
        publication=publication,
        text=words,
        name=in_words(name),
        email=in_words(email),
        language=language,
        received_at=at,
        due_on=due,
    )


def _save(complaint: Complaint, actor: User | None) -> None:
    complaint.full_clean(exclude=["publication", "sha256", "answered_by"])
    claim = locked(complaint.publication.claim_id)
    complaint.save()
    note(
        claim,
        "receive_complaint",
        actor=actor,
        data={"complaint": complaint.pk, "until": complaint.due_on.isoformat()},
    )
