"""The pages of one's own record."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.budgets import Budget, Overspent, spend
from directory.curating.own_copy import everything_about
from directory.curating.own_record import (
    NoOwnRecord,
    OwnRecordRefused,
    list_oneself,
    show_field_to,
)
from directory.web.own_record_page import LISTINGS, read_own_record
from directory.web.provenance import FIELD_LABELS
from directory.web.viewer import user_of, viewer_of

PAGE = "directory:own-record"
#: What the session keeps under this, so that somebody can take their last change back.
BEFORE = "own words before"
#: How often somebody may have a copy of all that is held of them.
COPIES = Budget(name="own copies", limit=1, seconds=60)


@require_safe
def own_record(request: HttpRequest) -> HttpResponse:
    """What is said of whoever asks, by whom, and who sees it."""
    try:
        page = read_own_record(viewer=viewer_of(request=request), now=timezone.now())
    except NoOwnRecord:
        return render(request, "directory/no_own_record.html", {"section": "me"})
    context = {"page": page, "can_undo": BEFORE in request.session, "section": "me"}
    return render(request, "directory/own_record.html", context)


@require_POST
def field_audience(request: HttpRequest, field: str) -> HttpResponse:
    """Show one detail to fewer people, or to more."""
    # Without an audience nothing was chosen; an empty one is a choice.
    audience = request.POST.get("audience", "none")
    try:
        show_field_to(viewer=viewer_of(request=request), field=field, audience=audience)
    except OwnRecordRefused as refusal:
        messages.error(request, str(refusal))
    else:
        label = FIELD_LABELS.get(field, field.capitalize())
        messages.success(request, f"{label}: who sees it is changed, from now on.")
    return redirect(PAGE)


@require_POST
def own_listing(request: HttpRequest) -> HttpResponse:
    """Be found by fewer people, or by more."""
    audience = request.POST.get("audience", "")
    try:
        listing = list_oneself(viewer=viewer_of(request=request), audience=audience)
    except OwnRecordRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Saved. {LISTINGS[listing]}")
    return redirect(PAGE)


@require_safe
def own_copy(request: HttpRequest) -> HttpResponse:
    """A file of all that is held of whoever asks, one a minute."""
    user, now = user_of(request), timezone.now()
    try:
        spend(who=str(user.pk), budget=COPIES, now=now)
        copy = everything_about(viewer=viewer_of(request=request), user=user, now=now)
    except Overspent as refusal:
        response = render(request, "429.html", status=429)
        response["Retry-After"] = str(refusal.wait_seconds)
        return response
    except NoOwnRecord:
        return redirect(PAGE)
    disposition = f'attachment; filename="my-record-{now:%Y-%m-%d}.json"'
    return JsonResponse(
        copy,
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": disposition},
    )
