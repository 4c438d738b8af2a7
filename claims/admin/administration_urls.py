"""Addresses of the administration's own pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path

from claims.admin import (
    administration_page,
    audit_page,
    claimant_list,
    claimant_page,
    invitation_pages,
    roles_page,
    staff_pages,
)
from claims.admin.site import desk

_GUARDED: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
    ("claims/claimant/", claimant_list.claimant_list, "claims_claimant_changelist"),
    (
        "claims/claimant/<int:claimant_id>/change/",
        claimant_page.claimant_page,
        "claims_claimant_change",
    ),
    (
        "claims/claimant/<int:claimant_id>/merge/<int:other_id>/",
        claimant_page.merge,
        "claimant-merge",
    ),
    ("administration/", administration_page.administration, "administration"),
    ("claims/apitoken/add/", staff_pages.new_token, "claims_apitoken_add"),
    ("roles/", roles_page.roles, "roles"),
    ("invitations/", invitation_pages.invitations, "invitations"),
    (
        "invitations/<int:invitation_id>/again/",
        invitation_pages.send_again,
        "invitation-again",
    ),
    (
        "invitations/<int:invitation_id>/withdraw/",
        invitation_pages.withdraw,
        "invitation-withdraw",
    ),
    ("people/<int:person_id>/", staff_pages.access, "person-access"),
    (
        "people/<int:person_id>/reset-factor/",
        staff_pages.reset_factor,
        "person-reset-factor",
    ),
    ("people/<int:person_id>/hand-over/", staff_pages.hand_over, "person-hand-over"),
    (
        "people/<int:person_id>/end-sessions/",
        staff_pages.end_sessions,
        "person-end-sessions",
    ),
    (
        "people/<int:person_id>/unbind/<int:identity_id>/",
        staff_pages.unbind,
        "person-unbind",
    ),
    ("claims/transition/", audit_page.audit, "claims_transition_changelist"),
    ("claims/transition/verify/", audit_page.verify, "audit-verify"),
    ("claims/transition/verify/progress/", audit_page.progress, "audit-progress"),
    ("claims/transition/verify/<int:audit_id>/cancel/", audit_page.cancel, "audit-cancel"),
    (
        "claims/claimant/<int:claimant_id>/unmerge/",
        claimant_page.unmerge,
        "claimant-unmerge",
    ),
]

urlpatterns: list[URLPattern] = [
    # Not guarded: whoever has the link has no password yet.
    path("invitation/<str:secret>/", invitation_pages.accept, name="invitation"),
    *[path(route, desk.admin_view(view), name=name) for route, view, name in _GUARDED],
]
