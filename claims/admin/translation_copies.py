"""A person's own unsaved words of a translation, in its form again."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User

from claims.admin.working_copies import Unsaved
from claims.models import Claim, TranslationDraft, VerdictVersion
from claims.pipeline import together
from claims.pipeline.together import of_language


@dataclass(frozen=True)
class Typed:
    """`fields`: what to show in the form, None for what is saved. `translated`: the version of the
    original before them while they typed, where readers have another one by now."""

    unsaved: Unsaved
    fields: dict[str, str] | None = None
    translated: VerdictVersion | None = None


def typed(
    claim: Claim,
    person: User,
    draft: TranslationDraft,
    saved: dict[str, str],
    original: VerdictVersion,
) -> Typed:
    """What this person typed and did not save, where it says anything new."""
    form = of_language(draft.language)
    unsaved = Unsaved()
    copy = together.kept(claim=claim, person=person).get(form)
    if copy is None:
        return Typed(unsaved)
    unsaved.windows[form] = copy.window
    fields = {name: str(copy.fields.get(name, text)) for name, text in saved.items()}
    if {name: text.strip() for name, text in fields.items()} == saved:
        return Typed(unsaved)
    unsaved.shown[form] = copy
    before = str(copy.fields.get("of", ""))
    translated = None
    if before.isascii() and before.isdigit() and int(before[:9]) != original.number:
        translated = claim.versions.originals().filter(number=int(before[:9])).first()
    return Typed(unsaved, fields, translated)
