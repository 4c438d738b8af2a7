from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Appearance, Transition
from claims.pipeline.intake.receiving import need_intake
from claims.workflow import record


@transaction.atomic
def confirm_day(*, appearance: Appearance, actor: User) -> None:
    """A person has looked at the day that was read off the page, and it is right. Twice is once."""
    need_intake(actor)
    confirmed = Appearance.objects.filter(pk=appearance.pk, published_confirmed=False).update(
        published_confirmed=True
    )
    if confirmed:
        record(
            Transition.Subject.ARTICLE,
            appearance.article_id,
            "confirm_day",
            actor=actor,
            data={
                "appearance": appearance.pk,
                "published_on": appearance.published_on.isoformat(),
            },
        )
