"""The addresses of the pages."""

from django.urls import path

from directory.web import (
    correction_views,
    export_views,
    own_record_views,
    own_statement_views,
    saved_search_views,
    views,
)

app_name = "directory"

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("search/export", export_views.export, name="export"),
    path("suggest", views.suggestions, name="suggest"),
    # /me
    path("me", own_record_views.own_record, name="own-record"),
    path("me/edit", own_statement_views.edit, name="edit-own-record"),
    path("me/undo", own_statement_views.take_back, name="undo-own-record"),
    path("me/confirm", own_statement_views.still_right, name="confirm-own-record"),
    path("me/expertise", own_statement_views.expertise, name="own-expertise"),
    path(
        "me/expertise/<uuid:tag_id>/withdraw",
        own_statement_views.withdraw,
        name="withdraw-expertise",
    ),
    path("me/copy.json", own_record_views.own_copy, name="own-copy"),
    path("me/listing", own_record_views.own_listing, name="own-listing"),
    path("me/shown/<slug:field>", own_record_views.field_audience, name="field-audience"),
    # /me/searches
    path("me/searches", saved_search_views.searches, name="saved-searches"),
    path("me/searches/<uuid:search_id>/name", saved_search_views.rename, name="rename-search"),
    path("me/searches/<uuid:search_id>/digest", saved_search_views.digest, name="search-digest"),
    path("me/searches/<uuid:search_id>/seen", saved_search_views.seen, name="search-seen"),
    path("me/searches/<uuid:search_id>/delete", saved_search_views.delete, name="delete-search"),
    # /people/{id}
    path("people/<uuid:person_id>", views.person, name="person"),
    path("people/<uuid:person_id>.vcf", views.person_vcard, name="person-vcard"),
    path("people/<uuid:person_id>/correction", correction_views.correct, name="correct"),
    path("corrections", correction_views.corrections, name="corrections"),
    path(
        "corrections/<uuid:correction_id>/answer",
        correction_views.answer_correction,
        name="answer-correction",
    ),
    # /teams/{organisation}/{team}/…
    path("teams/<path:slug_path>", views.team, name="team"),
    # /organisations/
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/<slug:slug>", views.organisation, name="organisation"),
    # /expertise/{slug}
    path("expertise/<word:slug>", views.tag, name="tag"),
    path("dictionary", views.dictionary, name="dictionary"),
    # Open without sign-in
    path("accessibility", views.accessibility, name="accessibility"),
    path("privacy", views.privacy, name="privacy"),
]
