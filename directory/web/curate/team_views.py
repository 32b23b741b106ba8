"""The page on which somebody writes what their team is for."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from directory import orgtree
from directory.curating.team_pages import (
    LONGEST_DESCRIPTION,
    NoSuchTeam,
    TeamRefused,
    describe_team,
    led_team,
)
from directory.web.design_form import DesignForm, form_page
from directory.web.places import Place, team_url
from directory.web.viewer import user_of


class TeamForm(DesignForm):
    """What a team says of itself."""

    description = forms.CharField(
        label="What the team is for",
        help_text="What it does, for whom, and what people can come to it for.",
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@form_page
def team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Say what a team is for."""
    now, actor = timezone.now(), user_of(request)
    try:
        held = led_team(user=actor, team_id=team_id, now=now)
    except NoSuchTeam:
        raise Http404 from None
    url = team_url(orgtree.slug_path(team=held))
    form = TeamForm(request.POST or None, initial={"description": held.description})
    if form.is_valid():
        try:
            describe_team(team_id=team_id, **form.cleaned_data, actor=actor, now=now)
        except TeamRefused as refusal:
            form.add_error("description", str(refusal))
        else:
            messages.success(request, "Saved. Everybody reads it from now on.")
            return redirect(url)
    form.mark_faults()
    context = {"form": form, "team": held, "trail": (Place(label=held.name, url=url),)}
    return render(request, "curate/team.html", context)
