"""Which standards a reviewer has ticked and not yet decided on: kept for them alone, for one version."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import permissions
from claims.models import Claim, WorkingCopy
from claims.pipeline._rights import need
from claims.pipeline._typed import TICKS as TICKS
from claims.workflow import StaleState


@transaction.atomic
def keep(*, claim: Claim, person: User, version: int, vouches: Collection[str]) -> frozenset[str]:
    """Keeps what is ticked now. It decides nothing and leaves no trace in the history. StaleState
    where `version` is not the newest."""
    need(person, permissions.REVIEW)
    versions = claim.versions.originals().order_by("-number")
    if versions.values_list("number", flat=True).first() != version:
        raise StaleState(_("Another version is in review by now. Read it first."))
    WorkingCopy.objects.update_or_create(
        claim=claim,
        person=person,
        form=TICKS,
        defaults={
            "fields": {"vouches": sorted(vouches)},
            "base": version,
            "saved_at": timezone.now(),
        },
    )
    return frozenset(vouches)


def ticked(copy: WorkingCopy | None, version: int) -> frozenset[str]:
    """What the working copy says of this version; what was ticked for another one does not count: it
    has to be looked at anew."""
    if copy is None or copy.base != version:
        return frozenset()
    return frozenset(copy.fields.get("vouches", ()))


def drop(*, claim: Claim, person: User) -> None:
    """Once decided, there is nothing to keep."""
    WorkingCopy.objects.filter(claim=claim, person=person, form=TICKS).delete()
