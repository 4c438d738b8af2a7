"""How far a verdict has come in the other languages, on the claim's page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from claims.models import Claim, Publication
from claims.pipeline import translating
from claims.pipeline.translating import Standing, Translation

STANDINGS = {
    Standing.NONE: gettext_lazy("not translated"),
    Standing.DRAFT: gettext_lazy("being translated"),
    Standing.IN_REVIEW: gettext_lazy("in review"),
    Standing.SENT_BACK: gettext_lazy("sent back"),
    Standing.APPROVED: gettext_lazy("approved, to be published"),
    Standing.PUBLIC: gettext_lazy("public"),
    Standing.RETRACTED: gettext_lazy("retracted"),
}


def panel(claim: Claim, current: Iterable[Publication]) -> list[tuple[Translation, object]]:
    """The claim's verdict in the other languages, with how far each has come in words. `current`:
    its publications (`translating.current_of`)."""
    return [(one, STANDINGS[one.standing]) for one in translating.of_claim(claim, current)]
