from django.urls import URLPattern, URLResolver, include, path

from factcheck import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive),
    path("readyz", health.ready),
    path("desk/", include("claims.admin.urls", namespace="admin")),
    path("api/v1/", include("claims.api.urls")),
    path("", include("claims.pages.urls")),
]

handler404 = "claims.pages.about.not_found"
