"""The addresses of what is said about a claim: comments, contacts, experts, complaints, history."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from claims.admin import (
    complaint_pages,
    contact_actions,
    discussion_actions,
    expert_page,
    history_page,
)
from claims.admin.site import desk

CLAIM = "claims/claim/<int:claim_id>/"


def _at(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
    return path(route, desk.admin_view(view), name=name)


urlpatterns = [
    _at(CLAIM + "comments/", discussion_actions.comments, "claim-comments"),
    _at(
        CLAIM + "comments/<int:comment_id>/resolve/", discussion_actions.resolve, "comment-resolve"
    ),
    _at(CLAIM + "comments/<int:comment_id>/reopen/", discussion_actions.reopen, "comment-reopen"),
    _at(CLAIM + "contacts/", contact_actions.contacts, "claim-contacts"),
    _at(CLAIM + "contacts/<int:contact_id>/", contact_actions.contact, "claim-contact"),
    _at(CLAIM + "experts/", expert_page.share, "claim-share"),
    _at(CLAIM + "experts/<int:link_id>/revoke/", expert_page.revoke, "expert-revoke"),
    _at(CLAIM + "whole-history/", history_page.history, "claim-history"),
    _at("complaints/", complaint_pages.complaints, "complaints"),
    _at("contacts/", complaint_pages.contacts, "contacts-file"),
    _at("complaints/enter/", complaint_pages.enter, "complaint-enter"),
    _at("complaints/<int:complaint_id>/", complaint_pages.complaint, "complaint"),
]
