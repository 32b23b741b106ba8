"""The page of the trail, for auditors and administrators, and its file."""

from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from directory.curating.remit import remit_of
from directory.models import Feed, Organisation
from directory.orgtree import team_by_slug_path
from directory.seen.trail import TrailQuestion, read_trail, write_trail
from directory.web.curate.places import HOME
from directory.web.design_form import DesignForm
from directory.web.viewer import user_of, viewer_of

#: Lines on the page, and in the file, at most.
_SHOWN: Final = 200
_IN_FILE: Final = 10_000
_LONGEST: Final = timedelta(days=366)

#: What the history can be asked of, and what names one.
_KINDS: Final = (
    ("", "Anything"),
    ("person", "A person, by id"),
    ("team", "A team, by the end of its address"),
    ("organisation", "An organisation, by the end of its address"),
    ("feed", "A feed, by the end of its address"),
    ("credential", "A credential, by id"),
    ("role", "A role, by id"),
)


class TrailForm(DesignForm):
    """Whose deeds, of which thing, on which days."""

    by = forms.CharField(
        label="Done by", required=False, max_length=254, help_text="An e-mail address."
    )
    kind = forms.ChoiceField(label="History of", required=False, choices=_KINDS)
    which = forms.CharField(label="Which", required=False, max_length=500)
    since = forms.DateField(
        label="From",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label="To",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_by(self) -> User | None:
        """The user of the address."""
        address = self.cleaned_data["by"].strip().lower()
        if not address:
            return None
        user = User.objects.filter(email=address).first()
        if user is None:
            raise ValidationError("Nobody with this address ever signed in or held a role")
        return user

    def clean(self) -> dict[str, Any]:
        """The question."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        kind, which = cleaned["kind"], cleaned["which"].strip().strip("/")
        if bool(kind) != bool(which):
            raise ValidationError("Say both what the history is of, and which one")
        today = timezone.localdate()
        until = cleaned["until"] or today
        since = cleaned["since"] or until - timedelta(days=30)
        if not since <= until <= since + _LONGEST:
            raise ValidationError("Choose days in order, and a year of them at most")
        cleaned["question"] = TrailQuestion(
            since=_midnight(since),
            before=_midnight(until + timedelta(days=1)),
            by=cleaned["by"],
            noun=kind,
            object_id=_object_id(kind, which) if kind else "",
        )
        return cleaned


@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """What was done, by whom, and who looked."""
    form, lines = _read(request, most=_SHOWN + 1)
    context = {
        "form": form,
        "lines": lines[:_SHOWN],
        "has_more": len(lines) > _SHOWN,
        "shown": _SHOWN,
        "asked": request.GET.urlencode(),
        "trail": (HOME,) if remit_of(user=user_of(request), now=timezone.now()) else (),
        "section": "trail",
    }
    return render(request, "curate/trail.html", context)


@require_safe
def trail_file(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same as CSV."""
    form, lines = _read(request, most=_IN_FILE)
    if form.errors:
        return render(request, "curate/trail.html", {"form": form, "section": "trail"}, status=400)
    return StreamingHttpResponse(
        write_trail(lines=lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="trail.csv"'},
    )


def _read(request: HttpRequest, *, most: int) -> tuple[TrailForm, list[Any]]:
    """
    The form as it was asked, and the lines that answer it.

    :raises Http404: if the person does not read the trail.
    """
    if not remit_of(user=user_of(request), now=timezone.now()).may_read_trail:
        raise Http404
    form = TrailForm(request.GET)
    lines = []
    if form.is_valid():
        viewer = viewer_of(request=request)
        lines = read_trail(viewer=viewer, question=form.cleaned_data["question"], most=most)
    form.mark_faults()
    return form, lines


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _object_id(kind: str, which: str) -> str:
    """
    The id of what is meant.

    :raises ValidationError: if there is no such thing, or it is not named as it has to be.
    """
    missing = ValidationError("There is none of this name or id")
    try:
        if kind == "team":
            return str(team_by_slug_path(path=which).pk)
        if kind in ("organisation", "feed"):
            model: Any = Organisation if kind == "organisation" else Feed
            return str(model.objects.values_list("pk", flat=True).get(slug__iexact=which))
        return str(UUID(which))
    except (ValueError, ObjectDoesNotExist):
        raise missing from None
