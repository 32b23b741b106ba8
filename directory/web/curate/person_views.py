"""The pages on which curators decide about one person: how they are listed, whose record it is."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from directory.curating.audiences import AudienceRefused, hold_listing, narrower_than
from directory.curating.curated_people import NobodyCurated, curated_person
from directory.curating.owners import OwnerRefused, link_account, owner_of, unlink_account
from directory.models import Person
from directory.web.curate.places import HOME
from directory.web.design_form import DesignForm, form_page
from directory.web.places import Place, person_url
from directory.web.second_factor import confirmed
from directory.web.viewer import user_of, viewer_of


class HoldForm(DesignForm):
    """To what listing, and why."""

    listing = forms.ChoiceField(label="Listed at most")
    reason = forms.CharField(label="Why", max_length=500)

    def __init__(self, *args: Any, listings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["listing"].choices = listings  # type: ignore[attr-defined] # of a ChoiceField


class OwnerForm(DesignForm):
    """Which account, and how somebody knows."""

    email = forms.CharField(
        label="The e-mail address they sign in with",
        max_length=254,
        error_messages={"required": "Enter the address they sign in with"},
    )
    reason = forms.CharField(
        label="How do you know that it is them?",
        max_length=500,
        error_messages={"required": "Say how you know"},
    )


class NoOwnerForm(DesignForm):
    """How somebody knows that it is not them."""

    reason = forms.CharField(
        label="How do you know that it is not them?",
        max_length=500,
        error_messages={"required": "Say how you know"},
    )


@form_page
@confirmed
def listing(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Hold one person to a narrower listing."""
    person = _person(request, person_id)
    form = HoldForm(request.POST or None, listings=narrower_than(listing=person.listing))
    if form.is_valid():
        try:
            hold_listing(**_who(request), person_id=person_id, **form.cleaned_data)
        except AudienceRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. It counts from now on.")
            return redirect("curate:home")
    return _page(request, "curate/listing.html", person, form)


@form_page
@confirmed
def owner(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say whose record it is, or that it is not theirs."""
    person = _person(request, person_id)
    held = owner_of(person=person)
    form = (NoOwnerForm if held else OwnerForm)(request.POST or None)
    if form.is_valid():
        change = unlink_account if held else link_account
        try:
            change(**_who(request), person_id=person_id, **form.cleaned_data)
        except OwnerRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. Both of their addresses are told.")
            return redirect("curate:owner", person_id=person_id)
    return _page(request, "curate/owner.html", person, form, owner=held)


def _who(request: HttpRequest) -> dict[str, Any]:
    return {
        "viewer": viewer_of(request=request), "actor": user_of(request), "now": timezone.now()
    }  # fmt: skip


def _person(request: HttpRequest, person_id: UUID) -> Person:
    try:
        return curated_person(**_who(request), person_id=person_id)
    except NobodyCurated:
        raise Http404 from None


def _page(
    request: HttpRequest, template: str, person: Person, form: DesignForm, **more: Any
) -> HttpResponse:
    form.mark_faults()
    trail = (HOME, Place(label=person.display_name, url=person_url(person.pk)))
    context = {"form": form, "person": person, "trail": trail, "section": "curate", **more}
    return render(request, template, context)
