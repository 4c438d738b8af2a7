"""Which help belongs to the page that is open."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()

# By the beginning of the address's name; the first that fits.
_OF = (
    ("index", "today"), ("today", "today"), ("queue", "queue"), ("figure", "figures"),
    ("article-new", "intake"), ("articles", "intake"), ("article", "article"),
    ("review", "review"), ("publishing", "publishing"),
    ("claims_claim_", "claim"),
    ("claim-review", "review"), ("claim-publish", "publishing"), ("claim-correct", "publishing"),
    ("claim-drop_", "publishing"), ("claim-retract", "publishing"), ("claim-preview", "publishing"),
    ("claim-schedule", "publishing"), ("preview", "publishing"), ("claim-comments", "talk"),
    ("claim-contact", "talk"), ("claim-share", "talk"), ("claim-history", "talk"),
    ("claim-dossier", "talk"), ("claim-", "claim"), ("evidence", "claim"),
    ("match", "match"), ("translation", "translation"), ("complaint", "complaints"),
    ("source", "sources"), ("feed", "sources"), ("collected", "sources"),
    ("claims_claimant_", "names"), ("claimant-", "names"), ("claims_outlet_", "names"),
    ("outlet-", "names"), ("comment-", "talk"), ("expert-", "talk"), ("appearance-", "publishing"),
    ("rule", "rules"), ("settings", "account"), ("news", "account"), ("security", "account"),
    ("password", "account"),
    ("auth_user_", "people"), ("roles", "people"), ("invitation", "people"), ("person-", "people"),
    ("webhook", "machines"), ("claims_apitoken_", "machines"),
    ("administration", "administration"), ("claims_policy_", "administration"),
    ("claims_rating_", "administration"), ("claims_", "records"), ("audit", "records"),
)  # fmt: skip


def topic_of(name: str) -> str:
    """Of the page at the address of this name; "" where all of the help is as good as any."""
    return next((topic for beginning, topic in _OF if name.startswith(beginning)), "")


@register.simple_tag(takes_context=True)
def help_topic(context: dict[str, Any]) -> str:
    match = getattr(context.get("request"), "resolver_match", None)
    return topic_of((match.url_name or "") if match else "")
