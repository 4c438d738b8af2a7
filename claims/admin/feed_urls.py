"""The addresses of watched feeds and of what they have brought."""

from __future__ import annotations

from django.urls import path

from claims.admin import collected_page, feed_page
from claims.admin.site import desk

urlpatterns = [
    path("feeds/", desk.admin_view(feed_page.feeds), name="feeds"),
    *[
        path(
            f"feeds/<int:feed_id>/{what}/",
            desk.admin_view(feed_page.change),
            {"what": what},
            name=f"feed-{what}",
        )
        for what in (*feed_page.CHANGES, "read")
    ],
    path("collected/", desk.admin_view(collected_page.collected), name="collected"),
    path(
        "collected/<int:item_id>/take-in/",
        desk.admin_view(collected_page.take_in),
        name="collected-take-in",
    ),
]
