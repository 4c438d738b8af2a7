"""Addresses of the administration's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from claims.admin import audit_page, claimant_list, claimant_page
from claims.admin.site import desk

urlpatterns: list[URLPattern] = [
    path(route, desk.admin_view(view), name=name)
    for route, view, name in [
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
]
