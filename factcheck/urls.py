from django.urls import URLPattern, URLResolver, path

from factcheck import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.alive),
    path("readyz", health.ready),
]
