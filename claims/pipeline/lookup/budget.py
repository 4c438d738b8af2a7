"""What of the day's budget of requests to outside sources is spent, and on which source.

A lookup started today is one request, and so is every time somebody tried a source: no second
count is kept that could differ from the rows. The day is one of UTC.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Count

from claims.models import Lookup, Policy, Transition
from claims.sources import registry

TRY = "try_source"


def spent_today(now: datetime) -> Counter[str]:
    """Outside source → requests since midnight."""
    outside = [s.name for s in registry().values() if s.sends_text_to_third_party]
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = Lookup.objects.filter(source__in=outside, started_at__gte=midnight)
    spent = Counter(
        dict(asked.order_by().values("source").annotate(n=Count("pk")).values_list("source", "n"))
    )
    tried = Transition.objects.filter(
        subject=Transition.Subject.DESK, subject_id=0, action=TRY, at__gte=midnight
    )
    spent.update(name for name in tried.values_list("data__source", flat=True) if name in outside)
    return spent


def left(now: datetime) -> int:
    """How many requests to outside sources may still be made today, all sources together."""
    return Policy.current().third_party_budget - spent_today(now).total()
