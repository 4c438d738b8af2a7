"""The news as the people of the tests get it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils import timezone, translation

from claims.models import (
    Cursor,
    Notification,
)
from claims.pipeline import telling


def tell() -> None:
    """The next turn of the background, as if its pause were over."""
    Cursor.objects.filter(name="telling").update(next_at=timezone.now())
    telling.tell()


def told(person: User) -> list[str]:
    return list(
        Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True)
    )


def words(person: User) -> list[str]:
    with translation.override("en"):
        return [
            telling.sentence(one).replace("\u2068", "").replace("\u2069", "")
            for one in Notification.objects.filter(person=person)
            .select_related("actor", "claim__article")
            .order_by("pk")
        ]
