"""The pages of corrections: saying what is wrong in a record, and answering."""

from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from directory.curating.corrections import (
    FIELDS,
    POST,
    CorrectionRefused,
    NoSuchCorrection,
    answer,
    correctable,
    read_inbox,
    suggest,
)
from directory.web.design_form import DesignForm, form_page
from directory.web.places import person_url
from directory.web.provenance import FIELD_LABELS
from directory.web.viewer import user_of, viewer_of

LABELS: Final = {**FIELD_LABELS, "expertise": "Expertise", POST: "Post, team or line manager"}
INBOX: Final = "directory:corrections"


class CorrectionForm(DesignForm):
    """What is wrong, and how it should be."""

    field = forms.ChoiceField(
        label="What is wrong",
        choices=[(field, LABELS[field]) for field in FIELDS],
    )
    text = forms.CharField(
        label="How should it be?",
        help_text="Whoever owns it reads this, with your name.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say how it should be"},
    )


@form_page
def correct(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say that something in a record is wrong."""
    viewer = viewer_of(request=request)
    try:
        person = correctable(viewer=viewer, person_id=person_id)
    except NoSuchCorrection:
        raise Http404 from None
    form = CorrectionForm(request.POST or None, initial={"field": POST})
    if form.is_valid():
        try:
            suggest(
                viewer=viewer,
                person_id=person_id,
                **form.cleaned_data,
                user=user_of(request),
                now=timezone.now(),
            )
        except CorrectionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Thank you. You are told what becomes of it.")
            return redirect(person_url(person_id))
    form.mark_faults()
    return render(request, "directory/correct.html", {"form": form, "person": person})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, and what one said oneself."""
    inbox = read_inbox(viewer=viewer_of(request=request), user=user_of(request), now=timezone.now())
    context = {
        "to_answer": [(LABELS[each.field].lower(), each) for each in inbox.to_answer],
        "suggested": [(LABELS[each.field].lower(), each) for each in inbox.suggested],
        "section": "me",
    }
    return render(request, "directory/corrections.html", context)


@require_POST
def answer_correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Say what became of one."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say what became of it, in 500 characters at most.")
        return redirect(INBOX)
    try:
        answer(
            viewer=viewer_of(request=request),
            correction_id=correction_id,
            is_done=form.cleaned_data["decision"] == "done",
            text=form.cleaned_data["text"],
            actor=user_of(request),
            now=timezone.now(),
        )
    except NoSuchCorrection:
        raise Http404 from None
    except CorrectionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Answered. Whoever said so is told.")
    return redirect(INBOX)


class AnswerForm(DesignForm):
    """What became of it, and why."""

    decision = forms.ChoiceField(choices=[("done", "Put right"), ("declined", "Left as it is")])
    text = forms.CharField(max_length=500)
