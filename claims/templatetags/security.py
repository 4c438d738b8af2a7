"""Words of a person's security page."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import gettext as _

from claims.models import Notification
from claims.pipeline import telling
from claims.templatetags.desk import digits

register = template.Library()

# In this order: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
    ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("Linux", "Linux"))  # fmt: skip


@register.filter
def browser(agent: str) -> str:
    """What a person calls it: "Firefox, Windows"; "" where it does not say."""
    found = [
        next((name for sign, name in signs if re.search(rf"\b{sign}", agent)), "")
        for signs in (BROWSERS, SYSTEMS)
    ]
    return _(", ").join(name for name in found if name)


@register.filter
def security_news(told: Notification) -> str:
    return digits(telling.sentence(told))
