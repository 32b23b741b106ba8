"""Downloading the people of a search: what it will be, then the file."""

from django import forms
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directory.curating.exports import (
    COLUMNS,
    MOST_PEOPLE,
    Export,
    ExportRefused,
    MayNotExport,
    NoReason,
    export_people,
    exportable,
    require_exporter,
)
from directory.models.exports import LONGEST_REASON, SHORTEST_REASON
from directory.saved_searches.naming import describe
from directory.search.find import SearchTooSlow, Sort
from directory.web.design_form import DesignForm
from directory.web.refusals import bad_address, took_too_long
from directory.web.search_request import SearchRefused, SearchRequest, read_search_request
from directory.web.viewer import user_of, viewer_of


class ExportForm(DesignForm):
    """Why the people are downloaded."""

    reason = forms.CharField(
        label="Why do you need this list?",
        help_text=(
            "Such as “Inviting heads of customs to the winter briefing”. It is kept with your name"
            " and the search, and shown to auditors."
        ),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why you need this list",
            "min_length": f"Say why in a few words: at least {SHORTEST_REASON} characters",
            "max_length": f"Say why in {LONGEST_REASON} characters at most",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """How many people and which columns; the form that says why is answered with the file."""
    user, viewer, now = user_of(request), viewer_of(request=request), timezone.now()
    try:
        require_exporter(user=user, now=now)
        asked = read_search_request(given=request.GET)
    except MayNotExport:
        return render(request, "directory/export_refused.html", status=403)
    except SearchRefused as refusal:
        return bad_address(request, problems=refusal.problems)
    if asked.tab != "people" or asked.cursor:
        return bad_address(request, problems=("Only a whole search for people is downloaded.",))
    form = ExportForm(request.POST if request.method == "POST" else None)
    try:
        if form.is_valid():
            made = export_people(
                user=user,
                viewer=viewer,
                query=asked.query,
                sort=Sort(asked.sort),
                reason=form.cleaned_data["reason"],
                now=now,
            )
            return _file(made)
    except SearchTooSlow:
        return took_too_long(request, text=asked.text)
    except ExportRefused as refusal:
        form.add_error("reason" if isinstance(refusal, NoReason) else None, str(refusal))
    return _page(request, asked, form)


def _page(request: HttpRequest, asked: SearchRequest, form: ExportForm) -> HttpResponse:
    try:
        counted = exportable(viewer=viewer_of(request=request), query=asked.query)
    except SearchTooSlow:
        return took_too_long(request, text=asked.text)
    form.mark_faults()
    context = {
        "form": form,
        "counted": counted,
        "words": describe(query=asked.query),
        "search_url": asked.url(),
        "columns": COLUMNS,
        "most": MOST_PEOPLE,
        "longest": LONGEST_REASON,
    }
    return render(request, "directory/export.html", context)


def _file(made: Export) -> StreamingHttpResponse:
    name = f"people-{timezone.localdate(made.record.at):%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        made.lines,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
