"""The pages on which officials say something of themselves."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from directory.curating.own_record import NoOwnRecord, OwnRecordRefused, own_person_id
from directory.curating.own_statement import (
    FILLED_IN,
    OWN_FIELDS,
    UnknownTag,
    WrongWords,
    claim,
    confirm,
    own_words,
    say,
    withdraw_claim,
)
from directory.models import Expertise
from directory.visibility import Viewer
from directory.web.design_form import DesignForm, form_page
from directory.web.own_record_views import BEFORE, PAGE
from directory.web.own_statement_page import hr_says, read_own_expertise
from directory.web.person_page import read_person_page
from directory.web.provenance import FIELD_LABELS
from directory.web.viewer import viewer_of

EXPERTISE_PAGE: Final = "directory:own-expertise"

_HINTS: Final = {
    "preferred_name": "What people call you, instead of your given name.",
    "working_days": "For example: Mon, Tue and Thu, or Monday to Thursday.",
    "languages": "Those you can work in, for example: English, Welsh.",
    "bio": "What you do, and what people can ask you about.",
    "phone": "Your HR system states none.",
    "mobile": "Your HR system states none.",
}


class OwnWordsForm(DesignForm):
    """Every field that somebody may speak of, with what HR says of it."""

    def __init__(self, *args: Any, said_by_hr: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, longest in OWN_FIELDS.items():
            if name in FILLED_IN and name in said_by_hr:
                continue
            widget = forms.Textarea(attrs={"rows": 5}) if name == "bio" else forms.TextInput()
            hint = _HINTS.get(name, "")
            if name in said_by_hr:
                hint = f"{hint} Your HR system says: {said_by_hr[name]}. What you say counts first."
            field = forms.CharField(
                label=FIELD_LABELS[name],
                required=False,
                max_length=longest,
                widget=widget,
                help_text=hint.strip(),
            )
            self.add(name, field)


class ClaimForm(DesignForm):
    """What somebody knows, and how well."""

    label = forms.CharField(
        label="What you know",
        max_length=100,
        error_messages={"required": "Enter what you know"},
        widget=forms.TextInput(attrs={"data-tags": ""}),
    )
    level = forms.ChoiceField(
        label="How well",
        required=False,
        choices=[("", "I would rather not say"), *Expertise.Level.choices[1:]],
    )
    propose = forms.BooleanField(required=False, widget=forms.HiddenInput())


@form_page
def edit(request: HttpRequest) -> HttpResponse:
    """Say something of oneself, look at it, and keep it."""
    viewer = viewer_of(request=request)
    try:
        said_by_hr, words = hr_says(viewer=viewer), own_words(viewer=viewer)
    except NoOwnRecord:
        return redirect(PAGE)
    form = OwnWordsForm(request.POST or None, said_by_hr=said_by_hr, initial=words)
    if form.is_valid():
        # What the form does not ask for, because HR says it by now, stays said.
        said = {**words, **form.cleaned_data}
        try:
            if request.POST.get("do") == "preview":
                return _preview(request, viewer, said)
            before = say(viewer=viewer, words=said, now=timezone.now())
        except WrongWords as refusal:
            for field, fault in refusal.faults.items():
                form.add_error(field if field in form.fields else None, fault)
        else:
            request.session[BEFORE] = before
            messages.success(request, "Saved. Everybody who may see it does so from now on.")
            return redirect(PAGE)
    form.mark_faults()
    context = {"form": form, "said_by_hr": _owned_by_hr(said_by_hr), "section": "me"}
    return render(request, "directory/edit_own_record.html", context)


@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Say again what one said before the last change."""
    before = request.session.pop(BEFORE, None)
    if before is None:
        messages.error(request, "There is nothing left to take back.")
        return redirect(PAGE)
    return _change(
        request,
        act=lambda viewer: say(viewer=viewer, words=before, now=timezone.now()),
        done="Your record is as it was before your last change.",
    )


@require_POST
def still_right(request: HttpRequest) -> HttpResponse:
    """All of it is still right."""
    return _change(
        request,
        act=lambda viewer: confirm(viewer=viewer, now=timezone.now()),
        done="Thank you. Your page says that you confirmed it today.",
    )


@form_page
def expertise(request: HttpRequest) -> HttpResponse:
    """What one knows, and one thing more."""
    viewer = viewer_of(request=request)
    try:
        page = read_own_expertise(viewer=viewer)
    except NoOwnRecord:
        return redirect(PAGE)
    form = ClaimForm(request.POST or None)
    unknown = ""
    if form.is_valid():
        label, level = form.cleaned_data["label"], form.cleaned_data["level"]
        try:
            tag = claim(
                viewer=viewer,
                label=label,
                level=level,
                may_propose=form.cleaned_data["propose"],
                now=timezone.now(),
            )
        except UnknownTag as refusal:
            unknown = str(refusal)
        except WrongWords as refusal:
            for field, fault in refusal.faults.items():
                form.add_error(field, fault)
        else:
            messages.success(request, f"“{tag.preferred_label}” is among what you know.")
            return redirect(EXPERTISE_PAGE)
    form.mark_faults()
    context = {"page": page, "form": form, "unknown": unknown, "section": "me"}
    return render(request, "directory/own_expertise.html", context)


@require_POST
def withdraw(request: HttpRequest, tag_id: UUID) -> HttpResponse:
    """One thing less."""
    return _change(
        request,
        act=lambda viewer: withdraw_claim(viewer=viewer, tag_id=tag_id),
        done="You do not claim it any more.",
        back=EXPERTISE_PAGE,
    )


def _change(
    request: HttpRequest, *, act: Callable[[Viewer], object], done: str, back: str = PAGE
) -> HttpResponse:
    try:
        act(viewer_of(request=request))
    except OwnRecordRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(back)


def _preview(request: HttpRequest, viewer: Viewer, said: dict[str, str]) -> HttpResponse:
    """The page as it would be: said, looked at, and unsaid before anybody else sees it."""
    with transaction.atomic():
        say(viewer=viewer, words=said, now=timezone.now())
        page = read_person_page(viewer=viewer, person_id=own_person_id(viewer=viewer))
        transaction.set_rollback(True)
    return render(request, "directory/person.html", {"page": page, "preview": said})


def _owned_by_hr(said_by_hr: dict[str, str]) -> list[tuple[str, str]]:
    """What HR says that nobody says of themselves, label and value."""
    return [
        (label, said_by_hr[field])
        for field, label in FIELD_LABELS.items()
        if field in said_by_hr and (field not in OWN_FIELDS or field in FILLED_IN)
    ]
