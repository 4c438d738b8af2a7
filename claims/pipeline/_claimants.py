"""Names of those who speak become rows, one for each party and language."""

from __future__ import annotations

from claims.detection import claimants
from claims.languages import fold
from claims.models import Claimant


def named(name: str, language: str) -> Claimant:
    """The claimant of that name, made if it is new; spellings that fold alike are one. Of one that was
    merged into another, the other."""
    found = Claimant.objects.select_related("merged_into").get_or_create(
        language=language,
        folded=fold(name, language)[:300],
        defaults={"name": name[:300], "kind": claimants.kind(name, language)},
    )[0]
    return found.merged_into or found
