"""The administration page's order and words for Django's list of registered models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

register = template.Library()

ROOMS = (
    (
        _("People and machines"),
        {
            "User": _("Who works here, and as what."),
            "ApiToken": _("Keys with which machines bring articles in."),
        },
    ),
    (
        _("How the desk judges"),
        {
            "Policy": _("How many reviewers, how much evidence, how much asking outside."),
            "Rating": _("The scale, with its words in three languages."),
        },
    ),
    (
        _("Names"),
        {
            "Outlet": _("Who prints what we read."),
            "Claimant": _("Who speaks, under all their names."),
        },
    ),
    (
        _("Records"),
        {
            "Transition": _("Who did what, when and why. Nobody can change it."),
            "Publication": _("Everything that was ever public, the newest first."),
            "ImportedCheck": _("What other desks have published."),
            "Match": _("What was seen before, and what people made of it."),
            "ClusterMember": _("Claims that are the same as an older one."),
            "FurtherAppearance": _("Articles listed with a verdict they repeat."),
        },
    ),
)


@register.filter
def rooms(app_list: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What this person may see of it, grouped by what it is for."""
    models = {model["object_name"]: model for app in app_list for model in app["models"]}
    if "Transition" in models:
        # Whoever may see the records sees who speaks, too; these have pages of their own.
        models["Claimant"] = {
            "name": _("claimants"),
            "admin_url": reverse("admin:claims_claimant_changelist"),
        }
    if "User" in models:
        models["User"] = {**models["User"], "name": _("people")}
    found = [
        {
            "label": label,
            "models": [
                {**models[name], "says": says} for name, says in members.items() if name in models
            ],
        }
        for label, members in ROOMS
    ]
    return [room for room in found if room["models"]]


@register.filter
def labelled(cells: Iterable[SafeString], headers: Iterable[dict[str, Any]]) -> list[SafeString]:
    """The cells of a row of Django's list, each with its column's name: on a narrow screen a row
    is a card, and has no column above it."""
    return [
        mark_safe(  # noqa: S308 - Django made the cell, and the label is escaped
            cell.replace("<td", format_html('<td data-label="{}"', capfirst(header["text"])), 1)
            if cell.startswith("<td")
            else cell
        )
        for cell, header in zip(cells, headers, strict=True)
    ]
