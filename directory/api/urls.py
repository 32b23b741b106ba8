"""The addresses of the API; each answers with and without a slash at its end."""

from django.urls import path, re_path

from directory.api import documentation, feeds, suggestions, views
from directory.api.elsewhere import NowhereView

app_name = "api"

urlpatterns = [
    path("v1/people/", views.PeopleView.as_view(), name="people"),
    path("v1/people/<uuid:person_id>/", views.PersonView.as_view(), name="person"),
    path("v1/teams/", views.TeamsView.as_view(), name="teams"),
    path("v1/teams/<uuid:team_id>/", views.TeamView.as_view(), name="team"),
    path("v1/organisations/", views.OrganisationsView.as_view(), name="organisations"),
    path("v1/organisations/<slug:slug>/", views.OrganisationView.as_view(), name="organisation"),
    path("v1/expertise/", views.ExpertiseView.as_view(), name="expertise"),
    path("v1/expertise/<word:slug>/", views.TagView.as_view(), name="tag"),
    path("v1/feeds/<slug:slug>/runs/", feeds.RunsView.as_view(), name="runs"),
    path("v1/feeds/<slug:slug>/runs/<uuid:run_id>/", feeds.RunView.as_view(), name="run"),
    path(
        "v1/feeds/<slug:slug>/runs/<uuid:run_id>/faults",
        feeds.FaultsView.as_view(),
        name="faults",
    ),
    path("v1/feeds/<slug:slug>/runs/<uuid:run_id>/plan", feeds.PlanView.as_view(), name="plan"),
    path("v1/search", views.SearchView.as_view(), name="search"),
    path("v1/suggest", suggestions.SuggestView.as_view(), name="suggest"),
    path("v1/schema/", documentation.SchemaView.as_view(), name="schema"),
    path("v1/docs/", documentation.DocsView.as_view(), name="docs"),
    path(
        "v1/docs/problems/<slug:name>",
        documentation.ProblemKindView.as_view(),
        name="problem",
    ),
    re_path(r"", NowhereView.as_view(), name="nowhere"),
]
