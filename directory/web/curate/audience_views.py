"""The pages of who sees an organisation's people: by default, and one person to fewer."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from directory.curating.audiences import (
    AudienceRefused,
    NotTheirs,
    hold_listing,
    narrower_than,
    organisation_for,
    organisations_with_people,
    person_to_hold,
    set_usual_audiences,
    usual_audiences,
)
from directory.models.visibility import Audience
from directory.web.curate.doors import open_desk
from directory.web.curate.places import HOME
from directory.web.design_form import DesignForm
from directory.web.places import Place, person_url
from directory.web.provenance import FIELD_LABELS
from directory.web.second_factor import confirmed
from directory.web.viewer import user_of, viewer_of

AUDIENCES: Final = Place(label="Who sees what", url="/curate/audiences/")
#: A default speaks of everybody's detail, not of one's own.
_CHOICES: Final = [
    (value, "Only themselves" if value == Audience.SELF else label)
    for value, label in Audience.choices
]

form_page = require_http_methods(["GET", "HEAD", "POST"])


class AudiencesForm(DesignForm):
    """For each detail, who sees it of people who chose nothing themselves."""

    def __init__(self, *args: Any, usual: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, audience in usual.items():
            self.fields[field] = forms.ChoiceField(
                label=FIELD_LABELS.get(field, field.capitalize()),
                choices=_CHOICES,
                initial=audience,
                widget=forms.Select(attrs={"class": "govuk-select"}),
            )


class HoldForm(DesignForm):
    """To what listing, and why."""

    listing = forms.ChoiceField(label="Listed at most")
    reason = forms.CharField(label="Why", max_length=500)

    def __init__(self, *args: Any, listings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["listing"].choices = listings  # type: ignore[attr-defined] # of a ChoiceField


@require_safe
def audiences(request: HttpRequest) -> HttpResponse:
    """The organisations of whose people somebody says who sees what."""
    remit = open_desk(request, now=timezone.now())
    if not remit.may_grant:
        raise Http404
    context = {
        "organisations": organisations_with_people(remit=remit),
        "trail": (HOME,),
        "section": "curate",
    }
    return render(request, "curate/audiences.html", context)


@form_page
def organisation_audiences(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sees what of one organisation's people who chose nothing themselves."""
    now, actor = timezone.now(), user_of(request)
    try:
        body = organisation_for(user=actor, slug=slug, now=now)
    except NotTheirs:
        raise Http404 from None
    form = AudiencesForm(request.POST or None, usual=usual_audiences(organisation=body))
    if form.is_valid():
        changed = set_usual_audiences(
            organisation=body, audiences=form.cleaned_data, actor=actor, now=now
        )
        done = "Nothing was changed." if not changed else "Saved. It counts from now on."
        messages.success(request, done)
        return redirect("curate:organisation-audiences", slug=body.slug)
    form.mark_faults()
    context = {"form": form, "body": body, "trail": (HOME, AUDIENCES), "section": "curate"}
    return render(request, "curate/organisation_audiences.html", context)


@form_page
@confirmed
def listing(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Hold one person to a narrower listing."""
    now, actor, viewer = timezone.now(), user_of(request), viewer_of(request=request)
    try:
        person = person_to_hold(viewer=viewer, person_id=person_id, actor=actor, now=now)
    except NotTheirs:
        raise Http404 from None
    form = HoldForm(request.POST or None, listings=narrower_than(listing=person.listing))
    if form.is_valid():
        try:
            hold_listing(
                viewer=viewer, person_id=person_id, actor=actor, now=now, **form.cleaned_data
            )
        except AudienceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. It counts from now on.")
            return redirect("curate:home")
    form.mark_faults()
    trail = (HOME, Place(label=person.display_name, url=person_url(person.pk)))
    context = {"form": form, "person": person, "trail": trail, "section": "curate"}
    return render(request, "curate/listing.html", context)
