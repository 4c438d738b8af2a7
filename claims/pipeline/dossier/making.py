"""Who may take a claim's dossier out of the house, and the trace that it leaves.

Everything is read in one transaction, after the note that says who made it; only the copies of
pages are read while the bundle is being sent, because they never change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Article, Claim, Publication, Snapshot
from claims.pipeline.dossier import bundle, contents, readable
from claims.pipeline.publishing import log
from claims.workflow import IllegalMove, in_words, locked, note

LONGEST = 300


@dataclass(frozen=True)
class Extent:
    """What a dossier would hold. `secret`: words of a confidential article stay out of it."""

    copies: int
    size: int
    withheld: int
    secret: bool
    public: bool


@dataclass(frozen=True)
class Bundle:
    """A ZIP file, to be sent piece by piece."""

    name: str
    pieces: Iterator[bytes]


def may(actor: User, claim: Claim) -> bool:
    """Everybody on the desk; of a claim that touches a confidential article, who reviews or
    publishes."""
    if not permissions.is_on_the_desk(actor):
        return False
    return permissions.may_take_out_the_confidential(actor) or not secret(claim)


def secret(claim: Claim) -> bool:
    """Whether the claim, or one that is the same, stands in a confidential article."""
    claims = [claim.pk, *claim.members.values_list("claim", flat=True)]
    return Article.objects.filter(claims__in=claims, confidential=True).exists()


def extent(claim: Claim) -> Extent:
    kept = list(_kept(claim))
    return Extent(
        copies=len(kept),
        size=sum(snapshot.warc.size for snapshot in kept if _is_there(snapshot)),
        withheld=claim.evidence.filter(withheld=True).count(),
        secret=secret(claim),
        public=Publication.objects.standing().filter(claim=claim).exists(),
    )


@transaction.atomic
def make(*, claim: Claim, actor: User, purpose: str) -> Bundle:
    """The dossier, begun. `purpose`: for whom or what for; it stands in the claim's history.

    Raises PermissionDenied, IllegalMove, StaleState, and KeyFileError where the desk's key cannot
    be read: an unsigned dossier would be worth nothing.
    """
    if not may(actor, claim):
        raise PermissionDenied(
            _(
                "This claim stands in a confidential article. Its dossier is made by a reviewer or "
                "a publisher: ask one of them."
            )
        )
    if permissions.is_sealed(actor, claim):
        raise IllegalMove(
            _("You are to rate this claim before you see the proposal. Rate it, then come back.")
        )
    purpose = in_words(purpose)
    if not purpose:
        raise IllegalMove(_("Say in a sentence for whom or what the dossier is."))
    if len(purpose) > LONGEST:
        raise IllegalMove(_("Say it shorter: %(n)s characters at most.") % {"n": LONGEST})
    signer = log.signer()
    now = locked(claim.pk)
    hidden = secret(now)
    note(now, "make_dossier", actor=actor, data={"for": purpose, "words_withheld": hidden})
    kept = {snapshot.pk: snapshot for snapshot in _kept(now) if _is_there(snapshot)}
    at = timezone.now()
    document = contents.document(now, at=at, maker=actor, hidden=hidden, copies=set(kept))
    return Bundle(
        f"dossier-{now.pk}-{timezone.localtime(at):%Y-%m-%d}.zip",
        bundle.pieces(
            claim=now.pk,
            at=at,
            json=contents.as_bytes(document),
            page=readable.page(document, language=get_language() or "ar"),
            copies=[(contents.copy_path(pk), kept[pk]) for pk in sorted(kept)],
            checkpoint=log.checkpoint(),
            signer=signer,
        ),
    )


def _kept(claim: Claim) -> Iterator[Snapshot]:
    yield from (
        Snapshot.objects.filter(evidence__claim=claim, state=Snapshot.State.KEPT)
        .defer("text", "pages")
        .order_by("pk")
        .distinct()
    )


def _is_there(snapshot: Snapshot) -> bool:
    return bool(snapshot.warc) and snapshot.warc.storage.exists(snapshot.warc.name or "")
