"""Parts of the claim, review and publishing pages that show frozen content and people."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.models import User
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.admin.version_diff import label_of
from claims.models import Evidence, Match, Position
from claims.models.addresses import as_read

register = template.Library()

RELATION_ICONS = {
    Evidence.Relation.SUPPORTS: "check",
    Evidence.Relation.REFUTES: "x",
    Evidence.Relation.CONTEXT: "message-square",
}
STANCE_ICONS = {
    Position.Stance.ASSERTS: "check",
    Position.Stance.DENIES: "x",
    Position.Stance.DOUBTS: "circle-dashed",
}


@register.simple_tag
def frozen_badge(rating: dict[str, Any], classes: str = "") -> SafeString:
    """A rating as a version froze it: its mark, and its label in the interface's language."""
    return format_html(
        '<span class="{}"><svg class="ri r-{}" aria-hidden="true"><use href="{}#r-{}"/></svg>{}</span>',
        f"rating r-{rating['mark']} {classes}".strip(),
        rating["mark"],
        static("claims/desk/icons.svg"),
        rating["mark"],
        label_of(rating),
    )


@register.filter
def person(user: User | None) -> SafeString:
    """A name kept together whatever script surrounds it; a move of the system has no person."""
    if user is None:
        return format_html("<span>{}</span>", _("the desk itself"))
    return format_html("<bdi>{}</bdi>", user.get_full_name() or user.get_username())


@register.filter
def relation_icon(relation: str) -> str:
    return RELATION_ICONS[Evidence.Relation(relation)]


@register.filter
def relation_label(relation: str) -> str:
    return str(Evidence.Relation(relation).label)


@register.filter
def stance_icon(stance: str) -> str:
    return STANCE_ICONS[Position.Stance(stance)]


@register.filter
def stance_label(stance: str) -> str:
    return str(Position.Stance(stance).label)


@register.filter
def decision_icon(state: str) -> str:
    """Of what a person decided on a match."""
    return "check" if state == Match.State.CONFIRMED else "x"


@register.filter
def bare(url: str) -> str:
    """An address as it is read; any other text as it is."""
    return as_read(url)
