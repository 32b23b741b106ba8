"""The pages of who sees an organisation's people who chose nothing themselves."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.curating.audiences import (
    NotTheirs,
    organisation_for,
    organisations_with_people,
    set_usual_audiences,
    usual_audiences,
)
from directory.models.visibility import Audience
from directory.web.curate.doors import open_desk
from directory.web.curate.places import HOME
from directory.web.design_form import DesignForm, form_page
from directory.web.places import Place
from directory.web.provenance import FIELD_LABELS
from directory.web.viewer import user_of

AUDIENCES: Final = Place(label="Who sees what", url="/curate/audiences/")
#: A default speaks of everybody's detail, not of one's own.
_CHOICES: Final = [
    (value, "Only themselves" if value == Audience.SELF else label)
    for value, label in Audience.choices
]


class AudiencesForm(DesignForm):
    """For each detail, who sees it of people who chose nothing themselves."""

    def __init__(self, *args: Any, usual: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, audience in usual.items():
            label = FIELD_LABELS.get(field, field.capitalize())
            choice = forms.ChoiceField(label=label, choices=_CHOICES, initial=audience)
            self.add(field, choice)


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
