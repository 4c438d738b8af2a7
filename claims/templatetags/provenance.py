"""Which rule found what is known of a position, in the reader's words."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Position
from claims.templatetags.desk import digits

register = template.Library()

FIELDS: dict[str, str | Promise] = {
    "claimant": gettext_lazy("claimant"),
    "cue": gettext_lazy("reporting verb"),
    "form": gettext_lazy("form"),
    "stance": gettext_lazy("stance"),
    "contests": gettext_lazy("what it is against"),
    "kind": gettext_lazy("kind"),
    "dates": gettext_lazy("dates"),
}


class Row(NamedTuple):
    label: str
    rule: str
    percent: int


@register.filter
def hundredths(share: float) -> str:
    return digits(round(share * 100))


@register.filter
def grounds(position: Position) -> list[Row]:
    """One row for each field that the splitter filled, in its order; none where nothing is kept.
    The database sorts the keys of JSON, so the order is ours."""
    known = position.provenance or {}
    return [
        Row(str(label), _(known[name]["by"]), round(known[name]["sure"] * 100))
        for name, label in FIELDS.items()
        if name in known
    ]
