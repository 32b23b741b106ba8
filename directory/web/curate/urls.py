"""The addresses of the pages for those who curate."""

from django.urls import path

from directory.web.curate import (
    audience_views,
    delivery_views,
    export_list_views,
    feed_views,
    key_views,
    mapping_views,
    person_views,
    role_views,
    run_views,
    search_views,
    team_views,
    trail_views,
    word_views,
)

app_name = "curate"

urlpatterns = [
    path("", feed_views.home, name="home"),
    path("feeds/", feed_views.feeds, name="feeds"),
    path("feeds/new", feed_views.new_feed, name="new-feed"),
    # /curate/feeds/{slug}
    path("feeds/<slug:slug>", feed_views.feed, name="feed"),
    path("feeds/<slug:slug>/upload", delivery_views.upload, name="upload"),
    path("feeds/<slug:slug>/mapping", mapping_views.mapping, name="mapping"),
    path("feeds/<slug:slug>/words", word_views.words, name="words"),
    path("feeds/<slug:slug>/limits", feed_views.limits, name="limits"),
    path("feeds/<slug:slug>/name", feed_views.name, name="name"),
    path("feeds/<slug:slug>/pause", feed_views.pause_feed, name="pause"),
    path("feeds/<slug:slug>/resume", feed_views.resume_feed, name="resume"),
    path("feeds/<slug:slug>/retire", feed_views.retire_feed, name="retire"),
    path("feeds/<slug:slug>/keys", key_views.keys, name="keys"),
    path("feeds/<slug:slug>/tokens", feed_views.tokens, name="tokens"),
    path(
        "feeds/<slug:slug>/tokens/<uuid:credential_id>", feed_views.withdraw, name="withdraw-token"
    ),
    path("audiences/", audience_views.audiences, name="audiences"),
    path(
        "audiences/<slug:slug>",
        audience_views.organisation_audiences,
        name="organisation-audiences",
    ),
    # /curate/people/{id}
    path("people/<uuid:person_id>/listing", person_views.listing, name="listing"),
    path("people/<uuid:person_id>/owner", person_views.owner, name="owner"),
    path("teams/<uuid:team_id>", team_views.team, name="team"),
    path("roles", role_views.roles, name="roles"),
    path("roles/<uuid:grant_id>", role_views.take, name="take-role"),
    path("roles/proposed/<uuid:proposal_id>", role_views.decide, name="decide-role"),
    path("trail", trail_views.trail, name="trail"),
    path("trail.csv", trail_views.trail_file, name="trail-file"),
    path("searches", search_views.searches, name="searches"),
    path("exports", export_list_views.exports, name="exports"),
    # /curate/runs/{run}
    path("runs/<uuid:run_id>", run_views.run, name="run"),
    path("runs/<uuid:run_id>/progress", run_views.progress, name="progress"),
    path("runs/<uuid:run_id>/plan", run_views.plan, name="plan"),
    path("runs/<uuid:run_id>/plan.csv", run_views.plan_file, name="plan-file"),
    path("runs/<uuid:run_id>/faults.csv", run_views.faults_file, name="faults-file"),
    path("runs/<uuid:run_id>/release", run_views.release, name="release"),
    path("runs/<uuid:run_id>/reject", run_views.turn_down, name="reject"),
    path("runs/<uuid:run_id>/undo", run_views.take_back, name="undo"),
]
