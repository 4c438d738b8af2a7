"""Links between public pages, in the language of the page they stand on."""

from __future__ import annotations

from typing import Any

from django import template

from claims.feeds.base import OfOriginal
from claims.models import Publication
from claims.pages.addresses import path_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page(context: dict[str, Any], name: str, **kwargs: Any) -> str:
    return path_of(name, context["language"], **kwargs)


@register.simple_tag(takes_context=True)
def verdict(context: dict[str, Any], publication: Publication) -> str:
    return path_of("verdict", context["language"], number=publication.verdict_number)


@register.simple_tag
def original(publication: Publication, translation: OfOriginal) -> str:
    """Where the verdict stands that a translation is of."""
    return path_of("verdict", translation.language, number=publication.verdict_number)


@register.simple_tag(takes_context=True)
def version(context: dict[str, Any], publication: Publication) -> str:
    return path_of(
        "verdict-version",
        context["language"],
        number=publication.verdict_number,
        version=publication.version_number,
    )
