"""What a rule would have met, before it is in force."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Claim, Rule
from claims.pipeline.sorting.meeting import gathered, meets

LOOKED_AT = 500
SHOWN = 8


@dataclass(frozen=True)
class Trial:
    """`looked_at` of the newest claims, `met` of them, and some of those."""

    looked_at: int
    met: int
    examples: list[Claim]


def try_rule(rule: Rule) -> Trial:
    """Of the last 500 claims, those that the rule would have met. Nothing is changed."""
    newest = list(
        Claim.objects.filter(carried_from=None)
        .order_by("-pk")
        .values_list("pk", flat=True)[:LOOKED_AT]
    )
    facts = gathered(Claim.objects.filter(pk__in=newest).order_by("-pk"))
    met = [one.claim for one in facts if meets(rule, one)]
    return Trial(len(facts), len(met), met[:SHOWN])
