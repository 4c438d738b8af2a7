"""Which help belongs to the page that is open."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()

# Of pages whose section says too little: by the beginning of the address's name.
_OF = (
    ("article-new", "intake"), ("articles", "intake"), ("article", "article"),
    ("claims_claim_", "claim"),
    ("claim-review", "review"), ("claim-publish", "publishing"), ("claim-correct", "publishing"),
    ("claim-drop", "publishing"), ("claim-retract", "publishing"), ("claim-preview", "publishing"),
    ("claim-schedule", "publishing"), ("claim-", "claim"), ("evidence", "claim"),
    ("match", "match"), ("translation", "translation"), ("complaint", "complaints"),
    ("source", "sources"), ("feed", "sources"), ("collected", "sources"), ("figure", "figures"),
    ("settings", "account"), ("news", "account"), ("security", "account"),
    ("password", "account"),
)  # fmt: skip
_SECTIONS = {
    "today": "today", "queue": "queue", "articles": "intake", "review": "review",
    "publishing": "publishing",
}  # fmt: skip


@register.simple_tag(takes_context=True)
def help_topic(context: dict[str, Any]) -> str:
    match = getattr(context.get("request"), "resolver_match", None)
    name = (match.url_name or "") if match else ""
    for beginning, topic in _OF:
        if name.startswith(beginning):
            return topic
    return _SECTIONS.get(context.get("section", ""), "administration")
