from django.urls import URLPattern, URLResolver, include, path

from claims.admin.site import desk
from claims.pages.preview import preview
from factcheck import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    # A public page for the desk alone: the doors do not know each other, so they meet here.
    path("desk/preview/<int:version_id>/<str:form>/", desk.admin_view(preview), name="preview"),
    path("desk/", include("claims.admin.urls", namespace="admin")),
    path("api/v1/", include("claims.api.urls")),
    path("", include("claims.pages.urls")),
]

handler404 = "claims.pages.about.not_found"
