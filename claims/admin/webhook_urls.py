"""Addresses of the webhooks' pages."""

from __future__ import annotations

from django.urls import path

from claims.admin import webhook_page
from claims.admin.site import desk

urlpatterns = [
    path("webhooks/", desk.admin_view(webhook_page.webhooks), name="webhooks"),
    path("webhooks/<int:webhook_id>/", desk.admin_view(webhook_page.webhook), name="webhook"),
    path(
        "webhooks/<int:webhook_id>/deliveries/",
        desk.admin_view(webhook_page.deliveries),
        name="webhook-deliveries",
    ),
    path(
        "webhooks/<int:webhook_id>/secret/",
        desk.admin_view(webhook_page.secret),
        name="webhook-secret",
    ),
    path(
        "webhooks/<int:webhook_id>/deliveries/<int:delivery_id>/again/",
        desk.admin_view(webhook_page.again),
        name="webhook-again",
    ),
    *[
        path(
            f"webhooks/<int:webhook_id>/{what}/",
            desk.admin_view(webhook_page.act),
            {"what": what},
            name=f"webhook-{what}",
        )
        for what in ("on", "off", "try", "replay")
    ],
]
