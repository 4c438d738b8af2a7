"""How a figure's values are told: cells of its table, places of its dots."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import template

from claims.templatetags.desk import day, digits

register = template.Library()

A_ROW = 16


@register.filter
def figure_cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, date):
        return day(value)
    return digits(value) if isinstance(value, int | float) else str(value)


@register.filter
def dot_places(dots: Sequence[bool]) -> list[dict[str, object]]:
    """Sixteen a row, the oldest first."""
    return [
        {"x": 6 + 15 * (place % A_ROW), "y": 10 + 18 * (place // A_ROW), "full": full}
        for place, full in enumerate(dots)
    ]
