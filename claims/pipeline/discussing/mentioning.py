"""Colleagues called by @name in a comment."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.db.models import QuerySet

# As Django's user names are spelt; a full stop or a dash after a name belongs to the sentence.
AT = re.compile(r"(?<![\w@])@([\w.@+-]*\w)")


def colleagues() -> QuerySet[User]:
    """Whoever can be called: the people of the desk who are active."""
    return User.objects.filter(is_active=True, is_staff=True).order_by("first_name", "username")


def mentioned(text: str) -> list[User]:
    """The colleagues that the text calls. A name nobody has is just a word; small and capital
    letters are one."""
    called = {name.casefold() for name in AT.findall(text)}
    if not called:
        return []
    return [user for user in colleagues() if user.get_username().casefold() in called]
