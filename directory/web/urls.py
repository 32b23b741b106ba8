"""The addresses of the pages."""

from django.urls import path

from directory.web import views

app_name = "directory"

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("suggest", views.suggestions, name="suggest"),
    # /people/{id}
    path("people/<uuid:person_id>", views.person, name="person"),
    path("people/<uuid:person_id>.vcf", views.person_vcard, name="person-vcard"),
    # /teams/{organisation}/{team}/…
    path("teams/<path:slug_path>", views.team, name="team"),
    # /organisations/
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>", views.organisation, name="organisation"),
    # Open without sign-in
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
]
