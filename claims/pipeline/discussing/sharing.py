"""A page on one claim for a named expert outside the house: made, opened, answered once, revoked.

What such a page may hold is decided here, in `what_is_shared`; the door renders that and no more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Appearance, Claim, Comment, Draft, Evidence, ExpertLink, Position
from claims.models.content import without_citations
from claims.pipeline._rights import need
from claims.pipeline.discussing.commenting import checked, told
from claims.workflow import IllegalMove, StaleState, in_words, locked, note

DAYS = 7
LONGEST_DAYS = 30
LONGEST_NAME = 120
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Shared:
    """Everything an outside expert is shown, and nothing of the house: no name of staff, no note,
    nothing withheld, no word of a confidential article."""

    link: ExpertLink
    statement: str
    language: str
    positions: list[tuple[Position, Appearance | None]]
    evidence: list[tuple[int, Evidence]]
    summary: str
    explanation: str
    answered: bool


@transaction.atomic
def share(
    *,
    claim: Claim,
    actor: User,
    name: str,
    note_to_them: str = "",
    days: int = DAYS,
    shares_draft: bool = False,
) -> tuple[ExpertLink, str]:
    """Makes the link and the secret of its address, which is told here once and never again."""
    need(actor, permissions.RESEARCH)
    name, note_to_them = in_words(name), in_words(note_to_them)
    now = locked(claim.pk)
    if now.article.confidential:
        raise IllegalMove(
            _("This claim stands in a confidential article. Nothing of it leaves the house.")
        )
    if shares_draft and permissions.is_sealed(actor, now):
        raise IllegalMove(
            _("You see what is proposed once you have rated the claim, and so do they.")
        )
    if not name:
        raise IllegalMove(_("Say for whom the link is."))
    if len(name) > LONGEST_NAME or len(note_to_them) > LONGEST_NOTE:
        raise IllegalMove(
            _("A name takes %(name)d characters and a note %(note)d. Shorten it.")
            % {"name": LONGEST_NAME, "note": LONGEST_NOTE}
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise IllegalMove(
            _("A link lasts from one day to %(most)d days. Choose a number between.")
            % {"most": LONGEST_DAYS}
        )
    secret = ExpertLink.new_secret()
    made_at = timezone.now()
    link = ExpertLink.objects.create(
        claim=now,
        sha256=_hash(secret),
        name=name,
        note=note_to_them,
        shares_draft=shares_draft,
        made_by=actor,
        made_at=made_at,
        expires_at=made_at + timedelta(days=days),
    )
    note(
        now,
        "share_link",
        actor=actor,
        data={
            "link": link.pk,
            "name": name,
            "note": note_to_them,
            "until": link.expires_at.isoformat(),
            "with_draft": shares_draft,
        },
    )
    claim.moves = now.moves
    return link, secret


@transaction.atomic
def revoke(*, link: ExpertLink, actor: User) -> None:
    """From now on its address answers as if it had never been. A link is not given back."""
    need(actor, permissions.RESEARCH)
    claim = locked(link.claim_id)
    now = ExpertLink.objects.get(pk=link.pk)
    if now.revoked_at is not None:
        raise StaleState(_("Somebody else revoked this link already."))
    now.revoked_at = timezone.now()
    now.save(update_fields=["revoked_at"])
    note(claim, "revoke_link", actor=actor, data={"link": now.pk, "name": now.name})


def look_up(secret: str) -> ExpertLink | None:
    """The link whose secret this is, while it holds. The database compares hashes of the secret, so
    that the time it takes tells nothing about the secret itself."""
    return (
        ExpertLink.objects.filter(
            sha256=_hash(secret),
            revoked_at=None,
            expires_at__gt=timezone.now(),
            claim__article__confidential=False,
        )
        .select_related("claim__article")
        .first()
    )


@transaction.atomic
def opened(*, link: ExpertLink) -> None:
    """Records that the page was opened, the first time."""
    if link.opened_at is not None:
        return
    claim = locked(link.claim_id)
    now = timezone.now()
    if ExpertLink.objects.filter(pk=link.pk, opened_at=None).update(opened_at=now):
        note(claim, "open_link", actor=None, data={"link": link.pk, "name": link.name})
    link.opened_at = now


@transaction.atomic
def expert_comment(*, link: ExpertLink, text: str) -> Comment:
    """The one comment that a link is good for. Raises StaleState if it was written already, or if
    the link has ended meanwhile."""
    words = checked(text)
    claim = locked(link.claim_id)
    now = timezone.now()
    held = ExpertLink.objects.filter(pk=link.pk, revoked_at=None, expires_at__gt=now)
    if not held.exists() or claim.article.confidential:
        raise StaleState(_("This page has ended meanwhile. Nothing was sent."))
    if Comment.objects.filter(link=link).exists():
        raise StaleState(_("A comment was sent from this page already; it takes one."))
    try:
        with transaction.atomic():
            written = Comment.objects.create(claim=claim, link=link, text=words, at=now)
    except IntegrityError as error:
        raise StaleState(_("A comment was sent from this page already; it takes one.")) from error
    note(claim, "expert_comment", actor=None, data={**told(written), "name": link.name})
    return written


def what_is_shared(link: ExpertLink) -> Shared:
    """What the page of this link shows now."""
    claim = link.claim
    pieces = list(enumerate(claim.evidence.all(), start=1))
    shown = [(number, piece) for number, piece in pieces if not piece.withheld]
    draft = Draft.objects.filter(claim=claim).first() if link.shares_draft else None
    positions = (
        Position.objects.of(claim)
        .filter(article__confidential=False)
        .select_related("claimant", "article")
        .prefetch_related(
            Prefetch(
                "article__appearances",
                queryset=Appearance.objects.select_related("outlet").order_by("published_on", "pk"),
            )
        )
    )
    return Shared(
        link=link,
        statement=claim.statement,
        language=claim.language,
        positions=[
            (position, next(iter(position.article.appearances.all()), None))
            for position in positions
        ],
        evidence=shown,
        summary=draft.summary if draft else "",
        explanation=without_citations(
            draft.explanation, {number for number, piece in pieces if piece.withheld}
        )
        if draft
        else "",
        answered=Comment.objects.filter(link=link).exists(),
    )


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
