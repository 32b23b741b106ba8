"""Every address of the service."""

from django.urls import URLPattern, URLResolver, include, path

from directory.web import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("directory.web.urls")),
    path("curate/", include("directory.web.curate.urls")),
    path("accounts/", include("accounts.urls")),
    path("api/", include("directory.api.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "directory.web.refusals.bad_request"
