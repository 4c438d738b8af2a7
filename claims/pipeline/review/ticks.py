"""What a reviewer has ticked and typed but not yet decided: kept for them alone, for one version."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, WorkingCopy
from claims.pipeline._rights import need
from claims.workflow import StaleState, in_words

FORM = "review"
LONGEST = 10_000


@dataclass(frozen=True)
class Ticks:
    """`vouches`: standards ticked; `reason`: typed into the form for sending back."""

    vouches: frozenset[str] = frozenset()
    reason: str = ""


@transaction.atomic
def keep(
    *,
    claim: Claim,
    person: User,
    version: int,
    vouches: Collection[str] | None = None,
    reason: str | None = None,
) -> Ticks:
    """Keeps either or both; None leaves what is kept. It decides nothing and leaves no trace in the
    history. StaleState where `version` is not the newest."""
    need(person, permissions.REVIEW)
    newest = claim.versions.order_by("-number").values_list("number", flat=True).first()
    if newest != version:
        raise StaleState(_("Another version is in review by now. Read it first."))
    have = kept(claim=claim, person=person, version=version)
    now = Ticks(
        have.vouches if vouches is None else frozenset(vouches),
        have.reason if reason is None else in_words(reason)[:LONGEST],
    )
    WorkingCopy.objects.update_or_create(
        claim=claim,
        person=person,
        form=FORM,
        defaults={
            "fields": {"vouches": sorted(now.vouches), "reason": now.reason},
            "base": version,
            "saved_at": timezone.now(),
        },
    )
    return now


def kept(*, claim: Claim, person: User, version: int) -> Ticks:
    """What this person has ticked for this version; what was ticked for another one does not count:
    it has to be looked at anew."""
    copy = WorkingCopy.objects.filter(claim=claim, person=person, form=FORM).first()
    if copy is None:
        return Ticks()
    same = copy.base == version
    return Ticks(
        frozenset(copy.fields.get("vouches", ())) if same else frozenset(),
        str(copy.fields.get("reason", "")),
    )


def drop(*, claim: Claim, person: User) -> None:
    """Once decided, there is nothing to keep."""
    WorkingCopy.objects.filter(claim=claim, person=person, form=FORM).delete()
