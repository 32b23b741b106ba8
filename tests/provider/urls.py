"""The addresses of the second instance: ours, and those of a provider."""

from django.urls import include, path

from directory.urls import handler400
from directory.urls import urlpatterns as ours

__all__ = ["handler400"]

urlpatterns = [path("", include("allauth.idp.urls")), *ours]
