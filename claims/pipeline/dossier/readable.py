"""The dossier as one HTML page that needs nothing beside it: no script, no sheet, no picture."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from claims.models import Rating


def page(document: dict[str, Any], *, language: str) -> bytes:
    """In the desk's words of `language`; each text of the claim keeps its own direction."""
    with translation.override(language):
        rating = document["draft"].get("rating")
        html = render_to_string(
            "desk/dossier/page.html",
            {
                **document,
                "language": language,
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
                "draft_rating": Rating.objects.filter(slug=rating).first() if rating else None,
            },
        )
    return html.encode("utf-8", "replace")
